"""Training: a day is played over the record screen, coded with the real keys, compared with its key, and nowhere kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from shadowlog.domain.clock import FakeClock
from shadowlog.domain.day import Changes
from shadowlog.domain.recorder import fold, new_day
from shadowlog.domain.terms import Record
from shadowlog.exchange.demo import demo_day
from shadowlog.tui.help import WordsScreen
from shadowlog.tui.ports import DayDesk, Draft
from shadowlog.tui.record import RecordScreen
from shadowlog.tui.training import Scene, SceneBox, TrainingApp, TrainingScreen, scene_of
from shadowlog.tui.training_desk import TrainingDesk
from shadowlog.tui.widgets.says import Says
from tests.test_rooms import modules_after
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.stage import NAMES, Stage, a_day, golden, plain, play

KEY = "P o i a +120 3 3 t +90 I 5 a +60 R +90 F 7 8 p +120 X X"


def invented() -> Record:
    """An invented day."""
    made = demo_day(0)
    day = fold(made.observation, made.commands)
    return day.record(day.track[-1].at)


class Training:
    """A training in a test's hands, on a clock that stands still."""

    def __init__(self, app: TrainingApp, clock: FakeClock, pilot: Pilot[int]) -> None:
        self.app, self.clock, self.pilot = app, clock, pilot

    @property
    def screen(self) -> TrainingScreen:
        """The training."""
        found = next(each for each in self.app.screen_stack if isinstance(each, TrainingScreen))
        assert isinstance(found, TrainingScreen)
        return found

    @property
    def seen(self) -> list[str]:
        """The lines in sight."""
        return [each.text for each in self.screen.query_one(SceneBox).lines]

    @property
    def said(self) -> str:
        """The quiet line."""
        return self.screen.query_one("#says", Says).words

    async def type(self, keys: str) -> None:
        """Type keys; ``+60`` lets a minute pass at the screen, and what is due by then is looked at."""
        for key in keys.split():
            if key[0] == "+" and len(key) > 1:
                self.clock.advance(float(key[1:]))
                if isinstance(self.app.screen, TrainingScreen):
                    self.app.screen.tick()
            else:
                await self.pilot.press(NAMES.get(key, key))
            await self.pilot.pause()


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds; half a minute is more than a busy machine needs."""
    loop = asyncio.get_running_loop()
    end = loop.time() + 30
    while not holds():
        assert loop.time() < end, plain(pilot.app)  # type: ignore[arg-type]
        await pilot.pause(0.01)


def train(
    script: Callable[[Training], Coroutine[Any, Any, None]],
    scene: Scene | None = None,
    *,
    size: tuple[int, int] = (120, 40),
) -> TrainingApp:
    """Run a training for a script; give the app for a look at its result."""
    clock = FakeClock()
    app = TrainingApp(scene or scene_of(invented()), FakeDesk(), clock=clock)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            training = Training(app, clock, pilot)
            await until(pilot, lambda: isinstance(app.screen, TrainingScreen) and bool(training.seen))
            await script(training)

    with pytest.MonkeyPatch.context() as patch:
        # Tests tick themselves.
        patch.setattr(RecordScreen, "tick_seconds", 86_400)
        asyncio.run(run())
    return app


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_what_is_seen_stands_over_the_record_screen(size: tuple[int, int]) -> None:
    """The newest lines stand under the header, and everything that recording needs is still there."""

    async def script(training: Training) -> None:
        await training.type("+6 8 p P o +62 3 3 t +115 _ +20 7 u M M P g +135 I 8 w +2")
        golden(f"training-{size[0]}x{size[1]}.txt", plain(training.app))

    key = invented()
    train(script, scene_of(key, start=key.start + 37 * 60_000), size=size)


def test_lines_come_when_they_are_due() -> None:
    """What goes on at the start is seen before it counts; what follows is seen at its instant, at the scene's speed."""

    async def script(training: Training) -> None:
        assert len(training.seen) == 1
        lines = training.screen.scene.lines()
        wait = (lines[1].at - lines[0].at) / 10_000
        await training.type(f"+{wait - 0.5}")
        assert len(training.seen) == 1
        await training.type("+0.6")
        assert training.seen == [each.text for each in lines[:2]]

    train(script, scene_of(invented(), speed=10))


def test_coding_is_compared_at_the_end_of_the_scene() -> None:
    """When the scene is over, the comparison comes up by itself; Escape leaves; the command has it to print."""

    async def script(training: Training) -> None:
        await training.type("+6 i a +1200")
        assert isinstance(training.app.screen, WordsScreen)
        assert "Your coding beside the key" in plain(training.app)
        await training.type("⎋")

    app = train(script)
    assert app.return_code == 0
    assert app.result.score is not None
    what = next(each for each in app.result.score.dimensions if each.dimension == "activity")
    assert 0 < what.agreed < 1
    assert "It says nothing of any head" in app.result.text


def test_the_end_of_the_day_ends_it() -> None:
    """X twice compares what was coded so far, over the time until then; nothing coded is all missed."""

    async def script(training: Training) -> None:
        await training.type("+65 i a +1 X X")
        assert training.screen.over

    app = train(script)
    assert app.result.score is not None
    assert app.result.score.end - app.result.score.start == 61_000
    assert app.result.score.episodes.missed


