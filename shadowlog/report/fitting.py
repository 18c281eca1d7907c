"""What a slide can hold at 28 pixels a letter: more is dealt out over several slides, and letters stand apart in lanes.

Reckoned for a projector of 1024 by 768, the smallest there is, with wide letters; the page itself makes smaller what still
does not fit. Heights are in lines of one letter's size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

CLOSE = 6.5
"""Two letters in a lane stand no nearer to one another than this percentage of the axis."""
LANE = 12
"""So many letters stand in one lane."""
NARROW, BROAD = frozenset(" iljtfr.,:;'!|()[]"), frozenset("MWmw@%…—")
FARTHER = 0x2E80
"""From here on letters fill a whole square."""
WIDE = 33.0
HIGH = 22.0
"""The room within the edges of a slide, less a line of an axis or a key."""
LABEL = 0.34 * WIDE
HEADING = 1.45
READ_ON, READ_LAST, LARGE = 460.0, 280.0, 150.0
"""So wide a story fits on a slide: alone, above the six ways, and above them in larger letters."""

Row = TypeVar("Row")


def apart(places: Sequence[float]) -> list[float]:
    """Places in order, moved as little as need be so that no two are nearer than CLOSE, each group about its own middle.

    None is moved off the axis, as long as all have room on it.
    """
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _first(groups[-1]) - _last(groups[-2]) < CLOSE:
            last = groups.pop()
            groups[-1] += last
    drawn = [_first(group) + n * CLOSE for group in groups for n in range(len(group))]
    if CLOSE * (len(drawn) - 1) <= 100:
        for n in range(len(drawn)):
            drawn[n] = max(drawn[n], drawn[n - 1] + CLOSE if n else 0.0)
        for n in reversed(range(len(drawn))):
            drawn[n] = min(drawn[n], drawn[n + 1] - CLOSE if n < len(drawn) - 1 else 100.0)
    return [round(place, 2) for place in drawn]


def _first(group: Sequence[float]) -> float:
    return sum(group) / len(group) - CLOSE * (len(group) - 1) / 2


def _last(group: Sequence[float]) -> float:
    return sum(group) / len(group) + CLOSE * (len(group) - 1) / 2


def lanes(places: Sequence[float]) -> list[tuple[float, int]]:
    """Where each of these places is drawn, and in which lane above the axis: one lane, unless they are too many for it."""
    count = max(1, ceil(len(places) / LANE))
    found = [(0.0, 0)] * len(places)
    for lane in range(count):
        for n, drawn in zip(range(lane, len(places), count), apart(places[lane::count]), strict=True):
            found[n] = (drawn, lane)
    return found


def wide(text: str) -> float:
    """How wide a text is, in letters' sizes, in a broad typeface."""

    def of(letter: str) -> float:
        if letter in NARROW:
            return 0.37
        if letter in BROAD or ord(letter) >= FARTHER:
            return 1.0
        return 0.72 if letter.isupper() else 0.62

    return sum(map(of, text))


def lines(text: str, width: float = WIDE, size: float = 1.0) -> int:
    """So many lines a text takes: words stay whole unless one is wider than a line."""
    count, used = 1, 0.0
    for word in text.split():
        more = wide(word) * size
        if used and used + wide(" ") * size + more > width:
            count += 1
            used = 0.0
        used += more + (wide(" ") * size if used else 0)
        while used > width:
            count += 1
            used -= width
    return count


def under(question: str) -> float:
    """The height that is left under a question."""
    return HIGH - lines(question, size=HEADING) * HEADING * 1.15


def below(finding: str) -> float:
    """The height of what is found, in heavier letters, and of what the room guessed."""
    return lines(finding, size=1.1) * 1.3 + 0.75 if finding else 0.0


def height(label: str, lane: int = 1) -> float:
    """The height of a row: its label, or what is drawn beside it in so many lanes."""
    return max(2.1 + 1.3 * (lane - 1), lines(label, LABEL) * 1.1) + 0.36


def dealt(rows: Sequence[Row], high: Callable[[Row], float], room: float, foot: float) -> list[tuple[Row, ...]]:
    """Rows in order over as few slides as hold them, and about as many on each; under the last one stands something more."""
    heights = [high(row) for row in rows]
    if heights:
        heights[-1] += foot
    cuts = _cuts(heights, room)
    while room > max(heights, default=0.0) and len(closer := _cuts(heights, room - 0.5)) == len(cuts):
        cuts, room = closer, room - 0.5
    return [tuple(rows[a:b]) for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _cuts(heights: Sequence[float], room: float) -> list[int]:
    """Where each slide begins."""
    cuts, used = [0], 0.0
    for n, high in enumerate(heights):
        if used and used + high > room:
            cuts.append(n)
            used = 0.0
        used += high
    return cuts


def told_over(text: str) -> list[str]:
    """A story over as few slides as hold it, about as full each, broken after a sentence where there is one."""
    parts = []
    while (whole := wide(text)) > READ_LAST:
        more = ceil((whole - READ_LAST) / READ_ON)
        ideal = _reach(text, whole * READ_ON / (READ_ON * more + READ_LAST))
        most = _reach(text, READ_ON)
        ends = [found.end() for found in re.finditer(r"[.!?…][”’\"')]*\s+", text)]
        gaps = [found.end() for found in re.finditer(r"\s+", text)]
        near = [[at for at in of if ideal * 0.6 < at <= most] for of in (ends, gaps)]
        cut = next((min(of, key=lambda at: abs(at - ideal)) for of in near if of), ideal)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def _reach(text: str, room: float) -> int:
    """So many letters fill this room; at least one does, and at least one is left over."""
    used = 0.0
    for n, letter in enumerate(text):
        used += wide(letter)
        if used > room:
            return max(1, n)
    return max(1, len(text) - 1)
