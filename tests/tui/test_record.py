"""The record screen as the observer meets it."""

from __future__ import annotations

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.recorder import fold
from shadowlog.tui import actions
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.now import NowBox
from shadowlog.tui.widgets.ribbon import Ribbon
from tests.tui.fake_desk import FakeDesk, a_clock, an_observation
from tests.tui.stage import Stage, a_day, golden, play

MORNING = "P o i a +840 3 3 t +300 I 7 g * +95 R +400 F 8 +20 J 1 +600 _ +30 1 v"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_a_morning_looks_as_drawn(size: tuple[int, int]) -> None:
    """A morning with an interruption, a contact and a gap is drawn, large and folded."""

    async def script(stage: Stage) -> None:
        await stage.type(f"{MORNING} I 5 +42 tick")
        golden(f"record-{size[0]}x{size[1]}.txt", stage.text)

    play(script, size=size)


def test_before_the_first_key_the_day_has_not_begun() -> None:
    """A planned day is open and empty; an act that needs something running is refused and begins nothing."""

    async def script(stage: Stage) -> None:
        assert "not begun" in stage.text
        await stage.type("R")
        assert stage.said.startswith("The day has not begun")
        assert stage.journal == []
        await stage.type("_")
        assert stage.kinds == ["Begin"]

    play(script)


def test_two_keys_code_an_episode_that_starts_at_the_first() -> None:
    """`3 t` makes one episode with its who and its what, and it starts at the instant of the 3."""

    async def script(stage: Stage) -> None:
        at = stage.clock().wall
        await stage.type("3 t")
        day = stage.record.session.day if stage.record.session else None
        assert day is not None
        assert day.track[-1].at == at
        episode = day.foreground
        assert episode is not None
        assert (episode.parties[0].role, episode.what) == ("teacher", "teaching_learning")
        assert "Teachers, Teaching and learning" in stage.said

    play(script)


ACTS = {
    "pause": ("_", "Pause"),
    "interrupt": ("I", "Start"),
    "resume": ("I 5 R", "Resume"),
    "concurrent": ("C", "Start"),
    "contact": ("F 8", "MakeContact"),
    "scheduled": ("A 8 : 0 5 - 9 : 0 0 ⏎ S", "Start"),
    "closed": ("D", "Start"),
    "off": ("O", "GoOff"),
    "end": ("X X", "End"),
    "join": ("J 1", "Join"),
    "leave": ("J 1 L 1", "Leave"),
    "group": ("G 4", "SetSize"),
    "person": ("K 2", "SetPerson"),
    "place": ("P c", "SetPlace"),
    "room": ("P c ⏎ 4 b ⏎", "SetPlace"),
    "mode": ("M", "SetCode"),
    "initiator": ("H", "SetCode"),
    "medium": ("V", "SetCode"),
    "unsure": ("?", "SetUnsure"),
    "note": ("N h i ⏎", "AddNote"),
    "incident": ("*", "AddNote"),
    "earlier": ("[", "MoveStart"),
    "later": ("+60 ]", "MoveStart"),
    "minute_earlier": ("{", "MoveStart"),
    "minute_later": ("+90 }", "MoveStart"),
    "type_start": ("T 0 8 : 0 1 ⏎", "MoveStart"),
    "name_later": ("1 +20 3 t Q v", "Amend"),
    "undo": ("U", "Undo"),
    "redo": ("U Y", "Redo"),
}
MOVES = {"pane_next", "pane_before", "up", "down", "left", "right", "page_up", "page_down", "newest"}


def test_every_act_of_the_registry_has_its_test() -> None:
    """What the registry offers on the record screen is what is exercised here (and in test_diary and test_naming), and nothing else."""
    assert {act.name for act in actions.REGISTRY if act.screen == actions.RECORD} == {*ACTS, *MOVES, "agenda", "edit"}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_does_what_it_says(name: str) -> None:
    """Each act of the recorder, pressed on a running episode, ends as its command on disk."""
    keys, kind = ACTS[name]

    async def script(stage: Stage) -> None:
        await stage.type("i a +300 3 t +120")
        before = len(stage.journal)
        await stage.type(keys)
        assert stage.kinds[-1] == kind
        assert len(stage.journal) > before

    play(script)


