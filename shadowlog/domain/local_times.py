"""Typed times of day as instants of a day at a place, whatever daylight saving does to them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shadowlog.errors import Refused

_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)
TIME_RULE = "A time of day is typed as 9:05 or 09:05:30."


def instants(text: str, zone: str, start: int, end: int) -> tuple[int, ...]:
    """Give the instants (ms) at which the clocks of a zone show a typed time of day, on the dates of [start, end].

    Those within the bounds if there are any, else all of those dates; two or more where the clocks are put back over it
    or the bounds pass midnight. Refused for what is no time of day, and for one over which the clocks are put forward.
    """
    match = _TIME.fullmatch(text.strip())
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Refused("That is no time of day.", TIME_RULE)
    place = ZoneInfo(zone)
    first, last = (datetime.fromtimestamp(each / 1000, place).date() for each in (start, end))
    found: list[int] = []
    day = first
    while day <= last:
        found += _on(day, time(hour, minute, second), place)
        day += timedelta(days=1)
    if not found:
        raise Refused(f"There was no {hour:02}:{minute:02} that day: the clocks were put forward over it.")
    return tuple(each for each in found if start <= each <= end) or tuple(found)


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
