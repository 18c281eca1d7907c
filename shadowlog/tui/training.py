"""Training: a day is played as text, and coded on the record screen with the real keys. In memory only, to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import events, on

from shadowlog.domain.clock import Clock, Instant, ScaledClock
from shadowlog.domain.commands import End
from shadowlog.domain.hand import SETTLING
from shadowlog.domain.recorder import new_day
from shadowlog.domain.scenes import SceneLine, first_sight, scene_lines
from shadowlog.domain.score_words import score_text
from shadowlog.domain.scoring import TOLERANCE, Score, score
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.terms import Record
from shadowlog.tui import actions
from shadowlog.tui.app import ShadowlogApp, new_uuid
from shadowlog.tui.drift import DriftWatch
from shadowlog.tui.leaving import Leaving
from shadowlog.tui.outbox import Entry
from shadowlog.tui.painting import Painter
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.record import RecordScreen
from shadowlog.tui.training_desk import TrainingDesk
from shadowlog.tui.widgets.header import Header
from shadowlog.tui.widgets.panel import Line, Panel
from shadowlog.tui.widgets.says import wrapped

LEAD = 5_000
"""What goes on at the start is told so long before it counts (ms at the screen)."""
MINUTES = 20
"""How long a scene is that nobody said the length of."""
SHOWN = 3
"""How many of the newest lines are kept in sight."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played: [start, end) in ms of a recorded day, the key, so many times as fast as it was."""

    key: Record
    start: int
    end: int
    speed: int = 1

    @property
    def lead(self) -> int:
        """How long before its start the scene comes up, in its own ms."""
        return LEAD * self.speed

    @property
    def tolerance(self) -> int:
        """What counts as the same instant (ms of the scene): a hand is no faster where the day is."""
        return TOLERANCE * self.speed

    def lines(self) -> tuple[SceneLine, ...]:
        """What is seen; what goes on at the start is seen before it."""
        return tuple(
            replace(each, at=self.start - self.lead) if each.at <= self.start else each
            for each in scene_lines(self.key, self.start, self.end)
        )


def scene_of(key: Record, speed: int = 1, start: int | None = None, minutes: int = MINUTES) -> Scene:
    """Give so many minutes of a day from `start` (ms), or from its first episode, and not past its end."""
    begins = first_sight(key) if start is None else start
    return Scene(key, begins, min(begins + minutes * 60_000, key.end), speed)


class SceneBox(Panel):
    """Shows the newest lines of what is seen, the newest last."""

    lines: tuple[SceneLine, ...] = ()
    zone: str = "UTC"

    def draw(self, width: int, height: int) -> list[Line]:
        """As many of the newest lines as there is room for; a long one takes two rows."""
        rows: list[Line] = []
        for n, each in enumerate(reversed(self.lines)):
            at, tone = clock_time(each.at, self.zone), "strong" if n == 0 else "quiet"
            words = wrapped(each.text, width - 11, 2)
            block: list[Line] = [[(f" {at if i == 0 else '        '}  {text}", tone)] for i, text in enumerate(words)]
            if rows and len(rows) + len(block) > height:
                break
            rows = [*block, *rows]
        return rows[-height:] if rows else []


class TrainingPainter(Painter):
    """Paints the record screen of training: its header says that nothing is kept."""

    def header(self) -> None:
        """The line at the top."""
        super().header()
        header = self.screen.query_one(Header)
        if header.heading is not None:
            header.heading = replace(header.heading, saved=None, waiting=0, state="nothing is kept")
            header.repaint()


class TrainingLeaving(Leaving):
    """Leaves training, not the program: there is nothing that could be lost."""

    def __init__(self, screen: TrainingScreen) -> None:
        super().__init__(screen)
        self._training = screen

    async def allowed(self) -> bool:
        """Close the training; the program goes on where it was opened."""
        self._training.dismiss(None)
        return False


@dataclass(slots=True)
class Result:
    """What came of a training: nothing until it is over."""

    score: Score | None = None
    text: str = ""
    coded: Record | None = field(default=None, repr=False)


