"""The head's diary as iCalendar: the events of one day, with repeated ones worked out. Titles are for the eye alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shadowlog.domain.diary import Planned
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput

LARGEST = 10_000_000
"""No diary file is larger, in bytes."""
MOST_PARTS = 20_000
"""So many entries are as many as a diary may hold."""
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
BY_CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the day and its title, which may name people: it is shown to whoever reads the file in, never kept."""

    event: Planned
    title: str


def read_diary(path: Path, date: dt.date, zone: str) -> tuple[list[Entry], int]:
    """Give the events of a local date, in order of time, and how many of it last the whole day and cannot be offered.

    Left out too are those without a length and cancelled ones. What reaches over midnight is cut there. BadInput for a
    file that is no diary.
    """
    import icalendar
    import recurring_ical_events

    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"It cannot be read ({error.strerror})", "Name an .ics file.", str(path)) from None
    if len(raw) > LARGEST:
        raise BadInput("This is too large for a diary", "Export a month of it, not years.", str(path))
    if b"BEGIN:VCALENDAR" not in raw[:10_000].upper():
        raise BadInput("This is no iCalendar file", "Export the diary as .ics.", str(path))
    if raw.upper().count(b"BEGIN:VEVENT") > MOST_PARTS:
        raise BadInput(f"It holds more than {MOST_PARTS} events", "Export a month of it, not years.", str(path))
    here = ZoneInfo(zone)
    midnight = dt.datetime.combine(date, dt.time(), here)
    following = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), here)
    try:
        calendar = icalendar.Calendar.from_ical(raw)
        faults = {_fault(each) for each in calendar.walk("VEVENT")} - {""}
        found = [] if faults else recurring_ical_events.of(calendar).between(midnight, following)
    except Exception as error:  # noqa: BLE001, the two libraries raise whatever a broken file brings about
        raise BadInput(
            f"This diary cannot be understood ({type(error).__name__})", "Export it again as .ics.", str(path)
        ) from None
    if faults:
        raise BadInput(min(faults), "Mend it in the diary, or take it out of the file.", str(path))
    entries, whole_days = [], 0
    for each in found:
        start, end = each.start, each.end
        if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
            whole_days += "CANCELLED" not in _texts(each, "STATUS")
            continue
        if "CANCELLED" in _texts(each, "STATUS"):
            continue
        first, last = (_minutes(instant, here, midnight, following) for instant in (start, end))
        if first < last:
            entries.append(Entry(Planned(first, last), clean("; ".join(_texts(each, "SUMMARY")))[:LONGEST_TITLE]))
    return sorted(entries, key=lambda each: (each.event.start, each.event.end, each.title)), whole_days


def _fault(event: Any) -> str:
    """Say what keeps an event from being understood, or from ever being worked out; empty where nothing does."""
    rule = event.get("RRULE") or {}
    if TOO_OFTEN & {str(each).upper() for each in rule.get("FREQ", [])} or BY_CLOCK & {
        str(each).upper() for each in rule
    }:
        return "An event repeats within the day"
    if any(int(each) < 1 for each in rule.get("INTERVAL", [])):
        return "An event repeats after no time at all"
    times = [event.get(name) for name in ("DTSTART", "DTEND") if event.get(name) is not None]
    for each in times:
        if each.params.get("TZID") and isinstance(each.dt, dt.datetime) and each.dt.tzinfo is None:
            return f"There is no time zone {shown(str(each.params['TZID']))}"
    length = event.get("DURATION")
    backwards = len(times) == 2 and times[1].dt < times[0].dt
    return "An event ends before it starts" if backwards or (length and length.dt < dt.timedelta()) else ""


def _texts(event: Any, name: str) -> list[str]:
    """The values of a property, which a file may say more than once."""
    found = event.get(name, [])
    return [str(each) for each in (found if isinstance(found, list) else [found])]


def _minutes(instant: dt.datetime, here: ZoneInfo, midnight: dt.datetime, following: dt.datetime) -> int:
    """Local minutes after midnight; a time without a zone is the school's own."""
    local = instant.replace(tzinfo=here) if instant.tzinfo is None else instant.astimezone(here)
    if local < midnight:
        return 0
    return 24 * 60 if local >= following else local.hour * 60 + local.minute
