"""Typed times of day, where clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain.local_times import full_time, instants
from shadowlog.domain.sentences import clock_time
from shadowlog.errors import Refused

ZONE = "Europe/London"


def at(text: str) -> int:
    """An instant (ms) from UTC."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


DAY = (at("2026-11-24T08:00"), at("2026-11-24T16:00"))


@given(st.integers(min_value=DAY[0] // 1000, max_value=DAY[1] // 1000))
def test_what_a_clock_shows_is_typed_back(second: int) -> None:
    """On a day without changes of the clocks each second has one time of day, and that leads back to it."""
    assert instants(clock_time(second * 1000, ZONE), ZONE, *DAY) == (second * 1000,)


@pytest.mark.parametrize(
    "text", ["", "25:00", "9:60", "9", "9.05", "09:05:60", "٩:٠٥", "[/b]", "9:05\x1b[31m", "-1:00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Anything but HH:MM or HH:MM:SS is refused in words."""
    with pytest.raises(Refused, match="no time of day"):
        instants(text, ZONE, *DAY)


def test_a_time_the_clocks_never_showed_is_refused() -> None:
    """In the hour over which clocks are put forward there is no instant."""
    with pytest.raises(Refused, match="no 01:30 that day"):
        instants("1:30", ZONE, at("2026-03-29T00:00"), at("2026-03-29T03:00"))


def test_a_time_shown_twice_gives_both() -> None:
    """In the hour over which clocks are put back both instants are given, and told apart in words."""
    both = instants("01:30", ZONE, at("2026-10-24T23:00"), at("2026-10-25T03:00"))
    assert both == (at("2026-10-25T00:30"), at("2026-10-25T01:30"))
    assert [full_time(each, ZONE) for each in both] == [
        "25 Oct 01:30:00 (BST, UTC+01:00)", "25 Oct 01:30:00 (GMT, UTC+00:00)",
    ]  # fmt: skip


def test_bounds_choose_between_the_two() -> None:
    """Where only one of them lies within the bounds, that one is meant."""
    assert instants("01:30", ZONE, at("2026-10-25T01:00"), at("2026-10-25T03:00")) == (at("2026-10-25T01:30"),)


def test_over_midnight_the_date_follows() -> None:
    """A stretch over midnight takes a time of day on the date on which it lies."""
    night = (at("2026-11-24T22:00"), at("2026-11-25T02:00"))
    assert instants("23:00", ZONE, *night) == (at("2026-11-24T23:00"),)
    assert instants("01:00", ZONE, *night) == (at("2026-11-25T01:00"),)


def test_outside_the_bounds_it_is_still_told() -> None:
    """A time outside the bounds is given, so that whoever asked can say that it is outside."""
    assert instants("07:00", ZONE, *DAY) == (at("2026-11-24T07:00"),)
