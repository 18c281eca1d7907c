"""Two observers' events laid side by side, in order, so that as few as can be are left without their counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Event = TypeVar("Event")
Place = tuple[int | None, int | None]
"""Positions in the first and in the second sequence; None is a gap."""
_MOST_MS = 1 << 50
"""More than all the ms apart of an alignment together."""
_TOGETHER, _UP, _LEFT = 0, 1, 2
"""Where the cheapest way to a pair of positions came from."""


def aligned(
    one: Sequence[Event],
    other: Sequence[Event],
    same: Callable[[Event, Event], bool],
    apart: Callable[[Event, Event], int],
) -> list[Place]:
    """One cheapest alignment: a match costs 0, a substitution and a gap 1 each; nearer in time wins among equals.

    Needleman and Wunsch 1970, Journal of Molecular Biology 48, 443-453, as Quera, Bakeman and Gnisci 2007, Behavior
    Research Methods 39, 39-49, use it for observers: of equal costs substitutions are preferred over gaps. `apart` gives
    the ms between two events, and less than 0 for a pair that cannot belong together. Time grows with the
    product of the lengths, and so does memory, a byte for each pair.
    """
    # A row holds what the first i and j cost, as one number: cost, then length (a shorter alignment has fewer gaps), then
    # ms apart.
    step = _MOST_MS
    whole = step * (len(one) + len(other) + 1) + step
    row = [n * whole for n in range(len(other) + 1)]
    came: list[bytearray] = []
    for mine in one:
        above, row, way = row, [row[0] + whole], bytearray(len(other))
        left = row[0]
        for j, right in enumerate(other):
            best, from_ = above[j + 1] + whole, _UP
            if left + whole < best:
                best, from_ = left + whole, _LEFT
            ms = apart(mine, right)
            if ms >= 0:
                together = above[j] + ms + (step if same(mine, right) else whole)
                if together <= best:
                    best, from_ = together, _TOGETHER
            row.append(best)
            way[j] = from_
            left = best
        came.append(way)
    places: list[Place] = []
    i, j = len(one), len(other)
    while i or j:
        from_ = came[i - 1][j - 1] if i and j else _UP if i else _LEFT
        i, j = i - (from_ != _LEFT), j - (from_ != _UP)
        places.append((None if from_ == _LEFT else i, None if from_ == _UP else j))
    return places[::-1]


def paired_codes(
    places: Sequence[Place], one: Sequence[Event], other: Sequence[Event], code: Callable[[Event], str]
) -> dict[tuple[str | None, str | None], int]:
    """How often each pair of codes stands side by side; None is a gap."""
    return Counter((None if i is None else code(one[i]), None if j is None else code(other[j])) for i, j in places)