def test_it_stands_still_and_goes_on() -> None:
    """F5 stops the scene's time: nothing is seen, no key is taken; F5 again lets it go on."""

    async def script(training: Training) -> None:
        await training.type("f5 +1000")
        assert training.said.startswith("Paused")
        assert len(training.seen) == 1
        await training.type("3")
        assert training.screen.session is not None
        assert not training.screen.session.day.begun
        await training.type("f5 3 t")
        assert training.screen.session.day.foreground is not None

    train(script)


def test_at_speed_the_hand_has_as_long_as_ever() -> None:
    """At speed 10, two presses a second apart are still two teachers, and ten times the seconds count as near."""

    async def script(training: Training) -> None:
        await training.type("+6 3 +1 3")
        session = training.screen.session
        assert session is not None
        assert session.day.foreground is not None
        assert session.day.foreground.parties[0].count == 2
        assert training.screen.scene.tolerance == 50_000

    train(script, scene_of(invented(), speed=10))


def test_leaving_in_the_middle_keeps_nothing() -> None:
    """ctrl+q closes the training without a comparison."""

    async def script(training: Training) -> None:
        await training.type("+6 3 t")
        await training.pilot.press("ctrl+q")
        await training.pilot.pause()

    app = train(script)
    assert (app.return_code, app.result.score, app.result.text) == (0, None, "")


def test_putting_right_in_training_comes_back_to_what_was_coded() -> None:
    """E looks the coding over as a table, and back on the record screen nothing of it is gone."""

    async def script(training: Training) -> None:
        await training.type("+6 3 t +30 E")
        await until(training.pilot, lambda: not isinstance(training.app.screen, TrainingScreen))
        await training.type("⎋")
        await until(training.pilot, lambda: training.screen.session is not None)
        session = training.screen.session
        assert session is not None
        assert len(session.day.episodes) == 1
        await training.type("+1200")
        assert training.screen.over

    app = train(script)
    assert app.result.coded is not None
    assert len(app.result.coded.episodes) == 1


def from_home(keys: str, desk: FakeDesk, look: Callable[[Stage], None] = lambda _: None) -> Stage:
    """Home with a recorded day, and keys pressed there."""

    async def script(stage: Stage) -> None:
        for key in keys.split():
            await stage.pilot.press(key)
            await stage.pilot.pause()
        await stage.until(lambda: isinstance(stage.app.screen, TrainingScreen))
        await stage.until(lambda: stage.record.session is not None)
        await stage.pilot.pause()
        look(stage)
        await stage.pilot.press("3", "t", "X", "X")
        await stage.until(lambda: isinstance(stage.app.screen, WordsScreen))
        await stage.pilot.press("escape")
        await stage.until(lambda: len(stage.app.screen_stack) == 2)

    return play(script, desk=desk, observation=None)


def test_home_plays_a_day_that_has_ended_and_leaves_it_as_it_is() -> None:
    """t on a recorded day plays it; what was coded reaches no journal, no draft, no list."""
    desk = a_day(KEY)
    before = list(desk.journals["o-1"])
    heads: list[str] = []
    from_home("t", desk, lambda stage: heads.append(stage.text.splitlines()[0]))
    assert heads[0].startswith(" training")
    assert "nothing is kept" in heads[0]
    assert (desk.journals, desk.half_typed) == ({"o-1": before}, {})


def test_home_without_a_day_that_has_ended_plays_an_invented_one() -> None:
    """t with nothing recorded plays the invented day it was handed, or says what to choose."""

    async def script(stage: Stage) -> None:
        await stage.pilot.press("t")
        await stage.until(lambda: "Choose a day" in stage.text)
        stage.app._invented = invented
        await stage.pilot.press("t")
        await stage.until(lambda: isinstance(stage.app.screen, TrainingScreen))

    play(script, desk=FakeDesk(), observation=None)


def test_a_scene_ends_with_its_day() -> None:
    """A scene never reaches past the end of its day, and its key is the day itself."""
    key = invented()
    scene = scene_of(key, start=key.end - 60_000, minutes=20)
    assert (scene.end, scene.key) == (key.end, key)
    assert replace(scene, speed=2).lead == 10_000


def test_the_desk_of_training_is_whole() -> None:
    """Training's desk does all that recording and reviewing may ask of one, nothing more, and gives back what was said."""
    desk: DayDesk = TrainingDesk(new_day(an_observation()))
    asked = {name for name in vars(DayDesk) if not name.startswith("_")}
    assert "load" in asked
    assert {name for name in vars(TrainingDesk) if not name.startswith("_")} == asked
    said = demo_day(0).commands[0]
    desk.save("o-1", [(said, Changes())]).result(1)
    desk.keep_draft("o-1", Draft(said.at, None, "half a note")).result(1)
    assert desk.load("o-1").result(1).begun
    assert desk.draft("o-1").result(1) is None


@pytest.mark.parametrize("module", ["training", "tour"])
def test_the_training_imports_no_store(module: str) -> None:
    """What plays a day, and what shows round, bring no database along in a fresh interpreter."""
    loaded = modules_after(f"import shadowlog.tui.{module}")
    assert f"shadowlog.tui.{module}" in loaded
    assert [name for name in loaded if name.startswith(("shadowlog.store", "sqlmodel", "sqlalchemy"))] == []
