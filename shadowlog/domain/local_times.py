"""Typed times of day as instants of a day at a place, whatever daylight saving does to them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shadowlog.errors import Refused

_TIME = re.compile(r"(\d{1,2})[:.]?(\d\d)(?:[:.]?(\d\d))?", re.ASCII)
TIME_RULE = "A time of day is typed as 9:05, 905 or 09:05:30."
HALF_DAY = 12 * 3_600_000
LONGEST_DAY = 25 * 3_600_000


def _read(text: str) -> tuple[time, bool]:
    """The time of day that was typed, and whether its seconds were; Refused for what is none."""
    match = _TIME.fullmatch(text.strip())
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
    if match is None or hour > 23 or minute > 59 or second > 59:
        raise Refused("That is no time of day.", TIME_RULE)
    return time(hour, minute, second), match[3] is not None


def _never(at: time) -> Refused:
    return Refused(f"There was no {at:%H:%M} that day: the clocks were put forward over it.")


def resolution(text: str) -> int:
    """Give how long (ms) a clock shows a typed time of day: a second, or a minute where no seconds were typed.

    Refused for what is no time of day.
    """
    return 1_000 if _read(text)[1] else 60_000


def instants(text: str, zone: str, start: int, end: int) -> tuple[int, ...]:
    """Give the instants (ms) at which the clocks of a zone show a typed time of day, on the dates of [start, end].

    Those within the bounds if there are any, else all of those dates; two or more where the clocks are put back over it
    or the bounds pass midnight. Refused for what is no time of day, and for one over which the clocks are put forward.
    """
    at, _ = _read(text)
    place = ZoneInfo(zone)
    first, last = (datetime.fromtimestamp(each / 1000, place).date() for each in (start, end))
    found: list[int] = []
    day = first
    while day <= last:
        found += _on(day, at, place)
        day += timedelta(days=1)
    if not found:
        raise _never(at)
    return tuple(each for each in found if start <= each <= end) or tuple(found)


def just_before(text: str, zone: str, now: int) -> int:
    """Give the instant (ms) of a typed time of day on the day of `now`; the day before if that is over 12 h later.

    Where the clocks showed it twice, the last not after `now`. Refused as by `instants`.
    """
    at, _ = _read(text)
    place = ZoneInfo(zone)
    today = datetime.fromtimestamp(now / 1000, place).date()
    found = _on(today, at, place)
    if found and found[0] > now + HALF_DAY:
        found = _on(today - timedelta(days=1), at, place)
    if not found:
        raise _never(at)
    return max((each for each in found if each <= now), default=found[0])


def first_since(text: str, zone: str, start: int, now: int) -> int | None:
    """Give the first instant (ms) since `start` at which a clock showed a typed time of day; None for none up to `now`.

    Refused as by `instants`.
    """
    end = min(now, start + LONGEST_DAY)
    return next((each for each in instants(text, zone, start, end) if start <= each <= end), None)


def _on(day: date, at: time, place: ZoneInfo) -> list[int]:
    """The instants of one date: none, one or two, in order."""
    naive = datetime.combine(day, at)
    found = set()
    for fold in (0, 1):
        there = naive.replace(tzinfo=place, fold=fold).astimezone(UTC)
        if there.astimezone(place).replace(tzinfo=None) == naive:
            found.add(round(there.timestamp() * 1000))
    return sorted(found)


def full_time(at: int, zone: str) -> str:
    """Give an instant (ms) as local date, time and offset, as 25 Oct 01:30:00 (BST, UTC+01:00)."""
    here = datetime.fromtimestamp(at / 1000, ZoneInfo(zone))
    return f"{here.day} {here:%b %H:%M:%S} ({here.tzname()}, UTC{here.isoformat()[-6:]})"
