"""Home, the form for a new observation, and what hangs on them."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Input, TextArea

from shadowlog.domain.terms import Period
from shadowlog.errors import BadInput, StoreError
from shadowlog.tui.home import HomeScreen
from shadowlog.tui.plan import PlanScreen, defaults, periods_of, plan_of
from shadowlog.tui.record import RecordScreen
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import FakeDesk, a_clock, an_observation
from tests.tui.stage import Stage, a_day, golden, play


def said(stage: Stage) -> str:
    """The quiet line of Home."""
    return stage.app.home.query_one("#says", Says).words


def test_home_lists_studies_heads_and_states() -> None:
    """Observations stand under their study with head, label, observer and state."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        golden("home-120x40.txt", stage.text)

    play(script, desk=a_day("3 t +600 X X"), observation=None)


def test_first_start_offers_the_demonstration() -> None:
    """With nothing there, d makes the demonstration study and lists it."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "the demonstration study" in stage.text)
        golden("home-empty-80x24.txt", stage.text)
        await stage.type("d")
        await stage.until(lambda: "Demonstration" in stage.text)

    stage = play(script, desk=FakeDesk(), observation=None, size=(80, 24))
    assert stage.desk.demo_made


def test_enter_opens_and_ctrl_q_leaves() -> None:
    """Enter opens the record screen of the chosen observation; ctrl+q leaves with exit code 0."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("down ⏎")
        await stage.until(lambda: isinstance(stage.app.screen, RecordScreen))
        assert stage.record.listed.id == "o-2"
        await stage.type("3")
        await stage.pilot.press("ctrl+q")

    stage = play(script, desk=FakeDesk(an_observation(), an_observation("o-2")), observation=None)
    assert stage.app.return_code == 0
    assert len(stage.desk.journals["o-2"]) == 2


def test_summary_and_report() -> None:
    """W shows the summary, as wide as the screen, as text that is no markup; r writes the report and says where."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("w")
        await stage.until(lambda: "[b]61 episodes[/b]" in stage.text)
        assert f"│ {'-' * 114} " in stage.text
        await stage.type("⎋ r")
        await stage.until(lambda: "exports/o-1.html" in stage.text)

    play(script, observation=None)


def test_a_held_database_can_be_looked_at() -> None:
    """When another program holds the database Home says who, shows what is there, and records nothing."""
    desk = FakeDesk(an_observation())
    desk.held = True

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "desk-2" in said(stage) and "Autumn" in stage.text)
        await stage.type("⏎ n d")
        assert isinstance(stage.app.screen, HomeScreen)
        await stage.type("w")
        await stage.until(lambda: "61 episodes" in stage.text)

    play(script, desk=desk, observation=None)


def test_what_goes_wrong_is_said() -> None:
    """A report that cannot be written is said in words."""
    failing = FakeDesk(an_observation())
    failing.write_report = lambda observation: failing._do(_refuse)  # type: ignore[method-assign]

    async def report(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("r")
        await stage.until(lambda: "no room" in said(stage))

    play(report, desk=failing, observation=None)


def _refuse() -> str:
    raise StoreError("There is no room for the report.")


FILLED = {
    "study": "Spring",
    "retention": "2031-08-31",
    "head": "H04",
    "observer": "O1",
    "codebook": "default",
    "date": "2026-11-24",
    "consent_date": "2026-11-20",
    "consent_wording": "2",
    "consent_given": "signed form",
    "consent_layers": "observed, feedback",
    "zone": "Europe/London",
    "periods": "08:50-09:10 registration",
}


def test_the_form_plans_an_observation() -> None:
    """What stands in the form becomes a plan; Home then shows the new observation as chosen."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("n")
        await stage.until(lambda: bool(stage.app.screen.query("#codebook")) and _field(stage, "codebook").value != "")
        golden("form-80x24.txt", stage.text)
        for name, value in FILLED.items():
            if name == "periods":
                stage.app.screen.query_one("#periods", TextArea).text = value
            else:
                _field(stage, name).value = value
        await stage.type("ctrl+s")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen) and "Spring" in stage.text)
        assert "Planned." in said(stage)

    stage = play(script, observation=None, size=(80, 24))
    plan = stage.desk.planned[0]
    assert (plan.study, plan.head, plan.observer, plan.codebook) == ("Spring", "H04", "O1", "default")
    assert plan.periods == (Period("registration", 530, 550),)
    assert plan.consent.layers == ("observed", "feedback")


def _field_of(stage: Stage) -> str:
    """The field that has the cursor."""
    focused = stage.app.screen.focused
    return focused.id or "" if focused is not None else ""


def _field(stage: Stage, name: str) -> Input:
    return stage.app.screen.query_one(f"#{name}", Input)


