"""The one question: what to do with what ran while nobody looked."""

from __future__ import annotations

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.clock import FakeClock
from tests.tui.fake_desk import MORNING, FakeDesk
from tests.tui.stage import Stage, a_day, golden, play


def rebooted(seconds: float) -> FakeClock:
    """The clock of another boot, so long after the morning began."""
    return FakeClock(wall=MORNING + round(seconds * 1000), boot="boot-2")


def left(keys: str = "3 t +60 H") -> FakeDesk:
    """A day that was left with something running; its last key was 62 s after its first."""
    return a_day(keys)


def test_the_question_looks_as_drawn() -> None:
    """After a crash the open observation is shown, and one line asks what to do."""

    async def script(stage: Stage) -> None:
        golden("question-80x24.txt", stage.text)

    play(script, desk=left(), clock=rebooted(600), size=(80, 24))


def test_k_keeps_it_running() -> None:
    """K counts the time away as part of the episode and anchors the timeline anew."""

    async def script(stage: Stage) -> None:
        await stage.type("K")
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end is None
        await stage.type("5 a")
        assert stage.record.session is not None
        assert stage.record.session.day.track[-1].at == MORNING + 601_000

    play(script, desk=left(), clock=rebooted(600))


def test_e_ends_it_at_the_last_key() -> None:
    """E ends it at the last key, unsure; the time away was not observed."""

    async def script(stage: Stage) -> None:
        await stage.type("E")
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end == MORNING + 62_000
        assert recover.unsure
        assert "not observed" in stage.text

    play(script, desk=left(), clock=rebooted(600))


def test_t_ends_it_at_a_typed_time() -> None:
    """T asks for the time; nonsense is said and asked again."""

    async def script(stage: Stage) -> None:
        await stage.type("T")
        await stage.write("nonsense")
        await stage.type("⏎")
        assert "no time of day" in stage.said
        await stage.type("ctrl+u")
        await stage.write("8:05")
        await stage.type("⏎")
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end == MORNING + 300_000
        assert stage.record.question is None

    play(script, desk=left(), clock=rebooted(600))


@pytest.mark.parametrize(("key", "kind"), [("7", "Start"), ("O", "GoOff"), ("F", "Recover")])
def test_a_code_answers_and_is_obeyed(key: str, kind: str) -> None:
    """A code, or an act that ends things, pressed instead of an answer says "it ended at the last key, unsure"."""

    async def script(stage: Stage) -> None:
        before = len(stage.journal)
        await stage.type(key)
        recover = stage.journal[before]
        assert isinstance(recover, c.Recover)
        assert recover.unsure
        assert stage.kinds[-1] == kind

    play(script, desk=left(), clock=rebooted(600))


def test_an_end_taken_back_late_asks() -> None:
    """Taking back the end of a day long afterwards asks what became of what then ran; at once it does not."""

    async def late(stage: Stage) -> None:
        assert stage.record.question is None
        assert "the day has ended" in stage.text
        assert "Tue 24 Nov   08:01:02" in stage.text
        await stage.type("U")
        assert "U again reopens this day" in stage.said
        assert stage.record.session is not None
        assert stage.record.session.day.ended
        await stage.type("U")
        assert "K keep running" in stage.text

    play(late, desk=left("3 t +60 X X"), clock=rebooted(86_400 * 13))

    async def at_once(stage: Stage) -> None:
        await stage.type("3 t X X U U")
        assert stage.record.question is None

    play(at_once)


def test_other_acts_wait_for_the_answer() -> None:
    """An act that makes no sense before the answer is refused quietly."""

    async def script(stage: Stage) -> None:
        before = len(stage.journal)
        await stage.type("I U A")
        assert "First what ran" in stage.said
        assert len(stage.journal) == before

    play(script, desk=left(), clock=rebooted(600))


@pytest.mark.parametrize(("choice", "end"), [("keep", None), ("end", MORNING + 62_000)])
def test_scripts_answer_beforehand(choice: str, end: int | None) -> None:
    """With --after-crash keep or end nothing is asked."""

    async def script(stage: Stage) -> None:
        assert stage.record.question is None
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end == end

    play(script, desk=left(), clock=rebooted(600), after_crash=choice)


