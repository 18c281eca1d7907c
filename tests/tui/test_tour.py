"""The guided tour."""

from __future__ import annotations

import pytest

from shadowlog.tui.tour import TourBox, TourScreen
from tests.tui.fake_desk import FakeDesk
from tests.tui.stage import Stage, play

KEYS = ["3", "t", "I 5 a", "R", "F 7", "N h i ⏎", "U", "_"]


def box(stage: Stage) -> TourBox:
    """What the tour says."""
    return stage.app.screen.query_one(TourBox)


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
        for n, keys in enumerate(KEYS, 1):
            assert box(stage).at == f"{n} of 9"
            for key in keys.split():
                assert key in {"h", "i", "⏎"} or key in box(stage).words or key == "_"
            await stage.type(keys)
            await stage.until(lambda n=n: tour.step == n)  # type: ignore[misc]
        assert "That is the day." in stage.text
        await stage.type("⎋")
        assert not isinstance(stage.app.screen, TourScreen)
        assert not any(desk.journals.values())

    play(script, desk=desk, size=size, observation=None)


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