class TrainingScreen(RecordScreen):
    """Plays a scene over the record screen and, at its end or at X X, compares what was coded with the key."""

    scene_seconds: ClassVar[float] = 0.2

    def __init__(
        self, scene: Scene, clock: Clock, new_id: Callable[[], str] = new_uuid, settling: int = SETTLING
    ) -> None:
        seen = replace(scene.key.observation, id="training", observer="O0", consent="training")
        listed = Listed(seen.id, seen.study, "training", f"×{scene.speed}", seen.observer, "planned", seen.zone)
        self.playing = ScaledClock(clock, scene.start - scene.lead, scene.speed)
        super().__init__(
            listed,
            TrainingDesk(new_day(seen)),
            self.playing,
            new_id,
            # This clock's two sides never part, however long nobody looks.
            watch=DriftWatch(lambda: 0, patience=10**12),
            settling=settling * scene.speed,
        )
        self.scene = scene
        self.result = Result()
        self.painter = TrainingPainter(self)
        self.leaving = TrainingLeaving(self)
        self._lines = scene.lines()

    def on_mount(self) -> None:
        """Put what is seen under the header. What the record screen does on mounting is done besides."""
        box = SceneBox(id="scene")
        box.zone = self.listed.zone
        self.query_one("#body").mount(box, after="#header")
        self.set_interval(self.scene_seconds, self.look)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.painter.say("Code what you read above. X X ends it and compares; F5 stands still", "quiet")
        self.look()

    @property
    def over(self) -> bool:
        """Whether the coding was compared."""
        return self.result.score is not None

    def look(self) -> None:
        """Show what is seen by now; at the end, compare."""
        if self.session is None or self.over:
            return
        now = self.playing.now().wall
        box = self.query_one(SceneBox)
        seen = tuple(each for each in self._lines if each.at <= now)[-SHOWN:]
        if seen != box.lines:
            box.lines = seen
            box.repaint()
        if now >= self.scene.end:
            self.finish()

    def tick(self) -> None:
        """Once a second, as the record screen does."""
        super().tick()
        self.look()

    def press(self, key: str, character: str | None, said: Instant) -> None:
        """Take a key: F5 stands still and goes on; all others are the record screen's."""
        if key in actions.by_key(actions.TRAINING):
            self.playing.pause()
            self.painter.say("Paused: F5 goes on" if self.playing.paused else "It goes on", "accent")
        elif self.playing.paused:
            self.painter.say("Paused: F5 goes on", "accent")
        else:
            super().press(key, character, said)

    def _saved(self, entry: Entry) -> None:
        super()._saved(entry)
        if isinstance(entry.command, End):
            self.finish()

    def finish(self) -> None:
        """Compare what was coded with the key, up to the end of the scene or of the coding, and show it."""
        if self.session is None or self.over:
            return
        from shadowlog.tui.help import WordsScreen

        day, now = self.session.day, self.playing.now().wall
        end = min(self.scene.end, day.track[-1].at if day.ended else now)
        end = max(end, self.scene.start + 1_000)
        coded = day.record(end) if day.begun else Record(day.observation, end, end, False, (), (), ())
        zone, book = self.listed.zone, day.observation.codebook
        found = score(coded, self.scene.key, self.scene.start, end, self.scene.tolerance)
        self.result = Result(found, score_text(found, book, zone), coded)
        self.app.push_screen(WordsScreen("how your coding compares", self.result.text))

    def on_screen_resume(self) -> None:
        """The comparison was read: there is nothing more here."""
        if self.over:
            self.dismiss(None)


class TrainingApp(ShadowlogApp):
    """The program with nothing but a training: no home, no database."""

    def __init__(
        self,
        scene: Scene,
        desk: Desk,
        *,
        clock: Clock,
        theme: str = "dark",
        settling: int = SETTLING,
        remember: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(desk, clock=clock, theme=theme, settling=settling, remember=remember)
        self._scene = scene
        self._training: TrainingScreen | None = None

    @on(events.Mount)
    def _instead_of_home(self, event: events.Mount) -> None:
        """Open the training; leave with it."""
        event.prevent_default()
        self._up = True
        self._training = TrainingScreen(self._scene, self.clock, self._new_id, self._settling)
        self.push_screen(self._training, lambda _: self.exit(0))

    @property
    def result(self) -> Result:
        """What came of it."""
        return self._training.result if self._training is not None else Result()
