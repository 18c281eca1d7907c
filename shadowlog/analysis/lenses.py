"""Dimensions coded for some episodes only: who leads, and which influence on learning, alone and by role."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share, weighted
from shadowlog.analysis.frame import column, values
from shadowlog.analysis.frequency import parts
from shadowlog.analysis.patterns import Lens, LensRow
from shadowlog.analysis.tables import Table
from shadowlog.domain.codebook import ROLE

LEAD, INFLUENCE = "lead", "influence"

Cell = tuple[str | None, str | None]


def lens(basis: Basis, dimension: str, by_code: Mapping[str, Table]) -> Lens | None:
    """A dimension's rows with their shares of what was coded, and each by role; None if the codebook has no such one."""
    table = by_code.get(dimension)
    if table is None:
        return None
    held = [row for row in table.rows if row.code is not None]
    count, minutes = sum(row.count for row in held), sum(row.minutes for row in held)
    counts, ms = by_role(basis, dimension) if count or minutes else ({}, {})
    seen = {role for _, role in (*counts, *ms)}
    known = [c.id for c in basis.frames.scheme.codes(ROLE)]
    strays = sorted(role for role in seen if role is not None and role not in known)
    roles = tuple(role for role in (*known, *strays, None) if role in seen)
    return Lens(
        dimension,
        table.label,
        round(count),
        minutes,
        tuple(LensRow(row, share(row.count, count), share(row.minutes, minutes)) for row in held),
        roles,
        tuple(basis.frames.scheme.label(ROLE, role) for role in roles),
        tuple(tuple(counts.get((row.code, role), 0.0) for role in roles) for row in held),
        tuple(tuple(ms.get((row.code, role), 0.0) / MINUTE for role in roles) for row in held),
    )


def by_role(basis: Basis, dimension: str) -> tuple[Mapping[Cell, float], Mapping[Cell, float]]:
    """Episodes, and time in ms, by (code, role) where the dimension is coded, as the who rule says."""
    c = nw.col
    keys = ["obs", "episode"]
    coded = basis.frames.episodes.filter(~c(column(dimension)).is_null())
    named = parts(basis, coded).join(coded.select(*keys, code=c(column(dimension))), on=keys, how="inner")
    named = named.with_columns(heading=c("role"))
    codes = basis.frames.timed_episodes.select(*keys, code=c(column(dimension))).filter(~c("code").is_null())
    counted = weighted(named, [*keys, "code"], basis.who_rule).group_by("code", "heading").agg(n=c("weight").sum())
    slices = basis.timed(basis.frames.company).join(codes, on=keys, how="inner").with_columns(heading=c("role"))
    lines = weighted(slices, ["spell", "piece", "lo", "ms", "code"], basis.who_rule)
    timed = lines.group_by("code", "heading").agg(t=(c("ms") * c("weight")).sum())
    return (
        {(line["code"], line["heading"]): line["n"] for line in values(counted)},
        {(line["code"], line["heading"]): line["t"] for line in values(timed)},
    )
