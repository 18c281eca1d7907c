"""What was planned beside what happens: events of the head's diary, offered as the next scheduled episode.

An event keeps its times and, if the researcher names them, codes. The words of a diary name people: they never enter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.errors import BadInput

LEAD = 10 * 60_000
"""An event is offered from so long (ms) before it is due."""
MOST = 200
"""So many events are as many as a day can hold."""
TIMES = re.compile(r"(\d{1,2})[:.]?(\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.]?(\d{2})(?!\S)")
RULE = "As 10:30-11:00 9 e: times, then who, what, where by key or id."


@dataclass(frozen=True, slots=True)
class Planned:
    """An event: start and end in minutes after local midnight of the day, and the codes it is likely to have."""

    start: int
    end: int
    role: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def times(self) -> str:
        """Start and end as 10:30-11:00."""
        return f"{self.start // 60}:{self.start % 60:02}-{self.end // 60}:{self.end % 60:02}"


def checked(events: Iterable[Planned]) -> tuple[Planned, ...]:
    """Give events in order of time, each once; BadInput for one that ends before it starts, and for too many."""
    found = sorted({(e.start, e.end, e.role or "", tuple(sorted(e.codes.items()))) for e in events})
    if len(found) > MOST:
        raise BadInput(f"{len(found)} events are too many for a day", f"At most {MOST}.")
    for start, end, _, _ in found:
        if not 0 <= start < end <= 24 * 60:
            raise BadInput("An event has a start before its end, both within the day", RULE)
    return tuple(Planned(start, end, role or None, dict(codes)) for start, end, role, codes in found)


def parsed(text: str, book: Codebook) -> Planned:
    """Give the event that a line says: times, then codes by key or id; BadInput that says what is wrong with it."""
    found = TIMES.match(text.strip())
    if found is None:
        raise BadInput("That begins with no times", RULE)
    hours = [int(part) for part in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if hours[1] > 59 or hours[3] > 59 or not 0 <= start < end <= 24 * 60:
        raise BadInput("Those are no times with a start before its end", RULE)
    role, codes = coded(text.strip()[found.end() :].split(), book)
    return Planned(start, end, role, codes)


def coded(words: Iterable[str], book: Codebook) -> tuple[str | None, dict[str, str]]:
    """Give the role and the codes that words name, by key (who, what, then where) or id; BadInput for a word that names none."""
    role: str | None = None
    codes: dict[str, str] = {}
    for word in words:
        for dimension in (ROLE, ACTIVITY, PLACE):
            named = next((c.id for c in book.codes(dimension) if word in (c.key, c.id)), None)
            taken = role if dimension == ROLE else codes.get(dimension)
            if named is not None and taken is None:
                break
        else:
            raise BadInput(f"{word[:20]!r} names no who, what or where that is still open", RULE)
        if dimension == ROLE:
            role = named
        else:
            codes[dimension] = named
    return role, codes


def due(diary: tuple[Planned, ...], day: Day, now: int) -> Planned | None:
    """Give the event to offer at an instant (ms): the earliest that is due, is not over, and was not begun."""
    if not diary or not day.begun:
        return None
    waiting = [event for event in diary if _at(day, event.start) - LEAD <= now < _at(day, event.end)]
    if not waiting:
        return None
    since = min(_at(day, event.start) for event in waiting) - LEAD
    for begun in _scheduled(day, since):
        taken = next((e for e in waiting if _at(day, e.start) - LEAD <= begun < _at(day, e.end)), None)
        if taken is not None:
            waiting.remove(taken)
    return waiting[0] if waiting else None


def scheduled(book: Codebook) -> str | None:
    """The mode of what was planned: flagged so, or called so."""
    flagged = book.flagged(MODE, "scheduled")
    if flagged:
        return flagged[0]
    return "scheduled" if book.has(MODE, "scheduled") else None


def _at(day: Day, minutes: int) -> int:
    """A local time of the day on which it began, in ms since the epoch."""
    zone = ZoneInfo(day.observation.zone)
    midnight = datetime.fromtimestamp(day.start / 1000, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall clock arithmetic: 10:30 is 10:30 on a day on which the clocks change, too.
    return round((midnight + timedelta(minutes=minutes)).timestamp() * 1000)


def _scheduled(day: Day, since: int) -> list[int]:
    """When each scheduled episode that began at an instant or later began (ms), the earliest first."""
    mode = scheduled(day.observation.codebook)
    first: dict[str, int] = {}
    for stretch in day.newest():
        if stretch.end is not None and stretch.end <= since:
            break
        if stretch.episode is not None and day.episodes[stretch.episode].codes.get(MODE) == mode:
            first[stretch.episode] = day.spells(stretch.episode)[0].start
    return sorted(at for at in first.values() if at >= since)


def fits(event: Planned, book: Codebook) -> bool:
    """Whether a codebook knows every code of an event."""
    named = {**event.codes, **({ROLE: event.role} if event.role is not None else {})}
    return all(book.has(dimension, code) for dimension, code in named.items())
