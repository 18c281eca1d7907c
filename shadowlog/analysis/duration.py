"""How long episodes are: net minutes over episodes of known duration. Quartiles are linear between neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, many, share
from shadowlog.analysis.frame import column, dimensions, values
from shadowlog.analysis.frequency import parts
from shadowlog.analysis.results import Brevity, DurationRow, Durations, DurationTable, EpisodeStats, Interactions
from shadowlog.domain.codebook import ROLE

LIMITS = ((2, False), (5, False), (9, False), (10, False), (60, True))
"""Minutes, and whether episodes strictly over (else strictly under) them are meant."""

NONE = Durations(0, None, None, None, None, None, 0.0)

_FIGURES = {
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


def episode_stats(basis: Basis) -> EpisodeStats:
    """Number, durations and brevity of all episodes."""
    net = nw.col("net")
    tests = {f"{limit}_{over}": net > limit * MINUTE if over else net < limit * MINUTE for limit, over in LIMITS}
    zero = nw.lit(0, dtype=nw.Int64)
    counts = {f"n_{k}": many(t) for k, t in tests.items()}
    times = {f"t_{k}": nw.when(t).then(net).otherwise(zero).sum() for k, t in tests.items()}
    episodes = basis.frames.episodes
    line = values(episodes.filter(nw.col("known")).select(**_FIGURES, **counts, **times))[0]
    durations = _durations(line)
    brevity = []
    for limit, over in LIMITS:
        count, ms = line[f"n_{limit}_{over}"] or 0, line[f"t_{limit}_{over}"] or 0
        time_share = share(ms / MINUTE, durations.total_minutes)
        brevity.append(Brevity(limit, over, count, share(count, durations.count), ms / MINUTE, time_share))
    return EpisodeStats(basis.episodes, basis.episodes - durations.count, basis.beside, durations, tuple(brevity))


def interactions(basis: Basis) -> Interactions:
    """Episodes in which someone other than the shadower is with the head, 60 n / T, and their durations."""
    met = basis.frames.episodes.filter(nw.col("kind") == "interaction")
    durations = _durations(values(met.filter(nw.col("known")).select(**_FIGURES))[0])
    return Interactions(basis.interactions, basis.per_hour(basis.interactions), durations)


def duration_tables(basis: Basis) -> tuple[DurationTable, ...]:
    """Durations by role (an episode stands under each of its roles) and by every other dimension; codes that occur."""
    scheme = basis.frames.scheme
    names = {column(d): d for d in dimensions(scheme)}
    roles = parts(basis).filter(nw.col("known")).select("obs", "episode", "net", code=nw.col("role")).unique()
    lines = [roles.select("net", "code", dimension=nw.lit(ROLE))]
    if names:
        known = basis.frames.episodes.filter(nw.col("known")).select("net", *names)
        long = known.unpivot(on=list(names), index=["net"], variable_name="dimension", value_name="code")
        lines.append(long.select("net", "code", "dimension"))
    found: dict[str, dict[str | None, Durations]] = {}
    for line in values(nw.concat(lines).group_by("dimension", "code").agg(**_FIGURES)):
        dimension = names.get(line["dimension"], line["dimension"])
        found.setdefault(dimension, {})[line["code"]] = _durations(line)
    made = []
    for dimension in scheme.dimensions:
        by_code = found.get(dimension.id, {})
        order = [c.id for c in dimension.codes]
        strays = sorted(c for c in by_code if c is not None and c not in order)
        codes = [c for c in [*order, *strays, None] if c in by_code]
        rows = tuple(DurationRow(c, scheme.label(dimension.id, c), by_code[c]) for c in codes)
        made.append(DurationTable(dimension.id, dimension.label, rows))
    return tuple(made)
