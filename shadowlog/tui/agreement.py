"""Agreement: what two observers recorded of one day, difference by difference, for two people at one screen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from shadowlog.domain.clock import Clock
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import Version, record_of
from shadowlog.errors import ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.agreement_lines import Pair, figures, shown, talk
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.widgets.panel import Line, Panel
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from shadowlog.analysis.agreement import Disagreement

UNITS, TOLERANCES = (1, 10, 60), (5, 15, 60, 0)
"""Seconds; the first of each is what `shadowlog agreement` takes."""


class Differences(Panel):
    """Shows the differences, or the figures."""

    pair: Pair | None = None
    problem = ""
    in_figures = False
    dimension = ""
    by_clock = False
    at = 0
    first = 0

    @property
    def chosen(self) -> list[Disagreement]:
        """What is listed."""
        return [] if self.pair is None else shown(self.pair.found, self.dimension, self.by_clock)

    def draw(self, width: int, height: int) -> list[Line]:
        """One of the two pages."""
        if self.problem:
            return [[(self.problem, "alert")]]
        if self.pair is None:
            return [[("comparing …", "quiet")]]
        if not self.in_figures:
            return talk(self.pair, self.chosen, self.at, width, height)
        lines = figures(self.pair.found)
        self.first = max(0, min(self.first, len(lines) - height))
        return lines[self.first : self.first + height]


class AgreementScreen(Screen[None]):
    """Two recordings of one day beside each other, for looking only."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    acts: ClassVar[str] = actions.AGREEMENT

    def __init__(self, listed: Listed, others: Sequence[Listed], desk: Desk, clock: Clock) -> None:
        super().__init__()
        self.listed = listed
        self.others = others
        self.desk = desk
        self.clock = clock
        self._other = self._unit = self._tolerance = 0
        self._records: dict[str, Record] = {}

    def compose(self) -> ComposeResult:
        """Who beside whom, the differences, what is compared how, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Says(id="title")
            yield Differences(id="charts")
            yield Says(id="says")
            yield KeyStrip(actions.AGREEMENT, id="strip")

    def on_mount(self) -> None:
        """Paint first, then compare."""
        self._paint()
        self.run_worker(self._compare(), exclusive=True)

    async def _record(self, listed: Listed) -> Record:
        if listed.id not in self._records:
            day = await asyncio.wrap_future(self.desk.load(listed.id))
            now = self.clock.now()
            at = day.position(now)
            self._records[listed.id] = record_of(day, Version.AMENDED, now.wall if at is None else at)
        return self._records[listed.id]

    async def _compare(self) -> None:
        panel = self.query_one(Differences)
        seconds = (UNITS[self._unit], TOLERANCES[self._tolerance])
        try:
            one, other = [await self._record(each) for each in (self.listed, self.others[self._other])]
            panel.pair = await asyncio.to_thread(_compared, one, other, *seconds)
            panel.problem = ""
        except ShadowlogError as error:
            panel.problem = str(error)
        panel.at = min(panel.at, max(0, len(panel.chosen) - 1))
        self._paint()

    def _paint(self) -> None:
        panel, other = self.query_one(Differences), self.others[self._other]
        more = f"   {self._other + 1} of {len(self.others)} others" if len(self.others) > 1 else ""
        title = f"{self.listed.head}: {self.listed.observer} {self.listed.label} beside {other.observer} {other.label}{more}"
        self.query_one("#title", Says).say(title, "strong")
        said = ""
        if panel.pair is not None:
            named = {each.id: each.label.lower() for each in panel.pair.one.observation.codebook.dimensions}
            count = len(panel.chosen)
            said = (
                f"{count} difference{'' if count == 1 else 's'} in {named.get(panel.dimension, 'everything')} beyond "
                f"{TOLERANCES[self._tolerance]} s · units of {UNITS[self._unit]} s · "
                f"{'by the clock' if panel.by_clock else 'the longest first'}"
            )
        self.query_one("#says", Says).say(said, "quiet")
        panel.repaint()

    def on_key(self, event: events.Key) -> None:
        """An act of this screen."""
        act = actions.by_key(actions.AGREEMENT).get(event.key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def on_mouse_scroll_down(self) -> None:
        """Further down."""
        self._step(1)

    def on_mouse_scroll_up(self) -> None:
        """Further up."""
        self._step(-1)

    def _step(self, by: int) -> None:
        panel = self.query_one(Differences)
        if panel.in_figures:
            panel.first = max(0, panel.first + by)
        else:
            panel.at = min(max(panel.at + by, 0), max(0, len(panel.chosen) - 1))
        panel.repaint()

    def act(self, act: actions.Act) -> None:
        """Look at another difference, or at the same ones another way."""
        panel = self.query_one(Differences)
        if act.name == "back":
            self.dismiss(None)
            return
        if act.name in {"up", "down"}:
            self._step(1 if act.name == "down" else -1)
            return
        if act.name in {"tolerance", "unit", "other"}:
            self._tolerance = (self._tolerance + (act.name == "tolerance")) % len(TOLERANCES)
            self._unit = (self._unit + (act.name == "unit")) % len(UNITS)
            self._other = (self._other + (act.name == "other")) % len(self.others)
            self.run_worker(self._compare(), exclusive=True)
        elif act.name == "page":
            panel.in_figures = not panel.in_figures
        elif act.name == "sort":
            panel.by_clock, panel.at = not panel.by_clock, 0
        elif act.name == "dimension" and panel.pair is not None:
            known = ["", *dict.fromkeys(each.dimension for each in panel.pair.found.disagreements)]
            panel.dimension = known[(known.index(panel.dimension) + 1) % len(known) if panel.dimension in known else 0]
            panel.at = 0
        self._paint()


def _compared(one: Record, other: Record, unit: int, tolerance: int) -> Pair:
    from shadowlog.analysis.agreement import agreement

    return Pair(one, other, agreement(one, other, unit=unit * 1000, tolerance=tolerance * 1000))
