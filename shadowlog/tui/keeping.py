"""A screen on which things are said of one recorded day: questions, keys, and an outbox that loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import ClassVar

from textual import events
from textual.screen import Screen

from shadowlog.domain.clock import Clock
from shadowlog.domain.day import Day
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.correcting import Corrector
from shadowlog.tui.dialogue import Dialogue
from shadowlog.tui.leaving import drained
from shadowlog.tui.outbox import Entry, Outbox
from shadowlog.tui.painting import HIGH, LEAST, WIDE
from shadowlog.tui.ports import DayDesk, Listed
from shadowlog.tui.session import Outcome
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.chooser import Chooser
from shadowlog.tui.widgets.says import Says, wrapped
from shadowlog.tui.widgets.still import Still
from shadowlog.tui.widgets.strip import KeyStrip


class KeepingScreen(Still, Screen[None]):
    """Says things of one observation. `only` says why the database is open for looking only; empty where it is not.

    A subclass draws the day (`refresh_view`), does its acts (`act`) and says what there is to say first (`opened`).
    """

    AUTO_FOCUS: ClassVar[str | None] = ""
    tick_seconds: ClassVar[float] = 1
    acts: ClassVar[str]

    def __init__(
        self, listed: Listed, desk: DayDesk, clock: Clock, new_id: Callable[[], str], *, only: str = ""
    ) -> None:
        super().__init__()
        self.listed = listed
        self.clock = clock
        self.only = only
        self.session: Corrector | None = None
        self.outbox = Outbox(self._send, self._saved, self._failed, self._post)
        self.dialogue = Dialogue(self)
        self.desk = desk
        self._new_id = new_id
        self._painted: Day | None = None
        self._saved_at: int | None = None
        self._told = ""
        """The oldest act that was not on disk when that was said."""

    def refresh_view(self) -> None:
        """Show the day as it is now."""
        raise NotImplementedError

    def opened(self, day: Day) -> None:
        """Say what there is to say of a day that was just opened."""
        raise NotImplementedError

    def act(self, act: actions.Act) -> None:
        """Do an act, from its key, the palette or a click."""
        raise NotImplementedError

    # Being there

    def on_mount(self) -> None:
        """Paint the frame, then fetch the day."""
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
        self.opened(day)
        if self.only:
            self.say(self.only, "alert")

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

    def dialogue_changed(self) -> None:
        """A question came or went."""
        asked = self.dialogue.ask is not None and self.query_one(AnswerLine).editor is None
        self.set_class(asked, "-choosing")
        self.refresh_view()

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
        table = actions.by_key(self.acts)
        act = table.get(event.key) or table.get(event.character or "")
        if act is not None:
            self.act(act)
        elif event.character is not None and event.character.isprintable():
            self.say(f"{event.character} means nothing here; F1 shows the keys")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into the line and nowhere else."""
        event.stop()
        self.dialogue.paste(event.text)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def on_chooser_pressed(self, message: Chooser.Pressed) -> None:
        """An option was clicked."""
        self.dialogue.click(message.at)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        if self.dialogue.ask is None:
            self.wheel("up")

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        if self.dialogue.ask is None:
            self.wheel("down")

    def wheel(self, name: str) -> None:
        """The wheel was turned: up or down."""
        raise NotImplementedError

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
        return self.desk.save(self.listed.id, entry.told)

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
