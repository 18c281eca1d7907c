"""What follows from an activity."""

from __future__ import annotations

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.domain.codebook import MODE
from shadowlog.domain.recorder import fold, new_day
from shadowlog.domain.terms import Observation
from shadowlog.tui.session import Session
from tests.tui.fake_desk import a_clock

SEEN = Observation("o-1", "Autumn", "H03", "O1", "UTC", preset("structured-observation"), (), "signed form")


@pytest.mark.parametrize(
    ("keys", "mode"),
    [
        ("3 s", "scheduled"),
        ("s", "scheduled"),
        ("3 u", "unscheduled"),
        ("3 I s", "interruption"),
        ("3 M s", "interruption"),
    ],
)
def test_a_scheduled_meeting_is_scheduled(keys: str, mode: str) -> None:
    """An activity flagged so gives its episode the mode that is flagged so; a mode that was given already stays."""
    clock, ids = a_clock(), iter(f"id-{n}" for n in range(99))
    session = Session(new_day(SEEN), lambda: next(ids))
    commands = []
    for key in keys.split():
        act = {"I": "interrupt", "M": "mode"}.get(key)
        outcome = session.act(act, clock.now()) if act else session.sign(key, clock.now())
        commands += [each.command for each in outcome.entries]
        clock.advance(1)
    running = session.day.foreground
    assert running is not None
    assert running.codes[MODE] == mode
    assert fold(SEEN, commands) == session.day
