"""When in the day heads are met: interactions an hour in parts of the day by the clock, a row a head."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from shadowlog.analysis.deck_shape import Pattern
from shadowlog.analysis.disclosure import Cell, Sum
from shadowlog.analysis.gate import people
from shadowlog.analysis.results import Summary
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.terms import Record

EDGES = (9 * 60, 11 * 60, 13 * 60, 15 * 60)
"""Minutes after midnight. Parts of two hours: in an hour few heads meet five people; and a school's own periods would name it."""
PARTS = ("before 9", "9 to 11", "11 to 13", "13 to 15", "after 15")
HOUR = 60
SHORTEST = 15
"""Of fewer minutes in a part of the day no rate is told: one interaction would be many an hour."""
TOTAL = "measure interactions"


def pattern_cells(told: Sequence[Summary], seen: Sequence[Sequence[Record]]) -> tuple[list[Cell], list[Sum]]:
    """A cell for each part of each head's day (interactions begun in it), and that they come to all of that head's."""
    cells, sums = [], []
    for n, (summary, days) in enumerate(zip(told, seen, strict=True)):
        counts, _ = _begun(summary)
        for part, count in enumerate(counts):
            about = people(_of_part(days, part), lambda _, episode: episode.parties)
            cells.append(Cell(_id(part, n), count, about, counted=True))
        sums.append(Sum(f"{TOTAL} {n}", tuple(_id(part, n) for part in range(len(PARTS)))))
    return cells, sums


def pattern(told: Sequence[Summary], hidden: Collection[str]) -> Pattern | None:
    """What of it is shown; None where nothing is."""
    rates, out = [], []
    for n, summary in enumerate(told):
        counts, minutes = _begun(summary)
        left = tuple(_id(part, n) in hidden for part in range(len(PARTS)))
        out.append(left)
        rates.append(
            tuple(
                None if gone or observed < SHORTEST else round(60 * count / observed, 2)
                for count, observed, gone in zip(counts, minutes, left, strict=True)
            )
        )
    if not any(rate for row in rates for rate in row):
        return None
    return Pattern(PARTS, tuple(rates), tuple(out))


def _id(part: int, n: int) -> str:
    return f"pattern {part} {n}"


def _begun(summary: Summary) -> tuple[list[int], list[float]]:
    """Interactions begun in each part, and its minutes that the head agreed to."""
    counts, minutes = [0] * len(PARTS), [0.0] * len(PARTS)
    for rate in summary.rates_by_hour:
        counts[_part(rate.start_minute)] += rate.count
    hours = summary.profile(HOUR)
    for each in hours.bins if hours else ():
        minutes[_part(each.start_minute)] += sum(each.minutes)
    return counts, minutes


def _part(minute: float) -> int:
    return sum(minute >= edge for edge in EDGES)


def _of_part(days: Sequence[Record], part: int) -> list[Record]:
    """The days with those of their episodes alone that began in a part."""
    made = []
    for record in days:
        clock = WallClock.of(record)
        starts: dict[str | None, int] = {}
        for stretch in (*record.track, *record.concurrent):
            starts[stretch.episode] = min(stretch.start, starts.get(stretch.episode, stretch.start))
        these = tuple(
            each for each in record.episodes if each.id in starts and _part(clock.minute(starts[each.id])) == part
        )
        made.append(replace(record, episodes=these))
    return made
