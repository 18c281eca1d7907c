"""Screens of words: the keys of a screen, the safeguarding reminder, and any plain text."""

from __future__ import annotations

from textwrap import wrap
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.tui import actions
from shadowlog.tui.widgets.panel import FRAME

NARROW = 80 - FRAME


class WordsScreen(Screen[None]):
    """Shows plain text that can be scrolled; Escape or Enter closes it."""

    AUTO_FOCUS: ClassVar[str | None] = "#words"

    def __init__(self, title: str, words: str | Text) -> None:
        super().__init__()
        self._heading = title
        self._words = words if isinstance(words, Text) else Text(words)

    def compose(self) -> ComposeResult:
        """A frame with the words."""
        with VerticalScroll(id="words") as frame:
            frame.border_title = Text(self._heading)
            frame.border_subtitle = "↑ ↓ scroll · Esc closes"
            yield Static(self._words, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Close."""
        if event.key in {"escape", "enter", "q"}:
            event.stop()
            self.dismiss()


def help_text(screen: str, codebook: Codebook | None = None, width: int = NARROW) -> Text:
    """The help of a screen: its acts by group and, with a codebook, its codes; in lines of so many columns."""
    text = Text()
    groups: dict[str, list[actions.Act]] = {}
    for act in actions.acts_of(screen):
        groups.setdefault(act.group or "Here", []).append(act)
    if screen == actions.RECORD:
        text.append("Lower case and digits name what you see. CAPITALS say what you do.\n", "bold")
        text.append("The first key is the time. What is missing now can be named while it runs.\n\n")
    for group, acts in groups.items():
        text.append(f"{group}\n", "bold")
        for act in acts:
            text.append(f"  {act.all_keys:<9}", "bold")
            text.append(f" {act.label:<16} {_hung(act.help, 29, width)}\n")
        text.append("\n")
    if codebook is None:
        return text
    for dimension in (ROLE, ACTIVITY, PLACE):
        text.append(f"{'after P: ' if dimension == PLACE else ''}{codebook.dimension(dimension).label}\n", "bold")
        for code in codebook.codes(dimension):
            text.append(f"  {code.key:<9}", "bold")
            text.append(f" {_hung(code.label + (f': {code.definition}' if code.definition else ''), 12, width)}\n")
        text.append("\n")
    return text


def _hung(words: str, left: int, width: int) -> str:
    """The words in lines that all begin at the same column and end before `width`."""
    return f"\n{' ' * left}".join(wrap(words, max(NARROW, width) - left))


class HelpScreen(WordsScreen):
    """The keys of the screen below it."""

    def __init__(self, below: Screen[Any]) -> None:
        session = getattr(below, "session", None)
        record = hasattr(below, "session")
        # A screen that names its acts has no codes to press.
        named = getattr(below, "acts", None)
        book = session.day.observation.codebook if session is not None and named is None else None
        width = below.size.width - FRAME
        super().__init__("help", help_text(named or (actions.RECORD if record else actions.HOME), book, width))


SAFEGUARDING = """\
A concern about a child does not belong in this record.

Stop observing. Write nothing about it here: no note, no code, no name.
Tell the school's designated safeguarding lead now, in person, and follow the school's policy.

If a child is in immediate danger, call the emergency services first.
What you saw is not confidential research material; the consent you were given does not cover it.

O takes the recording off the record meanwhile.
"""


class SafeguardingScreen(WordsScreen):
    """What to do with a concern about a child."""

    def __init__(self) -> None:
        super().__init__("a concern about a child", SAFEGUARDING)
