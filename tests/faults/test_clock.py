"""Clocks on a live screen: daylight saving, a clock that is set, a closed lid; durations are the running clock's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.clock import FakeClock
from tests.tui.stage import Stage, play

MINUTES = 60_000
BACK = round(datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC).timestamp() * 1000)
"""Half a minute before 02:00 becomes 01:00 in London."""
FORWARD = round(datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC).timestamp() * 1000)
"""Half a minute before 01:00 becomes 02:00 in London."""


@pytest.mark.parametrize(("wall", "before", "after"), [(BACK, "01:59:3", "01:00:3"), (FORWARD, "00:59:3", "02:00:3")])
def test_daylight_saving_is_nobodys_business(wall: int, before: str, after: str) -> None:
    """Where the clocks change while an episode runs, the screen shows the new time, nothing is asked, and the episode
    lasts as long as it lasted.
    """

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick")
        assert before in stage.text.splitlines()[0]
        await stage.type("+58 tick")
        assert after in stage.text.splitlines()[0]
        assert stage.record.question is None
        await stage.type("_")
        assert "ClockEvent" not in stage.kinds
        assert stage.journal[-1].at - stage.journal[1].at == MINUTES
        assert "1:00   Teachers" in stage.text

    play(script, clock=FakeClock(wall=wall))


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_changes_no_duration(hours: int) -> None:
    """A clock set by an hour while an episode runs is kept as a clock event and asked about once; kept running, the
    episode lasts as long as it lasted.
    """

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick +58")
        stage.clock().wall += hours * 60 * MINUTES
        await stage.type("tick tick")
        assert stage.record.question is not None
        assert stage.kinds.count("ClockEvent") == 1
        event = next(each for each in stage.journal if isinstance(each, c.ClockEvent))
        assert event.drift == hours * 60 * MINUTES
        await stage.type("K +59 tick _")
        assert stage.record.question is None
        assert stage.journal[-1].at - stage.journal[1].at == 2 * MINUTES
        assert "2:00   Teachers" in stage.text

    play(script)


@pytest.mark.parametrize("tells", [True, False], ids=["the system tells of sleep", "it does not"])
def test_a_closed_lid_is_asked_about(tells: bool) -> None:
    """After forty minutes with the lid closed the question says so: E ends what ran at the last key and leaves the forty
    minutes unobserved.
    """
    slept = [0]

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick +58")
        stage.clock().wall += 40 * MINUTES
        slept[0] += 40 * MINUTES
        await stage.type("tick")
        assert "The computer slept for 40:00. What ran goes on?" in stage.text
        await stage.type("E")
        assert stage.record.question is None
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end == stage.journal[2].at
        assert recover.at - recover.end == 40 * MINUTES + 59_000
        assert "not observed" in stage.text

    play(script, asleep=lambda: slept[0] if tells else None)


def test_a_closed_lid_while_nothing_ran_asks_nothing() -> None:
    """Where nothing ran when the lid was closed there is nothing to ask; the drift is kept, and the day goes on."""
    slept = [0]

    async def script(stage: Stage) -> None:
        await stage.type("3 t +58 _ tick")
        stage.clock().wall += 40 * MINUTES
        slept[0] += 40 * MINUTES
        await stage.type("tick")
        assert stage.record.question is None
        assert stage.kinds[-2:] == ["ClockEvent", "Recover"]
        await stage.type("5 a")
        assert stage.journal[-2].at == stage.clock().wall - 2_000

    play(script, asleep=lambda: slept[0])
