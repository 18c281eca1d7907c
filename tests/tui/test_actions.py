"""The one table of acts, and everything made from it."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from shadowlog.codebooks.presets import preset, presets
from shadowlog.domain.acts import ACTS
from shadowlog.tui import actions
from shadowlog.tui.help import HelpScreen, help_text
from shadowlog.tui.widgets.strip import KeyStrip, shown_acts
from tests.tui.stage import Stage, golden, play


def test_every_act_of_the_recorder_is_offered() -> None:
    """The registry knows each act of the recorder by the name the recorder gives it."""
    assert set(ACTS) <= {act.name for act in actions.REGISTRY if act.screen == actions.RECORD}


@pytest.mark.parametrize("screen", [actions.RECORD, actions.HOME])
def test_no_key_means_two_things(screen: str) -> None:
    """On one screen every key belongs to one act, also to none that works anywhere."""
    keys = Counter(key for act in actions.acts_of(screen) for key in act.keys)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("id_", presets())
def test_no_code_hides_an_act(id_: str) -> None:
    """No shipped codebook has a code on a key that is an act."""
    taken = set(actions.by_key(actions.RECORD))
    codes = [code.key for dimension in preset(id_).dimensions for code in dimension.codes if code.key]
    assert [key for key in codes if key in taken] == []


def test_the_table_for_the_readme_names_every_act() -> None:
    """The README's table holds each act with its keys and its words."""
    table = actions.key_table()
    for act in actions.REGISTRY:
        assert f"| `{act.all_keys}` | {act.label} | {act.help} |" in table


def test_the_help_screen_names_every_act_and_code() -> None:
    """F1 tells every key of the record screen and every code of the codebook."""
    text = help_text(actions.RECORD, preset("default")).plain
    for act in actions.acts_of(actions.RECORD):
        assert act.help in text
    for dimension in ("role", "activity", "place"):
        for code in preset("default").codes(dimension):
            assert code.label in text


@pytest.mark.parametrize("width", [74, 114])
def test_help_uses_the_width_that_there_is(width: int) -> None:
    """No line is longer than the screen has columns, and a definition is broken only where it must be."""
    lines = help_text(actions.RECORD, preset("default"), width).plain.splitlines()
    assert width - 12 < max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [10, 60, 80, 120, 300])
def test_the_strip_never_loses_help(width: int) -> None:
    """However narrow the strip, F1 stays on it, and what is placed does not overlap."""
    placed = shown_acts(actions.RECORD, width)
    assert "help" in {act.name for _, _, act in placed}
    assert all(before[1] < after[0] for before, after in itertools.pairwise(placed))


def test_help_opens_over_the_record_screen_and_closes() -> None:
    """F1 shows the keys and Escape comes back; F2 shows what to do with a concern about a child."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t f1")
        golden("help-80x24.txt", stage.text)
        await stage.type("⎋ f2")
        assert "safeguarding lead" in stage.text
        await stage.type("⎋ 5")
        assert stage.kinds == ["Begin", "Start", "SetCode", "Start"]

    play(script, size=(80, 24))


def test_the_palette_does_acts_and_codes() -> None:
    """Ctrl+p finds an act by its name and does it."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        await stage.pilot.press("ctrl+p")
        await stage.until(lambda: "CommandPalette" in type(stage.app.screen).__name__)
        await stage.pilot.press(*"off the")
        await stage.until(lambda: "off the record" in stage.text)
        await stage.pilot.press("enter")
        await stage.until(lambda: stage.kinds[-1] == "GoOff")

    play(script)


def test_a_click_presses_a_code_and_an_act() -> None:
    """The mouse works too: a click on a code, then on the strip."""

    async def script(stage: Stage) -> None:
        await stage.pilot.click("#who", offset=(5, 3))
        await stage.settled()
        assert stage.record.session is not None
        assert stage.record.session.day.foreground is not None
        assert stage.record.session.day.foreground.parties[0].role == "teacher"
        await stage.pilot.click("#strip", offset=(2, 0))
        await stage.settled()
        assert stage.record.session.day.live.suspended

    play(script)


def test_a_click_on_what_works_anywhere_is_done_by_the_app() -> None:
    """A click on help in the strip opens the help, and the day that is recorded is what it was."""

    async def script(stage: Stage) -> None:
        strip = stage.record.query_one(KeyStrip)
        acts = shown_acts(actions.RECORD, strip.content_size.width, strip.without)
        at = next(start for start, _, act in acts if act.name == "help")
        assert stage.record.session is not None
        before = stage.record.session.day
        await stage.pilot.click("#strip", offset=(at, 0))
        await stage.until(lambda: isinstance(stage.app.screen, HelpScreen))
        assert stage.record.session.day == before

    play(script)
