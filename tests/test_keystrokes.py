"""The table of keystrokes says what the keys do and what they cost: pressed, looked at, counted, added up."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import MODE, PLACE
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import new_day
from shadowlog.domain.terms import Observation
from shadowlog.tui import actions
from shadowlog.tui.session import Session

DOCUMENT = (Path(__file__).parent.parent / "docs" / "keystrokes.md").read_text(encoding="utf-8")
OPERATORS = "MKSHPB"
LINE = re.compile(r"\| (?P<case>[^|]+) \| (?P<tool>[^|]+) \| (?P<steps>[^|]+) " + r"\| (\d+) " * 6 + r"\| ([\d.]+) \|")
LINES = [found for line in DOCUMENT.splitlines() if (found := LINE.fullmatch(line))]
OURS = {found["case"]: found for found in LINES if found["tool"] == "shadowlog"}


def pressed(keys: str, before: str = "") -> tuple[Session, int, int]:
    """Press keys, parted by spaces, as on the record screen; give the session, the keys and how many needed Shift."""
    observation = Observation("o-1", "Study", "H01", "O1", "UTC", preset("default"), consent="asked")
    ids, clock = count(1), FakeClock()
    session = Session(new_day(observation), lambda: f"id-{next(ids)}")
    table = actions.by_key(actions.RECORD)

    def press(key: str) -> None:
        clock.advance(0.3)
        if act := table.get(key):
            outcome = session.act(act.name, clock.now(), begins=act.begins)
            if outcome.ask is not None:
                session.reply(outcome.ask, "as agreed", clock.now())
        elif key not in {"text", "Enter"}:
            session.sign(key, clock.now())

    for key in before.split():
        press(key)
    clock.advance(60)
    told = keys.replace("`", " ").split()
    for key in told:
        press(key)
    own = [key for key in told if key != "text"]
    return session, len(own), sum(len(key) == 1 and key.isupper() for key in own)


def parties(day: Day) -> list[tuple[str, int | None]]:
    """Who runs now."""
    assert day.foreground is not None
    return [(party.role, party.count) for party in day.foreground.parties]


def complete(day: Day, role: str, what: str, *, people: int = 1) -> bool:
    """Whether one such episode runs, fully described, in a day of one or two."""
    assert day.foreground is not None
    return day.foreground.complete and parties(day) == [(role, people)] and day.foreground.what == what


def resumed(day: Day) -> bool:
    """Whether an episode goes on that was suspended by another, and is still one episode."""
    assert day.foreground is not None
    other = next(each for each in day.episodes.values() if each.interrupts == day.foreground.id)
    spells = day.spells(day.foreground.id)
    return other.complete and other.codes[MODE] == "interruption" and len(spells) == 2 and not day.live.suspended


HOLDS: dict[str, tuple[str, Callable[[Day], bool]]] = {
    "who and what": ("", lambda day: complete(day, "teacher", "teaching_learning")),
    "who, what and a new place": (
        "P d i a",
        lambda day: (
            complete(day, "teacher", "teaching_learning")
            and day.foreground is not None
            and day.foreground.codes[PLACE] == "classroom"
        ),
    ),
    "who, what, mode and place, both changed, at most": (
        "P d i a",
        lambda day: (
            complete(day, "teacher", "teaching_learning")
            and day.foreground is not None
            and (day.foreground.codes[PLACE], day.foreground.codes[MODE]) == ("classroom", "scheduled")
        ),
    ),
    "interruption and resuming": ("3 t", resumed),
    "a group of 3": ("", lambda day: complete(day, "teacher", "teaching_learning", people=3)),
    "a fleeting contact": ("i a", lambda day: [c.role for c in day.contacts.values()] == ["pupil"]),
    "a note, besides its text": ("3 t", lambda day: [n.text for n in day.notes.values()] == ["as agreed"]),
}
"""By case: what ran before, and what the day must hold afterwards."""


@pytest.mark.parametrize("case", HOLDS)
def test_our_rows_are_what_the_keys_do_and_cost(case: str) -> None:
    """The keys of a row do what the row is about, and are as many, and as often shifted, as it says."""
    before, holds = HOLDS[case]
    session, keys, shifted = pressed(OURS[case]["steps"], before)
    assert holds(session.day)
    assert (keys, shifted) == (int(OURS[case][5]), int(OURS[case][6]))


def test_every_row_of_ours_is_pressed_here() -> None:
    """No row of ours stands in the document that is not pressed; each case has the same three tools."""
    assert set(OURS) == set(HOLDS)
    assert len(LINES) == 3 * len(HOLDS)
    assert {found["tool"] for found in LINES} == {"shadowlog", "BORIS", "spreadsheet"}


def test_two_keys_for_who_and_what_and_never_more_than_seven() -> None:
    """Who and what are two presses without Shift; with mode and place both changed, whichever they are, at most seven."""
    assert (int(OURS["who and what"][5]), int(OURS["who and what"][6])) == (2, 0)
    modes = [code.id for code in preset("default").codes(MODE)]
    most = 0
    for mode in modes:
        for presses in range(len(modes)):
            session, keys, _ = pressed(f"3 t P c {'M ' * presses}", "P d i a")
            assert session.day.foreground is not None
            if session.day.foreground.codes[MODE] == mode:
                most = max(most, keys)
                break
    assert most == 7


def test_every_line_adds_up() -> None:
    """The seconds of a line are the sum of its operators, at the prices in the document's own list."""
    prices = {name: float(s) for name, s in re.findall(r"^\| ([MKSHPB]) \| .* \| ([\d.]+) \|$", DOCUMENT, re.MULTILINE)}
    assert set(prices) == set(OPERATORS)
    for found in LINES:
        spent = sum(prices[name] * int(found[4 + n]) for n, name in enumerate(OPERATORS))
        assert float(found[10]) == pytest.approx(spent, abs=0.0501), found[0]


def test_every_case_asks_as_many_decisions_of_every_tool() -> None:
    """What is compared is the hand: the decisions of a case are the same for all three."""
    for case in HOLDS:
        assert len({found[4] for found in LINES if found["case"] == case}) == 1
