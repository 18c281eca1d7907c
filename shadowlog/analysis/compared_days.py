"""The days of a comparison, a small line each: what every further step is worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import Basis, weighted
from shadowlog.analysis.frame import column, dimensions, values
from shadowlog.analysis.frequency import heading_of, parts
from shadowlog.analysis.group_profiles import headed
from shadowlog.analysis.profile import Filled, hours_by_observation
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook

Parts = Mapping[str | None, float]


@dataclass(frozen=True, slots=True)
class Day:
    obs: str
    study: str
    head: str
    observer: str
    date: str
    window: int
    """ms."""
    episodes: int
    ms: Parts
    counts: Parts
    hours: Mapping[int, Filled]
    """By hour since local midnight; the codes are the headings of the profile."""


def divides(scheme: Codebook, by: str) -> str:
    """The dimension that is compared, or whose roll-up is."""
    return next((r.dimension for r in scheme.rollups if r.id == by), by)


def days_of(base: Basis, by: str) -> list[Day]:
    """One small line for each observation: what every further step is worked out from."""
    frames = base.frames
    windows = {
        line["obs"]: line["ms"]
        for line in values(frames.windows.group_by("obs").agg(ms=nw.col("ms").sum().cast(nw.Int64)))
    }
    dimension, mapping = _mapping(base, by)
    times = _by_observation(_times(base, dimension, mapping))
    counts = _by_observation(_counts(base, dimension, mapping))
    episodes = {
        line["obs"]: line["n"] for line in values(base.frames.episodes.group_by("obs").agg(n=nw.len().cast(nw.Int64)))
    }
    hours = hours_by_observation(base)
    made = []
    for about in values(frames.observations.select("obs", "study", "head", "observer", "date")):
        obs = about["obs"]
        study, head, observer, date = (about[name] for name in ("study", "head", "observer", "date"))
        made.append(
            Day(
                obs,
                study,
                head,
                observer,
                date,
                windows.get(obs, 0),
                episodes.get(obs, 0),
                times.get(obs, {}),
                counts.get(obs, {}),
                headed(hours.get(obs, {}), mapping if dimension == ACTIVITY else None),
            )
        )
    return made


def _mapping(base: Basis, by: str) -> tuple[str, Mapping[str, str] | None]:
    """The dimension compared, and for a roll-up which heading each of its codes has."""
    dimension = divides(base.frames.scheme, by)
    if dimension == by:
        return by, None
    return dimension, {c.id: c.rollups[by] for c in base.frames.scheme.codes(dimension) if by in c.rollups}


def _by_observation(lines: Iterable[Mapping[str, Any]]) -> Mapping[str, Mapping[str | None, float]]:
    made: dict[str, dict[str | None, float]] = {}
    for line in lines:
        made.setdefault(line["obs"], {})[line["heading"]] = line["part"]
    return made


def _heading(dimension: str, mapping: Mapping[str, str] | None) -> nw.Expr:
    code = nw.col(column(dimension))
    if mapping is None:
        return code
    return code.replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=nw.String)


def _times(base: Basis, dimension: str, mapping: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Time by observation and heading, in ms."""
    frames = base.frames
    if dimension == ROLE:
        spot = ["obs", "spell", "piece", "lo", "ms"]
        slices = base.timed(frames.company).with_columns(heading=heading_of(mapping))
        lines = weighted(slices, spot, base.who_rule)
        return values(lines.group_by("obs", "heading").agg(part=(nw.col("ms") * nw.col("weight")).sum()))
    if dimension not in dimensions(frames.scheme):
        return []
    spells = base.timed(frames.spells).select("obs", "ms", heading=_heading(dimension, mapping))
    return values(spells.group_by("obs", "heading").agg(part=nw.col("ms").sum().cast(nw.Int64)))


def _counts(base: Basis, dimension: str, mapping: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Episodes by observation and heading; of several groups each counts as the who rule says."""
    if dimension == ROLE:
        groups = parts(base).with_columns(heading=heading_of(mapping))
        lines = weighted(groups, ["obs", "episode"], base.who_rule)
        return values(lines.group_by("obs", "heading").agg(part=nw.col("weight").sum()))
    if dimension not in dimensions(base.frames.scheme):
        return []
    episodes = base.frames.episodes.select("obs", heading=_heading(dimension, mapping))
    return values(episodes.group_by("obs", "heading").agg(part=nw.len().cast(nw.Int64)))
