"""The record screen: reads the clock at a key, asks the session, hands what was said to the desk, paints what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from shadowlog.domain.answers import asks_after_gap
from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.commands import End
from shadowlog.domain.hand import SETTLING, Ask, cleared
from shadowlog.domain.recorder import newest_act
from shadowlog.domain.sentences import clock_time
from shadowlog.tui import actions, asking
from shadowlog.tui.answering import Answering
from shadowlog.tui.arriving import Arriving
from shadowlog.tui.drift import DriftWatch, Parting
from shadowlog.tui.leaving import Leaving
from shadowlog.tui.outbox import Entry, Outbox
from shadowlog.tui.painting import Painter
from shadowlog.tui.ports import DayDesk, Listed
from shadowlog.tui.session import Outcome, Session
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.header import Header
from shadowlog.tui.widgets.log import Log
from shadowlog.tui.widgets.now import NowBox
from shadowlog.tui.widgets.pads import CodePad
from shadowlog.tui.widgets.ribbon import Ribbon
from shadowlog.tui.widgets.says import Says
from shadowlog.tui.widgets.still import Still
from shadowlog.tui.widgets.strip import KeyStrip
from shadowlog.tui.widgets.tally import TallyLine

LONG_AWAY = 60_000
"""When the end of a day is taken back later than so many ms after its last key, what ran since is asked about."""

DESCRIBING = frozenset({"mode", "initiator", "medium"})
"""Acts that follow one another on one episode: those capitals running are no Caps Lock."""

FIRST = f"First what ran: {asking.KEEP}, {asking.LAST} or {asking.TYPED}"


class RecordScreen(Still, Screen[None]):
    """Records one observation. `after_crash`: "ask", or "keep" or "end" what ran without asking."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    tick_seconds: ClassVar[float] = 1

    def __init__(
        self,
        listed: Listed,
        desk: DayDesk,
        clock: Clock,
        new_id: Callable[[], str],
        *,
        after_crash: str = "ask",
        watch: DriftWatch | None = None,
        early: Iterable[tuple[events.Key, Instant]] = (),
        settling: int = SETTLING,
    ) -> None:
        super().__init__()
        self.listed = listed
        self.desk = desk
        self.clock = clock
        self.after_crash = after_crash
        self.session: Session | None = None
        self.question: asking.Question | None = None
        self.outbox = Outbox(self._send, self._saved, self._failed, self._post)
        self.painter = Painter(self)
        self.answering = Answering(self)
        self.leaving = Leaving(self)
        self.arriving = Arriving(self)
        self.new_id = new_id
        self.settling = settling
        self.drift_watch = watch or DriftWatch()
        self.parting: Parting | None = None
        """How the clocks parted, found but not yet asked about."""
        self.early = list(early)
        self._capitals = ""
        self._reopening = False

    # Being there

    def compose(self) -> ComposeResult:
        """The areas, from top to bottom."""
        yield Says(id="small")
        with Still(id="body"):
            yield Header(id="header")
            yield Says(id="banner")
            yield Says(id="question")
            with Still(id="band"):
                yield NowBox(id="now")
                yield CodePad(id="who")
                yield CodePad(id="what")
            yield Ribbon(id="ribbon")
            yield Log(id="log")
            yield AnswerLine(id="answer")
            yield Says(id="says")
            yield TallyLine(id="tally")
            yield KeyStrip(actions.RECORD, id="strip")

    def on_mount(self) -> None:
        """Paint the frame, then fetch the day."""
        self.painter.titles()
        self.painter.header()
        self.set_interval(self.tick_seconds, self.tick)
        self.run_worker(self.arriving.load(), exit_on_error=True)

    def on_resize(self, event: events.Resize) -> None:
        """Fold the pads where there is little room; below 80x24 one line says so and keys go on working."""
        self.painter.fold(event.size.width, event.size.height)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key of this screen comes through here, in order."""
        if event.key in {"ctrl+q", "ctrl+p", "f1", "f2"}:
            return
        event.stop()
        event.prevent_default()
        said = self.clock.now()
        if self.session is None:
            self.early.append((event, said))
        else:
            self.press(event.key, event.character, said)

    def press(self, key: str, character: str | None, said: Instant) -> None:
        """Take a key at an instant."""
        if self.answering.type(key, character, said):
            self._capitals = ""
            return
        hand = self.session.hand if self.session is not None else None
        if key == "escape" and self.session is not None and hand is not None and hand.holds:
            self.session.hand = cleared(hand, naming="")
            self.painter.hand()
            self.painter.say("Back to the recording" if hand.naming else "Taken back", "quiet")
            return
        if key == "escape" and self.session is not None and (self.session.day.ended or not self.session.day.begun):
            self.dismiss()
            return
        if key == "ctrl+c":
            self.painter.say("ctrl+q leaves; the recording is safe", "quiet")
            return
        if self.question is not None and character in asking.ANSWERS:
            self._answered(character, said)
            return
        table = actions.by_key(actions.RECORD)
        act = table.get(key) or table.get(character or "")
        if act is None or act.name not in DESCRIBING:
            self._capitals = f"{self._capitals}{character}"[-3:] if character and character.isupper() else ""
        if len(set(self._capitals)) == 3:
            self._capitals = ""
            self.painter.aside = "Caps Lock?"
        if act is not None:
            self.act(act, said)
        elif character is not None and character.isprintable():
            self.sign(character, said)

    def act(self, act: actions.Act, said: Instant | None = None) -> None:
        """Do an act, from its key, the palette or a click."""
        session = self.session
        said = said or self.clock.now()
        if act.name == "edit" and session is not None and self.question is None:
            self.arriving.put_right(session)
            return
        if session is None or self.painter.move(act.name, self.press_code):
            return
        if act.name == "undo" and session.day.ended and not self._reopening:
            newest = newest_act(session.day, session.author)
            if not isinstance(newest, End):
                self.painter.say(
                    "What was said since the day ended is taken back where it was said, not here", "accent"
                )
                return
            self._reopening = True
            when = clock_time(session.day.track[-1].at, session.day.observation.zone)
            self.painter.say(f"U again reopens this day, which ended at {when}", "accent")
            return
        self._reopening = False
        if self.question is not None and act.name == "redo":
            # An end taken back by mistake is put in its place again, whatever ran meanwhile.
            self.question = None
            self.painter.question()
        if self.question is not None:
            if act.name not in asking.ENDING:
                self.painter.say(FIRST, "accent")
                return
            self.recover(session, said, "last")
        ended = session.day.ended
        self.take(session.act(act.name, said, begins=act.begins))
        if ended and not session.day.ended and session.away(said) > LONG_AWAY and asks_after_gap(session.day):
            self.ask_about(asking.after_gap(session.day))

    def on_screen_resume(self) -> None:
        """Back here."""
        self.arriving.back()

    def sign(self, sign: str, said: Instant) -> None:
        """Press a character of the codebook."""
        session = self.session
        if session is None:
            return
        if self.question is not None:
            signs = session.hand.signs
            if sign not in signs.roles and sign not in signs.activities and sign not in signs.leaders:
                self.painter.say(FIRST, "accent")
                return
            self.recover(session, said, "last")
        self.take(session.sign(sign, said))

    def _answered(self, answer: str, said: Instant) -> None:
        session = self.session
        if session is None:
            return
        if answer == asking.TYPED:
            self.answering.open(Ask("end", session.now(said)))
        else:
            self.recover(session, said, "keep" if answer == asking.KEEP else "last")

    def press_code(self, signs: str) -> None:
        """Press a code by its key of one or two characters, from a click, the pad's cursor or the palette."""
        said = self.clock.now()
        for sign in signs:
            self.sign(sign, said)

    def on_code_pad_pressed(self, message: CodePad.Pressed) -> None:
        """A code was clicked."""
        if self.answering.ask is None:
            self.press_code(message.key)

    def on_key_strip_pressed(self, message: KeyStrip.Pressed) -> None:
        """An act of this screen was clicked."""
        if self.answering.ask is None:
            self.act(message.act)

    def on_mouse_scroll_up(self) -> None:
        """The wheel scrolls the log."""
        self.painter.scroll(1)

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls the log."""
        self.painter.scroll(-1)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into the answer line and nowhere else."""
        event.stop()
        self.answering.paste(event.text)

    # What ran while nobody looked

    def ask_about(self, question: asking.Question) -> None:
        """Ask what to do with what ran while nobody looked."""
        self.question = question
        self.painter.question()

    def recover(self, session: Session, said: Instant, choice: str, end: int | None = None) -> None:
        """Answer the question: "keep" running, end at the "last" key or at "end" (ms)."""
        question, self.question = self.question, None
        self.painter.question()
        self.drift_watch.anchor(said)
        self.take(session.recover(said, choice, end=end, by_wall=question is None or question.by_wall))

    def tick(self) -> None:
        """Once a second: the clocks, the day so far, and another try at what is not on disk."""
        session = self.session
        said = self.clock.now()
        # While the day is put right the clocks are looked at all the same; what is found is asked about on coming back.
        self.parting = self.parting or (self.drift_watch.look(said) if self._clocks_matter else None)
        if session is not None and (part := self.parting) is not None:
            self.parting = None
            self.take(session.clock_event(said, part.drift))
            if asks_after_gap(session.day):
                self.ask_about(asking.after_parting(part))
            else:
                self.take(session.recover(said, "keep", by_wall=part.slept))
        if self.outbox.failing:
            self.outbox.push()
        self.painter.tick()

    @property
    def _clocks_matter(self) -> bool:
        """Whether a day runs here, or ran when its putting right began."""
        if self.session is None:
            return self.arriving.righting
        return self.session.day.begun and not self.session.day.ended

    # Keeping

    def take(self, outcome: Outcome) -> None:
        """Keep what was said, open what is asked, say what there is to say."""
        for entry in outcome.entries:
            self.outbox.add(entry)
        if outcome.ask is not None:
            # A half-typed note comes first, at its own instant.
            if outcome.ask.what != "note" or not self.answering.take_up():
                self.answering.open(outcome.ask)
        elif outcome.message:
            self.painter.say(outcome.message, "accent" if self.session and self.session.hand.waiting else "quiet")
        if not outcome.entries:
            # What is on its way to disk is painted once, after its commit: a paint before it would hold that one up for
            # a frame.
            self.painter.hand()
        if self.outbox.failing:
            if outcome.entries:
                self.painter.say(f"{outcome.entries[-1].sentence}   not yet saved", "alert")
            self.painter.pressed()

    def _send(self, entry: Entry) -> Future[None]:
        return self.desk.save(self.listed.id, entry.told)

    def _post(self, call: Callable[[], None]) -> None:
        # This screen's own queue: the app's may be waiting in `flush` for what is posted here.
        self.call_later(call)

    def _saved(self, entry: Entry) -> None:
        self.answering.saved(entry.command.id)
        self.painter.saved(entry)

    def _failed(self) -> None:
        self.painter.pressed()
