"""A day as text and the same day on the screens."""

from __future__ import annotations

import re

from shadowlog.cli.day_text import day_lines
from shadowlog.domain.phrases import span
from shadowlog.domain.review import items
from shadowlog.tui.widgets.log import View, log_lines
from tests.domain.test_corrections import Corrector

ROW = re.compile(r"^ ?(\d\d):(\d\d):(\d\d) +(\d+):(\d\d)\b")


def lengths(lines: list[str]) -> list[tuple[int, int]]:
    """When each spell and each gap begins and how long it is, in seconds."""
    found = [tuple(map(int, match.groups())) for match in map(ROW.match, lines) if match]
    return [(h * 3600 + m * 60 + s, minutes * 60 + seconds) for h, m, s, minutes, seconds in found]


def test_a_spell_has_one_length_everywhere() -> None:
    """Log, review and show give a spell the length by which its shown times are apart, whatever the milliseconds are."""
    day = Corrector("+0.7 i a +28.6 3 t +12.7 5 a +10.3 7 g +9.5 _ +5.9 X X").day
    end = day.track[-1].at
    told = lengths(day_lines(day.record(end)))
    log = lengths(["".join(text for text, _ in line) for line in log_lines(View(day, end), 116, 30)])
    assert told == sorted(log)
    assert len(told) == 6
    assert [at + length for at, length in told[:-1]] == [at for at, _ in told[1:]]
    assert [span(item.lasted or 0) for item in items(day, end)] == [span(length * 1000) for _, length in told]


def test_who_left_is_in_the_text_of_a_day() -> None:
    """The line of an episode names everyone who was in it."""
    day = Corrector('3 t +60 J 7 G 0 "12" +60 L 7 +60 _ X X').day
    assert any("teacher + pupil ×12, teaching" in line for line in day_lines(day.record(day.track[-1].at)))
