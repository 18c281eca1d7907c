"""A day for a room without a browser: one idea a screen, in the largest letters a terminal has, guessed before it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
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
LEFT_OUT = "left out: about few people"


@dataclass(frozen=True, slots=True)
class Card:
    """One idea: a question, and what it reveals, either a number or bars, each how often beside how long."""

    question: str
    value: str = ""
    unit: str = ""
    bars: tuple[tuple[str, float | None, float | None], ...] = ()


def cards_of(deck: Deck) -> tuple[Card, ...]:
    """The cards of a deck of one head."""
    return (*(_measure(each) for each in deck.measures), *(_division(each) for each in deck.divisions))


def _measure(each: Measure) -> Card:
    value = each.values[0]
    if value is None:
        return Card(QUESTIONS[each.id], "", LEFT_OUT)
    shown = f"{value * 100:.0f}" if each.unit == "%" else number(value)
    return Card(QUESTIONS[each.id], shown, "percent" if each.unit == "%" else each.unit)


def _division(each: Division) -> Card:
    rows = [row for row in each.rows if row.count_share or row.time_share or row.time_share is None]
    return Card(BESIDE[each.dimension], bars=tuple((row.label, row.count_share, row.time_share) for row in rows))


def card_lines(card: Card, width: int, height: int, *, shown: bool) -> list[Line]:
    """A card as lines: the question large and clear, and below it what is revealed."""
    lines: list[Line] = [[], *([(f"  {line}", "strong")] for line in wrapped(card.question, width - 4, 3)), [], []]
    if not shown:
        return [*lines, [("  … space reveals", "quiet")]]
    if card.value:
        rows = digits.large(card.value) if width >= 60 else digits.small(card.value)
        return [*lines, *([(f"  {row}", "lane")] for row in rows), [], [(f"  {card.unit}", "strong")]]
    if not card.bars:
        return [*lines, [(f"  {card.unit}", "quiet")]]
    return [*lines, *_bars(card.bars, width, height - len(lines))]


def _bars(rows: Sequence[tuple[str, float | None, float | None]], width: int, height: int) -> list[Line]:
    label, most = min(30, width // 3), max((v for _, *pair in rows for v in pair if v is not None), default=1) or 1
    wide = width - label - 16
    airy = height > 3 * len(rows) + 2
    lines: list[Line] = []
    for name, often, lasted in rows:
        for words, value, tone, what in ((name, often, "accent", "often"), ("", lasted, "lane", "long")):
            told = "" if value is None else f"{brief_percent(value):>6} {what}"
            drawn, tone = (LEFT_OUT, "quiet") if value is None else (bar(value / most, wide), tone)  # noqa: PLW2901
            lines.append([(f"  {fit_label(words, label)}", "strong"), (fit(drawn, wide), tone), (f" {told}", "quiet")])
        if airy:
            lines.append([])
    return lines


class Board(Panel):
    """Shows a card."""

    cards: tuple[Card, ...] = ()
    at = 0
    shown = False
    problem = ""

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
            board.cards = await asyncio.to_thread(_cards, self._record, layers)
        except ShadowlogError as error:
            board.problem = str(error)
        self._paint()

    def _paint(self) -> None:
        board = self.query_one(Board)
        words = f"{board.at + 1} of {len(board.cards)} · for talking about, not for appraisal" if board.cards else ""
        self.query_one("#says", Says).say(words, "quiet")
        board.repaint()

    def on_key(self, event: events.Key) -> None:
        """An act of this screen."""
        key = event.character if event.is_printable and event.character else event.key
        act = actions.by_key(actions.PROJECTOR).get(key) or actions.by_key(actions.PROJECTOR).get(event.key)
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
