"""Typed times of day, where clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain.local_times import first_since, full_time, instants, just_before, resolution
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
    "text", ["", "25:00", "9:60", "9", "9,05", "09:05:60", "٩:٠٥", "[/b]", "9:05\x1b[31m", "-1:00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Anything but hours, minutes and perhaps seconds is refused in words."""
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


@pytest.mark.parametrize("text", ["10:42", "1042", "10.42", " 10:42:00 ", "104200", "10.42.00"])
def test_one_way_of_typing_everywhere(text: str) -> None:
    """With colons, points or nothing between, a time is read alike for a row, for a start and for an end."""
    there = at("2026-11-24T10:42")
    assert instants(text, ZONE, *DAY) == (there,)
    assert just_before(text, ZONE, DAY[1]) == there
    assert first_since(text, ZONE, *DAY) == there
    assert resolution(text) == (1_000 if len(text) > 5 else 60_000)


def test_a_time_that_never_was_is_refused_everywhere() -> None:
    """A start typed in the hour over which clocks are put forward is refused as any other time there."""
    with pytest.raises(Refused, match="no 01:30 that day"):
        just_before("1:30", ZONE, at("2026-03-29T02:00"))
    with pytest.raises(Refused, match="no 01:30 that day"):
        first_since("1:30", ZONE, at("2026-03-29T00:30"), at("2026-03-29T02:00"))


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("01:30", "2026-10-25T02:10", "2026-10-25T01:30"),
        ("01:50", "2026-10-25T01:05", "2026-10-25T00:50"),
        ("01:35", "2026-10-25T00:40", "2026-10-25T00:35"),
        ("23:55", "2026-11-25T00:10", "2026-11-24T23:55"),
        ("09:00", "2026-11-25T08:50", "2026-11-25T09:00"),
    ],
)
def test_a_start_is_the_last_such_time(text: str, now: str, expected: str) -> None:
    """A typed start is the last such time up to now, over midnight and where the clocks show it twice; or soon after."""
    assert just_before(text, ZONE, at(now)) == at(expected)
