"""The guided tour: two minutes on the record screen with the real keys, one step at a time; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shadowlog.domain import commands as c
from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook
from shadowlog.domain.recorder import new_day
from shadowlog.domain.terms import Observation
from shadowlog.tui import actions
from shadowlog.tui.leaving import Leaving
from shadowlog.tui.outbox import Entry
from shadowlog.tui.ports import Listed
from shadowlog.tui.record import RecordScreen
from shadowlog.tui.training import TrainingPainter
from shadowlog.tui.training_desk import TrainingDesk
from shadowlog.tui.widgets.panel import Line, Panel
from shadowlog.tui.widgets.says import wrapped

NEXT = "enter"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do and why, and when it is done; without `done`, Enter goes on."""

    text: str
    """With the places of the keys, {0} and on: those to press, then those that are only named."""
    keys: tuple[str, ...] = ()
    """What to press, in order, as the act or the code has it now."""
    done: Callable[[list[c.Command]], bool] | None = None
    """Whether what was said since the step began is what was asked for."""
    named: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is shown of it."""
        return self.text.format(*self.keys, *self.named)


def steps(book: Codebook) -> tuple[Step, ...]:
    """The tour, with the keys that the acts and the codes have now."""
    shown = {act.name: act.shown for act in actions.registry() if act.screen == actions.RECORD}
    teacher, office, pupils = (_key(book, ROLE, wanted) for wanted in ("teacher", "office", "pupil"))
    teaching, admin = (_key(book, ACTIVITY, wanted) for wanted in ("teaching_learning", "admin"))
    return (
        Step(
            "Nothing here is kept: press what you like. A teacher stops the head to talk about a lesson. Press {0}. That "
            "instant is the start.",
            (teacher,),
            lambda said: _any(said, c.Start),
        ),
        Step(
            "It runs: the clock is above. What is it about? Teaching: press {0}. Two keys, and it is described.",
            (teaching,),
            lambda said: any(_what(each) for each in said) or _any(said, c.Start),
        ),
        Step(
            "The office comes in with a form: {0} interrupts, then {1} and {2} say who and what.",
            (shown["interrupt"], office, admin),
            _interrupted,
        ),
        Step(
            "Back to the teacher, who waited: {0} resumes. It stays one episode, in two spells.",
            (shown["resume"],),
            lambda said: _any(said, c.Resume) or _any(said, c.ResumeBefore),
        ),
        Step(
            "A pupil says good morning in passing: {0} and {1}. Counted; nothing starts or stops.",
            (shown["contact"], pupils),
            lambda said: _any(said, c.MakeContact),
        ),
        Step(
            "Something worth remembering: {0}, a few words, Enter. The clock goes on, and no names, please.",
            (shown["note"],),
            lambda said: _any(said, c.AddNote),
        ),
        Step(
            "Pressed wrongly? {0} takes the newest act back, as often as you like; {1} makes it again. "
            "Take the note back: {0}.",
            (shown["undo"],),
            lambda said: _any(said, c.Undo),
            (shown["redo"],),
        ),
        Step(
            "The head walks off: {0} ends what runs. Until the next key the time is uncoded, not alone.",
            (shown["pause"],),
            lambda said: _any(said, c.Pause),
        ),
        Step(
            "That is the day. No time to code? Name it later with {0}. {1} is off the record, {2} twice ends the day. "
            "F1 shows every key.",
            named=(shown["name_later"], shown["off"], shown["end"]),
        ),
    )


def _any(said: list[c.Command], kind: type[c.Command]) -> bool:
    return any(isinstance(each, kind) for each in said)


def _what(said: c.Command) -> bool:
    return isinstance(said, c.SetCode) and said.dimension == ACTIVITY


def _interrupted(said: list[c.Command]) -> bool:
    """Whether an episode that suspends another was begun and then given its who and its what."""
    begun = {each.episode for each in said if isinstance(each, c.Start) and each.suspends}
    who = {each.episode for each in said if isinstance(each, c.SetCompany)}
    what = {each.episode for each in said if isinstance(each, c.SetCode) and _what(each)}
    return bool(begun & who & what)


def _key(book: Codebook, dimension: str, wanted: str) -> str:
    return next((code.key for code in book.codes(dimension) if code.id == wanted), "") or "?"


class TourBox(Panel):
    """Shows the step."""

    words = ""
    at = ""
    last = False

    def draw(self, width: int, height: int) -> list[Line]:
        """Which step it is, and what to do."""
        rows = wrapped(self.words, width - 9, height - 1)
        lines: list[Line] = [
            [(f" {self.at if n == 0 else '':<8}", "accent"), (row, "strong")] for n, row in enumerate(rows)
        ]
        keys = "Enter or Esc closes the tour; nothing was kept" if self.last else "Enter goes on · Esc leaves the tour"
        return [*lines, [(" " * 9, ""), (keys, "quiet")]]


class TourLeaving(Leaving):
    """Leaves the tour, not the program: there is nothing that could be lost."""

    def __init__(self, screen: TourScreen) -> None:
        super().__init__(screen)
        self._tour = screen

    async def allowed(self) -> bool:
        """Close the tour."""
        self._tour.dismiss(None)
        return False


class TourScreen(RecordScreen):
    """The record screen with a box that says what to press next; Enter goes on without and closes the last, Esc leaves."""

    def __init__(self, book: Codebook, clock: Clock, new_id: Callable[[], str], zone: str) -> None:
        observation = Observation("tour", "tour", "H01", "O1", zone, book, consent="tour")
        self._desk_of_tour = TrainingDesk(new_day(observation))
        listed = Listed("tour", "tour", "H01", "tour", "O1", "planned", zone)
        super().__init__(listed, self._desk_of_tour, clock, new_id)
        self.painter = TrainingPainter(self)
        self.leaving = TourLeaving(self)
        self._steps = steps(book)
        self.step = 0
        self._since = 0

    def on_mount(self) -> None:
        """Put the step under the header. What the record screen does on mounting is done besides."""
        self.query_one("#body").mount(TourBox(id="scene"), after="#header")
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        box = self.query_one(TourBox)
        box.at, box.words = f"{self.step + 1} of {len(self._steps)}", self._steps[self.step].words
        box.last = self.step + 1 == len(self._steps)
        box.repaint()

    def press(self, key: str, character: str | None, said: Instant) -> None:
        """Take a key: Enter goes on, Esc leaves, while nothing is typed; all others are the record screen's."""
        if self.answering.ask is None and key == "escape" and not (self.session and self.session.hand.naming):
            self.dismiss(None)
        elif self.answering.ask is None and key == NEXT and not self.painter.pane:
            self._onward()
        else:
            super().press(key, character, said)

    def _saved(self, entry: Entry) -> None:
        super()._saved(entry)
        done = self._steps[self.step].done
        if done is not None and done(self._desk_of_tour.said[self._since :]):
            self._onward()

    def _onward(self) -> None:
        if self.step + 1 < len(self._steps):
            self.step += 1
            self._since = len(self._desk_of_tour.said)
            self._show()
        else:
            self.dismiss(None)
