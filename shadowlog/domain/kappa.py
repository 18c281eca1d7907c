"""Agreement beyond chance between two observers, from a table of pairs or from what each said over time.

A table holds, for every code, how many units (of time, or of events) the first observer gave it and the second gave it or
another: rows are the first observer's codes, columns the second's, in the same order. Runs are (first unit, last unit + 1,
code), in order and without overlap; they are counted between their changes and never unit by unit, so that a day costs
the same by the second as by the minute.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Code = TypeVar("Code", bound=Hashable)
Run = tuple[int, int, Code]


def cohen(table: Sequence[Sequence[float]], weights: Sequence[Sequence[float]] | None = None) -> float | None:
    """Cohen's kappa of a square table of counts or proportions; with `weights` of disagreement, weighted kappa.

    Cohen 1960, Educational and Psychological Measurement 20, 37-46; Cohen 1968, Psychological Bulletin 70, 213-220. The
    weights are 0 on the diagonal and need not be symmetric. None where chance alone leaves nothing to disagree about: an
    empty table, or one code used throughout by both. ValueError for a table or weights that are not square.
    """
    size = range(len(table))
    if any(len(row) != len(table) for row in table) or (
        weights is not None and (len(weights) != len(table) or any(len(row) != len(table) for row in weights))
    ):
        raise ValueError("a table of agreement, and its weights, are square")
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in size]
    total = sum(rows)

    def cost(i: int, j: int) -> float:
        return float(i != j) if weights is None else weights[i][j]

    seen = sum(cost(i, j) * table[i][j] for i in size for j in size) * total
    chance = sum(cost(i, j) * rows[i] * columns[j] for i in size for j in size)
    return 1 - seen / chance if chance else None


def linear(size: int, places: Sequence[int | None]) -> list[list[float]]:
    """Linear weights of disagreement (Cohen 1968) for a table whose codes have these places among `size` ordered ones.

    A step costs 1. What has no place on the scale differs from everything else as much as its two ends do.
    """

    def cost(a: int | None, b: int | None) -> int:
        return max(1, size - 1) if a is None or b is None else abs(a - b)

    return [[float(cost(a, b)) if i != j else 0 for j, b in enumerate(places)] for i, a in enumerate(places)]


def maximum(table: Sequence[Sequence[float]]) -> float | None:
    """The maximum kappa (Cohen 1960): the most that these margins allow, above which nobody with these totals can come."""
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(len(table))]
    total = sum(rows)
    together = sum(min(pair) for pair in zip(rows, columns, strict=True)) * total
    chance = sum(a * b for a, b in zip(rows, columns, strict=True))
    left = total * total - chance
    return (together - chance) / left if left else None


def squared(pairs: Mapping[tuple[Code, Code], int], order: Sequence[Code]) -> tuple[tuple[int, ...], ...]:
    """The pairs as a square table in this order of codes."""
    return tuple(tuple(pairs.get((a, b), 0) for b in order) for a in order)


def in_units(spans: Iterable[tuple[int, int, Code]], start: int, end: int, unit: int) -> list[Run[Code]]:
    """Spans of time (ms) as runs of units: a unit has the code that holds at its beginning.

    Unit n begins at start + n * unit; those that begin before `end` count. What is shorter than a unit and lies between
    two beginnings is in none.
    """
    count = -(-(end - start) // unit)
    found = []
    for lo, hi, code in spans:
        first, last = max(0, -((start - lo) // unit)), min(count, -((start - hi) // unit))
        if first < last:
            found.append((first, last, code))
    return found


def joint(one: Sequence[Run[Code]], other: Sequence[Run[Code]]) -> dict[tuple[Code, Code], int]:
    """How many units had each pair of codes; units that either has no run for are in none."""
    pairs: dict[tuple[Code, Code], int] = defaultdict(int)
    m = n = 0
    while m < len(one) and n < len(other):
        (lo, hi, a), (other_lo, other_hi, b) = one[m], other[n]
        both = min(hi, other_hi) - max(lo, other_lo)
        if both > 0:
            pairs[a, b] += both
        if hi <= other_hi:
            m += 1
        if other_hi <= hi:
            n += 1
    return dict(pairs)


def widened(spans: Iterable[tuple[int, int, Code]], by: int) -> list[tuple[int, int, Code]]:
    """When what is said in a span is said at most so long before or after; the results may overlap."""
    return [(lo - by, hi + by, code) for lo, hi, code in spans]


def near(
    one: Sequence[Run[Code]], reference: Sequence[Run[Code]], wide: Iterable[Run[Code]]
) -> dict[tuple[Code, Code], int]:
    """As `joint`, but a unit is agreed where `one` has the reference's code within the tolerance: where `wide` has it.

    `wide` is `one` widened by the tolerance, in order of beginnings. The tolerance of time-unit kappa in Bakeman and Quera
    2011, Sequential Analysis and Observational Methods for the Behavioral Sciences, chapter 6. Each observer is the
    reference in turn, and the two tables differ. Both cover the same units.
    """
    held_by: dict[Code, list[tuple[int, int]]] = defaultdict(list)
    for lo, hi, code in wide:
        held = held_by[code]
        if held and lo <= held[-1][1]:
            held[-1] = (held[-1][0], max(hi, held[-1][1]))
        else:
            held.append((lo, hi))
    first = {code: [lo for lo, _ in held] for code, held in held_by.items()}
    agreed: dict[tuple[Code, Code], int] = defaultdict(int)
    rest: list[Run[Code]] = []
    for lo, hi, code in reference:
        held = held_by.get(code, [])
        at = lo
        for n in range(max(0, bisect_right(first.get(code, []), lo) - 1), len(held)):
            begin, end = max(at, held[n][0]), min(hi, held[n][1])
            if held[n][0] >= hi:
                break
            if begin < end:
                rest += [(at, begin, code)] if at < begin else []
                agreed[code, code] += end - begin
                at = end
        rest += [(at, hi, code)] if at < hi else []
    for pair, units in joint(one, rest).items():
        agreed[pair] += units
    return dict(agreed)
