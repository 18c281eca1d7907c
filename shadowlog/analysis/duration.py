"""How long episodes are: net minutes over episodes of known duration. Quartiles are linear between neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import by_each, column, dimensions, values
from shadowlog.analysis.frequency import parts
from shadowlog.analysis.results import Brevity, DurationRow, Durations, DurationTable, EpisodeStats, Interactions
from shadowlog.domain.codebook import ROLE

LIMITS = ((2, False), (5, False), (9, False), (10, False), (60, True))
"""Minutes, and whether episodes strictly over (else strictly under) them are meant."""

NONE = Durations(0, None, None, None, None, None, 0.0)

FIGURES = {
    "n": nw.len().cast(nw.Int64),
    "mean": nw.col("net").mean(),
    "median": nw.col("net").median(),
    "lower": nw.col("net").quantile(0.25, interpolation="linear"),
    "upper": nw.col("net").quantile(0.75, interpolation="linear"),
    "longest": nw.col("net").max(),
    "total": nw.col("net").sum().cast(nw.Int64),
}


def _durations(line: Mapping[str, Any]) -> Durations:
    if not line["n"]:
        return NONE
    mean, median, lower, upper, longest = (line[k] / MINUTE for k in ("mean", "median", "lower", "upper", "longest"))
    return Durations(line["n"], mean, median, lower, upper, longest, line["total"] / MINUTE)


Found = Mapping[str, Mapping[str | None, Durations]]
"""Durations by the column of a dimension (ROLE for roles, ALL for all, "kind" for the interactions), then by code."""

ALL = "all"


def durations(basis: Basis) -> Found:
    """The durations of all episodes, of the interactions, and by every code of every dimension, in one pass.

    An episode stands under each of its roles.
    """
    c = nw.col
    names = [column(d) for d in dimensions(basis.frames.scheme)]
    known = basis.frames.episodes.filter(c("known")).with_columns(**{ALL: nw.lit(ALL)})
    roles = parts(basis).filter(c("known")).select("obs", "episode", "net", ROLE).unique()
    single = by_each(known, [ALL, "kind", *names], **FIGURES)
    found: dict[str, dict[str | None, Durations]] = {}
    for line in values(nw.concat([single, by_each(roles, [ROLE], **FIGURES)])):
        found.setdefault(line["dimension"], {})[line["code"]] = _durations(line)
    return found


def episode_stats(basis: Basis, found: Found) -> EpisodeStats:
    """Number, durations and brevity of all episodes."""
    told = found.get(ALL, {}).get(ALL, NONE)
    unknown = basis.episodes - told.count
    return EpisodeStats(basis.episodes, unknown, basis.many(concurrent=True), told, brevity(basis, told))


def brevity(basis: Basis, told: Durations) -> tuple[Brevity, ...]:
    """The episodes under and over each limit, and their shares of all those of known duration."""
    net = nw.col("net")
    figures = {}
    for limit, over in LIMITS:
        held = (net > limit * MINUTE if over else net < limit * MINUTE).cast(nw.Int64)
        figures[f"n{limit}"] = held.sum().cast(nw.Int64)
        figures[f"t{limit}"] = (net * held).sum().cast(nw.Int64)
    line = values(basis.frames.episodes.filter(nw.col("known")).select(**figures))[0]
    made = []
    for limit, over in LIMITS:
        count, minutes = line[f"n{limit}"] or 0, (line[f"t{limit}"] or 0) / MINUTE
        time_share = share(minutes, told.total_minutes)
        made.append(Brevity(limit, over, count, share(count, told.count), minutes, time_share))
    return tuple(made)


def interactions(basis: Basis, found: Found) -> Interactions:
    """Episodes in which someone other than the shadower is with the head, 60 n / T, and their durations."""
    count = basis.many(kind="interaction")
    return Interactions(count, basis.per_hour(count), found.get("kind", {}).get("interaction", NONE))


def duration_tables(basis: Basis, found: Found) -> tuple[DurationTable, ...]:
    """Durations by role and by every other dimension; the codes that occur."""
    scheme = basis.frames.scheme
    made = []
    for dimension in scheme.dimensions:
        by_code = found.get(ROLE if dimension.id == ROLE else column(dimension.id), {})
        order = [c.id for c in dimension.codes]
        strays = sorted(c for c in by_code if c is not None and c not in order)
        codes = [c for c in [*order, *strays, None] if c in by_code]
        rows = tuple(DurationRow(c, scheme.label(dimension.id, c), by_code[c]) for c in codes)
        made.append(DurationTable(dimension.id, dimension.label, rows))
    return tuple(made)