@pytest.mark.parametrize(
    ("other", "name"), [(",", "earlier"), (".", "later"), ("<", "minute_earlier"), (">", "minute_later")]
)
def test_brackets_have_twins(other: str, name: str) -> None:
    """Where brackets are hard to type, comma, full stop and angle brackets do the same."""
    assert actions.by_key(actions.RECORD)[other].name == name


def test_panes_are_walked_and_their_code_pressed() -> None:
    """Tab goes from pane to pane, arrows move the cursor there, Enter presses the code under it."""

    async def script(stage: Stage) -> None:
        await stage.type("tab tab down down ⏎")
        assert stage.record.session is not None
        episode = stage.record.session.day.foreground
        assert episode is not None
        assert episode.parties[0].role == "teacher"
        await stage.type("tab right left up ⏎")
        assert stage.record.session.day.foreground is not None
        assert stage.record.session.day.foreground.what == "teaching_learning"

    play(script)


def test_a_what_is_not_cut_beside_empty_space() -> None:
    """At 120 columns the longest what of the codebook stands whole while mode and place leave room for it."""

    async def script(stage: Stage) -> None:
        await stage.type("7 v +60 1 e +60 _")
        log = stage.text[stage.text.index("log") :]
        assert "Vision, strategy, improvement planning" in log
        assert "Governors, trust, authority, partners" in log

    play(script)


def test_who_left_is_named_once_it_is_over() -> None:
    """While it runs or waits the row says who is there; then everyone who was, in the row of every spell."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +60 J 7 G 0 1 2 ⏎ +60 L 7 +60")
        assert "Teachers + Pupils" not in stage.text
        await stage.type("I 5 a +60 R +60")
        assert "Teachers + Pupils" not in stage.text
        await stage.type("_ tick")
        assert stage.text.count("Teachers + Pupils ×12") == 2

    play(script)


def test_the_log_scrolls_and_comes_back() -> None:
    """Arrows and pages scroll the log to older rows; End comes back to the newest."""

    async def script(stage: Stage) -> None:
        await stage.type("1 +60 2 +60 3 +60 4 +60 5 +60 6 up up")
        assert "▶" not in stage.text
        await stage.type("page_up".replace("_", "") + " pagedown end")
        assert "▶" in stage.text

    play(script)


def test_prefixes_say_what_they_wait_for() -> None:
    """P turns the pad into places; a key that does not fit cancels the prefix and is obeyed."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t P")
        assert "which place?" in stage.text
        assert "Staffroom" in stage.text
        await stage.type("7")
        assert "Staffroom" not in stage.text
        assert stage.record.session is not None
        assert stage.record.session.day.foreground is not None
        assert stage.record.session.day.foreground.parties[0].role == "pupil"

    play(script)


def test_user_text_is_never_markup() -> None:
    """Brackets in a room and a note stay what they are, on screen and on disk."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t P c ⏎")
        await stage.write("[/b][red]4")
        assert "[/b][red]4" in stage.text
        await stage.type("⏎")
        assert "[/b][red]4" in stage.text
        await stage.type("N")
        await stage.write("[IMPORTANT] [[x")
        assert "[IMPORTANT] [[x" in stage.text
        await stage.type("⏎")
        note = stage.journal[-1]
        assert isinstance(note, c.AddNote)
        assert note.text == "[IMPORTANT] [[x"

    play(script)


def test_a_paste_is_cut_cleaned_and_never_obeyed() -> None:
    """Pasted text presses no key; in a note it is one clean line of at most the stated length."""

    async def script(stage: Stage) -> None:
        from textual import events

        await stage.type("3 t")
        before = len(stage.journal)
        stage.app.post_message(events.Paste("I 5 a"))
        await stage.until(lambda: "Pasted text" in stage.said)
        assert len(stage.journal) == before
        await stage.type("N")
        stage.app.post_message(events.Paste("a\x1b[31mb\x07\nc\u202ed " + "x" * 200_000))
        await stage.until(lambda: f"Cut to {LONGEST_TEXT}" in stage.said)
        editor = stage.record.query_one(AnswerLine).editor
        assert editor is not None
        assert len(editor.text) == LONGEST_TEXT
        assert editor.text.startswith("ab cd xx")

    play(script)


def test_a_note_belongs_to_the_instant_of_n() -> None:
    """However long the typing takes, the note stands at the press of N and the clock goes on."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t +60")
        at = stage.clock().wall
        await stage.type("N +30 o k +30 ⏎")
        note = stage.journal[-1]
        assert isinstance(note, c.AddNote)
        assert note.at == at

    play(script)


