"""One codebook: look at its codes, change keys, labels, definitions; clashes are shown as typed, before anything is kept."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.errors import Refused, ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.ports import Desk, Scheme
from shadowlog.tui.revision import Revision
from shadowlog.tui.scheme_asking import SchemeAsking
from shadowlog.tui.scheme_lines import edit_of, title_of
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.panel import fit
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.scheme import Codes, Heading, Said
from shadowlog.tui.widgets.strip import KeyStrip

EVERYWHERE = frozenset(key for act in actions.acts_of(actions.ANYWHERE) for key in act.keys)
LEAVE = "Not kept yet. ctrl+s keeps it; once more leaves without."


class SchemeScreen(Screen[None]):
    """Shows and edits one codebook; `copy` is a new one made from it, not kept yet."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    acts: ClassVar[str] = actions.SCHEME

    def __init__(self, desk: Desk, scheme: Scheme, copy: Codebook | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.scheme = scheme
        self.revision = Revision(scheme.codebook, copy)
        self.spot = e.spots(self.revision.book)[2]
        self.field: int | None = None
        self.asking = SchemeAsking(self)
        self._warned = False
        self._keeping = False

    def compose(self) -> ComposeResult:
        """Title, codes beside what is said of one, a line to type in, a line that says something, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Heading(id="scheme")
            with Horizontal(id="panes"):
                yield Codes(id="codes")
                yield Said(id="said")
            yield AnswerLine(id="answer")
            yield Says(id="says")
            yield KeyStrip(actions.SCHEME, id="strip")

    def on_mount(self) -> None:
        """Paint."""
        self.query_one(Codes).border_title = "codes"
        self.paint()

    def say(self, words: str, tone: str = "quiet") -> None:
        """Say something quietly."""
        self.query_one("#says", Says).say(words, tone)

    # Painting

    def paint(self, book: Codebook | None = None) -> None:
        """Paint the codebook as it stands, or as it would stand with what is being typed."""
        book = book or self.revision.book
        heading, codes, said = self.query_one(Heading), self.query_one(Codes), self.query_one(Said)
        heading.book, (heading.state, heading.tone) = book, self._state()
        heading.version = 1 if self.revision.new else self.scheme.codebook.version
        codes.book, codes.chosen, codes.here = book, self.spot, self.field is None
        said.book, said.spot, said.field = book, self.spot, self.field
        said.border_title = Text(fit(title_of(book, self.spot), 60).rstrip())
        codes.set_class(self.field is None, "-here")
        said.set_class(self.field is not None, "-here")
        for each in (heading, codes, said):
            each.repaint()

    def _state(self) -> tuple[str, str]:
        book = self.revision.book
        if self.revision.new:
            return f"A new scheme, made from {self.scheme.codebook.id}. Not kept yet: ctrl+s keeps it.", "accent"
        if self.revision.dirty:
            return f"Not kept yet: ctrl+s keeps version {self.scheme.edit} of {book.id}.", "accent"
        return edit_of(self.scheme), "quiet"

    # Keys

    def on_key(self, event: events.Key) -> None:
        """What is typed, moved to, or done."""
        if event.key in EVERYWHERE:
            return
        if self.asking.asked is not None:
            event.stop()
            self.asking.typed(event)
            return
        if event.key in {"up", "down", "pageup", "pagedown", "home", "end", "left", "right", "tab", "shift+tab"}:
            event.stop()
            self._move(event.key)
            return
        table = actions.by_key(actions.SCHEME)
        act = table.get(event.character or "") or table.get(event.key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes to the line."""
        event.stop()
        self.asking.paste(event.text)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        if self.asking.asked is None:
            self.act(message.act)

    def on_click(self, event: events.Click) -> None:
        """A line is clicked: chosen."""
        panel = self.query_one(Codes)
        offset = event.get_content_offset(panel)
        spot = panel.where.get(offset.y) if offset else None
        if spot is not None and self.asking.asked is None:
            self.spot, self.field = spot, None
            self.paint()

    def _move(self, key: str) -> None:
        if key in {"tab", "shift+tab", "left", "right"}:
            to_fields = self.field is None if "tab" in key else key == "right"
            self.field = (self.field or 0) if to_fields else None
        elif self.field is not None:
            count = len(e.fields_of(self.revision.book, self.spot))
            steps = {"up": -1, "down": 1, "pageup": -count, "pagedown": count, "home": -count, "end": count}
            self.field = min(max(self.field + steps[key], 0), count - 1)
        else:
            spots = e.spots(self.revision.book)
            count = len(spots)
            steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -count, "end": count}
            self.spot = spots[min(max(spots.index(self.spot) + steps[key], 0), count - 1)]
        self.paint()

    def act(self, act: actions.Act) -> None:
        """Do an act of this screen."""
        if self.asking.asked is not None:
            self.say("First what is being typed: Enter takes it, Esc leaves it.")
            return
        if act.name != "back":
            self._warned = False
        book, spot = self.revision.book, self.spot
        if act.name == "back":
            if self.may_leave():
                self.dismiss()
        elif act.name == "keep":
            self.run_worker(self._keep())
        elif act.name in {"undo", "redo"}:
            self._again(act.name)
        elif act.name == "edit":
            self.asking.field(e.fields_of(book, spot)[self.field or 0].name)
        elif act.name in {"key", "label", "definition"}:
            self.asking.field(act.name)
        elif act.name == "add":
            self.asking.new()
        elif act.name == "roll_up":
            self.asking.roll_up()
        elif act.name in {"earlier", "later"}:
            self.take(e.moved(book, spot, -1 if act.name == "earlier" else 1), "moved")
        elif act.name == "remove":
            self._remove()
        elif act.name == "azerty":
            self.take(e.digits_turned(book), "The digits of all keys are now those of the other keyboard.")

    # Editing

    def take(self, book: Codebook, words: str) -> bool:
        """Let the codebook be another, unless that breaks a rule; say which."""
        if book == self.revision.book:
            return True
        fault = e.breaks(self.revision.book, book)
        if fault is not None:
            self.say(f"{fault.what}; {fault.right}", "alert")
            return False
        self.revision.take(book)
        self._warned = False
        self._stay()
        self.say(words)
        self.paint()
        return True

    def _stay(self, near: int = 0) -> None:
        """Keep the cursor where it is, or where that was."""
        spots = e.spots(self.revision.book)
        if self.spot not in spots:
            self.spot = spots[min(near, len(spots) - 1)]
        if self.field is not None:
            self.field = min(self.field, len(e.fields_of(self.revision.book, self.spot)) - 1)

    def _again(self, name: str) -> None:
        at = e.spots(self.revision.book).index(self.spot)
        done = self.revision.undo() if name == "undo" else self.revision.redo()
        self._stay(at)
        self.say(("taken back" if name == "undo" else "made again") if done else "There is nothing more.")
        self.paint()

    def _remove(self) -> None:
        spots = e.spots(self.revision.book)
        at = spots.index(self.spot)
        told = title_of(self.revision.book, self.spot)
        try:
            after = e.removed(self.revision.book, self.spot)
        except Refused as refusal:
            self.say(str(refusal), "alert")
            return
        left = e.spots(after)
        before, self.spot = self.spot, left[min(at, len(left) - 1)]
        if not self.take(after, f"Removed {told}; u takes that back."):
            self.spot = before

    # Keeping and leaving

    def may_leave(self) -> bool:
        """Whether leaving loses nothing; with edits that are not kept it is asked once."""
        if self._warned or not (self.revision.dirty or self.asking.asked):
            return True
        self._warned = True
        self.say(LEAVE, "alert")
        return False

    async def _keep(self) -> None:
        if not self.revision.dirty:
            self.say("There is nothing to keep.")
            return
        if self._keeping:
            return
        self._keeping = True
        edited = None if self.revision.new else self.scheme.codebook
        try:
            kept = await asyncio.wrap_future(self.desk.keep_codebook(self.revision.book, edited))
            shelf = await asyncio.wrap_future(self.desk.shelf())
        except ShadowlogError as error:
            self.say(str(error), "alert")
            return
        finally:
            self._keeping = False
        self.scheme = next(each for each in shelf.schemes if digest(each.codebook) == digest(kept))
        self.revision.kept(kept)
        older = f" Days of version {edited.version} keep it." if edited and edited.version != kept.version else ""
        self.say(f"Kept: {kept.id}, version {kept.version}. New observations can choose it.{older}", "good")
        self.paint()
