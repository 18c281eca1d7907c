"""Home: studies, heads, and their observations with their state."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.text import clean
from shadowlog.errors import ReadOnly, ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.widgets.home_list import HomeList
from shadowlog.tui.widgets.panel import FRAME
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.strip import KeyStrip

T = TypeVar("T")


def others_of(chosen: Listed, listed: Sequence[Listed]) -> list[Listed]:
    """What other observers recorded of the same head on the same day."""

    def day(each: Listed) -> object:
        return None if each.begun is None else datetime.fromtimestamp(each.begun / 1000, ZoneInfo(each.zone)).date()

    about = (chosen.study, chosen.head, day(chosen))
    return [
        each
        for each in listed
        if each.begun is not None and each.observer != chosen.observer and (each.study, each.head, day(each)) == about
    ]


class HomeScreen(Screen[None]):
    """Lists what there is and opens it."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self.desk = desk
        self.clock = clock
        self.form: dict[str, str] = {}
        """What stands in the form for a new observation, while the program runs."""
        self._only = ""
        self.early: list[tuple[events.Key, Instant]] | None = None
        """What is pressed before the observation is there that the program was started on; None once it is."""

    def compose(self) -> ComposeResult:
        """Title, list, a line that says something, and the keys."""
        yield Says(id="small")
        with Vertical(id="body"):
            yield Says(id="title")
            yield HomeList(id="list")
            yield Says(id="says")
            yield KeyStrip(actions.HOME, id="strip")

    def on_mount(self) -> None:
        """Paint before anything is opened."""
        self.query_one("#title", Says).say("shadowlog · a day beside a headteacher", "strong")

    def on_screen_resume(self) -> None:
        """Back here: the states may be others."""
        if self.query_one(HomeList).listed is not None:
            self.refresh_list()

    # What is listed

    @property
    def chosen(self) -> Listed | None:
        """The observation under the cursor."""
        panel = self.query_one(HomeList)
        return panel.listed[panel.chosen] if panel.listed else None

    def show(self, listed: Sequence[Listed], choose: str | None = None) -> None:
        """List these."""
        panel = self.query_one(HomeList)
        wanted = choose or (self.chosen.id if self.chosen else None)
        by_study = {study: n for n, study in enumerate(dict.fromkeys(each.study for each in listed))}
        panel.listed = sorted(listed, key=lambda each: by_study[each.study])
        panel.chosen = next((n for n, each in enumerate(panel.listed) if each.id == wanted), 0)
        panel.repaint()

    def refresh_list(self, choose: str | None = None) -> None:
        """Ask the desk again."""
        self._wait(self.desk.observations, lambda listed: self.show(listed, choose))

    def say(self, words: str, tone: str = "quiet") -> None:
        """Say something quietly."""
        self.query_one("#says", Says).say(words, tone)

    def looking_only(self, error: ShadowlogError) -> None:
        """The database cannot be written: say why, and let everything be looked at."""
        elsewhere = " To record: shadowlog --db FILE, a file elsewhere." if isinstance(error, ReadOnly) else ""
        self._only = f"{error.what} Here it can be looked at: v the day, s summary, r report.{elsewhere}"
        self.say(self._only, "alert")

    def closed(self, error: ShadowlogError) -> None:
        """The database cannot even be looked at: say why and what helps, where there is room for it."""
        panel = self.query_one(HomeList)
        panel.trouble = error
        panel.repaint()

    def failed(self, error: ShadowlogError) -> None:
        """Say what went wrong and what to do about it."""
        self.say(str(error), "alert")

    # Keys

    def on_key(self, event: events.Key) -> None:
        """The keys of Home."""
        if self.early is not None:
            event.stop()
            self.early.append((event, self.clock.now()))
            return
        panel = self.query_one(HomeList)
        count = len(panel.listed or ())
        steps = {"up": -1, "down": 1, "k": -1, "j": 1, "pageup": -10, "pagedown": 10, "home": -count, "end": count}
        if event.key in steps and count:
            event.stop()
            panel.chosen = min(max(panel.chosen + steps[event.key], 0), count - 1)
            panel.repaint()
            return
        act = actions.by_key(actions.HOME).get(event.key)
        if act is not None:
            event.stop()
            self.act(act)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        self.act(message.act)

    def on_click(self, event: events.Click) -> None:
        """An observation is clicked: chosen, and opened by a second click."""
        panel = self.query_one(HomeList)
        offset = event.get_content_offset(panel)
        n = panel.where.get(offset.y) if offset else None
        if n is not None and panel.listed:
            panel.chosen = n
            panel.repaint()
            if event.chain == 2:
                self.act(actions.by_key(actions.HOME)["enter"])

    def act(self, act: actions.Act) -> None:
        """Do an act of Home."""
        chosen = self.chosen
        if not self._only:
            # What was said of the act before is no longer so.
            self.say("")
        if self._only and act.name in {"new", "demonstration", "open"}:
            self.say(self._only, "alert")
        elif act.name == "new":
            from shadowlog.tui.plan import PlanScreen

            today = datetime.fromtimestamp(self.clock.now().wall / 1000, ZoneInfo(self.desk.zone)).date()
            self.app.push_screen(PlanScreen(self.desk, self.form, today), self._planned)
        elif act.name == "codebooks" and self.query_one(HomeList).listed is None:
            self.say("The database is not open.")
        elif act.name == "codebooks":
            from shadowlog.tui.codebook import ShelfScreen

            self.app.push_screen(ShelfScreen(self.desk))
        elif act.name == "demonstration":
            if self.query_one(HomeList).listed:
                self.say("The demonstration is offered while nothing else is here.")
                return
            self.say("making the demonstration study …")
            self._wait(self.desk.make_demo, lambda _: self._made())
        elif act.name == "tour":
            self._of_app("tour")()
        elif act.name == "train":
            self._of_app("train")(chosen)
        elif chosen is None:
            self.say("Nothing is chosen; n plans an observation")
        elif act.name == "open":
            self.open(chosen)
        elif act.name == "head" and chosen.ended is None:
            self.say("That day has not ended: X twice ends it on its screen. Then the head can look at it.")
        elif act.name in {"review", "head"}:
            self._of_app(act.name)(chosen, self._only)
        elif act.name == "summary":
            from shadowlog.tui.summary import SummaryScreen

            self.app.push_screen(SummaryScreen(chosen, self.desk, self.clock))
        elif act.name == "agreement":
            self._beside(chosen)
        elif act.name == "words":
            title = f"{chosen.head} {chosen.label}"
            width = self.size.width - FRAME
            self._wait(lambda: self.desk.summary_text(chosen.id, width), lambda text: self._words(title, text))
        elif act.name == "report":
            self.say("writing the report …")
            self._wait(lambda: self.desk.write_report(chosen.id), lambda path: self.say(f"The report is in {path}", ""))

    def open(self, listed: Listed) -> None:
        """Open the record screen, unless this is for looking only."""
        if not self._only:
            self._of_app("record")(listed)

    def _of_app(self, name: str) -> Callable[..., None]:
        """What the app, which is wired above this, opens."""
        opens: Callable[..., None] = getattr(self.app, name)
        return opens

    def _beside(self, chosen: Listed) -> None:
        others = others_of(chosen, self.query_one(HomeList).listed or ())
        if not others:
            self.say(
                f"Nobody else recorded {chosen.head} on that day; `shadowlog import` brings in what another laptop holds."
            )
            return
        from shadowlog.tui.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen(chosen, others, self.desk, self.clock))

    def _made(self) -> None:
        self.say("The demonstration study is here: Enter looks into its day, s sums it up.")
        self.refresh_list()

    def _planned(self, observation: str | None) -> None:
        if observation is not None:
            self.form.clear()
            self.say("Planned. Enter opens it; the first key on its screen begins the day.")
            self.refresh_list(observation)

    def _words(self, title: str, text: str) -> None:
        from shadowlog.tui.help import WordsScreen

        self.app.push_screen(WordsScreen(title, Text(clean(text, lines=True))))

    def _wait(self, ask: Callable[[], Future[T]], done: Callable[[T], Any]) -> None:
        async def waiting() -> None:
            try:
                found = await asyncio.wrap_future(ask())
            except ShadowlogError as error:
                self.failed(error)
                return
            done(found)

        work: Awaitable[None] = waiting()
        self.run_worker(work)
