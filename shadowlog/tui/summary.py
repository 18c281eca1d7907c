"""Summary: the day in terminal charts, page by page; the same functions and the same numbers as the report."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from shadowlog.domain.clock import Clock
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import WORDS, Version, record_of
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.projector import ProjectorScreen
from shadowlog.tui.summary_lines import PAGES, Look, foot, lanes_after, page_lines
from shadowlog.tui.widgets.panel import Line, Panel
from shadowlog.tui.widgets.says import Says, wrapped
from shadowlog.tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from shadowlog.analysis.results import Summary

RULES = ("split", "full", "main")


class Charts(Panel):
    """Shows a page."""

    told: Summary | None = None
    look = Look()
    first = 0
    problem = ""

    def draw(self, width: int, height: int) -> list[Line]:
        """The page from its first line shown."""
        if self.problem:
            return [[(self.problem, "alert")]]
        if self.told is None:
            return [[("working it out …", "quiet")]]
        lines = page_lines(self.told, self.look, width)
        if len(lines) <= height:
            self.first = 0
            return lines
        room = height - 1
        self.first = max(0, min(self.first, len(lines) - room))
        below = len(lines) - self.first - room
        more = [f"↑ {self.first}" if self.first else "", f"↓ {below}" if below else ""]
        words = f"{'  '.join(each for each in more if each)} more line{'' if self.first + below == 1 else 's'}"
        return [*lines[self.first : self.first + room], [(words, "accent")]]


class SummaryScreen(Screen[None]):
    """One day broken down, for looking only."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    acts: ClassVar[str] = actions.SUMMARY

    def __init__(self, listed: Listed, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self.listed = listed
        self.desk = desk
        self.clock = clock
        self._record: Record | None = None
        self._rule = 0
        self._concurrent = False

    def compose(self) -> ComposeResult:
        """Whose day, the page, what its numbers are of, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Says(id="title")
            yield Charts(id="charts")
            yield Says(id="says")
            yield KeyStrip(actions.SUMMARY, id="strip")

    def on_mount(self) -> None:
        """Paint first, then work it out."""
        self._paint()
        self.run_worker(self._fetch(), exclusive=True)

    def on_resize(self) -> None:
        """The line below the page may take two lines, or one."""
        self._paint()

    async def _fetch(self) -> None:
        charts = self.query_one(Charts)
        try:
            if self._record is None:
                day = await asyncio.wrap_future(self.desk.load(self.listed.id))
                if not day.begun:
                    charts.problem = "This day has not begun."
                    self._paint()
                    return
                now = self.clock.now()
                at = day.position(now)
                self._record = record_of(day, Version.AMENDED, day.watched(now.wall if at is None else at))
            charts.told = await asyncio.to_thread(_summed, self._record, RULES[self._rule], self._concurrent)
        except ShadowlogError as error:
            charts.problem = str(error)
        self._paint()

    def _paint(self) -> None:
        charts = self.query_one(Charts)
        page = charts.look.page
        running = ", still running" if self._record is not None and self._record.running else ""
        about = f"{self.listed.head} {self.listed.label} {self.listed.date}{running} · {WORDS[Version.AMENDED]}"
        title = f"{about}   {page + 1}/{len(PAGES)} {PAGES[page]}"
        self.query_one("#title", Says).say(title, "strong")
        words, says = foot(charts.told, charts.look) if charts.told else "", self.query_one("#says", Says)
        says.styles.height = len(wrapped(words, self.size.width - 2, 2))
        says.say(words, "quiet")
        charts.repaint()

    def on_key(self, event: events.Key) -> None:
        """An act of this screen."""
        key = event.character if event.is_printable and event.character else event.key
        act = actions.by_key(actions.SUMMARY).get(key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def on_mouse_scroll_down(self) -> None:
        """Further down."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """Further up."""
        self._scroll(-3)

    def _scroll(self, by: int) -> None:
        charts = self.query_one(Charts)
        charts.first = max(0, charts.first + by)
        charts.repaint()

    def act(self, act: actions.Act) -> None:
        """Turn a page, look at it another way, or leave."""
        charts = self.query_one(Charts)
        look = charts.look
        steps = {"up": -1, "down": 1, "page_up": -10, "page_down": 10}
        if act.name in steps:
            self._scroll(steps[act.name])
            return
        if act.name == "back":
            self.dismiss(None)
            return
        if act.name == "project":
            if self._record is not None:
                self.app.push_screen(ProjectorScreen(self._record, self.desk))
            return
        if act.name in {"next", "before"}:
            look = replace(look, page=(look.page + (1 if act.name == "next" else -1)) % len(PAGES))
            charts.first = 0
        elif act.name == "by":
            look = replace(look, page=1, table=look.table + 1)
        elif act.name == "lanes":
            look = replace(look, page=0, lanes=lanes_after(look.lanes))
        elif act.name == "bins":
            look = replace(look, page=2, bins=look.bins + 1)
        elif act.name == "who_rule":
            self._rule = (self._rule + 1) % len(RULES)
            self.run_worker(self._fetch(), exclusive=True)
        elif act.name == "concurrent":
            self._concurrent = not self._concurrent
            self.run_worker(self._fetch(), exclusive=True)
        charts.look = look
        self._paint()


def _summed(record: Record, rule: str, concurrent: bool) -> Summary:
    from shadowlog.analysis.summary import summarise

    return summarise([record], who_rule=rule, concurrent=concurrent)
