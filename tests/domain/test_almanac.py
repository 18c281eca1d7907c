"""The dates and zones a study can have."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

import pytest

from shadowlog.domain.almanac import FIRST, LAST, date_of, zone_named


@pytest.mark.parametrize("day", [FIRST, LAST, date(2007, 4, 27), date(2024, 2, 29)])
def test_a_date_in_one_form(day: date) -> None:
    """A date written as 2007-04-27 is read, from the first to the last day there can be."""
    assert date_of(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "20261124", "2026-W48-2", "2026W482", "2026-11-31", "26-11-24", "2026-11-24T10:00", " 2026-11-24"),
        *("1970-01-01", "2200-01-01", "0001-01-01", "٢٠٢٦-١١-٢٤", "2026-11-24\n"),
    ],
)
def test_no_date(text: str) -> None:
    """Any other form, a day that never was and a day out of range are no dates."""
    assert date_of(text) is None


def test_every_place_has_its_zone() -> None:
    """Every zone the system lists is known by its name, less those that are no place's."""
    listed = available_timezones()
    assert {name for name in listed if zone_named(name) is None} <= {"localtime", "posixrules", "Factory"}


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "localtime", "posixrules", "Factory", "right/Europe/London", "posix/UTC", "Mars/Base", "Europe"),
        *("../../etc/passwd", "/etc/localtime", "Europe/London\0", "tzdata.zi", "Europe/./London", "\udcff"),
    ],
)
def test_no_zone(name: str) -> None:
    """What is no place's clock is no zone: the machine's own setting, clocks with leap seconds, paths, nothing at all."""
    assert zone_named(name) is None
