"""The shelf of codebooks: those that come with the program, the user's own, and those that studies have adopted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from shadowlog.domain.codebook_edits import slug
from shadowlog.domain.codebook_rules import LIMITS
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.ports import Desk, Scheme, Shelf
from shadowlog.tui.scheme import EVERYWHERE, SchemeScreen
from shadowlog.tui.scheme_lines import about_lines, shelf_lines
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.panel import Line, Panel
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.strip import KeyStrip


class ShelfList(Panel):
    """Shows the codebooks, a line each."""

    shelf: Shelf | None = None
    chosen = 0
    where: ClassVar[dict[int, int]] = {}

    def draw(self, width: int, height: int) -> list[Line]:
        """The list."""
        if self.shelf is None:
            return [[(" looking …", "quiet")]]
        lines, self.where = shelf_lines(self.shelf.schemes, self.chosen, width, height)  # type: ignore[misc]
        return lines


class About(Panel):
    """Shows what there is to know of the chosen codebook."""

    scheme: Scheme | None = None
    folder = ""

    def draw(self, width: int, height: int) -> list[Line]:
        """Name, codes, roll-ups, what an edit makes, source."""
        return about_lines(self.scheme, self.folder, width)[:height] if self.scheme else []


class ShelfScreen(Screen[None]):
    """Lists the codebooks and opens one."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    acts: ClassVar[str] = actions.SHELF

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._opened = ""
        """The id of the codebook that was looked into last; the cursor comes back to its newest version."""

    def compose(self) -> ComposeResult:
        """Title, list, what is chosen, a line that says something, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Says(id="title")
            yield ShelfList(id="shelf")
            yield About(id="about")
            yield AnswerLine(id="answer")
            yield Says(id="says")
            yield KeyStrip(actions.SHELF, id="strip")

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one("#title", Says).say("coding schemes", "strong")
        self.query_one(ShelfList).border_title = "codebooks"
        self.refresh_list()

    def on_screen_resume(self) -> None:
        """Back here: something may have been kept."""
        if self.query_one(ShelfList).shelf is not None:
            self.refresh_list()

    @property
    def chosen(self) -> Scheme | None:
        """The codebook under the cursor."""
        panel = self.query_one(ShelfList)
        return panel.shelf.schemes[panel.chosen] if panel.shelf else None

    def say(self, words: str, tone: str = "quiet") -> None:
        """Say something quietly."""
        self.query_one("#says", Says).say(words, tone)

    def refresh_list(self) -> None:
        """Ask the desk."""
        self.run_worker(self._fetch(), exclusive=True)

    async def _fetch(self) -> None:
        panel = self.query_one(ShelfList)
        wanted = self._opened or (self.chosen.codebook.id if self.chosen else "")
        try:
            shelf = await asyncio.wrap_future(self.desk.shelf())
        except ShadowlogError as error:
            self.say(str(error), "alert")
            return
        same = [n for n, each in enumerate(shelf.schemes) if each.codebook.id == wanted]
        panel.shelf, panel.chosen = shelf, same[0] if same else 0
        if shelf.troubles:
            more = f" (and {len(shelf.troubles) - 1} more)" if len(shelf.troubles) > 1 else ""
            self.say(f"Not read: {shelf.troubles[0]}{more}", "alert")
        self._paint()

    def _paint(self) -> None:
        panel, about = self.query_one(ShelfList), self.query_one(About)
        panel.repaint()
        about.scheme, about.folder = self.chosen, panel.shelf.folder if panel.shelf else ""
        about.repaint()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Move, open, copy, go back."""
        answer = self.query_one(AnswerLine)
        if event.key in EVERYWHERE:
            return
        if answer.editor is not None:
            event.stop()
            self._answered(event)
            return
        panel = self.query_one(ShelfList)
        count = len(panel.shelf.schemes) if panel.shelf else 0
        steps = {"up": -1, "down": 1, "k": -1, "j": 1, "pageup": -10, "pagedown": 10, "home": -count, "end": count}
        if event.key in steps and count:
            event.stop()
            self._choose(panel.chosen + steps[event.key])
            return
        act = actions.by_key(actions.SHELF).get(event.key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes to the line."""
        event.stop()
        answer = self.query_one(AnswerLine)
        if answer.editor is not None:
            answer.editor.insert(event.text)
            answer.repaint()

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def on_click(self, event: events.Click) -> None:
        """A codebook is clicked: chosen, and opened by a second click."""
        panel = self.query_one(ShelfList)
        offset = event.get_content_offset(panel)
        n = panel.where.get(offset.y) if offset else None
        if n is not None:
            self._choose(n)
            if event.chain == 2:
                self.act(actions.by_key(actions.SHELF)["enter"])

    def act(self, act: actions.Act) -> None:
        """Do an act of the shelf."""
        chosen = self.chosen
        if self.query_one(AnswerLine).editor is not None:
            self.say("First the name: Enter takes it, Esc leaves it.")
        elif act.name == "back":
            self.dismiss()
        elif chosen is None:
            return
        elif act.name == "open":
            self._open(SchemeScreen(self.desk, chosen))
        elif act.name == "copy":
            self.query_one(AnswerLine).open("name of your scheme", LIMITS["name"])
            self.say(f"A copy of {chosen.codebook.id} under a name of its own. Enter opens it, Esc leaves it.")

    def _open(self, screen: SchemeScreen) -> None:
        self._opened = screen.revision.book.id
        self.app.push_screen(screen)

    def _choose(self, n: int) -> None:
        panel = self.query_one(ShelfList)
        if panel.shelf:
            self._opened = ""
            panel.chosen = min(max(n, 0), len(panel.shelf.schemes) - 1)
            self._paint()

    def _answered(self, event: events.Key) -> None:
        answer, panel, chosen = self.query_one(AnswerLine), self.query_one(ShelfList), self.chosen
        if answer.editor is None or panel.shelf is None or chosen is None:
            return
        if event.key == "escape":
            answer.close()
            self.say("")
        elif event.key == "enter":
            name = answer.editor.text.strip()
            if not name:
                self.say("Give it a name people will know it by.", "alert")
                return
            answer.close()
            self.say("")
            taken = {s.codebook.id for s in panel.shelf.schemes}
            copy = replace(chosen.codebook, id=slug(name, taken, "-"), name=name, version=1)
            self._open(SchemeScreen(self.desk, chosen, copy=copy))
        elif answer.editor.press(event.key, event.character):
            answer.repaint()
