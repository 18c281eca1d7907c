"""What was planned, offered on the record screen."""

from __future__ import annotations

from shadowlog.domain.codebook import MODE
from shadowlog.domain.diary import Planned
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.stage import Stage, play


def desk_with(*events: Planned) -> FakeDesk:
    """A desk on which the day's diary lies."""
    desk = FakeDesk(an_observation())
    desk.diaries["o-1"] = events
    return desk


def test_what_was_planned_is_offered_and_begun_with_one_key() -> None:
    """From ten minutes before, the box offers the event; S begins it as scheduled, with its codes; then it is gone."""
    event = Planned(8 * 60 + 15, 9 * 60, "governor", {"activity": "external"})

    async def script(stage: Stage) -> None:
        await stage.type("i a tick")
        assert "planned" not in stage.text
        await stage.type("+420 tick")
        assert "S planned  8:15-9:00 Governors" in stage.text
        await stage.type("S")
        session = stage.record.session
        assert session is not None
        running = session.day.foreground
        assert running is not None
        assert running.parties[0].role == "governor"
        assert (running.what, running.codes[MODE]) == ("external", "scheduled")
        assert "S planned" not in stage.text
        assert len(session.day.episodes) == 2

    play(script, desk=desk_with(event))


def test_an_event_can_be_typed_while_the_day_runs() -> None:
    """A asks for times and codes; what is typed wrongly is named and asked again; what is right is kept with the study."""

    async def script(stage: Stage) -> None:
        await stage.type("i a A")
        await stage.write("8:05 9 e")
        await stage.type("⏎")
        assert stage.said.startswith("That begins with no times")
        await stage.pilot.press("ctrl+u")
        await stage.write("8:05-9:00 9 e")
        await stage.type("⏎")
        assert stage.desk.diaries["o-1"] == (Planned(485, 540, "governor", {"activity": "external"}),)
        assert "S planned  8:05-9:00 Governors" in stage.text

    play(script)


def test_with_nothing_planned_the_key_says_so() -> None:
    """S with nothing due changes nothing and says how something is planned."""

    async def script(stage: Stage) -> None:
        await stage.type("i a S")
        assert stage.said == "Nothing that was planned waits now; A adds what is"
        assert stage.kinds.count("Start") == 1

    play(script)
