"""How far two observers' clocks are apart, judged by what both of them saw."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

Span = tuple[int, int, str]


def best_offset(one: Sequence[Span], other: Sequence[Span], furthest: int) -> int:
    """The ms to add to the other's times so that both say the same for as long as can be; the least of equals.

    The time in which two spans of one code overlap is, over the offset, a trapezium; their sum changes its slope at the
    differences of their ends alone, so that the best offset is one of these and is found exactly.
    """
    by_code: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lo, hi, code in other:
        by_code[code].append((lo, hi))
    bends: Counter[int] = Counter()
    for lo, hi, code in one:
        for other_lo, other_hi in by_code[code]:
            if other_lo - hi >= furthest or lo - other_hi >= furthest:
                continue
            # The overlap begins to grow at the first of these, is full between the middle two, is gone at the last.
            rises = sorted((lo - other_lo, hi - other_hi))
            for at, slope in ((lo - other_hi, 1), (rises[0], -1), (rises[1], -1), (hi - other_lo, 1)):
                bends[at] += slope
    best, found, shared, slope, before = 0, 0, 0, 0, 0
    for at in sorted({*bends, 0, -furthest, furthest}):
        shared += slope * (at - before)
        before = at
        slope += bends.get(at, 0)
        if -furthest <= at <= furthest and (shared, -abs(at)) > (best, -abs(found)):
            best, found = shared, at
    return found
