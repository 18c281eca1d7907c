"""The dates and time zones that a study can have: one rule for every door."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST, LAST = date(1970, 1, 2), date(2199, 12, 31)
"""The first and the last day there can be: whatever the zone, its instants are positive and below the year 2201."""

BEYOND = ((LAST - date(1970, 1, 1)).days + 2) * 86_400_000
"""The instant (ms since the epoch, UTC) that no such day reaches, whatever the zone."""

DATE_RULE = f"As 2026-11-24, from {FIRST} to {LAST}."

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z0-9_+-]{1,30}){0,2}")
# What zone databases hold besides places: whatever the machine is set to, clocks with leap seconds, and "not set yet".
_NO_PLACE = {"localtime", "posixrules", "Factory", "right", "posix"}


def date_of(text: str) -> date | None:
    """Give the date of a text as 2026-11-24; None for any other form, and for a day out of range."""
    if not _DATE.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def zone_named(name: str) -> ZoneInfo | None:
    """Give the time zone of this name, as Europe/London; None if there is none."""
    if not _ZONE.fullmatch(name) or name.split("/", maxsplit=1)[0] in _NO_PLACE:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