def test_the_form_can_be_left_and_come_back_to() -> None:
    """Escape leaves the form, and what was typed is there the next time."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("n")
        await stage.until(lambda: isinstance(stage.app.screen, PlanScreen))
        await stage.pilot.press(*"Sum")
        await stage.until(lambda: _field(stage, "study").value == "Sum")
        await stage.type("⎋ n")
        await stage.until(lambda: isinstance(stage.app.screen, PlanScreen))
        assert _field(stage, "study").value == "Sum"
        await stage.type("ctrl+s")
        await stage.until(lambda: "head: this is empty" in stage.text)
        assert stage.desk.planned == []

    play(script, observation=None)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("head", "", "head: this is empty."),
        ("consent_date", "", "An observation does not begin without consent."),
        ("consent_given", "", "An observation does not begin without consent."),
        ("consent_layers", "feedback", "being observed is not agreed to"),
        ("consent_layers", "observed, everything", "'everything' is nothing to agree to"),
        ("date", "tomorrow", "'tomorrow' is no date"),
        ("head", "Mrs Invented", "code of letters and digits"),
        ("observer", "me", "code of letters and digits"),
        ("zone", "London", "no time zone"),
        ("periods", "08:50-09:10 a\n9-10 b", "school day, line 2: '9-10 b' is no period"),
        ("periods", "09:10-08:50 a", "does not end after its start"),
        ("periods", "08:50-09:10 a\n09:00-09:30 b", "school day, line 2: '09:00-09:30 b' begins before"),
    ],
)
def test_the_form_says_what_is_wrong_and_where(name: str, value: str, words: str) -> None:
    """A missing consent, a date that is none and a period out of order are named with their field or line."""
    with pytest.raises(BadInput, match=re.escape(words)):
        plan_of({**FILLED, name: value})


def test_each_field_of_the_form_says_what_it_holds() -> None:
    """The line below goes with the cursor, the school day's too; what is wrong with a field is whole while it is there."""

    def line(stage: Stage) -> str:
        return stage.app.screen.query_one("#says", Says).words

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        stage.app.home.form.update({**FILLED, "periods": "09:10-08:50 registration and assembly"})
        await stage.type("n")
        await stage.until(lambda: line(stage) == "study: its name; a new one is founded")
        await stage.type("tab tab tab tab")
        await stage.until(lambda: "goes through the codebooks" in line(stage))
        await stage.type("tab")
        assert line(stage) == "visit on: as 2026-11-24"
        await stage.type("tab tab tab tab tab tab")
        assert line(stage) == "school day: a period a line, as 08:50-09:10 registration"
        await stage.type("shift+tab ctrl+s")
        await stage.until(lambda: "does not end after its start" in line(stage))
        assert _field_of(stage) == "periods"
        assert "Times are 00:00 to 24:00." in stage.text
        await stage.type("shift+tab")
        assert line(stage) == "time zone: as Europe/London"

    play(script, observation=None, size=(80, 24))


def test_what_is_said_on_home_goes_with_the_next_act() -> None:
    """That an observation is planned is not said any more once it was opened."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        stage.app.home.form.update(FILLED)
        await stage.type("n ctrl+s")
        await stage.until(lambda: said(stage).startswith("Planned."))
        await stage.type("⏎ 3 t _ X X ⎋")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))
        assert said(stage) == ""

    play(script, observation=None)


def test_periods_are_read_a_line_each() -> None:
    """Full stops, dashes and empty lines are taken as people type them."""
    assert periods_of("08:50-09:10 registration\n\n9.10 – 10.10  period 1\n") == (
        Period("registration", 530, 550),
        Period("period 1", 550, 610),
    )


def test_the_form_begins_with_sensible_values() -> None:
    """Today, five years of keeping, the computer's zone."""
    from datetime import date

    assert defaults(date(2028, 2, 29), "Europe/London") == {
        "retention": "2033-02-28",
        "date": "2028-02-29",
        "consent_layers": "observed, feedback",
        "zone": "Europe/London",
    }


def test_an_unknown_observation_is_said() -> None:
    """Asked for an observation that is not there, Home says so."""

    async def script(stage: Stage) -> None:
        from shadowlog.tui.app import ShadowlogApp

        app = ShadowlogApp(FakeDesk(an_observation()), clock=a_clock(), observation="none")
        async with app.run_test() as pilot:
            other = Stage(stage.desk, app, pilot)
            await other.until(lambda: "no such observation" in said(other))

    play(script, observation=None)


def test_the_form_goes_to_what_is_missing() -> None:
    """The cursor goes to the field that is missing or wrong, and what is typed next lands there."""

    async def script(stage: Stage) -> None:
        await stage.pilot.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, PlanScreen))
        await stage.pilot.press(*"Pilot", "ctrl+s")
        await stage.until(lambda: "head: this is empty" in stage.text)
        await stage.pilot.press(*"H07")
        assert stage.app.screen.query_one("#head", Input).value == "H07"

    play(script, observation=None)
