"""The code pads and the clock, as text."""

from __future__ import annotations

import pytest

from shadowlog.tui.widgets import digits
from shadowlog.tui.widgets.pads import Pad, columns_for, pad_lines
from tests.tui.fake_desk import FakeDesk
from tests.tui.stage import Stage, play
from tests.typist import BOOK, OBSERVATION


def drawn(pad: Pad, width: int, height: int) -> list[str]:
    """A pad as text."""
    return ["".join(text for text, _ in line).rstrip() for line in pad_lines(pad, width, height)]


def test_a_pad_folds_into_columns() -> None:
    """Ten roles in four rows make three columns, read from top to bottom; the current one is marked."""
    pad = Pad(BOOK.codes("role"), frozenset({"teacher"}))
    assert drawn(pad, 60, 4) == [
        " 1  leaders          8  parent           zz visitor",
        " 3  teacher        ◀ i  alone            zh heads",
        " 5  office           y  shadower",
        " 7  pupil            k  other person",
    ]
    assert columns_for(10, 4) == 3


def test_two_character_codes_are_pressed_one_after_the_other() -> None:
    """A leader waits for its second character; the leader is the time."""

    async def script(stage: Stage) -> None:
        at = stage.clock().wall
        await stage.type("z")
        assert "z: and one more" in stage.said
        await stage.type("h")
        assert stage.record.session is not None
        day = stage.record.session.day
        assert day.foreground is not None
        assert day.foreground.parties[0].role == "heads"
        assert day.track[-1].at == at

    from dataclasses import replace

    play(script, desk=FakeDesk(replace(OBSERVATION, id="o-1")))


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "00:00"), (24_999, "00:24"), (3_600_000, "1:00:00"), (-5, "00:00"), (36_061_000, "10:01:01")]
)
def test_a_running_clock_in_digits(ms: int, text: str) -> None:
    """Minutes and seconds, and hours once there are some."""
    assert digits.running(ms) == text


def test_digits_fill_the_width_they_are_given() -> None:
    """Five large rows where they fit, small seconds beside large minutes from an hour on, else three small rows."""
    assert len(digits.clock("00:24", 34)) == 5
    assert max(len(row) for row in digits.clock("2:32:31", 34)) == 34
    assert len(digits.clock("00:24", 20)) == 3
    assert digits.small("1:0") == ["▄█  ▄ █▀█", " █  ▄ █ █", "▀▀▀   ▀▀▀"]
