"""Two observers' events laid side by side, in order, so that as few as can be are left without their counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Event = TypeVar("Event")
Place = tuple[int | None, int | None]
"""Positions in the first and in the second sequence; None is a gap."""


def aligned(
    one: Sequence[Event],
    other: Sequence[Event],
    same: Callable[[Event, Event], bool],
    apart: Callable[[Event, Event], int],
) -> list[Place]:
    """One cheapest alignment: a match costs 0, a substitution and a gap 1 each; nearer in time wins among equals.

    Needleman and Wunsch 1970, Journal of Molecular Biology 48, 443-453, as Quera, Bakeman and Gnisci 2007, Behavior
    Research Methods 39, 39-49, use it for observers: of equal costs substitutions are preferred over gaps. `apart` gives
    the ms between two events, and less than 0 for a pair that cannot belong together. Time and memory grow with the
    product of the lengths.
    """
    # cost[i][j]: (cost, length, ms apart) of the first i and j; a shorter alignment has fewer gaps.
    cost = [[(j, j, 0) for j in range(len(other) + 1)]]
    came = [[2] * (len(other) + 1)]
    for i, mine in enumerate(one, 1):
        line, way = [(i, i, 0)], [1]
        above = cost[-1]
        for j, right in enumerate(other, 1):
            up, left = above[j], line[j - 1]
            best, from_ = (up[0] + 1, up[1] + 1, up[2]), 1
            if (across := (left[0] + 1, left[1] + 1, left[2])) < best:
                best, from_ = across, 2
            ms = apart(mine, right)
            if ms >= 0:
                before = above[j - 1]
                together = (before[0] + (not same(mine, right)), before[1] + 1, before[2] + ms)
                if together <= best:
                    best, from_ = together, 0
            line.append(best)
            way.append(from_)
        cost.append(line)
        came.append(way)
    places: list[Place] = []
    i, j = len(one), len(other)
    while i or j:
        from_ = came[i][j] if i and j else 1 if i else 2
        i, j = i - (from_ != 2), j - (from_ != 1)
        places.append((None if from_ == 2 else i, None if from_ == 1 else j))
    return places[::-1]


def paired_codes(
    places: Sequence[Place], one: Sequence[Event], other: Sequence[Event], code: Callable[[Event], str]
) -> dict[tuple[str | None, str | None], int]:
    """How often each pair of codes stands side by side; None is a gap."""
    return Counter((None if i is None else code(one[i]), None if j is None else code(other[j])) for i, j in places)
