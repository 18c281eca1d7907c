"""The head's diary, read for one day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shadowlog.errors import BadInput
from shadowlog.exchange.ics import read_diary

DAY = dt.date(2026, 11, 24)  # a Tuesday
ZONE = "Europe/London"


def calendar(*events: str) -> str:
    """A diary with these events, each a few lines."""
    whole = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@x\r\nDTSTAMP:20261101T080000Z\r\n{each}\r\nEND:VEVENT\r\n"
        for n, each in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{whole}END:VCALENDAR\r\n"


def read(folder: Path, text: str, date: dt.date = DAY) -> list[tuple[str, str]]:
    """Times and titles of the day."""
    path = folder / "head.ics"
    path.write_bytes(text.encode())
    return [(each.event.times, each.title) for each in read_diary(path, date, ZONE)[0]]


def test_the_events_of_the_day_are_found_in_order_and_in_the_schools_time(tmp_path: Path) -> None:
    """UTC, a named zone and no zone come out in local time; other days stay away."""
    text = calendar(
        "DTSTART:20261124T133000Z\r\nDTEND:20261124T140000Z\r\nSUMMARY:later",
        "DTSTART;TZID=Europe/Berlin:20261124T100000\r\nDTEND;TZID=Europe/Berlin:20261124T103000\r\nSUMMARY:abroad",
        "DTSTART:20261124T080000\r\nDURATION:PT25M\r\nSUMMARY:briefing\\, all",
        "DTSTART:20261125T080000\r\nDTEND:20261125T090000\r\nSUMMARY:tomorrow",
    )
    assert read(tmp_path, text) == [("8:00-8:25", "briefing, all"), ("9:00-9:30", "abroad"), ("13:30-14:00", "later")]


def test_events_of_the_whole_day_are_counted(tmp_path: Path) -> None:
    """What has no time at which it could be offered is not dropped in silence; a cancelled one is no loss."""
    path = tmp_path / "head.ics"
    whole = "DTSTART;VALUE=DATE:20261124\r\nSUMMARY:INSET"
    path.write_bytes(
        calendar(whole, f"{whole}\r\nSTATUS:CANCELLED", "DTSTART:20261124T080000\r\nDURATION:PT25M").encode()
    )
    entries, whole_days = read_diary(path, DAY, ZONE)
    assert ([each.event.times for each in entries], whole_days) == (["8:00-8:25"], 1)


def test_repeated_events_are_worked_out(tmp_path: Path) -> None:
    """A weekly meeting is there on its Tuesdays, at its local hour after the clocks went back, and not where taken out."""
    text = calendar(
        "DTSTART;TZID=Europe/London:20260901T100000\r\nDTEND;TZID=Europe/London:20260901T110000\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=TU\r\nEXDATE;TZID=Europe/London:20261201T100000\r\nSUMMARY:weekly"
    )
    assert read(tmp_path, text) == [("10:00-11:00", "weekly")]
    assert read(tmp_path, text, dt.date(2026, 10, 20)) == [("10:00-11:00", "weekly")]
    assert read(tmp_path, text, dt.date(2026, 12, 1)) == []
    assert read(tmp_path, text, dt.date(2026, 11, 25)) == []


def test_what_is_no_appointment_is_left_out(tmp_path: Path) -> None:
    """Whole days, events without length and cancelled ones are not offered; one over midnight is cut there."""
    text = calendar(
        "DTSTART;VALUE=DATE:20261124\r\nSUMMARY:INSET",
        "DTSTART:20261124T090000\r\nDTEND:20261124T090000\r\nSUMMARY:reminder",
        "DTSTART:20261124T110000\r\nDTEND:20261124T120000\r\nSTATUS:CANCELLED\r\nSUMMARY:off",
        "DTSTART:20261124T230000\r\nDTEND:20261125T010000\r\nSUMMARY:late",
    )
    assert read(tmp_path, text) == [("23:00-24:00", "late")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,end\n1,2\n", "This is no iCalendar file"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "."),
        ("BEGIN:VCALENDAR\r\n" + "\x00\xff" * 50, "cannot be understood"),
        (
            calendar("DTSTART:20200101T000000Z\r\nDTEND:20200101T000001Z\r\nRRULE:FREQ=SECONDLY"),
            "An event repeats within the day",
        ),
        (
            calendar("DTSTART:20200101T000000\r\nDTEND:20200101T000100\r\nRRULE:FREQ=DAILY;BYHOUR=1,2;BYSECOND=0,1"),
            "An event repeats within the day",
        ),
        (calendar("DTSTART:20200101T000000\r\nDURATION:PT5M\r\nRRULE:FREQ=DAILY;INTERVAL=0"), "repeats after no time"),
        (calendar("DTSTART:20261124T110000\r\nDTEND:20261124T100000"), "ends before it starts"),
        (calendar("DTSTART:20261124T110000\r\nDURATION:-PT1H"), "ends before it starts"),
        (calendar("DTSTART;TZID=Nowhere/Nix:20261124T110000\r\nDURATION:PT1H"), "no time zone 'Nowhere/Nix'"),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 20_001, "more than 20000 events"),
        ("BEGIN:VCALENDAR\r\n" + "X" * 10_000_001, "too large"),
    ],
)
def test_a_file_that_is_no_diary_is_refused_by_name(tmp_path: Path, text: str, says: str) -> None:
    """A wrong, broken, endless or huge file is refused with its name and what would be right."""
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    assert says in str(caught.value)
    assert "head.ics" in str(caught.value)


def test_a_title_is_shown_and_obeyed_by_nobody(tmp_path: Path) -> None:
    """Control sequences in a title are taken out before it is shown."""
    text = calendar("DTSTART:20261124T080000\r\nDTEND:20261124T090000\r\nSUMMARY:\x1b]0;x\x07[/b] meeting")
    [(_, title)] = read(tmp_path, text)
    assert "\x1b" not in title
    assert "[/b] meeting" in title
