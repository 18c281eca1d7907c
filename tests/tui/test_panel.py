"""What a panel keeps of its rows is what a fresh painting would give."""

from __future__ import annotations

import pytest
from textual.strip import Strip

from shadowlog.tui.widgets.panel import fit_names, shared
from shadowlog.tui.widgets.still import Still
from tests.tui.stage import Stage, play

MORNING = "P o i a +840 3 3 t +300 I 7 g tab +95 R +400 tab F 8 +20 J 1 +600 _ up +30 1 v X i"


def shown(stage: Stage) -> list[Strip]:
    """The screen as it stands, put together from what the widgets give."""
    return [strip.simplify() for strip in stage.record._compositor.render_strips()]


def afresh(stage: Stage) -> list[Strip]:
    """The same, with nothing kept."""
    for widget in [stage.record, *stage.record.walk_children()]:
        widget.refresh()
        assert not isinstance(widget, Still) or widget._kept is None
    return shown(stage)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_what_is_kept_of_a_screen_is_what_a_fresh_painting_gives(size: tuple[int, int]) -> None:
    """All through a morning, in theme and another size, text and style are those of a whole new painting."""

    async def script(stage: Stage) -> None:
        for n, key in enumerate(MORNING.split()):
            await stage.type(key)
            if n % 4 == 3:
                assert shown(stage) == afresh(stage), key
        before = shown(stage)
        stage.app.theme = "shadowlog-light"
        await stage.pilot.pause()
        assert shown(stage) == afresh(stage) != before
        await stage.pilot.resize_terminal(132, 43)
        await stage.pilot.pause()
        assert shown(stage) == afresh(stage)

    play(script, size=size)


def test_a_kept_row_that_is_out_of_date_is_noticed() -> None:
    """Were a panel to keep its rows over a change, the comparison above would fail."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        before = shown(stage)
        log = stage.record.query_one("#log", Still)
        kept = log._kept
        await stage.type("+300 7 g")
        log._kept = kept
        assert shown(stage) != before
        assert shown(stage) != afresh(stage)

    play(script)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (41, "Leadership team + Middle leaders + Pupils"),
        (40, "Leadership team + 2 more"),
        (30, "Leadership team + 2 more"),
        (20, "Leadership team +2"),
        (15, "Leadership… +2"),
    ],
)
def test_of_too_many_names_the_first_stand_whole(width: int, shown: str) -> None:
    """Of more people than there is room for the first named are whole, and how many more there are is said."""
    assert fit_names("Leadership team + Middle leaders + Pupils", width).rstrip() == shown


@pytest.mark.parametrize(
    ("wanted", "found"),
    [((5, 5, 5), [10, 10, 10]), ((5, 15, 5), [10, 15, 5]), ((5, 25, 5), [5, 20, 5]), ((20, 20, 4), [10, 16, 4])],
)
def test_a_column_takes_what_others_leave(wanted: tuple[int, ...], found: list[int]) -> None:
    """What is cut gets the room beside it, from the last column first; where nothing is cut every column stays."""
    assert shared((10, 10, 10), wanted, (1, 0, 2)) == found
