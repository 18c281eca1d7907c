"""The page of the screen With the head: which one it is, where the cursor stands on each, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import is_shown, shown_in_turn
from shadowlog.domain.review import Item
from shadowlog.tui import head_coding, head_seen, head_talk
from shadowlog.tui import head_sheets as sheets
from shadowlog.tui.head_rows import lens_lines, rows_lines
from shadowlog.tui.head_sheets import Sheet, sheet_lines
from shadowlog.tui.head_talk import Talk
from shadowlog.tui.review_asks import Flow
from shadowlog.tui.summary_lines import Look, page_lines
from shadowlog.tui.widgets.panel import Line, Panel

if TYPE_CHECKING:
    from shadowlog.analysis.prompts import Prompt
    from shadowlog.analysis.results import Summary

PAGES = (
    sheets.PURPOSE,
    sheets.EXPECTED,
    sheets.REVEAL,
    sheets.PICTURE,
    sheets.ROWS,
    sheets.LENSES,
    sheets.CONTEXT,
    sheets.QUESTIONS,
    sheets.CLOSE,
    sheets.RELEASE,
)
FORMS: Mapping[str, Callable[[Talk], Sheet]] = {
    sheets.PURPOSE: sheets.purpose,
    sheets.EXPECTED: sheets.expected,
    sheets.CONTEXT: sheets.context,
    sheets.CLOSE: sheets.close,
    sheets.RELEASE: sheets.release,
}
BODY = frozenset({sheets.ROWS, sheets.LENSES})
CARDS = frozenset({sheets.REVEAL, sheets.PICTURE, sheets.QUESTIONS})
"""The pages that show numbers, or what follows from them."""
SHOWING = frozenset({sheets.PICTURE, sheets.ROWS, sheets.LENSES, sheets.QUESTIONS})
"""The pages that show the whole day, or what follows from it: veiled until the head is shown it."""

ROW_ACTS = frozenset({"agree", "agree_rest", "amend", "dispute", "strike", "comment", "unsay", "open", "history"})
"""What is done with a row, on its page alone."""

OF_KIND: Mapping[type[c.Command], str] = {
    f.HandOver: sheets.PURPOSE,
    f.Estimate: sheets.EXPECTED,
    f.Guess: sheets.EXPECTED,
    f.Reveal: sheets.REVEAL,
    c.Verify: sheets.ROWS,
    f.Tag: sheets.LENSES,
    f.Phase: sheets.CONTEXT,
    f.Factor: sheets.CONTEXT,
    f.Answer: sheets.QUESTIONS,
    f.Typical: sheets.CLOSE,
    f.SignOff: sheets.RELEASE,
    f.Release: sheets.RELEASE,
}
"""The page on which each kind of thing is said."""


def resumed(day: Day) -> str:
    """The page on which something was said last; the first one before anything was."""
    for act in reversed(day.acts):
        if isinstance(act.command, f.Place):
            return sheets.CLOSE if act.command.seen else sheets.PURPOSE
        if isinstance(act.command, f.Reveal) and act.command.of == f.WHOLE:
            return sheets.PICTURE
        if isinstance(act.command, c.Amend) and act.command.reason == head_coding.TOGETHER:
            return sheets.LENSES
        if type(act.command) in OF_KIND:
            return OF_KIND[type(act.command)]
    return sheets.PURPOSE


class HeadPage(Panel):
    """Draws the page."""

    name_ = sheets.PURPOSE
    talk: Talk | None = None
    summary: Summary | None = None
    lens = False
    rows: Sequence[Item] = ()
    at: dict[str, int]
    where: ClassVar[Mapping[int, int]] = {}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.at = {}
        self._beyond = 0
        """How many lines of the picture there is no room for."""

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of this talk: the phase and the context come with the lenses."""
        return PAGES if self.lens else tuple(name for name in PAGES if name != sheets.CONTEXT)

    @property
    def without(self) -> frozenset[str]:
        """The acts that mean nothing on this page."""
        if self.veiled:
            return frozenset({*ROW_ACTS, "lenses"})
        rows = frozenset() if self.name_ == sheets.ROWS else ROW_ACTS
        lenses = frozenset() if self.name_ in {sheets.LENSES, sheets.CONTEXT} else {"lenses"}
        looks = self.name_ in {sheets.ROWS, sheets.PICTURE} or (self.name_ == sheets.LENSES and not self.lens)
        return rows | lenses | ({"answer"} if looks else frozenset())

    def turn(self, name: str) -> None:
        """Another page; where it is turned to first, the cursor is on what is open."""
        if name not in self.at and self.talk is not None:
            if name == sheets.REVEAL:
                self.at[name] = head_seen.first_hidden(self.talk)
            elif name in FORMS:
                spots = FORMS[name](self.talk).spots
                self.at[name] = next((n for n, spot in enumerate(spots) if spot.flow and not spot.answered), 0)
        self.name_ = name

    def elsewhere(self, name: str) -> str:
        """Why an act means nothing on this page."""
        if self.veiled:
            return "The day has not been shown yet: Enter shows it."
        if name in ROW_ACTS:
            return f"That is said of a row, on the page “{sheets.ROWS}”."
        if name == "lenses":
            return f"Lenses are for the page “{sheets.LENSES}”."
        return "There is nothing to answer here; → is the next page."

    @property
    def veiled(self) -> bool:
        """Whether the page would show the day, and the head has not been shown it."""
        return self.name_ in SHOWING and not self._shown(f.WHOLE)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The questions of this day."""
        return head_seen.prompts_of(self.talk, self.summary) if self.talk is not None else ()

    @property
    def count(self) -> int:
        """How many lines, rows or cards there are to go through."""
        if self.talk is None or self.veiled:
            return 0
        if self.name_ in BODY:
            return len(self.rows)
        if self.name_ == sheets.REVEAL:
            return len(shown_in_turn(self.talk.day.observation.codebook))
        if self.name_ == sheets.QUESTIONS:
            return len(self.prompts)
        if self.name_ == sheets.PICTURE:
            return self._beyond + 1
        return len(FORMS[self.name_](self.talk).spots) if self.name_ in FORMS else 0

    @property
    def cursor(self) -> int:
        """Where the cursor stands; the rows share one with the lenses."""
        name = sheets.ROWS if self.name_ in BODY else self.name_
        return max(0, min(self.at.get(name, 0), self.count - 1))

    def go(self, at: int) -> None:
        """Put the cursor there."""
        self.at[sheets.ROWS if self.name_ in BODY else self.name_] = at

    @property
    def item(self) -> Item | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.name_ in BODY and self.count else None

    def move(self, name: str) -> None:
        """Move the cursor: up, down, page_up, page_down, first or last."""
        if self.veiled:
            return
        page = max(1, self.content_size.height - 8)
        steps = {"up": -1, "down": 1, "page_up": -page, "page_down": page, "first": -(10**9), "last": 10**9}
        self.go(max(0, min(self.cursor + steps[name], self.count - 1)))

    def shown_already(self) -> bool:
        """Whether the breakdown under the cursor was revealed."""
        return self._shown(self._of())

    def _shown(self, of: str) -> bool:
        day = self.talk.day if self.talk is not None else None
        return day is not None and is_shown(day.feedback, of, day.observation.codebook)

    def _of(self) -> str:
        return shown_in_turn(self.talk.day.observation.codebook)[self.cursor] if self.talk is not None else ""

    def flow(self, talk: Talk) -> Flow | None:
        """What Enter asks here; None where it asks nothing."""
        if self.veiled:
            return head_talk.reveal(talk, f.WHOLE)
        if self.name_ == sheets.REVEAL:
            return head_talk.reveal(talk, self._of())
        if self.name_ == sheets.LENSES:
            return head_coding.code(talk) if self.lens else None
        if self.name_ == sheets.QUESTIONS:
            prompts = self.prompts
            return head_talk.answer(talk, prompts[self.cursor].id) if prompts else None
        spots = FORMS[self.name_](talk).spots if self.name_ in FORMS else ()
        flow = spots[self.cursor].flow if spots else None
        return flow(talk) if flow is not None else None

    def draw(self, width: int, height: int) -> list[Line]:
        """The page."""
        talk, name = self.talk, self.name_
        if talk is None:
            return [[(" opening …", "quiet")]]
        lines, where = self._drawn_page(talk, name, width, height)
        self.where = where  # type: ignore[misc]
        return lines[:height]

    def _rolled(self, lines: list[Line], height: int) -> list[Line]:
        """As many of the lines as there is room for, from where it was rolled to; the last says that there are more."""
        self._beyond = max(0, len(lines) - height)
        first = min(self.cursor, self._beyond)
        left = len(lines) - first - height
        shown = lines[first : first + height]
        if left > 0:
            shown[-1] = [(f"{sheets.MARGIN}↓ {left + 1} more lines", "accent")]
        return shown

    def _drawn_page(self, talk: Talk, name: str, width: int, height: int) -> tuple[list[Line], Mapping[int, int]]:
        if self.veiled:
            return head_seen.veil_lines(talk, width), {}
        if name in FORMS:
            return sheet_lines(FORMS[name](talk), self.cursor, width, height)
        if name == sheets.ROWS:
            return rows_lines(talk, self.rows, self.cursor, width, height)
        if name == sheets.LENSES:
            return lens_lines(talk, self.rows, self.cursor, width, height, on=self.lens)
        if name == sheets.PICTURE:
            lines: list[Line] = [[(" working it out …", "quiet")]]
            if self.summary is not None:
                lines = [[*line] for line in page_lines(self.summary, Look(), width - 2)]
            return self._rolled([[], *([(" ", ""), *line] for line in lines)], height), {}
        if name == sheets.REVEAL:
            return head_seen.reveal_lines(talk, self.summary, self.cursor, width), {}
        if self.summary is None:
            return [[], [(" working it out …", "quiet")]], {}
        return head_seen.question_lines(talk, self.prompts, self.cursor, width), {}
