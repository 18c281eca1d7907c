"""The review screen: a recorded day as a table, everything about one row, and what puts it right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from shadowlog.domain.clock import Clock
from shadowlog.domain.day import Day
from shadowlog.domain.review import Item, to_do
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions, looking
from shadowlog.tui.correcting import Corrector
from shadowlog.tui.dialogue import Dialogue
from shadowlog.tui.leaving import drained
from shadowlog.tui.outbox import Entry, Outbox
from shadowlog.tui.painting import HIGH, LEAST, WIDE
from shadowlog.tui.ports import DayDesk, Listed
from shadowlog.tui.review_flows import FLOWS, Sight
from shadowlog.tui.review_header import ReviewHeader
from shadowlog.tui.session import Outcome
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.chooser import Chooser
from shadowlog.tui.widgets.detail import Detail
from shadowlog.tui.widgets.log import touched
from shadowlog.tui.widgets.says import Says, wrapped
from shadowlog.tui.widgets.still import Still
from shadowlog.tui.widgets.strip import KeyStrip
from shadowlog.tui.widgets.table import DayTable, Shown

NOT_BEGUN = "This day has not begun: there is nothing to put right."


class ReviewScreen(Still, Screen[None]):
    """Puts one observation right. `only` says why the database is open for looking only; empty where it is not."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    tick_seconds: ClassVar[float] = 1
    acts: ClassVar[str] = actions.REVIEW

    def __init__(
        self, listed: Listed, desk: DayDesk, clock: Clock, new_id: Callable[[], str], *, only: str = ""
    ) -> None:
        super().__init__()
        self.listed = listed
        self.desk = desk
        self.clock = clock
        self.only = only
        self.session: Corrector | None = None
        self.view = looking.View()
        self.outbox = Outbox(self._send, self._saved, self._failed, self._post)
        self.dialogue = Dialogue(self)
        self._new_id = new_id
        self._painted: Day | None = None
        self._saved_at: int | None = None
        self._told = ""
        """The oldest act that was not on disk when that was said."""

    # Being there

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
        """Paint the frame, then fetch the day."""
        self.query_one("#detail").border_title = "this row: what it holds, and what was said of it"
        self.refresh_view()
        self.set_interval(self.tick_seconds, self.tick)
        self.run_worker(self._load(), exit_on_error=True)

    def on_resize(self, event: events.Resize) -> None:
        """Fold where there is little room."""
        width, height = event.size
        tiny = width < LEAST[0] or height < LEAST[1]
        self.set_class(tiny, "-tiny")
        self.set_class((width < WIDE or height < HIGH) and not tiny, "-folded")
        self.query_one("#small", Says).say(
            f"This terminal is {width}x{height}; {LEAST[0]}x{LEAST[1]} shows the screen.", "accent"
        )

    async def _load(self) -> None:
        try:
            day = await asyncio.wrap_future(self.desk.load(self.listed.id))
        except ShadowlogError as error:
            self.banner(f"This day cannot be opened: {error}")
            return
        self.session = Corrector(day, self.clock, self._new_id, self.take)
        self._painted = day
        self.refresh_view()
        if self.only:
            self.say(self.only, "alert")
        elif not day.begun:
            self.say(NOT_BEGUN, "accent")
        else:
            _, count = to_do(self.view.items)
            words = f"{count} to do: n walks through what is incomplete or unsure" if count else "Nothing is to do"
            self.say(words if day.ended else f"{words}. This day still runs")

    # Saying and showing

    def say(self, words: str, tone: str = "quiet") -> None:
        """Say something quietly."""
        self.query_one("#says", Says).say(words, tone)

    def banner(self, words: str) -> None:
        """Say what is wrong, in red and in words; empty takes it away."""
        line = self.query_one("#banner", Says)
        line.display = bool(words)
        line.styles.height = len(wrapped(words, self.size.width - 3, 2))
        line.say(words, "alert")

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.view.item

    def choose(self, id_: str) -> None:
        """Put the cursor on an item, once it is there."""
        self.view.wanted = id_

    def dialogue_changed(self) -> None:
        """A question came or went."""
        asked = self.dialogue.ask is not None and self.query_one(AnswerLine).editor is None
        self.set_class(asked, "-choosing")
        self.refresh_view()

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

    def tick(self) -> None:
        """Once a second: another try at what is not on disk, and the length of what still runs."""
        if self.outbox.failing:
            self.outbox.push()
        if self._painted is not None and self._painted.begun and not self._painted.ended:
            self.refresh_view()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key of this screen comes through here, in order."""
        if event.key in {"ctrl+q", "ctrl+p", "f1", "f2"}:
            return
        event.stop()
        event.prevent_default()
        if self.dialogue.press(event.key, event.character):
            return
        table = actions.by_key(actions.REVIEW)
        act = table.get(event.key) or table.get(event.character or "")
        if act is not None:
            self.act(act)
        elif event.character is not None and event.character.isprintable():
            self.say(f"{event.character} means nothing here; F1 shows the keys")

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
            looking.show_history(self)
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

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into the line and nowhere else."""
        event.stop()
        self.dialogue.paste(event.text)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act was clicked."""
        if message.act.screen == actions.ANYWHERE:
            self.app.call_later(self.app.run_action, f"anywhere('{message.act.name}')")
        else:
            self.act(message.act)

    def on_day_table_chosen(self, message: DayTable.Chosen) -> None:
        """A row was clicked."""
        if self.dialogue.ask is None:
            self.view.at_index(message.at)
            self.refresh_view()

    def on_chooser_pressed(self, message: Chooser.Pressed) -> None:
        """An option was clicked."""
        self.dialogue.click(message.at)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self._wheel("up")

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self._wheel("down")

    def _wheel(self, name: str) -> None:
        if self.dialogue.ask is None:
            looking.move(self.view, name, 1)
            self.refresh_view()

    # Keeping

    def take(self, outcome: Outcome) -> None:
        """Keep what was said, or say why it was not."""
        for entry in outcome.entries:
            self.outbox.add(entry)
        if not outcome.entries:
            self.say(outcome.message, "accent")
        elif self.outbox.failing:
            self.say(f"{outcome.entries[-1].sentence}   not yet saved", "alert")
            self._failed()

    def _send(self, entry: Entry) -> Future[None]:
        return self.desk.save(self.listed.id, entry.command, entry.changes)

    def _post(self, call: Callable[[], None]) -> None:
        self.call_later(call)

    def _saved(self, entry: Entry) -> None:
        self._saved_at = self.clock.now().wall
        if not self.outbox.waiting:
            self._painted = entry.day
            self.banner("")
        if self.dialogue.ask is None:
            self.say(entry.sentence, "")
        self.refresh_view()

    def _failed(self) -> None:
        count = len(self.outbox.waiting)
        acts = f"{count} act is" if count == 1 else f"{count} acts are"
        reason = self.outbox.reason.rstrip(".")
        self.banner(f"NOT SAVED: {reason}. {acts} kept in memory and tried again every second.")
        if self.session is not None:
            self._painted = self.session.day
        self.refresh_view()

    async def flush(self) -> bool:
        """Wait until all is on disk, but not for long; whether all is."""
        return await drained(self.outbox)

    def may_leave(self) -> bool:
        """Whether everything is on disk; if not it is waited for, and the screen then leaves by itself."""
        if self.outbox.waiting:
            self.run_worker(self.leave(), exclusive=True)
        return not self.outbox.waiting

    async def leave(self) -> None:
        """Back to the screen below once all is on disk; asked again, without what is not."""
        waiting = self.outbox.waiting if not await self.flush() else ()
        # Whoever was told of an earlier failure was not told of this one.
        if not waiting or self._told == waiting[0].command.id:
            self.dismiss()
            return
        self._told = waiting[0].command.id
        self.say(f"{len(waiting)} not on disk yet; Esc again leaves without what is not saved", "alert")
