"""Two observers of one day: how far they agree, beyond chance, on who, what, where and for how long, and where they differ.

Foreground time alone is compared. A unit of time takes part where both observed: what either has off the record, not
observed or with the shadower is left out of all figures. A gap and a missing code are a code of their own, "uncoded".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowlog.analysis.alignment import Place, aligned, paired_codes
from shadowlog.analysis.intraclass import Intraclass, concordance, intraclass
from shadowlog.analysis.offset import best_offset
from shadowlog.analysis.told import UNCODED, Seen, Span, Told, label, meeting
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.codebook import Codebook, Dimension
from shadowlog.domain.kappa import cohen, in_units, joint, linear, maximum, near, squared, widened
from shadowlog.domain.terms import Record
from shadowlog.errors import BadInput

FURTHEST = 10 * 60_000
"""ms by which the two clocks may be apart, if nothing else was said."""
TOGETHER = 5 * 60_000
"""Beginnings further apart than so many ms are not of the same episode."""


@dataclass(frozen=True, slots=True)
class TimeUnits:
    """Agreement in one dimension, unit by unit. Shares are 0 to 1; a kappa is None where chance alone agrees always.

    `codes` head the rows (first observer) and columns (second) of `table`, in units. With the tolerance each observer is
    the reference in turn: (first, second).
    """

    dimension: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    units: int
    uncoded_first: int
    uncoded_second: int
    agreed: float | None
    kappa: float | None
    maximum_kappa: float | None
    weighted_kappa: float | None
    """With linear weights, uncoded being as far from every code as the two ends of the scale; None without an order."""
    near_agreed: tuple[float | None, float | None]
    near_kappa: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Events:
    """Episodes of both laid side by side. An agreement is the same who and what; None is a gap."""

    pairs: tuple[tuple[Seen | None, Seen | None], ...]
    length: int
    agreements: int
    share: float | None
    kappa: float | None
    """Over what was done, a gap being a code of its own."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Net minutes, in common time, of the episodes that stand side by side and agree in what was done."""

    pairs: int
    concordance: float | None
    intraclass: Intraclass
    mean_difference_minutes: float | None
    """Second less first."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """From `start` to `end` (ms by the first observer's clock) a dimension was coded in two ways."""

    start: int
    end: int
    start_minute: float
    minutes: float
    dimension: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two observers of one day agree."""

    first: str
    second: str
    first_observer: str
    second_observer: str
    offset_seconds: float
    """What is added to the second observer's times."""
    offset_estimated: bool
    common_minutes: float
    first_only_minutes: float
    second_only_minutes: float
    unit_seconds: float
    tolerance_seconds: float
    dimensions: tuple[TimeUnits, ...]
    events: Events
    lengths: Lengths
    disagreements: tuple[Disagreement, ...]
    """Those longer than the tolerance, the longest first."""


def agreement(
    one: Record,
    other: Record,
    *,
    unit: int = 1_000,
    tolerance: int = 5_000,
    offset: int | None = None,
    furthest: int = FURTHEST,
) -> Agreement:
    """Compare two records of one day; times in ms. Without `offset` it is estimated, within `furthest` either way.

    BadInput for one observation twice, another head, another codebook, a unit that is no time, or no time in common.
    """
    _comparable(one, other, unit, tolerance)
    first, second = Told.of(one, 0), Told.of(other, 0)
    estimated = offset is None
    if offset is None:
        offset = best_offset(first.whole, second.whole, furthest)
    second = Told.of(other, offset)
    pieces = list(_both(first.window, second.window))
    common = sum(hi - lo for lo, hi in pieces)
    if not common:
        raise BadInput(
            "these observations have no observed time in common",
            "Compare two observers of the same stretch; a clock that is far off needs an offset.",
        )
    book = first.record.observation.codebook
    lo, hi = pieces[0][0], pieces[-1][1]
    dimensions: list[TimeUnits] = []
    disagreements: list[Disagreement] = []
    for dimension in book.dimensions:
        mine, theirs = (list(_within(told.spans(dimension.id), pieces)) for told in (first, second))
        # The tolerance is time, however long a unit is.
        exact, wide = ([in_units(widened(s, by), lo, hi, unit) for s in (mine, theirs)] for by in (0, tolerance))
        dimensions.append(_time_units(dimension, book, exact, wide))
        disagreements += _disagreements(dimension, book, mine, theirs, first.clock, tolerance)
    disagreements.sort(key=lambda each: (-each.minutes, each.start, each.dimension))
    sides = [told.seen(pieces, book, tolerance) for told in (first, second)]
    events, places = _events(*sides)
    return Agreement(
        one.observation.id,
        other.observation.id,
        one.observation.observer,
        other.observation.observer,
        offset / 1_000,
        estimated,
        common / 60_000,
        (sum(b - a for a, b in first.window) - common) / 60_000,
        (sum(b - a for a, b in second.window) - common) / 60_000,
        unit / 1_000,
        tolerance / 1_000,
        tuple(dimensions),
        events,
        _lengths(places, *sides),
        tuple(disagreements),
    )


def _comparable(one: Record, other: Record, unit: int, tolerance: int) -> None:
    first, second = one.observation, other.observation
    if first.id == second.id:
        raise BadInput("this is one observation twice", "Name two observers' observations of the same day.")
    if (first.study, first.head) != (second.study, second.head):
        raise BadInput("these observations are of different heads", "Agreement is about two observers of one day.")
    if (first.codebook.id, first.codebook.version) != (second.codebook.id, second.codebook.version):
        names = " and ".join(f"{o.codebook.id} version {o.codebook.version}" for o in (first, second))
        raise BadInput(f"these observations use different codebooks ({names})", "Agreement needs one scheme.")
    if unit < 1 or tolerance < 0:
        raise BadInput("a unit is a length of time, and a tolerance is none or one", "As --unit 1 --tolerance 5.")


def _both(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for lo, hi in one:
        for other_lo, other_hi in other:
            if max(lo, other_lo) < min(hi, other_hi):
                yield max(lo, other_lo), min(hi, other_hi)


def _within(spans: Sequence[Span], pieces: Sequence[tuple[int, int]]) -> Iterator[Span]:
    for lo, hi in pieces:
        for start, end, code in meeting(spans, lo, hi):
            yield max(lo, start), min(hi, end), code


def _time_units(of: Dimension, book: Codebook, exact: Sequence[list[Span]], wide: Sequence[list[Span]]) -> TimeUnits:
    dimension = of.id
    one, other = exact
    plain = joint(one, other)
    used = {code for pair in plain for code in pair}
    order = [c.id for c in book.codes(dimension) if c.id in used]
    order += sorted(used - {*order, UNCODED}) + [UNCODED] * (UNCODED in used)
    table = squared(plain, order)
    nears = [squared(near(other, one, wide[1]), order), squared(near(one, other, wide[0]), order)]
    return TimeUnits(
        dimension,
        of.label,
        tuple(order),
        tuple(label(book, dimension, code) for code in order),
        table,
        units=sum(map(sum, table)),
        uncoded_first=sum(n for (a, _), n in plain.items() if a == UNCODED),
        uncoded_second=sum(n for (_, b), n in plain.items() if b == UNCODED),
        agreed=_agreed(table),
        kappa=cohen(table),
        maximum_kappa=maximum(table),
        weighted_kappa=cohen(table, weights(of, order)) if of.ordered else None,
        near_agreed=(_agreed(nears[0]), _agreed(nears[1])),
        near_kappa=(cohen(nears[0]), cohen(nears[1])),
    )


def weights(of: Dimension, order: Sequence[str]) -> list[list[float]]:
    """Linear weights for a table with these codes; BadInput for a dimension whose codes have no order."""
    if not of.ordered:
        raise BadInput(f"the codes of {of.id} have no order", "Weighted kappa is for a dimension with ordered = true.")
    scale = {code.id: n for n, code in enumerate(of.codes)}
    return linear(len(scale), [scale.get(code) for code in order])


def _agreed(table: Sequence[Sequence[int]]) -> float | None:
    total = sum(map(sum, table))
    return sum(table[i][i] for i in range(len(table))) / total if total else None


def _disagreements(
    of: Dimension, book: Codebook, one: list[Span], other: list[Span], clock: WallClock, tolerance: int
) -> Iterator[Disagreement]:
    found: list[tuple[int, int, str, str]] = []
    n = 0
    for lo, hi, mine in one:
        while n < len(other) and other[n][1] <= lo:
            n += 1
        for start, end, theirs in other[n:]:
            if start >= hi:
                break
            if mine == theirs:
                continue
            at, until = max(lo, start), min(hi, end)
            if found and found[-1][1:] == (at, mine, theirs):
                found[-1] = (found[-1][0], until, mine, theirs)
            else:
                found.append((at, until, mine, theirs))
    for start, end, mine, theirs in found:
        if end - start > tolerance:
            both = [label(book, of.id, code) for code in (mine, theirs)]
            if both[0] == both[1]:
                both = [f"{words} ({code})" for words, code in zip(both, (mine, theirs), strict=True)]
            yield Disagreement(start, end, clock.minute(start), (end - start) / 60_000, of.id, of.label, *both)


def _events(one: Sequence[Seen], other: Sequence[Seen]) -> tuple[Events, list[Place]]:
    def same(a: Seen, b: Seen) -> bool:
        return (a.who, a.what) == (b.who, b.what)

    def apart(a: Seen, b: Seen) -> int:
        ms = abs(a.start - b.start)
        return ms if ms <= TOGETHER else -1

    places = aligned(one, other, same, apart)
    pairs = tuple((None if i is None else one[i], None if j is None else other[j]) for i, j in places)
    agreements = sum(a is not None and b is not None and same(a, b) for a, b in pairs)
    counted = paired_codes(places, one, other, lambda each: each.what)
    order = sorted({code for pair in counted for code in pair if code is not None})
    kappa = cohen(squared(counted, [*order, None]))
    return Events(pairs, len(pairs), agreements, agreements / len(pairs) if pairs else None, kappa), places


def _lengths(places: Sequence[Place], one: Sequence[Seen], other: Sequence[Seen]) -> Lengths:
    both = []
    for i, j in places:
        if i is None or j is None or one[i].what != other[j].what:
            continue
        mine, theirs = one[i].net_minutes, other[j].net_minutes
        if mine is not None and theirs is not None:
            both.append((mine, theirs))
    mean = sum(b - a for a, b in both) / len(both) if both else None
    return Lengths(len(both), concordance(both), intraclass(both), mean)
