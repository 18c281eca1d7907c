"""Asks the questions of a flow one after the other, in the line at the bottom or in the list, and takes the keys for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.text import Text

from shadowlog.domain.codebook import ROLE
from shadowlog.domain.personal import looks_personal
from shadowlog.errors import Refused
from shadowlog.tui.review_asks import Ask, Choice, Flow, People, PeopleEditor, Typed, key_of, options_of
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.chooser import Chooser

if TYPE_CHECKING:
    from shadowlog.tui.keeping import KeepingScreen

PEOPLE = "keys add · G how many · K who · Backspace takes off · Enter done · Esc leaves"
NUMBER = "digits · Enter or space ends the number · Backspace takes off · Esc leaves"
CHOOSE = "press a key, or arrows and Enter · Esc leaves everything as it is"


class Dialogue:
    """What is asked on a screen now. While something is, every key belongs to it."""

    def __init__(self, screen: KeepingScreen) -> None:
        self._screen = screen
        self._flow: Flow | None = None
        self.ask: Ask | None = None
        self._people: PeopleEditor | None = None
        self._leader = ""
        self._warned = ""
        self._over = False
        """What stands in the line is only offered: the first character typed takes its place."""

    @property
    def _line(self) -> AnswerLine:
        return self._screen.query_one(AnswerLine)

    @property
    def _list(self) -> Chooser:
        return self._screen.query_one(Chooser)

    def begin(self, flow: Flow) -> None:
        """Ask the first question of a flow, unless it needs none."""
        self._flow = flow
        self._go(lambda: next(flow))

    def _go(self, on: Callable[[], Ask]) -> None:
        self._put_away()
        try:
            self.ask = on()
        except StopIteration:
            self._flow = None
        except Refused as refusal:
            self._flow = None
            self._screen.say(str(refusal), "accent")
        else:
            self._open(self.ask)
        self._screen.dialogue_changed()

    def _answer(self, value: Any) -> None:
        flow = self._flow
        if flow is not None:
            self._go(lambda: flow.send(value))

    def leave(self) -> None:
        """Ask no more; nothing was changed."""
        if self._flow is not None:
            self._flow.close()
        self._flow = None
        self._put_away()
        self._screen.say("Nothing changed")
        self._screen.dialogue_changed()

    def _put_away(self) -> None:
        self.ask = self._people = None
        self._leader = self._warned = ""
        self._line.close()

    # Opening

    def _open(self, ask: Ask) -> None:
        screen = self._screen
        if isinstance(ask, Typed):
            self._line.open(ask.prompt, ask.longest, ask.text)
            self._over = bool(ask.text) and not ask.free
            screen.say(ask.hint)
            return
        session = screen.session
        listed = self._list
        if isinstance(ask, People) and session is not None:
            book = session.day.observation.codebook
            self._people = PeopleEditor(book, ask.parties)
            listed.options, listed.at = options_of(book.codes(ROLE), None).options, 0
            screen.say(PEOPLE)
        elif isinstance(ask, Choice):
            listed.options, listed.at = ask.options, ask.at
            screen.say(CHOOSE)
        self._draw()

    def _draw(self) -> None:
        listed, ask = self._list, self.ask
        listed.above = self._people.words() if self._people else ""
        listed.leader = self._leader
        listed.border_title = Text(ask.title) if isinstance(ask, Choice | People) else ""
        listed.repaint()

    # Keys

    def press(self, key: str, character: str | None) -> bool:
        """Take a key; False while nothing is asked."""
        if self.ask is None:
            return False
        if key == "escape":
            self.leave()
        elif isinstance(self.ask, Typed):
            self._type(self.ask, key, character)
        elif self._people is not None:
            self._put_together(self._people, key, character)
        elif key == "enter":
            self._answer(self._list.options[self._list.at].value)
        elif not self._list.move(key):
            self._sign(character)
        return True

    def paste(self, text: str) -> None:
        """Take pasted text into the line; nothing else takes any."""
        editor = self._line.editor
        if not isinstance(self.ask, Typed) or editor is None:
            self._screen.say("Pasted text is taken only where something is typed")
            return
        if self._over:
            editor.press("ctrl+u", None)
            self._over = False
        if editor.insert(text):
            self._screen.say(f"Cut to {editor.longest} characters", "accent")
        self._line.repaint()

    def click(self, at: int) -> None:
        """An option was clicked."""
        if self._people is not None:
            self._list.at = at
            self._people.add(self._list.options[at].value)
            self._draw()
        elif isinstance(self.ask, Choice):
            self._answer(self._list.options[at].value)

    def _type(self, ask: Typed, key: str, character: str | None) -> None:
        editor = self._line.editor
        if editor is None:
            return
        if key != "enter":
            if self._over and character is not None and character.isprintable():
                editor.press("ctrl+u", None)
            self._over = False
            if editor.press(key, character):
                self._line.repaint()
                if ask.live is not None:
                    self._screen.say(ask.live(editor.text))
            return
        text = editor.text
        held = looks_personal(text) if ask.free else ""
        if held and text != self._warned:
            self._warned = text
            self._screen.say(
                f"That looks like {held}. Names stay out of the record: change it, or Enter again", "accent"
            )
            return
        try:
            value = ask.parse(text)
        except Refused as refusal:
            self._screen.say(str(refusal), "accent")
            return
        self._answer(value)

    def _put_together(self, people: PeopleEditor, key: str, character: str | None) -> None:
        if people.pending and key in {"enter", "space"}:
            people.settle()
        elif key == "enter":
            self._answer(people.parties)
            return
        elif key == "backspace":
            people.back()
        elif key == "space":
            people.add(self._list.options[self._list.at].value)
        elif people.pending and character is not None and character in "0123456789":
            people.digit(character)
        elif character in {"G", "K"}:
            people.prefix(character)
        elif not self._list.move(key):
            self._sign(character)
        hint = NUMBER if people.pending else PEOPLE
        self._screen.say(people.message or hint, "accent" if people.message else "quiet")
        self._draw()

    def _sign(self, character: str | None) -> None:
        """A character of the key of an option."""
        if character is None or not character.isprintable():
            return
        pressed = self._leader + character
        found, more = key_of(self._list.options, pressed)
        self._leader = pressed if more and found is None else ""
        if found is None and not more:
            self._screen.say(f"{character} is no key of this list", "accent")
        if found is not None:
            self._list.at = found
            value = self._list.options[found].value
            if self._people is not None:
                self._people.add(value)
            else:
                self._answer(value)
                return
        self._draw()