def test_a_note_that_looks_like_a_name_is_asked_about() -> None:
    """A note that looks as if it named somebody is kept only after a second Enter."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t N")
        await stage.write("told Priya")
        await stage.type("⏎")
        assert "That looks like a name" in stage.said
        assert stage.kinds[-1] == "SetCode"
        await stage.type("⏎")
        assert stage.kinds[-1] == "AddNote"

    play(script)


def test_a_half_typed_note_comes_back() -> None:
    """What was typed when the program went away is offered again, and N takes it up at its own instant."""
    desk = FakeDesk(an_observation())

    async def typing(stage: Stage) -> None:
        await stage.type("3 t N")
        await stage.write("half a")
        await stage.until(lambda: "o-1" in desk.half_typed and desk.half_typed["o-1"].text == "half a")

    play(typing, desk=desk)

    async def again(stage: Stage) -> None:
        await stage.type("K")
        await stage.type("N")
        assert "half a" in stage.text
        await stage.write(" word")
        await stage.type("⏎")
        note = stage.journal[-1]
        assert isinstance(note, c.AddNote)
        assert note.text == "half a word"
        await stage.until(lambda: "o-1" not in desk.half_typed)

    stage = play(again, desk=desk)
    begun = stage.journal[0].at
    assert stage.journal[-1].at - begun == 2_000


def test_escape_leaves_the_draft_and_stops_nothing() -> None:
    """Escape closes the line and keeps what was typed; the episode runs on."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t N h m ⎋ ⎋")
        assert stage.desk.half_typed["o-1"].text == "hm"
        assert stage.record.session is not None
        assert stage.record.session.day.foreground is not None

    play(script)