def test_nothing_ran_so_nothing_is_asked() -> None:
    """After a reboot with nothing running the timeline is anchored anew without a word."""

    async def script(stage: Stage) -> None:
        assert stage.record.question is None
        assert stage.kinds[-1] == "Recover"
        await stage.type("5 a")
        assert stage.record.session is not None
        assert stage.record.session.day.track[-1].at == MORNING + 600_000

    play(script, desk=left("3 t +60 _"), clock=rebooted(600))


def test_a_sleep_is_noticed_and_asked_about() -> None:
    """Wall and running clock parted by a sleep: a clock event is kept and the question says so."""
    slept = [0]

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick +60")
        stage.clock().wall += 2_110_000
        slept[0] = 2_110_000
        await stage.type("tick")
        assert "The computer slept for 35:10." in stage.text
        assert [k for k in stage.kinds if k == "ClockEvent"] == ["ClockEvent"]
        event = stage.journal[-1]
        assert isinstance(event, c.ClockEvent)
        assert event.drift == 2_110_000
        await stage.type("tick tick K")
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.at == stage.clock().wall - 1_000

    play(script, asleep=lambda: slept[0])


@pytest.mark.parametrize(("seconds", "words"), [(3600, "set forward by 1:00:00"), (-3600, "set back by 1:00:00")])
def test_a_clock_that_was_set_costs_no_duration(seconds: int, words: str) -> None:
    """A clock set forward or back is said as what it is, and durations stay those of the running clock."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +60")
        stage.clock().wall += seconds * 1000
        await stage.type("tick")
        assert words in stage.text
        await stage.type("k +60 _")
        pause = stage.journal[-1]
        assert isinstance(pause, c.Pause)
        assert pause.at == MORNING + 123_000

    play(script)


def test_a_program_that_stood_still_asks() -> None:
    """Where the running clock counts sleep too, ticks that did not come tell of it."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick +1 tick")
        assert stage.record.question is None
        await stage.type("+600 tick")
        assert "The program stood still for 10:00." in stage.text
        await stage.type("E")
        recover = stage.journal[-1]
        assert isinstance(recover, c.Recover)
        assert recover.end == MORNING + 1_000

    play(script, patience=30_000)


def test_putting_right_for_minutes_is_no_standing_still() -> None:
    """While the table of a running day is open the program runs: nothing is asked on coming back, nothing is lost."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick E")
        record = stage.record
        await stage.until(lambda: stage.app.screen is not record)
        for _ in range(8):
            stage.clock().advance(15)
            record.tick()
        await stage.type("⎋")
        await stage.until(lambda: record.session is not None)
        record.tick()
        assert record.question is None
        await stage.type("1")
        assert stage.kinds[-1] == "Start"
        assert not {"ClockEvent", "Recover"} & set(stage.kinds)

    play(script, patience=30_000)


@pytest.mark.parametrize("slept", [0, 600_000])
def test_a_stop_while_putting_right_is_asked_about_on_coming_back(slept: int) -> None:
    """Ten minutes in which nothing ran, whichever clock counts them, are asked about once the recording is back."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t tick E")
        record = stage.record
        await stage.until(lambda: stage.app.screen is not record)
        if slept:
            stage.clock().wall += slept
        else:
            stage.clock().advance(600)
        record.tick()
        await stage.type("⎋")
        await stage.until(lambda: record.session is not None)
        record.tick()
        assert record.question is not None
        await stage.type("K")
        assert record.question is None
        assert stage.kinds[-1] == "Recover"

    play(script, patience=30_000)


def test_a_small_drift_is_nobodys_business() -> None:
    """Up to two seconds are let pass."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        stage.clock().wall += 2_000
        await stage.type("tick")
        assert stage.record.question is None

    play(script)


def test_codes_are_codes_while_the_question_stands() -> None:
    """Lower case stays what it is: t on the question ends what ran at the last key and then begins teaching."""

    async def script(stage: Stage) -> None:
        await stage.type("t")
        assert stage.record.question is None
        kinds = stage.kinds
        assert kinds[-2:] == ["Recover", "Start"]
        assert stage.record.session is not None
        running = stage.record.session.day.foreground
        assert running is not None
        assert running.what == "teaching_learning"

    play(script, desk=left(), clock=rebooted(600))


def test_no_half_typed_note_off_the_record() -> None:
    """A note left half typed is not taken up while nothing is kept."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t N")
        await stage.pilot.press(*"half", "escape")
        await stage.type("O N")
        assert stage.record.answering.ask is None
        assert "Off the record" in stage.said

    play(script)
