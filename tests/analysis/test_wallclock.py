"""Local times across a change of the clocks: what the clock on the wall showed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shadowlog.analysis.agreement import agreement
from shadowlog.analysis.summary import summarise
from shadowlog.analysis.told import Told
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.terms import Record
from shadowlog.tui.agreement_lines import whole
from tests.analysis.days import Diary

HOUR = 3_600_000


def utc(month: int, day: int, hour: int) -> int:
    """An instant of 2026 in ms."""
    return round(datetime(2026, month, day, hour, tzinfo=UTC).timestamp() * 1000)


def night(start: int, *hours: float, second: str = "paper") -> Record:
    """An observation in London: one episode after the other, of so many hours each."""
    diary = Diary("night", start)
    for n, each in enumerate(hours):
        diary.episode(f"e{n}", each * 60, "teachers" if n % 2 else "alone", activity=second if n else "teaching")
    return diary.record(periods=())


@pytest.mark.parametrize(
    ("start", "change", "minutes"),
    [
        # 28 March 12:00 GMT to 30 March 13:00 BST; at 01:00 GMT on the 29th it is 02:00 BST.
        (utc(3, 28, 12), utc(3, 29, 1), (720, 1500, 1560, 3660)),
        # 24 October 12:00 BST to 26 October 11:00 GMT; at 02:00 BST on the 25th it is 01:00 GMT.
        (utc(10, 24, 11), utc(10, 25, 1), (720, 1560, 1500, 3540)),
    ],
)
def test_two_days_with_a_change_of_the_clocks(start: int, change: int, minutes: tuple[int, ...]) -> None:
    """Over 48 hours local times are what the clock showed before the change and after it, counted on over the days."""
    end = start + 48 * HOUR
    clock = WallClock("Europe/London", start, end)
    assert clock.steps == (change,)
    before, until, after, last = minutes
    assert clock.minute(start) == before
    assert clock.minute(change - 1) == pytest.approx(until - 1 / 60_000)
    assert clock.until(start, change) == until
    assert clock.minute(change) == clock.until(change, change) == after
    assert clock.minute(end) == clock.until(start, end) == last
    assert list(clock.pieces(start, end, clock.steps)) == [(start, change), (change, end)]
    assert clock.midnight(start) + before * 60_000 == start


def test_two_days_without_one() -> None:
    """Where the clocks were left alone nothing is cut, and there is one midnight."""
    start = utc(11, 24, 8)
    clock = WallClock("Europe/London", start, start + 48 * HOUR)
    assert clock.steps == ()
    assert clock.midnight(start) == clock.midnight(clock.end) == utc(11, 24, 0)
    assert list(clock.pieces(clock.start, clock.end, clock.steps)) == [(clock.start, clock.end)]


@pytest.mark.parametrize(
    ("start", "spells", "end"),
    [
        # From 23:00 BST, five hours, to 03:00 GMT.
        (utc(10, 24, 22), [(1380, 1560), (1500, 1620)], 1620),
        # From 23:00 GMT, five hours, to 05:00 BST.
        (utc(3, 28, 23), [(1380, 1500), (1560, 1740)], 1740),
    ],
)
def test_a_spell_is_by_the_clock_on_both_sides(start: int, spells: list[tuple[int, int]], end: int) -> None:
    """A spell across the change is two, each by the clock of its side; its last end is that of the episode and the day."""
    told = summarise([night(start, 5)])
    (line,) = told.lines
    assert [(each.start_minute, each.end_minute) for each in line.spells] == spells
    assert line.end_minute == told.observations[0].end_minute == end
    assert line.net_minutes == 300
    assert sum(each.end_minute - each.start_minute for each in line.spells) == 300


def test_an_end_at_the_change_itself() -> None:
    """What ends as the clocks are put back ended at two, not at one; what begins then began at one."""
    told = summarise([night(utc(10, 24, 22), 3, 1)])
    assert [(line.start_minute, line.end_minute) for line in told.lines] == [(1380, 1560), (1500, 1560)]


def test_a_disagreement_after_the_change() -> None:
    """A stretch on which two differ after the clocks were put back is listed at three, as the clock showed, not at four."""
    start = utc(10, 24, 22)
    one, two = night(start, 5, 0.5), night(start, 5, 0.5, second="money")
    two = replace(two, observation=replace(two.observation, id="two", observer="two"))
    found = agreement(one, two, offset=0)
    assert [each.start_minute - 1440 for each in found.disagreements] == [180]
    words = whole(Told.of(one, 0), found.disagreements[0].start)
    assert words.startswith("03:00:00–03:30:00")
