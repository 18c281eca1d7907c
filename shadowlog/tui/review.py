"""The review screen: a recorded day as a table, everything about one row, and what puts it right."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from shadowlog.domain.clock import Clock
from shadowlog.domain.day import Day
from shadowlog.domain.review import Item, to_do
from shadowlog.tui import actions, looking
from shadowlog.tui.correcting import Corrector
from shadowlog.tui.keeping import KeepingScreen
from shadowlog.tui.ports import DayDesk, Listed
from shadowlog.tui.review_flows import FLOWS, Sight
from shadowlog.tui.review_header import ReviewHeader
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.chooser import Chooser
from shadowlog.tui.widgets.detail import Detail
from shadowlog.tui.widgets.log import touched
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.still import Still
from shadowlog.tui.widgets.strip import KeyStrip
from shadowlog.tui.widgets.table import DayTable, Shown

NOT_BEGUN = "This day has not begun: there is nothing to put right."


class ReviewScreen(KeepingScreen):
    """Puts one observation right."""

    acts: ClassVar[str] = actions.REVIEW

    def __init__(
        self, listed: Listed, desk: DayDesk, clock: Clock, new_id: Callable[[], str], *, only: str = ""
    ) -> None:
        super().__init__(listed, desk, clock, new_id, only=only)
        self.view = looking.View()

    def compose(self) -> ComposeResult:
        """The areas, from top to bottom."""
        yield Says(id="small")
        with Still(id="body"):
            yield ReviewHeader(id="header")
            yield Says(id="banner")
            yield DayTable(id="day")
            yield Detail(id="detail")
            yield Chooser(id="choices")
            yield AnswerLine(id="answer")
            yield Says(id="says")
            yield KeyStrip(actions.REVIEW, id="strip")

    def on_mount(self) -> None:
        """Name the pane below the table. What every such screen does on mounting is done besides."""
        self.query_one("#detail").border_title = "this row: what it holds, and what was said of it"

    def opened(self, day: Day) -> None:
        """Say how much is to do."""
        if not day.begun:
            self.say(NOT_BEGUN, "accent")
            return
        _, count = to_do(self.view.items)
        words = f"{count} to do: n walks through what is incomplete or unsure" if count else "Nothing is to do"
        self.say(words if day.ended else f"{words}. This day still runs")

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.view.item

    def choose(self, id_: str) -> None:
        """Put the cursor on an item, once it is there."""
        self.view.wanted = id_

    def refresh_view(self) -> None:
        """Show the day as it is now."""
        day, session, view = self._painted, self.session, self.view
        table, header = self.query_one(DayTable), self.query_one(ReviewHeader)
        if day is not None and session is not None:
            book, zone = day.observation.codebook, day.observation.zone
            view.look(day, session.finish)
            unsaved = {i for e in self.outbox.waiting for i in touched(e.command)} if self.outbox.failing else set()
            empty = NOT_BEGUN if not day.begun else "Nothing here is like that; c shows all."
            table.shown = Shown(view.shown, view.at, book, zone, view.marked, frozenset(unsaved), empty)
            sieve = view.sieve.words(book)
            table.border_title = Text(view.title(sieve))
            detail = self.query_one(Detail)
            detail.day, detail.item, detail.told = day, view.item, view.history(day)
            detail.repaint()
        header.show(self.listed, day, view.items, self._saved_at, len(self.outbox.waiting) * self.outbox.failing)
        table.repaint()

    def act(self, act: actions.Act) -> None:
        """Do an act, from its key, the palette or a click."""
        if self.dialogue.ask is not None:
            self.dialogue.leave()
        session, name = self.session, act.name
        if name == "back":
            self.run_worker(self.leave(), exclusive=True)
        elif session is None or not session.day.begun:
            self.say("" if session is None else NOT_BEGUN, "accent")
        elif name in FLOWS or name in {"undo", "redo"}:
            self._put_right(session, name)
        elif name == "history":
            if self.item is None:
                self.say("Nothing is chosen")
            else:
                looking.show_history(self, session.day, self.item, self.view.history(session.day))
        elif name in looking.FLOWS:
            self.dialogue.begin(looking.FLOWS[name](self))
        else:
            self.say(*looking.move(self.view, name, self.query_one(DayTable).page))
            self.refresh_view()

    def _put_right(self, session: Corrector, name: str) -> None:
        if self.only:
            self.say(self.only, "alert")
        elif name == "undo":
            session.take_back()
        elif name == "redo":
            session.make_again()
        else:
            self.dialogue.begin(FLOWS[name](session, Sight(self.item, self.view.marked, self.choose)))

    def on_day_table_chosen(self, message: DayTable.Chosen) -> None:
        """A row was clicked."""
        if self.dialogue.ask is None:
            self.view.at_index(message.at)
            self.refresh_view()

    def wheel(self, name: str) -> None:
        """The wheel moves the cursor."""
        looking.move(self.view, name, 1)
        self.refresh_view()
