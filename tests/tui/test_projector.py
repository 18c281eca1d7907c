"""A day before a room, in the terminal: only if its head let it, one idea a screen, guessed first, nobody named."""

from __future__ import annotations

import pytest

from shadowlog.analysis.deck import deck
from shadowlog.domain.recorder import fold
from shadowlog.domain.versions import Version, record_of
from shadowlog.tui.projector import LEFT_OUT, Board, Card, ProjectorScreen, card_lines, cards_of
from tests.tui.fake_desk import FakeDesk
from tests.tui.reviewing import recorded
from tests.tui.stage import Stage, golden, play
from tests.tui.test_summary import opened
from tests.workshop import agreed

DAY = "3 3 3 3 3 3 t +1800 7 G 9 g +600 i a +1500 1 t +300 I 5 a +60 R +240 X X"


def released(keys: str = DAY, layers: tuple[str, ...] = ("workshop",)) -> FakeDesk:
    """A desk with a day that its head agreed to and released."""
    desk = recorded(keys)
    day = fold(desk.known["o-1"], desk.journals["o-1"])
    desk.journals["o-1"] += [command for command, _ in agreed(day, layers).told]
    return desk


async def projected(stage: Stage) -> ProjectorScreen:
    """From Home by the summary to the projector."""
    await opened(stage)
    await stage.type("p")
    await stage.until(lambda: isinstance(stage.app.screen, ProjectorScreen))
    screen = stage.app.screen
    assert isinstance(screen, ProjectorScreen)
    board = screen.query_one(Board)
    await stage.until(lambda: bool(board.cards or board.problem))
    await stage.settled()
    return screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_every_card(size: tuple[int, int]) -> None:
    """Each card is covered first; space shows it, space again goes on; no code and no date is on any."""
    shown: list[str] = []

    async def script(stage: Stage) -> None:
        board = (await projected(stage)).query_one(Board)
        for _ in board.cards:
            assert "space reveals" in stage.text
            await stage.pilot.press("space")
            await stage.settled()
            assert "space reveals" not in stage.text
            shown.append(stage.text)
            await stage.pilot.press("space")
            await stage.settled()
        assert len(shown) == len(board.cards) > 5
        await stage.pilot.press("left")
        await stage.settled()
        assert "space reveals" not in stage.text
        assert not [text for text in shown if "H03" in text or "2026" in text or "Nov" in text]
        golden(f"projector-{size[0]}x{size[1]}.txt", "\n".join(shown))
        await stage.pilot.press("escape")
        await stage.until(lambda: not isinstance(stage.app.screen, ProjectorScreen))

    play(script, desk=released(), observation=None, size=size)


@pytest.mark.parametrize("layers", [(), ("archive",)])
def test_a_day_that_was_not_released_is_not_shown(layers: tuple[str, ...]) -> None:
    """Without the head's release for a workshop nothing is shown, and the reason is said."""

    async def script(stage: Stage) -> None:
        board = (await projected(stage)).query_one(Board)
        assert board.cards == ()
        text = " ".join(stage.text.split())
        assert "This day may not be shown to a room: the head has not released it for a workshop." in text
        await stage.pilot.press("space")
        await stage.settled()
        assert board.cards == ()

    play(script, desk=released(layers=layers), observation=None)


def test_the_numbers_are_the_decks() -> None:
    """What is shown large is what the slides of that day would show; what is about few people is left out here too."""
    desk = released()
    day = fold(desk.known["o-1"], desk.journals["o-1"])
    made = deck([record_of(day, Version.AMENDED, day.track[-1].at)], lambda _: None)
    cards = cards_of(made)
    by = {each.id: each.values[0] for each in made.measures}
    alone = next(card for card in cards if "alone" in card.question)
    assert by["alone"] is not None
    assert (alone.value, alone.unit) == (f"{by['alone'] * 100:.0f}", "percent")
    bars = next(card.bars for card in cards if card.bars)
    assert [row[1:] for row in bars if None in row]
    assert LEFT_OUT in str(card_lines(Card("?", bars=bars), 100, 40, shown=True))
