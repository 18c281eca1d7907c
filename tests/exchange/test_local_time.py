from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.errors import BadInput
from shadowlog.exchange.local_time import clock_time, instants, zone_of

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09:05", time(9, 5)),
        ("9:05", time(9, 5)),
        ("23:59:59", time(23, 59, 59)),
        ("00:00", time(0)),
        *(
            (bad, None)
            for bad in ("24:00", "12:60", "12:00:60", "9", "9.05", "9:5", "9am", "٠٩:٠٥", "-1:00", "09:05:00.5")
        ),
    ],
)
def test_clock_times(text: str, at: time | None) -> None:
    """HH:MM and HH:MM:SS are times of a day; nothing else is."""
    assert clock_time(text) == at


@pytest.mark.parametrize("name", ["", "localtime", "right/UTC", "Factory", "europe/london"])
def test_names_that_are_no_zone(name: str) -> None:
    """Only a zone that the system lists is one; the message says where the name stood."""
    with pytest.raises(BadInput, match="--zone: there is no time zone"):
        zone_of(name, "--zone")


def test_days_on_which_the_clocks_change() -> None:
    """A time that the clocks skip never was; one that they repeat was twice, an hour apart."""
    assert instants(date(2026, 3, 29), time(1, 30), LONDON) == ()
    first, second = instants(date(2026, 10, 25), time(1, 30), LONDON)
    assert second - first == 3_600_000
    assert datetime.fromtimestamp(first / 1000, UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert len(instants(date(2026, 10, 25), time(2), LONDON)) == 1


@given(
    st.integers(0, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York", "Pacific/Apia"]),
)
def test_every_instant_is_found_by_its_clock_time(at: datetime, name: str) -> None:
    """Whatever the clocks show at an instant leads back to that instant."""
    zone = ZoneInfo(name)
    there = at.astimezone(zone)
    found = instants(there.date(), there.time(), zone)
    assert (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1) in found


@pytest.mark.parametrize("name", ["Europe/Lodnon", "", "../etc/passwd", "Europe", "a\0b"])
def test_zones_that_are_none(name: str) -> None:
    """A name that is no time zone is refused, and what one looks like is said."""
    with pytest.raises(BadInput, match="Write a name such as Europe/London"):
        zone_of(name)
