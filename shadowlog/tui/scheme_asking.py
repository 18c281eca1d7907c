"""Typing what a codebook says: shown where it would stand, with what it would break, before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_rules import FLAGS_OF, LIMITS
from shadowlog.domain.text import clean
from shadowlog.tui.scheme_lines import title_of
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.panel import fit

if TYPE_CHECKING:
    from shadowlog.tui.scheme import SchemeScreen


@dataclass(frozen=True, slots=True)
class Asked:
    """What is being typed: a field of a spot, or the label of something new there."""

    what: str
    spot: e.Spot
    field: e.Field
    start: str = ""
    """What the line began with; typed no further, nothing is changed."""


class SchemeAsking:
    """What is asked on the screen of a codebook, and what stands in the line so far."""

    def __init__(self, screen: SchemeScreen) -> None:
        self._screen = screen
        self.asked: Asked | None = None
        self._over = False

    @property
    def _line(self) -> AnswerLine:
        return self._screen.query_one(AnswerLine)

    @property
    def _book(self) -> Codebook:
        return self._screen.revision.book

    # Asking

    def field(self, name: str) -> None:
        """Ask for what a field of the chosen spot shall say."""
        spot = self._screen.spot
        found = next((each for each in e.fields_of(self._book, spot) if each.name == name), None)
        if found is None:
            self._screen.say(f"{title_of(self._book, spot)} has no {name}")
            return
        # The line is one line: where the text has several, they are joined as soon as it is changed.
        start = clean(e.value(self._book, spot, name))
        self._ask(Asked("field", spot, found, start), start)

    def new(self) -> None:
        """Ask for the label of something new beside the chosen spot."""
        spot = self._screen.spot
        what = {e.SCHEME: "dimension", e.CODE: "code", e.DIMENSION: "code"}.get(spot.kind, "heading")
        self._ask(Asked("new", spot, e.Field("label", f"new {what}, its label", LIMITS["label"])))

    def roll_up(self) -> None:
        """Ask for the label of a new roll-up of the dimension at the chosen spot."""
        spot = self._screen.spot
        if spot.kind == e.SCHEME:
            self._screen.say("A roll-up is one of a dimension's codes: go to one first.")
            return
        of = e.rollup_of(self._book, spot.of).dimension if spot.kind in {e.ROLLUP, e.HEADING} else spot.of
        label = f"new roll-up of {self._book.dimension(of).label}, its label"
        self._ask(Asked("roll-up", e.Spot(e.DIMENSION, of), e.Field("label", label, LIMITS["label"])))

    def _ask(self, asked: Asked, text: str = "") -> None:
        self.asked = asked
        # A key is short: the first character typed takes the place of the old one.
        self._over = asked.field.name == "key"
        prompt = asked.field.label
        if asked.what == "field" and asked.spot.kind != e.SCHEME:
            prompt = f"{prompt} of {fit(e.value(self._book, asked.spot, 'label'), 24).rstrip()}"
        self._line.open(prompt, max(asked.field.longest, len(text)), text)
        self.look()

    # What is typed

    def look(self) -> bool:
        """Show what is typed where it would stand, and what it breaks; say whether it breaks nothing."""
        asked, editor = self.asked, self._line.editor
        if asked is None or editor is None:
            return True
        self._line.repaint()
        book, _ = self._would_be(asked, editor.text)
        if asked.what == "field":
            self._screen.paint(book)
        wrong = self._wrong(asked, editor.text, book)
        self._screen.say(
            wrong or f"Enter takes it, Esc leaves it as it was. {_hint(asked)}", "alert" if wrong else "quiet"
        )
        return not wrong

    def _wrong(self, asked: Asked, text: str, book: Codebook) -> str:
        if asked.field.name == "key" and (clash := e.clash_of(self._book, asked.spot, text)):
            swap = " tab swaps the two." if e.swapped(self._book, asked.spot, text) is not None else ""
            return f"{clash}{swap}"
        fault = e.breaks(self._book, book)
        return f"{fault.what}; {fault.right}" if fault else ""

    def _would_be(self, asked: Asked, text: str) -> tuple[Codebook, e.Spot]:
        if asked.what == "field" and text == asked.start:
            return self._book, asked.spot
        if asked.what == "field":
            return e.changed(self._book, asked.spot, asked.field.name, text), asked.spot
        if asked.what == "roll-up":
            return e.rolled_up(self._book, asked.spot.of, text)
        return e.added(self._book, asked.spot, text)

    def typed(self, event: events.Key) -> None:
        """Take a key while something is asked."""
        editor, asked = self._line.editor, self.asked
        if editor is None or asked is None:
            return
        choices = asked.field.choices
        if event.key == "escape":
            self._close("left as it was")
        elif event.key == "enter":
            if self.look():
                self._entered(asked, editor.text)
        elif event.key == "tab" and asked.field.name == "key":
            swapped = e.swapped(self._book, asked.spot, editor.text)
            if swapped is not None and self._screen.take(swapped, ""):
                self._close("the two keys are swapped; not kept yet")
        elif choices and event.key in {"up", "down"}:
            at = choices.index(editor.text) if editor.text in choices else 0
            to = choices[(at + (1 if event.key == "down" else -1)) % len(choices)]
            self._line.open(self._line.prompt, asked.field.longest, to)
            self.look()
        else:
            if self._over and event.character is not None and event.character.isprintable():
                editor.press("ctrl+u", None)
            self._over = False
            if editor.press(event.key, event.character):
                self.look()

    def paste(self, text: str) -> None:
        """Take pasted text while something is asked."""
        if self._line.editor is not None:
            self._line.editor.insert(text)
            self.look()

    def _entered(self, asked: Asked, text: str) -> None:
        before = self._book
        book, spot = self._would_be(asked, text)
        if not self._screen.take(book, ""):
            return
        self._screen.spot = spot
        self._close("as it was" if self._book == before else "changed; not kept yet")
        if asked.what == "new" and spot.kind == e.CODE and spot.of in e.PRESSED:
            self.field("key")

    def _close(self, words: str) -> None:
        self.asked = None
        self._line.close()
        self._screen.say(words)
        self._screen.paint()


def _hint(asked: Asked) -> str:
    name = asked.field.name
    if name == "key":
        return "One or two characters; capitals are acts."
    if name == "flags":
        return f"Any of {', '.join(sorted(FLAGS_OF.get(asked.spot.of, ())))}."
    if name == "person":
        return "One to three capitals, as T in T3; empty: none may be given."
    return "↑ ↓ goes through the headings; empty: under none." if asked.field.choices else ""