def test_a_failed_write_is_said_and_made_good() -> None:
    """While the disk refuses, a banner says so in words and rows are marked; recording goes on, and all is kept later."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        stage.desk.failing = True
        await stage.type("7 g")
        assert "NOT SAVED: The disk is full. 2 acts are kept in memory" in stage.text
        assert "not yet saved" in stage.text
        assert "NOT SAVED: 2" in stage.text.splitlines()[0]
        assert stage.kinds == ["Begin", "Start", "SetCode"]
        await stage.type("I 5 tick")
        stage.desk.failing = False
        await stage.type("tick")
        await stage.until(lambda: not stage.record.outbox.waiting)
        await stage.pilot.pause()
        assert "NOT SAVED" not in stage.text
        assert "not yet saved" not in stage.text
        assert stage.kinds == ["Begin", "Start", "SetCode", "Start", "SetCode", "Start", "SetCompany"]

    stage = play(script)
    assert fold(an_observation(), stage.journal).live.suspended


def test_a_line_is_painted_only_after_its_commit() -> None:
    """While a write is under way the log still shows what is on disk."""
    from concurrent.futures import Future

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        held: Future[None] = Future()
        stage.desk.save = lambda *_: held  # type: ignore[method-assign]
        await stage.pilot.press("7")
        await stage.pilot.pause()
        assert stage.record.session is not None
        assert len(stage.record.session.day.episodes) == 2
        assert "Pupils   " not in stage.text.split("log")[1]
        held.set_result(None)
        await stage.settled()
        assert "Pupils   " in stage.text.split("log")[1]

    play(script)


def test_u_on_an_ended_day_takes_back_its_end_and_nothing_later() -> None:
    """Where something was put right since the day ended, U on the record screen says so and takes nothing back."""
    desk = FakeDesk(an_observation())

    async def ended(stage: Stage) -> None:
        await stage.type("3 t +60 X X")

    play(ended, desk=desk)
    day = fold(an_observation(), desk.journals["o-1"])
    late = c.Amend(
        id="late", at=day.track[-1].at, author=day.observation.observer, said=a_clock().now(), reason="misread",
        episode=next(iter(day.episodes)), codes={"activity": "admin"},
    )  # fmt: skip
    desk.journals["o-1"].append(late)

    async def script(stage: Stage) -> None:
        await stage.until(lambda: stage.record.session is not None)
        before = len(stage.journal)
        await stage.type("U U")
        assert "taken back where it was said" in stage.said
        assert len(stage.journal) == before

    play(script, desk=desk)


def test_what_is_asked_is_not_talked_over() -> None:
    """Where the line for a note opens before the press before it is on disk, its hint stays; the commit says nothing then."""
    from concurrent.futures import Future

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        held: Future[None] = Future()
        stage.desk.save = lambda *_: held  # type: ignore[method-assign]
        await stage.pilot.press("7")
        await stage.pilot.press("N")
        await stage.pilot.pause()
        assert "Enter keeps it" in stage.said
        held.set_result(None)
        await stage.settled()
        assert "Enter keeps it" in stage.said

    play(script)


def test_keys_pressed_before_the_day_is_open_are_kept() -> None:
    """Keys typed while the database still opens are taken at their own instants."""
    import threading

    gate = threading.Event()
    desk = FakeDesk(an_observation())
    load = desk.load

    async def script(stage: Stage) -> None:
        pass

    async def early(stage: Stage) -> None:
        await stage.pilot.press("3", "t")
        await stage.pilot.pause()
        assert stage.journal == []
        gate.set()
        await stage.settled()
        assert stage.kinds == ["Begin", "Start", "SetCode"]

    def slow(observation: str) -> object:
        desk._do(gate.wait)
        return load(observation)

    desk.load = slow  # type: ignore[method-assign, assignment]

    from tests.tui import stage as stage_module

    async def unsettled(self: Stage) -> None:
        if gate.is_set():
            await settled(self)

    settled = stage_module.Stage.settled
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage_module.Stage, "settled", unsettled)
        play(early, desk=desk)


def test_who_joins_within_the_settling_time_was_there_from_the_start() -> None:
    """J at once after the start names a second group that was there all along; later it is a joining with its instant."""

    async def script(stage: Stage) -> None:
        await stage.type("3 J 4 e +60 J 7")
        session = stage.record.session
        assert session is not None
        running = session.day.foreground
        assert running is not None
        assert [(p.role, p.joined is None) for p in running.parties] == [
            ("teacher", True),
            ("support", True),
            ("pupil", False),
        ]
        await stage.type("i J 3")
        running = session.day.foreground
        assert running is not None
        assert [p.joined is None for p in running.parties] == [True, False]

    play(script)


def test_three_capitals_running_ask_about_caps_lock() -> None:
    """Three capitals in a row that are not one act repeated ask quietly whether Caps Lock is on."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t U U U")
        assert "Caps Lock" not in stage.said
        await stage.type("3 B W Z")
        assert "Caps Lock?" in stage.said
        await stage.type("N I n ⏎ H H N ⎋ 3 t P H H")
        assert "Caps Lock" not in stage.said

    play(script)


