"""The guided tour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.tui import actions
from shadowlog.tui.tour import TourBox, TourScreen, steps
from tests.tui.fake_desk import FakeDesk
from tests.tui.stage import Stage, play

KEYS = ["3", "t", "I 5 a", "R", "F 7", "N", "U", "space"]
"""What each step but the last asks for, by the keys of the acts and of the default codebook."""
TYPED = {"N": "N h i ⏎", "space": "_"}
"""What a test types for a key: a note has words."""


def box(stage: Stage) -> TourBox:
    """What the tour says."""
    return stage.app.screen.query_one(TourBox)


def test_each_step_asks_for_the_keys_that_acts_and_codes_have() -> None:
    """A step names what to press, each key at a place of its own, as the registry and the codebook have it now."""
    found = steps(preset("default"))
    assert [" ".join(step.keys) for step in found] == [*KEYS, ""]
    for step in found:
        marked = replace(step, keys=tuple(f"§{n}§" for n in range(len(step.keys))))
        assert [n for n in range(len(step.keys)) if f"§{n}§" not in marked.words] == []


def test_a_key_chosen_anew_and_another_codebook_change_what_is_asked_for() -> None:
    """Another key for interrupting is asked for in its stead; a codebook without a code has no key to name."""
    actions.choose_keys({"interrupt": ("f9",)})
    try:
        assert steps(preset("default"))[2].keys == ("f9", "5", "a")
    finally:
        actions.choose_keys({})
    assert steps(preset("stanford"))[1].keys == ("?",)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_the_keys_that_it_names_lead_to_its_end(size: tuple[int, int]) -> None:
    """Pressing what each step asks for leads from step to step to the last, at both sizes; nothing comes to the desk."""
    desk = FakeDesk()

    async def script(stage: Stage) -> None:
        await stage.type("g")
        await stage.until(lambda: isinstance(stage.app.screen, TourScreen))
        tour = stage.app.screen
        assert isinstance(tour, TourScreen)
        await stage.settled()
        for n, step in enumerate(steps(preset("default"))[:-1], 1):
            assert (box(stage).at, box(stage).words) == (f"{n} of 9", step.words)
            await stage.type(" ".join(TYPED.get(key, key) for key in step.keys))
            await stage.until(lambda n=n: tour.step == n)  # type: ignore[misc]
        assert "That is the day." in stage.text
        await stage.type("⎋")
        assert not isinstance(stage.app.screen, TourScreen)
        assert not any(desk.journals.values())

    play(script, desk=desk, size=size, observation=None)


def test_a_step_stays_until_all_of_its_keys_were_pressed() -> None:
    """Whatever else was coded before, an interruption is asked for until it has its who and its what."""

    async def script(stage: Stage) -> None:
        await stage.type("g")
        await stage.until(lambda: isinstance(stage.app.screen, TourScreen))
        await stage.type("3 M V t M")
        assert box(stage).at == "3 of 9"
        for key in ("I", "5", "M"):
            await stage.type(key)
            assert box(stage).at == "3 of 9"
        await stage.type("a")
        assert box(stage).at == "4 of 9"

    play(script, desk=FakeDesk(), observation=None)


def test_the_last_card_says_what_closes_it() -> None:
    """On the last card nothing goes on: Enter closes the tour, and the card says so."""

    async def script(stage: Stage) -> None:
        await stage.type("g")
        await stage.until(lambda: isinstance(stage.app.screen, TourScreen))
        assert "Enter goes on · Esc leaves the tour" in stage.text
        await stage.type("⏎ " * 8)
        assert box(stage).at == "9 of 9"
        assert "Enter goes on" not in stage.text
        assert "Enter or Esc closes the tour; nothing was kept" in stage.text
        await stage.type("⏎")
        assert not isinstance(stage.app.screen, TourScreen)

    play(script, desk=FakeDesk(), observation=None)


def test_enter_goes_on_and_ctrl_q_leaves_the_tour_alone() -> None:
    """Enter passes a step over; ctrl+q closes the tour and not the program."""

    async def script(stage: Stage) -> None:
        await stage.type("g")
        await stage.until(lambda: isinstance(stage.app.screen, TourScreen))
        await stage.type("⏎ ⏎")
        assert box(stage).at == "3 of 9"
        await stage.pilot.press("ctrl+q")
        await stage.until(lambda: not isinstance(stage.app.screen, TourScreen))
        assert stage.app.is_running

    play(script, desk=FakeDesk(), observation=None)
