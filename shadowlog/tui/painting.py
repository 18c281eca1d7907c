"""What of the record screen is painted when: a press paints log, now-box, pads and header, the tick paints the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget

from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Code
from shadowlog.domain.company import complete
from shadowlog.domain.day import Day
from shadowlog.domain.diary import due
from shadowlog.domain.naming import unnamed
from shadowlog.domain.tally import Tally
from shadowlog.tui import asking
from shadowlog.tui.outbox import Entry
from shadowlog.tui.widgets.header import Header, Heading
from shadowlog.tui.widgets.log import Log, View, touched
from shadowlog.tui.widgets.now import Now, NowBox
from shadowlog.tui.widgets.pads import CodePad, Pad
from shadowlog.tui.widgets.ribbon import Ribbon, SoFar
from shadowlog.tui.widgets.says import Says, wrapped
from shadowlog.tui.widgets.tally import TallyLine

if TYPE_CHECKING:
    from shadowlog.tui.record import RecordScreen
    from shadowlog.tui.session import Session

W = TypeVar("W", bound=Widget)

WIDE, HIGH = 110, 34
"""Below this the pads fold; below LEAST one line says that there is too little room."""
LEAST = (80, 24)
PANES = ("log", "who", "what")


class Painter:
    """Paints a record screen. `day` is the day as painted: what is on disk, or more once a write has failed."""

    def __init__(self, screen: RecordScreen) -> None:
        self.screen = screen
        self.day: Day | None = None
        self.saved_at: int | None = None
        self.sums = Tally()
        self.unnamed = 0
        """How many episodes lack who or what, as of the last tick."""
        self.so_far = SoFar()
        self.aside = ""
        self.pane = ""
        self.back = 0
        self.cursor = {"who": 0, "what": 0}
        self._late: str | None = None
        self._slow = False
        self._parts: dict[str, Widget] = {}

    def _part(self, name: str, kind: type[W]) -> W:
        """A widget of the screen by its id; they stay the same, and finding them is dear."""
        found = self._parts.get(name)
        if found is None:
            found = self._parts[name] = self.screen.query_one(f"#{name}")
        if not isinstance(found, kind):
            raise TypeError(name)
        return found

    # Pieces

    def say(self, words: str, tone: str = "") -> None:
        """Say something quietly, and the aside with it."""
        if self.aside:
            words, tone, self.aside = f"{words}   {self.aside}".strip(), "accent", ""
        self._part("says", Says).say(words, tone)

    def banner(self, words: str) -> None:
        """Say what is wrong, in red and in words; nothing takes the banner away."""
        self._tell("banner", words, "alert")

    def question(self) -> None:
        """Show or take away the question what to do with what ran, or which episode is named later."""
        asked, session = self.screen.question, self.screen.session
        words = asked.words(session.day) if asked and session else ""
        if session is not None and not words and session.hand.naming:
            words = asking.naming(session.day, session.hand)
        self._tell("question", words, "accent")

    def _tell(self, name: str, words: str, tone: str) -> None:
        line = self._part(name, Says)
        if words != line.words:
            line.display = bool(words)
            line.styles.height = len(wrapped(words, self.screen.size.width - 3, 2))
            line.say(words, tone)

    def titles(self) -> None:
        """The titles of the boxes; the log's also offers a half-typed note, and says how much is to be named."""
        offer = self.screen.answering.offer
        if not offer and self.unnamed:
            offer = f"{self.unnamed} to be named: Q"
        for name, title in (("now", "now"), ("log", f"log  {offer}" if offer else "log")):
            box = self._part(name, Widget)
            if box.border_title != title:
                box.border_title = title

    def header(self) -> None:
        """The line at the top."""
        screen, day = self.screen, self.day
        waiting = len(screen.outbox.waiting) if self._in_memory else 0
        header = self._part("header", Header)
        header.heading = Heading(
            head=screen.listed.head,
            label=screen.listed.label,
            zone=day.observation.zone if day else screen.listed.zone,
            wall=day.track[-1].at if day is not None and day.ended else screen.clock.now().wall,
            window=self.sums.window,
            episodes=len(day.episodes) if day else 0,
            saved=self.saved_at,
            waiting=waiting,
            state="opening" if day is None else "open" if day.begun else "not begun",
        )
        header.repaint()

    def hand(self) -> None:
        """The pads: what is current, what is waited for."""
        session, day = self.screen.session, self.day
        if session is None or day is None:
            return
        book, hand = day.observation.codebook, session.hand
        running = day.concurrent if day.concurrent and not complete(day.concurrent, book) else day.foreground
        running = day.episodes.get(hand.naming, running)
        roles = frozenset(p.role for p in running.parties if p.left is None) if running else frozenset()
        done = frozenset({running.what}) if running and running.what else frozenset()
        placing, named = hand.waiting == "place", bool(hand.naming)
        place = frozenset({day.live.place}) if day.live.place else frozenset()
        self.titles()
        self.question()
        who_title, what_title = asking.pad_titles(hand)
        self._pad(
            "who", book.codes(ROLE), roles, who_title, waits=hand.waiting in asking.WHO_WAITS or (named and not roles)
        )
        self._pad(
            "what",
            book.codes(PLACE if placing else ACTIVITY),
            place if placing else done,
            what_title,
            waits=placing or (named and not done),
        )

    def _pad(self, name: str, codes: tuple[Code, ...], current: frozenset[str], title: str, *, waits: bool) -> None:
        pad = self._part(name, CodePad)
        session = self.screen.session
        keyed = tuple(code for code in codes if code.key)
        cursor = min(self.cursor[name], len(keyed) - 1) if self.pane == name else None
        pad.pad = Pad(keyed, current, cursor, session.hand.leader if session else "")
        if pad.border_title != title:
            pad.border_title = title
            pad.refresh()
        pad.set_class(waits, "-waits")
        pad.repaint()

    def _log_and_now(self) -> None:
        screen, day, session = self.screen, self.day, self.screen.session
        if day is None or session is None:
            return
        at = self._at(day, session)
        unsaved = {i for e in screen.outbox.waiting for i in touched(e.command)} if self._in_memory else set()
        log = self._part("log", Log)
        log.view = View(day, at, frozenset(unsaved), self.back, focused=self.pane == "log")
        log.repaint()
        box = self._part("now", NowBox)
        box.now = Now(day, at, due(session.hand.diary, day, at))
        box.repaint()

    def _at(self, day: Day, session: Session) -> int:
        return day.track[-1].at if day.ended else session.now(self.screen.clock.now())

    @property
    def _in_memory(self) -> bool:
        return self.screen.outbox.failing or self._slow

    # Occasions

    def pressed(self) -> None:
        """After a press: log, now-box, header and pads; at a cost that does not depend on the day's length."""
        if self._in_memory and self.screen.session is not None:
            self.day = self.screen.session.day
        if self.screen.outbox.failing:
            self._failure()
        self._log_and_now()
        self.header()
        self.hand()

    def saved(self, entry: Entry) -> None:
        """After a commit."""
        screen = self.screen
        self.day = entry.day
        self.saved_at = screen.clock.now().wall
        if not screen.outbox.waiting:
            self._slow = False
            self.banner("")
        hand = screen.session.hand if screen.session else None
        # What is waited for now matters more than what was done before it.
        if screen.answering.ask is None and (hand is None or not (hand.waiting or hand.leader)):
            self.say(entry.sentence)
        self.pressed()

    def _failure(self) -> None:
        outbox = self.screen.outbox
        count = len(outbox.waiting)
        acts = f"{count} act is" if count == 1 else f"{count} acts are"
        reason = outbox.reason.rstrip(".")
        self.banner(f"NOT SAVED: {reason}. {acts} kept in memory and tried again every second. Go on recording.")

    def tick(self) -> None:
        """Once a second: also ribbon and tally."""
        screen, day, session = self.screen, self.day, self.screen.session
        first = screen.outbox.waiting[0].command.id if screen.outbox.waiting else None
        self._slow = first is not None and first == self._late
        self._late = first
        if day is not None and session is not None and day.begun:
            at = self._at(day, session)
            self.sums = self.so_far.tally(day, at)
            self.unnamed = unnamed(day)
            ribbon, line = self._part("ribbon", Ribbon), self._part("tally", TallyLine)
            ribbon.day, ribbon.at, ribbon.so_far = day, at, self.so_far
            line.sums, line.book = self.sums, day.observation.codebook
            ribbon.repaint()
            line.repaint()
        self.pressed()

    def all(self) -> None:
        """Everything."""
        self.titles()
        self.question()
        self.tick()

    def fold(self, width: int, height: int) -> None:
        """Lay out for a size of the terminal (cells)."""
        tiny = width < LEAST[0] or height < LEAST[1]
        folded = width < WIDE or height < HIGH
        self.screen.set_class(tiny, "-tiny")
        self.screen.set_class(folded and not tiny, "-folded")
        self._part("now", NowBox).small = folded
        small = self._part("small", Says)
        small.say(
            f"Recording goes on. This terminal is {width}x{height}; {LEAST[0]}x{LEAST[1]} shows the screen.", "accent"
        )

    # Getting about

    def move(self, act: str, press: Callable[[str], None]) -> bool:
        """Do an act that only moves on the screen, or press the code under the cursor; False for any other act."""
        if act in {"pane_next", "pane_before"}:
            here = PANES.index(self.pane) if self.pane else -1 if act == "pane_next" else 0
            self.pane = PANES[(here + (1 if act == "pane_next" else -1)) % len(PANES)]
            for name in PANES:
                self._part(name, Widget).set_class(name == self.pane, "-here")
            self.pressed()
        elif act in {"up", "down", "left", "right"} and self.pane in self.cursor:
            dx, dy = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}[act]
            pad = self._part(self.pane, CodePad)
            self.cursor[self.pane] = pad.move(dx, dy)
            self.hand()
        elif act in {"up", "down", "page_up", "page_down", "newest"}:
            page = max(1, self._part("log", Log).content_size.height - 1)
            self.scroll({"up": 1, "down": -1, "page_up": page, "page_down": -page, "newest": -self.back}[act])
        elif act == "room" and self.pane in self.cursor:
            shown = self._part(self.pane, CodePad).pad
            if shown.cursor is not None and shown.codes:
                press(shown.codes[shown.cursor].key)
        elif act not in {"left", "right"}:
            return False
        return True

    def scroll(self, rows: int) -> None:
        """Scroll the log back by so many rows."""
        day = self.day
        most = len(day.track) + len(day.contacts) + len(day.spans) - 1 if day else 0
        self.back = min(max(0, self.back + rows), max(0, most))
        self._log_and_now()

    def code_list(self) -> list[tuple[str, str, str]]:
        """Every code with a key, for the palette: title, key, definition."""
        if self.day is None:
            return []
        book = self.day.observation.codebook
        codes = [
            (name, code) for name, dimension in (("who", ROLE), ("what", ACTIVITY)) for code in book.codes(dimension)
        ]
        return [(f"{name}: {code.label}  ({code.key})", code.key, code.definition) for name, code in codes if code.key]
