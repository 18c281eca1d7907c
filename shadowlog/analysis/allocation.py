"""How long, and how often beside it: tables by every dimension and by every roll-up of the codebook."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from shadowlog.analysis.basis import Basis, Tally, share, weighted
from shadowlog.analysis.frame import Lazy, by_each, column, dimensions, values
from shadowlog.analysis.frequency import counts_by_code, counts_by_role, heading_of
from shadowlog.analysis.results import Initiative, Planned, Row, Table
from shadowlog.domain.codebook import ACTIVITY, INITIATOR, MEDIUM, MODE, PLACE, ROLE, RollUp

ORDER = (ROLE, ACTIVITY, MODE, INITIATOR, MEDIUM, PLACE)
HEAD, OTHER = "head", "other"
"""The codes of the dimension initiator that say who of the two began it."""


def ms_by_role(basis: Basis, mapping: Mapping[str, str] | None = None, company: Lazy | None = None) -> Tally:
    """Time by role (or by heading) in ms; each instant goes to the roles present then, as the who rule says."""
    spot = ["spell", "piece", "lo", "ms"]
    slices = basis.timed(basis.frames.company if company is None else company)
    lines = weighted(slices.with_columns(heading=heading_of(mapping)), spot, basis.who_rule)
    found = values(lines.group_by("heading").agg(t=(nw.col("ms") * nw.col("weight")).sum()))
    return {line["heading"]: line["t"] for line in found}


def ms_by_code(basis: Basis) -> Mapping[str, Tally]:
    """Time by the codes of each dimension but role, in ms; gaps are uncoded."""
    names = {column(d): d for d in dimensions(basis.frames.scheme)}
    if not names:
        return {}
    long = by_each(basis.timed(basis.frames.spells), list(names), t=nw.col("ms").sum().cast(nw.Int64))
    tallies: dict[str, dict[str | None, float]] = {d: {} for d in names.values()}
    for line in values(long):
        tallies[names[line["dimension"]]][line["code"]] = line["t"]
    return tallies


def person_ms(basis: Basis) -> Tally:
    """Time x people by role, in ms; parties of unknown number add nothing, being alone has none."""
    alone = list(basis.frames.scheme.flagged(ROLE, "alone"))
    known = basis.timed(basis.frames.company).filter(~nw.col("people").is_null(), ~nw.col("role").is_in(alone))
    found = values(known.group_by("role").agg(t=(nw.col("ms") * nw.col("people")).sum().cast(nw.Int64)))
    return {line["role"]: line["t"] for line in found}


def tables(basis: Basis) -> tuple[Table, ...]:
    """Frequency beside time by role, activity, mode, initiator, medium, place and every further dimension."""
    scheme = basis.frames.scheme
    counts = {**counts_by_code(basis), ROLE: counts_by_role(basis)}
    ms = {**ms_by_code(basis), ROLE: ms_by_role(basis)}
    people = {ROLE: person_ms(basis)}
    labels = {d.id: d.label for d in scheme.dimensions}
    order = [*ORDER, *(d for d in labels if d not in ORDER)]
    unseen: Tally = {None: basis.episodes}
    unseen_ms: Tally = {None: basis.window}
    made = []
    for dimension in order:
        codes = [(c.id, c.label) for c in scheme.codes(dimension) if "shadower" not in c.flags]
        rows = basis.rows(codes, counts.get(dimension, unseen), ms.get(dimension, unseen_ms), people.get(dimension))
        made.append(basis.table(dimension, labels.get(dimension, dimension.capitalize()), rows))
    return tuple(made)


def rollups(basis: Basis, by_code: tuple[Table, ...]) -> tuple[Table, ...]:
    """The same by the headings of every roll-up; what a roll-up has no heading for is in its last row."""
    return tuple(_rollup(basis, each, by_code) for each in basis.frames.scheme.rollups)


def _rollup(basis: Basis, rollup: RollUp, by_code: tuple[Table, ...]) -> Table:
    scheme = basis.frames.scheme
    mapping = {c.id: c.rollups[rollup.id] for c in scheme.codes(rollup.dimension) if rollup.id in c.rollups}
    counts: Tally
    ms: Tally
    if rollup.dimension == ROLE:
        # Two roles present may have one heading: that is one presence, so the time cannot be summed over roles.
        counts, ms = counts_by_role(basis, mapping), ms_by_role(basis, mapping)
    else:
        counts, ms = {}, {}
        for row in next(t for t in by_code if t.dimension == rollup.dimension).rows:
            heading = mapping.get(row.code or "")
            counts[heading] = counts.get(heading, 0) + row.count
            ms[heading] = ms.get(heading, 0) + row.minutes * 60_000
    return basis.table(rollup.dimension, rollup.label, basis.rows(rollup.headings, counts, ms), rollup.id)


def planned(basis: Basis, mode: Table) -> Planned:
    """What was in the diary (modes flagged scheduled) and what was not."""
    diary = basis.frames.scheme.flagged(MODE, "scheduled")
    return Planned(
        scheduled=_merged(basis, "scheduled", [r for r in mode.rows if r.code in diary]),
        unscheduled=_merged(basis, "unscheduled", [r for r in mode.rows if r.code and r.code not in diary]),
        uncoded=mode.row(None),
    )


def _merged(basis: Basis, code: str, rows: list[Row]) -> Row:
    return basis.row(code, code, sum(r.count for r in rows), sum(r.minutes for r in rows) * 60_000)


def initiative(initiator: Table) -> Initiative:
    """Head / (head + other), by count and by time."""
    by_code = {row.code: row for row in initiator.rows}
    head, other = by_code.get(HEAD), by_code.get(OTHER)
    if head is None or other is None:
        return Initiative(0, None, None)
    count, minutes = head.count + other.count, head.minutes + other.minutes
    return Initiative(count, share(head.count, count), share(head.minutes, minutes))
