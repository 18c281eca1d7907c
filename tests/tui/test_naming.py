"""Log now, name later, as the observer meets it."""

from __future__ import annotations

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import fold
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import an_observation
from tests.tui.stage import Stage, play


def day_of(stage: Stage) -> Day:
    """The day as it stands."""
    session = stage.record.session
    assert session is not None
    return session.day


def asked(stage: Stage) -> str:
    """The line that says which episode is named."""
    return stage.record.query_one("#question", Says).words


def coded(stage: Stage) -> list[tuple[str, str | None]]:
    """Who and what of every episode, in order."""
    episodes = day_of(stage).record(stage.clock().wall).episodes
    return [(e.parties[0].role if e.parties else "", e.what) for e in episodes]


def test_one_key_walks_through_what_was_not_named_and_codes_go_there() -> None:
    """Q opens the newest incomplete episode; a code completes it by an amendment with its reason, and the next opens."""

    async def script(stage: Stage) -> None:
        await stage.type("3 +60 7 +60 5 t +60 1 v tick")
        assert "2 to be named: Q" in stage.text
        await stage.type("Q")
        assert "NAME LATER, 2 left" in asked(stage)
        assert "Pupils, what?" in asked(stage)
        await stage.type("g")
        assert "Teachers, what?" in asked(stage)
        await stage.type("t")
        assert asked(stage) == ""
        assert coded(stage) == [
            ("teacher", "teaching_learning"),
            ("pupil", "pupil_contact"),
            ("office", "teaching_learning"),
            ("slt", "strategy"),
        ]
        amends = [each for each in stage.journal if isinstance(each, c.Amend)]
        assert [each.reason for each in amends] == ["named later", "named later"]
        assert fold(an_observation(), stage.journal) == day_of(stage)

    play(script)


def test_naming_changes_nothing_of_what_runs() -> None:
    """While an episode is named the foreground goes on; its start, who and what are those of before."""

    async def script(stage: Stage) -> None:
        await stage.type("I 3 +60 1 v +30")
        running, start = day_of(stage).foreground, day_of(stage).track[-1].at
        await stage.type("Q t")
        assert day_of(stage).foreground == running
        assert day_of(stage).track[-1].at == start

    play(script)


def test_an_act_or_escape_goes_back_to_the_recording() -> None:
    """Esc only leaves the naming; an act leaves it and is obeyed; codes then begin episodes again."""

    async def script(stage: Stage) -> None:
        await stage.type("3 +60 1 v +30 Q ⎋")
        assert asked(stage) == ""
        assert day_of(stage).foreground is not None
        await stage.type("Q I")
        assert asked(stage) == ""
        assert stage.kinds[-1] == "Start"
        await stage.type("5 a")
        assert coded(stage)[-1] == ("office", "admin")
        assert coded(stage)[0] == ("teacher", None)

    play(script)


def test_what_is_named_already_is_not_changed_there() -> None:
    """A who for an episode that lacks its what is refused and says what is missing: nothing is coded by mistake."""

    async def script(stage: Stage) -> None:
        await stage.type("3 +60 1 v +30 Q 7")
        assert "Its who is named" in stage.said
        assert coded(stage)[0] == ("teacher", None)
        assert "Amend" not in stage.kinds

    play(script)


def test_naming_is_taken_back_like_any_act() -> None:
    """U takes the naming back: the episode is incomplete again and Q finds it again."""

    async def script(stage: Stage) -> None:
        await stage.type("3 +60 1 v +30 Q t U")
        assert coded(stage)[0] == ("teacher", None)
        await stage.type("Q")
        assert "Teachers, what?" in asked(stage)

    play(script)


def test_naming_goes_on_after_the_day_has_ended() -> None:
    """In the evening, the day over, Q still walks; where nothing is left it says so."""

    async def script(stage: Stage) -> None:
        await stage.type("3 +60 1 v +30 X X Q")
        assert "Teachers, what?" in asked(stage)
        await stage.type("t")
        assert coded(stage)[0] == ("teacher", "teaching_learning")
        await stage.type("Q")
        assert stage.said.startswith("Every episode that has ended")

    play(script)


def test_a_row_is_put_right_while_the_day_runs() -> None:
    """E opens the day as a table at that row; what is amended there is known on coming back, and the day went on."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +300 7 +60 1 v +30 E")
        await stage.until(lambda: "Review" in type(stage.app.screen).__name__)
        await stage.settled()
        await stage.type("up")
        assert "Pupils" in stage.text
        await stage.type("?")
        await stage.until(lambda: stage.kinds[-1] == "SetUnsure")
        await stage.type("⎋")
        await stage.until(lambda: stage.record.session is not None)
        day = day_of(stage)
        assert fold(an_observation(), stage.journal) == day
        assert [each.unsure for each in day.record(stage.clock().wall).episodes] == [False, True, False]
        assert day.foreground is not None
        assert stage.record.question is None
        await stage.type("5 a")
        assert coded(stage)[-1] == ("office", "admin")
        assert fold(an_observation(), stage.journal) == day_of(stage)

    play(script)


def test_what_is_pressed_behind_e_is_no_key_of_the_recording() -> None:
    """Keys that come while the table is on its way end nothing and code nothing."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +60 1 v +30")
        before = stage.kinds
        for key in ("E", "X", "X", "5", "R"):
            stage.record.press(key, key, stage.clock().now())
        await stage.until(lambda: "Review" in type(stage.app.screen).__name__)
        await stage.type("⎋")
        await stage.until(lambda: stage.record.session is not None)
        assert stage.kinds == before
        assert not day_of(stage).ended

    play(script)


def test_marks_set_in_the_table_are_no_last_key() -> None:
    """A doubt said of a row of a day that runs leaves the last key of the recording where it was."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +60 1 v")
        last = day_of(stage).live.last
        await stage.type("+600 E")
        await stage.until(lambda: "Review" in type(stage.app.screen).__name__)
        await stage.settled()
        await stage.type("? ⎋")
        await stage.until(lambda: stage.record.session is not None)
        assert stage.kinds[-1] == "SetUnsure"
        assert day_of(stage).live.last == last

    play(script)