def test_a_refusal_is_said_quietly_and_changes_nothing() -> None:
    """What the recorder refuses is said in its own words; the day and the disk stay as they were."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t L 3")
        assert stage.said.startswith("Nobody would be left")
        assert stage.kinds == ["Begin", "Start", "SetCode"]

    play(script)


def test_a_small_terminal_says_so_and_keeps_recording() -> None:
    """Below 80x24 one line says so; keys go on being taken, and the screen comes back with the room."""

    async def script(stage: Stage) -> None:
        for size in ((60, 10), (1, 1)):
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
        await stage.pilot.resize_terminal(60, 10)
        await stage.pilot.pause()
        assert "Recording goes on. This terminal is 60x10" in stage.text
        await stage.type("3 t")
        assert stage.kinds == ["Begin", "Start", "SetCode"]
        await stage.pilot.resize_terminal(80, 24)
        await stage.pilot.pause()
        assert "Teachers" in stage.text

    play(script)


def test_a_press_touches_neither_ribbon_nor_tally() -> None:
    """On a day of 5,000 episodes a key repaints header, now-box, pads and log, and reads only the newest rows."""
    desk = FakeDesk(an_observation())
    clock = a_clock()
    from shadowlog.domain.recorder import new_day
    from shadowlog.tui.session import Session

    session = Session(new_day(an_observation()), iter(f"x{n:06}" for n in range(99_999)).__next__)
    for n in range(5_000):
        outcome = session.sign("37"[n % 2], clock.now())
        desk.journals["o-1"] += [entry.command for entry in outcome.entries]
        clock.advance(6)
    drawn: list[str] = []

    async def script(stage: Stage) -> None:
        await stage.until(lambda: stage.record.session is not None)
        for kind in (Ribbon, NowBox):
            draw = kind.draw

            def counted(self: object, width: int, height: int, kind: type = kind, draw: object = draw) -> object:
                drawn.append(kind.__name__)
                return draw(self, width, height)  # type: ignore[operator]

            patch.setattr(kind, "draw", counted)
        read = type(session.day).newest
        looked: list[int] = []

        def newest(self: object) -> object:
            for stretch in read(self):  # type: ignore[arg-type]
                looked.append(1)
                yield stretch

        patch.setattr(type(session.day), "newest", newest)
        before = len(stage.journal)
        await stage.pilot.press("1")
        await stage.until(lambda: len(stage.journal) > before)
        await stage.pilot.pause()
        assert "NowBox" in drawn
        assert "Ribbon" not in drawn
        assert len(looked) < 100

    with pytest.MonkeyPatch.context() as patch:
        play(script, desk=desk, clock=clock, after_crash="keep")


def test_every_commit_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    """With $ACK_FD set, the id of each command is written there once it is on disk, in order."""
    import os

    read, write = os.pipe()
    monkeypatch.setenv("ACK_FD", str(write))
    stage = play(lambda stage: stage.type("3 t I 5"))
    os.close(write)
    with os.fdopen(read) as channel:
        assert channel.read().split("\n")[:-1] == [f"ACK {each.id}" for each in stage.journal]


def test_an_old_day_goes_on_where_it_was() -> None:
    """A day that was left in a gap is opened without a question and goes on."""
    desk = a_day("3 t +60 _")

    async def script(stage: Stage) -> None:
        assert stage.record.question is None
        await stage.type("5 a U")
        assert stage.kinds[-1] == "Undo"

    clock = a_clock()
    clock.advance(100)
    play(script, desk=desk, clock=clock)


def test_a_second_failure_is_said_again_before_leaving() -> None:
    """Once the disk took everything, the next failure is another one: ctrl+q says first what would be lost then."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("shadowlog.tui.leaving.LONGEST_WAIT", 0.0)
            stage.desk.failing = True
            await stage.type("7")
            await stage.pilot.press("ctrl+q")
            await stage.until(lambda: "ctrl+q again" in stage.said)
            stage.desk.failing = False
            await stage.type("tick g")
            assert stage.kinds[-1] == "SetCode"
            stage.desk.failing = True
            await stage.type("5")
            await stage.pilot.press("ctrl+q")
            await stage.until(lambda: "ctrl+q again" in stage.said)
            assert stage.app.is_running
            stage.desk.failing = False
            await stage.type("tick")

    play(script)


def test_leaving_with_unsaved_acts_is_said_once() -> None:
    """While the disk refuses, ctrl+q first says what would be lost; a second one leaves."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        stage.desk.failing = True
        await stage.type("7")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("shadowlog.tui.leaving.LONGEST_WAIT", 0.0)
            await stage.pilot.press("ctrl+q")
            await stage.until(lambda: "ctrl+q again" in stage.said)
            await stage.pilot.press("ctrl+q")

    assert play(script).app.return_code == 0
