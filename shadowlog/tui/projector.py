"""A day for a room without a browser: one idea a screen, in the largest letters a terminal has, guessed before it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from shadowlog.domain.phrases import bar, brief_percent, number
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.widgets import digits
from shadowlog.tui.widgets.panel import Line, Panel, fit, fit_label
from shadowlog.tui.widgets.says import Says, wrapped
from shadowlog.tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from shadowlog.analysis.deck_shape import Deck, Division, Measure
    from shadowlog.domain.terms import Record
    from shadowlog.tui.ports import Desk

QUESTIONS = {
    "interactions": "How many times an hour is somebody with this head?",
    "brief": "What part of all episodes is over in less than 5 minutes?",
    "alone": "What part of the day is this head alone?",
    "unplanned": "What part of the day is not in the diary?",
    "interruptions": "How many times an hour is something broken off?",
    "classrooms": "How many times a day is this head in a classroom?",
}
BESIDE = {
    "role": "With whom: what comes often, and what takes long?",
    "activity": "What the day goes on: how often, how long?",
}
LEFT_OUT = "left out"
WHY = "Left out: about few people, or giving such a number away."
FOOT = 3
"""An empty line, and as many as say why something is left out on the narrowest screen."""

Bar = tuple[str, float | None, float | None]
"""A heading, how often and how long, as parts of 1; None where it is left out."""


@dataclass(frozen=True, slots=True)
class Card:
    """One idea: a question, and what it reveals, either a number or bars, each how often beside how long."""

    question: str
    value: str = ""
    unit: str = ""
    bars: tuple[Bar, ...] = ()
    most: float = 1
    """What the longest bar is, on whichever of several cards it stands."""
    from_: tuple[int, int] = (0, 0)
    """Which idea it is, and with which of its bars it begins."""


def cards_of(deck: Deck) -> tuple[Card, ...]:
    """The cards of a deck of one head, each whole."""
    numbers = [_measure(each, value) for each in deck.measures for value in each.values if value is not None]
    divided = [_division(each) for each in deck.divisions]
    cards = [*numbers, *(card for card in divided if card.bars)]
    return tuple(replace(card, from_=(n, 0)) for n, card in enumerate(cards))


def _measure(each: Measure, value: float) -> Card:
    shown = f"{value * 100:.0f}" if each.unit == "%" else number(value)
    return Card(QUESTIONS[each.id], shown, "percent" if each.unit == "%" else each.unit)


def _division(each: Division) -> Card:
    bars = [(row.label, row.count_share, row.time_share) for row in each.rows]
    bars = [row for row in bars if row[1:] != (0, 0)]
    most = max((v for _, *pair in bars for v in pair if v is not None), default=0) or 1
    return Card(BESIDE[each.dimension], bars=tuple(bars), most=most)


def dealt(cards: Sequence[Card], width: int, height: int) -> tuple[Card, ...]:
    """The cards as a screen of this size holds them: bars that are too many for one stand on several, about as many on each."""
    return tuple(part for card in cards for part in _parts(card, width, height))


def _parts(card: Card, width: int, height: int) -> list[Card]:
    parts = [card]
    for cards in range(1, len(card.bars) + 1):
        size = -(-len(card.bars) // cards)
        parts = _split(card, size)
        if all(len(card_lines(part, width, height, shown=True)) <= height for part in parts):
            break
    return parts


def _split(card: Card, size: int) -> list[Card]:
    """The card as so many as hold all its bars, `size` on each."""
    starts = range(0, len(card.bars), size)
    return [
        replace(
            card,
            question=f"{card.question} ({n} of {len(starts)})" if len(starts) > 1 else card.question,
            bars=card.bars[start : start + size],
            from_=(card.from_[0], start),
        )
        for n, start in enumerate(starts, 1)
    ]


def card_lines(card: Card, width: int, height: int, *, shown: bool) -> list[Line]:
    """A card as lines: the question large and clear, and below it what is revealed."""
    lines: list[Line] = [[], *([(f"  {line}", "strong")] for line in wrapped(card.question, width - 4, 3)), [], []]
    if not shown:
        return [*lines, [("  … space reveals", "quiet")]]
    if card.bars:
        return [*lines, *_bars(card, width, height - len(lines))]
    rows = digits.large(card.value) if width >= 60 else digits.small(card.value)
    return [*lines, *([(f"  {row}", "lane")] for row in rows), [], [(f"  {card.unit}", "strong")]]


def _bars(card: Card, width: int, height: int) -> list[Line]:
    label = min(30, width // 3)
    wide = width - label - 16
    drawn = [_bar(row, card.most, label, wide) for row in card.bars]
    foot: list[Line] = []
    if any(value is None for _, *pair in card.bars for value in pair):
        foot = [[], *([(f"  {line}", "quiet")] for line in wrapped(WHY, width - 4, FOOT - 1))]
    airy = sum(map(len, drawn)) + len(drawn) + len(foot) <= height
    if airy:
        drawn, foot = [[*lines, []] for lines in drawn], foot[1:]
    return [*chain.from_iterable(drawn), *foot]


def _bar(row: Bar, most: float, label: int, wide: int) -> list[Line]:
    """How often, and under it how long; what is left out as a whole takes one line."""
    name, often, lasted = row
    if often is None and lasted is None:
        return [[(f"  {fit_label(name, label - 1)} ", "strong"), (LEFT_OUT, "quiet")]]
    lines: list[Line] = []
    for words, value, tone, what in ((name, often, "accent", "often"), ("", lasted, "lane", "long")):
        told = "" if value is None else brief_percent(value)
        drawn, tone = (LEFT_OUT, "quiet") if value is None else (bar(value / most, wide), tone)  # noqa: PLW2901
        head, end = f"  {fit_label(words, label - 1)} ", f" {told:>6} {what}"
        lines.append([(head, "strong"), (fit(drawn, wide), tone), (end, "quiet")])
    return lines


class Board(Panel):
    """Shows a card, of those that its size holds."""

    whole: tuple[Card, ...] = ()
    cards: tuple[Card, ...] = ()
    at = 0
    shown = False
    problem = ""

    class Dealt(Message):
        """The cards are others, because the size is."""

    def on_resize(self) -> None:
        """Deal anew."""
        self.deal()
        self.post_message(self.Dealt())

    def deal(self) -> None:
        """Deal the cards for this size; where it is stays where it is."""
        was = self.cards[self.at].from_ if self.cards else (0, 0)
        self.cards = dealt(self.whole, *self.content_size)
        self.at = max((n for n, card in enumerate(self.cards) if card.from_ <= was), default=0)

    def draw(self, width: int, height: int) -> list[Line]:
        """The card, or why there is none."""
        if self.problem:
            return [[], *([(f"  {line}", "alert")] for line in wrapped(self.problem, width - 4, 6))]
        if not self.cards:
            return [[("  working it out …", "quiet")]]
        return card_lines(self.cards[self.at], width, height, shown=self.shown)


class ProjectorScreen(Screen[None]):
    """One day before a room, if its head let it: no name, no code, no date."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    acts: ClassVar[str] = actions.PROJECTOR

    def __init__(self, record: Record, desk: Desk) -> None:
        super().__init__()
        self._record = record
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The card, where it is, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Board(id="charts")
            yield Says(id="says")
            yield KeyStrip(actions.PROJECTOR, id="strip")

    def on_mount(self) -> None:
        """Paint first, then work it out."""
        self._paint()
        self.run_worker(self._fetch(), exclusive=True)

    async def _fetch(self) -> None:
        board = self.query_one(Board)
        try:
            layers = await asyncio.wrap_future(self._desk.releasable(self._record.observation.id))
            board.whole = await asyncio.to_thread(_cards, self._record, layers)
            board.deal()
        except ShadowlogError as error:
            board.problem = str(error)
        self._paint()

    def _paint(self) -> None:
        board = self.query_one(Board)
        words = f"{board.at + 1} of {len(board.cards)} · for talking about, not for appraisal" if board.cards else ""
        self.query_one("#says", Says).say(words, "quiet")
        board.repaint()

    def on_board_dealt(self) -> None:
        """The window has another size."""
        self._paint()

    def on_key(self, event: events.Key) -> None:
        """An act of this screen."""
        act = actions.by_key(actions.PROJECTOR).get(event.key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def act(self, act: actions.Act) -> None:
        """Reveal, go on, go back, or leave."""
        board = self.query_one(Board)
        if act.name == "back":
            self.dismiss(None)
            return
        if act.name == "next" and not board.shown and board.cards:
            board.shown = True
        else:
            to = board.at + (1 if act.name == "next" else -1)
            if 0 <= to < len(board.cards):
                board.at, board.shown = to, act.name == "before"
        self._paint()


def _cards(record: Record, layers: Sequence[str]) -> tuple[Card, ...]:
    from shadowlog.analysis.deck import deck
    from shadowlog.analysis.gate import Candidate, refusal
    from shadowlog.errors import Refused

    if reason := refusal(Candidate(record, layers)):
        raise Refused(
            f"This day may not be shown to a room: {reason}.", "`h` on the home screen goes through it with its head."
        )
    return cards_of(deck([record], lambda _: None))
