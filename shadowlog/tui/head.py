"""With the head: what a head sits in front of, beside the researcher. Pages in the order of a talk; all that is said is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import Clock
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import stage
from shadowlog.domain.history import history
from shadowlog.domain.review import items
from shadowlog.domain.versions import Version, record_of
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions, head_coding, head_views
from shadowlog.tui import head_sheets as sheets
from shadowlog.tui.head_page import CARDS, ROW_ACTS, HeadPage, resumed
from shadowlog.tui.head_talk import Talk
from shadowlog.tui.keeping import KeepingScreen
from shadowlog.tui.looking import show_history
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.review_asks import Flow
from shadowlog.tui.review_header import ReviewHeader, date_words, kept
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.chooser import Chooser
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.still import Still
from shadowlog.tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from shadowlog.analysis.results import Summary

OF_A_ROW: dict[str, Callable[[Talk], Flow]] = {
    "agree": head_views.agree,
    "agree_rest": head_views.agree_rest,
    "amend": head_coding.amend,
    "dispute": head_views.dispute,
    "strike": head_views.strike,
    "comment": head_views.remark,
    "unsay": head_views.take_back,
}
"""What is said of a row, by the name of the act."""


HINTS = {
    sheets.PURPOSE: "Enter answers the line with the mark; → is the next page, ← the one before",
    sheets.ROWS: "A agrees to all that is left · n goes to the next open row · h is all that was said of one",
}


class HeadScreen(KeepingScreen):
    """The talk about one day that has ended."""

    acts: ClassVar[str] = actions.HEAD

    def __init__(self, listed: Listed, desk: Desk, clock: Clock, new_id: Callable[[], str], *, only: str = "") -> None:
        super().__init__(listed, desk, clock, new_id, only=only)
        self._days = desk
        self.talk: Talk | None = None
        self.summary: Summary | None = None
        self._summed: Day | None = None
        """The day that the summary is of."""
        self._summing = False
        self._listed_for: Day | None = None

    def compose(self) -> ComposeResult:
        """The areas, from top to bottom."""
        yield Says(id="small")
        with Still(id="body"):
            yield ReviewHeader(id="header")
            yield Says(id="banner")
            yield HeadPage(id="page")
            yield Chooser(id="choices")
            yield AnswerLine(id="answer")
            yield Says(id="says")
            yield KeyStrip(actions.HEAD, id="strip")

    @property
    def page(self) -> HeadPage:
        """The page and what is looked at on it."""
        return self.query_one(HeadPage)

    def opened(self, day: Day) -> None:
        """Turn to where the talk stood."""
        session = self.session
        if session is None:
            return
        if not day.begun or not day.ended:
            self.banner("This day has not ended: what is said with the head is said of a day that is over.")
            return
        self.talk = Talk(session, onward=self._onward, told=self.say)
        self.page.lens = any(isinstance(said, f.Tag | f.Phase | f.Factor) for said in day.feedback.values()) or any(
            isinstance(act.command, c.Amend) and act.command.reason == head_coding.TOGETHER for act in day.acts
        )
        self.page.talk = self.talk
        self._relist()
        self.page.at[sheets.ROWS] = self._next_open(-1)
        self.turn(resumed(day))
        self.run_worker(self._allowed(self.talk))

    async def _allowed(self, talk: Talk) -> None:
        try:
            talk.layers = await asyncio.wrap_future(self._days.releasable(self.listed.id))
        except ShadowlogError as error:
            self.say(str(error), "alert")
        self.refresh_view()

    # Showing

    def refresh_view(self) -> None:
        """Show the day as it is now."""
        day, page = self._painted, self.page
        strip = self.query_one(KeyStrip)
        strip.without = page.without
        strip.repaint()
        waiting = len(self.outbox.waiting) * self.outbox.failing
        if day is None or self.talk is None:
            self.query_one(ReviewHeader).tell(self.listed, ("opening",), ())
            return
        self._relist()
        if page.name_ in CARDS:
            self._sum()
        pages = page.pages
        middle = (date_words(day), stage(day).value, f"{pages.index(page.name_) + 1}/{len(pages)} {page.name_}")
        zone = day.observation.zone
        self.query_one(ReviewHeader).tell(self.listed, middle, kept(self._saved_at, zone, waiting))
        page.talk, page.summary = self.talk, self.summary
        page.repaint()

    def _relist(self) -> None:
        """The rows of the day as it stands in memory, and which of them are open."""
        talk = self.talk
        if talk is None:
            return
        if self._listed_for is not talk.day:
            self._listed_for = talk.day
            self.page.rows = tuple(item for item in items(talk.day, talk.hand.finish) if item.episode is not None)
            talk.open_rows = tuple(i.id for i in self.page.rows if i.episode and i.episode.verification is None)
        talk.item = self.page.item

    def _sum(self) -> None:
        """Work the numbers out anew, if what they are of has changed."""
        talk = self.talk
        if talk is not None and not self._summing and not _same(self._summed, talk.day):
            self._summing = True
            self.run_worker(self._summed_up(talk.day))

    async def _summed_up(self, day: Day) -> None:
        try:
            self.summary = await asyncio.to_thread(_summary, day)
        except ShadowlogError as error:
            self.say(str(error), "alert")
        # A day that cannot be summed up is not tried again before it has changed.
        self._summed = day
        self._summing = False
        self.refresh_view()

    def turn(self, name: str) -> None:
        """Turn to a page."""
        self.page.turn(name)
        self.say("" if self.page.veiled else HINTS.get(name, ""))
        self.refresh_view()

    def dialogue_changed(self) -> None:
        """A question came or went: its list is as high as it needs to be."""
        chooser = self.query_one(Chooser)
        most = 9 if self.has_class("-folded") else 14
        chooser.styles.height = min(most, len(chooser.options) + bool(chooser.above) + 2)
        super().dialogue_changed()

    # Acts

    def act(self, act: actions.Act) -> None:
        """Do an act, from its key, the palette or a click."""
        if self.dialogue.ask is not None:
            self.dialogue.leave()
        name, page, talk = act.name, self.page, self.talk
        if name == "back":
            self.run_worker(self.leave(), exclusive=True)
        elif talk is None:
            self.say("")
        elif name in page.without:
            self.say(page.elsewhere(name), "accent")
        elif name in {"next", "before"}:
            pages = page.pages
            at = pages.index(page.name_) + (1 if name == "next" else -1)
            if 0 <= at < len(pages):
                self.turn(pages[at])
            else:
                self.say("That is the last page; Esc ends." if at > 0 else "That is the first page.")
        elif name == "answer":
            self._answer(talk)
        elif name in ROW_ACTS:
            self._row(talk, name)
        elif name == "lenses":
            page.lens = not page.lens
            self.turn(sheets.LENSES)
        else:
            page.move(name)
            self.refresh_view()

    def _row(self, talk: Talk, name: str) -> None:
        page = self.page
        if name == "open":
            page.at[sheets.ROWS] = self._next_open(page.cursor)
            self.say("" if talk.open_rows else "Every row has a word of the head.")
            self.refresh_view()
        elif name == "history":
            if page.item is not None:
                show_history(self, talk.day, page.item, history(talk.day, page.item.id))
        else:
            self._ask(OF_A_ROW[name](talk))

    def _answer(self, talk: Talk) -> None:
        page = self.page
        if page.name_ == sheets.REVEAL and page.shown_already():
            if page.cursor + 1 < page.count:
                page.move("down")
                self.refresh_view()
            else:
                self.act(actions.by_key(actions.HEAD)["right"])
            return
        flow = page.flow(talk)
        if flow is not None:
            self._ask(flow)
        else:
            self.say("There is nothing to answer here; → is the next page.")

    def _ask(self, flow: Flow) -> None:
        if self.only:
            flow.close()
            self.say(self.only, "alert")
        else:
            self._relist()
            self.dialogue.begin(flow)

    def _onward(self) -> None:
        self.page.move("down")

    def _next_open(self, after: int) -> int:
        open_rows = set(self.talk.open_rows if self.talk else ())
        found = [n for n, item in enumerate(self.page.rows) if item.id in open_rows]
        return next((n for n in found if n > after), found[0] if found else max(after, 0))

    def wheel(self, name: str) -> None:
        """The wheel moves the cursor."""
        self.page.move(name)
        self.refresh_view()

    def on_click(self, event: events.Click) -> None:
        """A line is clicked: chosen, and answered by a second click; a question is answered by two clicks anywhere."""
        page, talk = self.page, self.talk
        offset = event.get_content_offset(page)
        if self.dialogue.ask is not None or talk is None or offset is None:
            return
        n = page.where.get(offset.y)
        if n is not None:
            page.go(n)
            self.refresh_view()
        if event.chain == 2 and page.name_ != sheets.ROWS and (n is not None or page.name_ in CARDS):
            self._answer(talk)


def _same(one: Day | None, other: Day) -> bool:
    """Whether two days hold the same record, whatever was said beside it."""
    if one is None:
        return False
    return all(
        getattr(one, name) is getattr(other, name) for name in ("track", "episodes", "spans", "contacts", "notes")
    )


def _summary(day: Day) -> Summary:
    from shadowlog.analysis.summary import summarise

    return summarise([record_of(day, Version.AMENDED, day.track[-1].at)])
