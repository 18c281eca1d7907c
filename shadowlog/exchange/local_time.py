"""Clock times of a day at a place as instants, with what daylight saving does to them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from shadowlog.domain.almanac import BEYOND, FIRST, LAST, zone_named
from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)


def zone_of(name: str, where: str = "") -> ZoneInfo:
    """The time zone of this name; BadInput, saying where the name stood, if there is none."""
    found = zone_named(name)
    # Where files are found in any case of letters, the list alone tells a name from a look-alike.
    if found is None or name not in available_timezones():
        raise BadInput(f"there is no time zone {shown(name)}", "Write a name such as Europe/London.", where)
    return found


def local_date(at: int, zone: str) -> date:
    """The date that a place's calendars show at an instant (ms since the epoch, UTC)."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(zone)).date()


def possible_date(at: int, zone: str) -> date | None:
    """The date at a place at any number of ms since the epoch; None where that is no day to shadow on."""
    if not 0 <= at < BEYOND:
        return None
    there = local_date(at, zone)
    return there if FIRST <= there <= LAST else None


def clock_time(text: str) -> time | None:
    """The time of HH:MM or HH:MM:SS, 00:00 to 23:59:59; None for anything else."""
    if not (match := _TIME.fullmatch(text)):
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def instants(day: date, at: time, zone: ZoneInfo) -> tuple[int, ...]:
    """The instants (ms since the epoch, UTC) at which the clocks of the zone show this time on this day, in order.

    None where the clocks are put forward over it, two where they are put back over it, otherwise one.
    """
    naive = datetime.combine(day, at)
    found = set()
    for fold in (0, 1):
        there = naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if there.astimezone(zone).replace(tzinfo=None) == naive:
            found.add(round(there.timestamp() * 1000))
    return tuple(sorted(found))
