"""A day before a room, in the terminal: only if its head let it, one idea a screen, guessed first, nobody named."""

from __future__ import annotations

import pytest

from shadowlog.analysis.deck import deck
from shadowlog.domain.recorder import fold
from shadowlog.domain.versions import Version, record_of
from shadowlog.tui.projector import LEFT_OUT, WHY, Board, Card, ProjectorScreen, card_lines, cards_of, dealt
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
        assert len(shown) == len(board.cards) > 4
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
    divided = next(card for card in cards if card.bars)
    assert [row[1:] for row in divided.bars if None in row]
    drawn = text_of(divided, 100, 40)
    assert LEFT_OUT in drawn
    assert WHY in drawn


def text_of(card: Card, width: int, height: int) -> str:
    """What a card shows once it is revealed."""
    return "\n".join("".join(text for text, _ in line) for line in card_lines(card, width, height, shown=True))


@pytest.mark.parametrize("size", [(80, 19), (120, 34), (40, 12), (30, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_row_is_lost(size: tuple[int, int]) -> None:
    """25 headings stand on as many cards as hold them, each once, in order, at one scale, and every card says which it is."""
    bars = tuple((f"{n:02} heading", None if n % 7 == 3 else n / 100, None if n % 5 == 3 else 0.04) for n in range(25))
    whole = Card("What the day goes on?", bars=bars, most=0.24)
    cards = dealt((Card("?", "9", "an hour"), whole), *size)
    parts = cards[1:]
    assert [bar for card in parts for bar in card.bars] == list(bars)
    drawn = [text_of(card, *size) for card in parts]
    assert all(len(text.splitlines()) <= size[1] for text in drawn)
    assert all(f"({n} of {len(parts)})" in " ".join(text.split()) for n, text in enumerate(drawn, 1))
    assert max(len(card.bars) for card in parts) - min(len(card.bars) for card in parts[:-1]) == 0
    long = {line.strip()[:2]: line.count("█") for text in drawn for line in text.splitlines()}
    assert long["22"] == pytest.approx(2 * long["11"], abs=1)
    assert long["22"] > 2


def test_what_fits_is_one_card() -> None:
    """Bars that a screen holds stay on one card, which counts nothing."""
    whole = Card("?", bars=(("One", 0.5, 0.5), ("Two", 0.5, None)), most=0.5)
    assert dealt((whole,), 80, 19) == (whole,)


def test_why_something_is_left_out_is_said() -> None:
    """Left out as a whole takes one line, in part it says of what, and the card says why; where all is shown it does not."""
    whole = Card("?", bars=(("Staff", None, None), ("Pupils", 0.5, None)), most=0.5)
    lines = [line.split() for line in text_of(whole, 80, 19).splitlines() if line.strip()]
    assert lines[1] == ["Staff", "left", "out"]
    assert lines[2][-3:] == ["50", "%", "often"]
    assert lines[3] == ["left", "out", "long"]
    assert lines[4] == WHY.split()
    assert WHY not in text_of(Card("?", bars=(("Pupils", 0.5, 0.5),), most=0.5), 80, 19)


def test_another_size_deals_anew() -> None:
    """A window that becomes smaller, then larger, stays at the same headings, and says how many cards there are now."""

    async def script(stage: Stage) -> None:
        board = (await projected(stage)).query_one(Board)
        whole = len(board.cards)
        for _ in range(2 * whole):
            await stage.pilot.press("space")
        await stage.settled()
        first = board.cards[board.at].bars[0]
        await stage.pilot.resize_terminal(80, 14)
        await stage.until(lambda: len(board.cards) > whole)
        await stage.settled()
        assert board.cards[board.at].bars[0] == first
        assert board.shown
        assert f"{board.at + 1} of {len(board.cards)}" in stage.text
        await stage.pilot.resize_terminal(120, 40)
        await stage.until(lambda: len(board.cards) == whole)
        await stage.settled()
        assert board.cards[board.at].bars[0] == first
        assert f"{whole} of {whole}" in stage.text

    play(script, desk=released(), observation=None, size=(120, 40))
