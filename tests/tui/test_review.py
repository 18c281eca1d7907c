"""The review screen as the researcher meets it in the evening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import Code
from shadowlog.domain.terms import Party
from shadowlog.tui import actions
from shadowlog.tui.help import HelpScreen, WordsScreen
from shadowlog.tui.home import HomeScreen
from shadowlog.tui.looking import FLOWS as LOOKING
from shadowlog.tui.review import ReviewScreen
from shadowlog.tui.review_asks import key_of, options_of
from shadowlog.tui.review_flows import FLOWS
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.reviewing import Review, a_day_at, review
from tests.tui.stage import Stage, a_day, golden, play

SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])


@SIZES
def test_a_day_looks_as_drawn(size: tuple[int, int]) -> None:
    """The table, a row that was amended and noted, and its history are drawn, large and folded."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E t a")
        await on.write("heard it at the door")
        await on.press("N")
        await on.write("[b]about the [/b] timetable")
        golden(f"review-{size[0]}x{size[1]}.txt", on.stage.text)

    review(script, size=size)


@SIZES
def test_choosing_looks_as_drawn(size: tuple[int, int]) -> None:
    """Codes are listed with the keys of the codebook, large and folded."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E w 3 G 2")
        golden(f"review-who-{size[0]}x{size[1]}.txt", on.stage.text)

    review(script, size=size)


# Putting right

AMENDED: Mapping[str, Mapping[str, object]] = {
    "w 3 ⏎": {"parties": (Party("office"), Party("teacher"))},
    "w 3 G 1 2 ⏎ ⏎": {"parties": (Party("office"), Party("teacher", 12))},
    "w K 4 ⏎ ⏎": {"parties": (Party("office", 1, "O4"),)},
    "w ⌫ 3 3 ⏎": {"parties": (Party("teacher", 2),)},
    "t a": {"codes": {"activity": "admin"}},
    "p d": {"codes": {"place": "corridor"}},
}


def test_amending_a_field() -> None:
    """Who, how many, which person, what and place are each amended by their keys and a reason, and only they."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        for keys, fields in AMENDED.items():
            await on.press(f"E {keys}")
            await on.write("seen again")
            assert isinstance(on.last, c.Amend), keys
            assert on.last.reason == "seen again"
            assert {name: getattr(on.last, name) for name in fields} == fields
            await on.press("U")

    review(script)


def test_a_number_ends_where_it_is_said_to() -> None:
    """Space ends a number as Enter does, so that the next digit names a role; naming a group again keeps its number."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E w ⌫ 7 G 3")
        assert "Enter or space ends the number" in on.said
        await on.press("_ 1 ⏎")
        await on.write("seen again")
        assert isinstance(on.last, c.Amend)
        assert on.last.parties is not None
        assert [(party.role, party.count) for party in on.last.parties] == [("pupil", 3), ("slt", 1)]
        await on.press("U E w ⌫ 7 G 3 0 ⏎ 7 ⏎ ⏎")
        assert isinstance(on.last, c.Amend)
        assert on.last.parties == (Party("pupil", 30),)

    review(script)


def test_the_key_for_no_code_is_no_codes_key() -> None:
    """Where a code has the key -, taking the code away has another key, and both are chosen by their own."""
    codes = (Code("a", "A", key="-"), Code("b", "B", key="0x"))
    found = options_of(codes, None, none="not coded").options
    assert [option.key for option in found] == ["-", "0x", "_"]
    assert [key_of(found, option.key) for option in found] == [(0, False), (1, False), (2, False)]


def test_dimensions_without_keys_have_numbers() -> None:
    """Mode, who began and medium are amended too, by the numbers that the list shows, or with arrows and Enter."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        for field in "mid":
            await on.press(f"E {field} 1")
            if on.screen.dialogue.ask is None:
                await on.press(f"E {field} 2")
            await on.write("seen again")
            assert isinstance(on.last, c.Amend)
        await on.press("E m up up down down down ⏎")
        await on.write("again")
        assert isinstance(on.last, c.Amend)
        assert list(on.last.codes) == ["mode"]

    review(script)


def test_the_room_is_typed() -> None:
    """A room is typed, kept, and taken away by an empty line."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E r")
        await on.write("4b")
        await on.write("seen again")
        episode = on.screen.item
        assert episode is not None
        assert on.day.episodes[episode.id].room == "4b"
        await on.press("E r")
        await on.write("")
        await on.press("⏎")
        assert on.day.episodes[episode.id].room is None

    review(script)


def test_a_reason_is_required_and_the_last_one_offered() -> None:
    """Without any reason nothing is said; later Enter alone takes the last reason again."""

    async def script(on: Review) -> None:
        before = len(on.stage.journal)
        await on.go("Office staff, what?")
        await on.press("E t a")
        await on.write("   ")
        assert on.said.startswith("A reason is needed")
        assert len(on.stage.journal) == before
        await on.write("misread")
        assert "“misread”" not in on.said
        await on.press("E t t")
        assert "“misread”" in on.said
        await on.press("⏎")
        assert [each.reason for each in on.stage.journal if isinstance(each, c.Amend)] == ["misread", "misread"]

    review(script)


def test_split_puts_the_cursor_on_the_new_one() -> None:
    """A split asks for a time inside the episode; the rest is another row, and the cursor is on it."""

    async def script(on: Review) -> None:
        await on.go("Alone, Admin")
        await on.press("S")
        await on.write("08:05")
        await on.write("went over to something else")
        assert isinstance(on.last, c.Split)
        assert on.here.startswith("08:05:00 Alone")
        assert len(on.rows) == len(set(on.rows))

    review(script)


def test_merge_with_before_after_and_marked() -> None:
    """A row is merged with the one before, the one after, or the one that was marked; that one's row is gone."""

    async def script(on: Review) -> None:
        count = len(on.day.episodes)
        await on.go("Alone, Admin")
        await on.press("m")
        for n, key in enumerate("bam", 1):
            await on.go("Teachers")
            await on.press(f"M {key}")
            await on.write("the same")
            assert isinstance(on.last, c.Merge)
            assert len(on.day.episodes) == count - 1
            await on.press("U")
            assert len(on.day.episodes) == count
            assert on.stage.kinds.count("Merge") == n

    review(script)


def test_a_late_entry_keeps_both_times() -> None:
    """A late entry is typed with start, end, who and what; its row says when it was entered, and the cursor is on it."""

    async def script(on: Review) -> None:
        await on.go("Alone, Admin")
        await on.press("I")
        await on.write("8:03")
        await on.write("08:04:30")
        await on.press("3 K 2 ⏎ ⏎ t")
        await on.write("remembered")
        assert isinstance(on.last, c.Insert)
        assert on.here == "08:03:00 Teachers T2, Teaching and learning"
        assert "late 18:00" in on.stage.text
        assert "24 Nov 18:00" in on.stage.text
        assert on.last.parties == (Party("teacher", 1, "T2"),)
        assert on.last.at > on.last.end

    review(script)


def test_a_gap_offers_its_own_bounds() -> None:
    """On a gap Enter twice takes its start and its end to the millisecond, so that no sliver stays."""

    async def script(on: Review) -> None:
        gaps = sum(", uncoded" in row or row.endswith("uncoded") for row in on.rows)
        await on.go("08:37")
        assert on.here.endswith("uncoded")
        await on.press("I ⏎ ⏎ 3 ⏎ ⏎")
        await on.write("remembered")
        assert isinstance(on.last, c.Insert)
        assert sum(row.endswith("uncoded") for row in on.rows) == gaps - 1

    review(script)


def test_retime_moves_the_neighbours() -> None:
    """Typed starts and ends move the shared boundaries; what is left as it stands is not touched."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        before = on.day.spells(on.screen.item.id)[0] if on.screen.item else None
        assert before is not None
        await on.press("T ⏎")
        await on.write("08:40:30")
        await on.write("by the bell")
        assert isinstance(on.last, c.Retime)
        assert on.last.start is None
        after = on.day.spells(before.episode or "")[0]
        assert (after.start, on.rows[-1][:8]) == (before.start, "08:40:30")

    review(script)


def test_retract_is_asked_once_more() -> None:
    """Retracting asks for the reason and once more; n leaves it, y makes its time a gap that still leads to it."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        before = len(on.stage.journal)
        await on.press("R")
        await on.write("a double")
        await on.press("n")
        assert len(on.stage.journal) == before
        await on.press("R ⏎ y")
        assert isinstance(on.last, c.Retract)
        assert not any("Office staff" in row for row in on.rows)
        assert on.here.endswith("uncoded")
        assert "first word: Office staff, what?" in on.stage.text

    review(script)


def test_unsure_note_and_star() -> None:
    """? turns unsure on and off, N keeps a note at the start of its row, * stars it and takes the star away."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        for doubt in (True, False):
            await on.press("?")
            assert isinstance(on.last, c.SetUnsure)
            assert on.last.unsure is doubt
        await on.press("N")
        await on.write("about a key")
        assert isinstance(on.last, c.AddNote)
        item = on.screen.item
        assert item is not None
        assert (on.last.at, on.last.episode) == (item.start, item.id)
        await on.press("* *")
        assert on.stage.kinds[-2:] == ["SetIncident", "SetIncident"]
        await on.go("Alone, Admin")
        await on.press("*")
        assert isinstance(on.last, c.AddNote)
        assert on.last.incident

    review(script)


def test_undo_and_redo_never_touch_the_recording() -> None:
    """U takes back everything that was put right and stops at the recording; Y makes all of it again."""

    async def script(on: Review) -> None:
        recorded = on.day
        await on.go("Office staff, what?")
        await on.press("E t a")
        await on.write("seen again")
        await on.press("?")
        after = on.day
        await on.press("U U")
        assert (on.day.track, on.day.episodes) == (recorded.track, recorded.episodes)
        count = len(on.stage.journal)
        await on.press("U")
        assert "of the recording" in on.said
        assert len(on.stage.journal) == count
        await on.press("Y Y")
        assert (on.day.track, on.day.episodes) == (after.track, after.episodes)
        await on.press("Y")
        assert on.said == "Nothing to redo"

    review(script)


def test_notes_doubts_and_stars_of_the_recording_stay() -> None:
    """U stops at a note, a doubt and a star that were said while recording, and takes back those said here, later too."""

    async def script(on: Review) -> None:
        count = len(on.stage.journal)
        await on.press("U")
        assert "of the recording" in on.said
        assert len(on.stage.journal) == count
        await on.press("* ? ⎋")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HomeScreen))
        await on.stage.pilot.press("v")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, ReviewScreen))
        await on.stage.until(lambda: on.screen.session is not None)
        await on.press("U U Y Y U U U")
        assert "of the recording" in on.said
        assert on.stage.kinds[count + 2 :] == ["Undo"] * 2 + ["Redo"] * 2 + ["Undo"] * 2

    review(script, keys="3 t N h i ⏎ ? * X X")


def test_what_was_said_on_a_running_day_stays() -> None:
    """While the day runs U takes back the doubt said on this screen and leaves the note of the recording."""

    async def run(stage: Stage) -> None:
        on = Review(stage)
        count = len(stage.journal)
        stage.app.review(stage.record.listed)
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        await stage.until(lambda: on.screen.session is not None)
        await on.settled()
        await on.press("U end ? U U")
        assert "of the recording" in on.said
        assert stage.kinds[count:] == ["SetUnsure", "Undo"]

    play(run, desk=a_day("3 t N h i ⏎"), after_crash="keep")


REFUSED: tuple[tuple[str, str, list[str], str], ...] = (
    ("Alone, Admin", "S", ["9:30"], "inside the episode"),
    ("Alone, Admin", "S", ["noon"], "no time of day"),
    ("Office", "I", ["08:10", "08:45"], "cover an episode whole"),
    ("Office", "I", ["06:00", "06:10"], "within the day"),
    ("Office", "T", ["08:01", "08:40:23"], "not past their own far ends"),
    ("uncoded", "E", [], "no episode"),
)


def test_what_is_refused_says_why_and_changes_nothing() -> None:
    """A command that the recorder refuses is refused before a reason is asked, in one line, and nothing is kept."""

    async def script(on: Review) -> None:
        before = list(on.stage.journal)
        for where, key, typed, why in REFUSED:
            await on.go(where)
            await on.press(key)
            for text in typed:
                await on.write(text)
            assert why in on.said
            assert on.stage.journal == before
            assert on.screen.query_one("#says", Says).size.height == 1
            if on.screen.dialogue.ask is not None:
                await on.press("⎋")

    review(script)


# Looking


def test_the_queue_walks_round_and_says_how_many() -> None:
    """n goes to each row that is incomplete or unsure, says what it lacks and how many are left, and begins anew."""

    async def script(on: Review) -> None:
        await on.press("n")
        assert "Office staff, what?" in on.here
        assert on.said.startswith("what?   2 left")
        await on.press("n")
        assert on.said.startswith("unsure   2 left")
        await on.press("n")
        assert "from the top again" in on.said
        await on.press("E t a")
        await on.write("seen again")
        await on.press("n")
        assert on.said.startswith("unsure   1 left")
        await on.press("? n")
        assert on.said == "Nothing is incomplete or unsure"

    review(script)


def test_filters_search_and_clear() -> None:
    """f goes through the filters in turn, / searches, w and t ask for one code, c shows all again."""

    async def script(on: Review) -> None:
        whole = on.rows
        await on.press("f")
        assert len(on.rows) == 2
        await on.press("f")
        assert [row[9:] for row in on.rows] == ["Office staff, what?"]
        await on.press("c /")
        await on.write("PUPIL contact")
        assert [row[9:] for row in on.rows] == ["Pupils, General pupil contact"]
        assert "“PUPIL contact”" in on.stage.text
        await on.press("/")
        await on.write("[/b]")
        assert on.rows == []
        assert "c shows all" in on.stage.text
        await on.press("c w 8")
        assert [row[9:] for row in on.rows] == ["Parents and carers, contact"]
        await on.press("c t a")
        assert [row[9:] for row in on.rows] == ["Alone, Administration and compliance"]
        await on.press("c")
        assert on.rows == whole

    review(script)


def test_the_history_as_a_whole() -> None:
    """h opens everything about a row, hostile text drawn as it is; Escape closes it."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E t a")
        await on.write("[/b] $HOME %s")
        await on.press("h")
        assert isinstance(on.stage.app.screen, WordsScreen)
        assert "because: [/b] $HOME %s" in on.stage.text
        assert "first word: Office staff, what?" in on.stage.text
        await on.press("⎋")
        assert not isinstance(on.stage.app.screen, WordsScreen)

    review(script)


def test_the_cursor_moves_and_the_table_scrolls() -> None:
    """End, Home, page keys, arrows and the wheel move the cursor; the row under it is always drawn."""

    async def script(on: Review) -> None:
        for keys in ("end", "home", "pagedown", "pageup", "down", "j", "k", "up"):
            await on.press(keys)
            assert "▸ " + on.here[:8] in on.stage.text

    review(script, keys=f"{'3 t +60 5 a +60 ' * 15}X X", size=(80, 24))


def test_clicks_choose_rows_and_options() -> None:
    """A click puts the cursor on a row, and presses an option of a list."""

    async def script(on: Review) -> None:
        at = next(n for n, row in enumerate(on.rows) if "Office staff" in row)
        await on.stage.pilot.click("#day", offset=(20, at + 2))
        await on.settled()
        assert "Office staff" in on.here
        await on.press("E")
        await on.stage.pilot.click("#choices", offset=(5, 2))
        await on.settled()
        assert "teaching" in on.stage.text.lower()

    review(script)


def test_every_act_is_known() -> None:
    """What the registry offers on this screen is what it does, and each is in its help."""
    moves = {
        "up",
        "down",
        "page_up",
        "page_down",
        "first",
        "last",
        "next",
        "filter",
        "clear",
        "mark",
        "history",
        "back",
    }
    names = {act.name for act in actions.REGISTRY if act.screen == actions.REVIEW}
    assert names == {*FLOWS, *LOOKING, *moves, "undo", "redo"}

    async def script(on: Review) -> None:
        await on.stage.pilot.press("f1")
        await on.stage.pilot.pause()
        assert isinstance(on.stage.app.screen, HelpScreen)
        assert "late entry" in on.stage.text
        await on.press("⎋ Q")
        assert "means nothing here" in on.said

    review(script)


def test_help_promises_a_reason_only_where_one_is_asked() -> None:
    """The acts of the group "each with a reason" are the corrections; marks, notes and taking back stand apart."""
    groups: dict[str, set[str]] = {}
    for act in actions.REGISTRY:
        if act.screen == actions.REVIEW:
            groups.setdefault(act.group, set()).add(act.name)
    reasoned = {name for group, names in groups.items() if group.endswith("each with a reason") for name in names}
    assert reasoned == {kind.__name__.lower() for kind in c.Correction.__subclasses__()}


def test_escape_leaves_a_question_and_then_the_screen() -> None:
    """Escape first lets go of what is asked, changing nothing, and then goes back to Home."""

    async def script(on: Review) -> None:
        before = list(on.stage.journal)
        await on.go("Office staff, what?")
        for keys in ("E", "E w 3", "E t", "S", "I", "T", "M", "R", "N", "/"):
            await on.press(f"{keys} ⎋")
            assert on.screen.dialogue.ask is None
            assert on.said == "Nothing changed"
        assert on.stage.journal == before
        await on.stage.pilot.press("escape")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HomeScreen))

    review(script)


# Other days, other desks


def test_an_ambiguous_time_is_asked_about() -> None:
    """In the hour that the clocks show twice the screen asks which one is meant."""
    night = round(datetime(2026, 10, 24, 23, 30, tzinfo=UTC).timestamp() * 1000)

    async def script(on: Review) -> None:
        await on.go("Alone")
        await on.press("S")
        await on.write("01:30")
        assert "which?" in on.stage.text
        assert "BST, UTC+01:00" in on.stage.text
        await on.press("2")
        await on.write("by the church clock")
        assert isinstance(on.last, c.Split)
        assert on.last.when == round(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp() * 1000)

    review(script, desk=a_day_at(night, "i a +10800 X X"))


def test_a_time_that_never_was_is_refused() -> None:
    """In the hour that the clocks leave out a typed time is refused and can be typed again."""
    night = round(datetime(2026, 3, 29, 0, 0, tzinfo=UTC).timestamp() * 1000)

    async def script(on: Review) -> None:
        await on.go("Alone")
        await on.press("S")
        await on.write("01:30")
        assert on.said.startswith("There was no 01:30 that day")
        await on.write("02:30")
        await on.write("by the church clock")
        assert isinstance(on.last, c.Split)
        assert on.last.when == night + 90 * 60_000

    review(script, desk=a_day_at(night, "i a +10800 X X"))


def test_a_running_day_can_be_put_right() -> None:
    """What the recorder allows while the day runs is done; the end of what runs is not asked for."""

    async def script(on: Review) -> None:
        await on.go("Teachers")
        await on.press("E t s")
        await on.write("seen again")
        assert isinstance(on.last, c.Amend)
        await on.press("T")
        await on.write("08:05:30")
        await on.write("by the bell")
        assert isinstance(on.last, c.Retime)
        assert on.last.end is None

    async def run(stage: Stage) -> None:
        on = Review(stage)
        stage.clock().advance(600)
        stage.app.review(stage.record.listed)
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        await stage.until(lambda: on.screen.session is not None)
        await on.settled()
        assert "running" in stage.text
        await script(on)

    play(run, desk=a_day("i a +300 3 t +60"), after_crash="keep")


def test_a_day_that_has_not_begun_says_so() -> None:
    """There is nothing to put right on a planned day, and every act says so."""

    async def script(on: Review) -> None:
        for keys in ("E", "I", "n", "U"):
            await on.press(keys)
            assert on.said.startswith("This day has not begun")

    review(script, desk=FakeDesk(an_observation()))


def test_looking_only_refuses_with_the_reason() -> None:
    """With the database open for looking only everything can be looked at, and each act is refused with the reason."""
    desk = a_day("3 t +60 5 +60 X X")
    desk.held = True

    async def script(on: Review) -> None:
        before = list(on.stage.journal)
        for keys in ("E", "S", "M", "I", "T", "R", "?", "N", "*", "U", "Y"):
            await on.press(keys)
            assert "Another shadowlog holds the database" in on.said
            assert on.screen.dialogue.ask is None
        await on.press("n h")
        assert isinstance(on.stage.app.screen, WordsScreen)
        await on.press("⎋")
        assert on.stage.journal == before

    review(script, desk=desk)


def test_a_failed_write_is_kept_said_and_tried_again() -> None:
    """While the disk refuses, the act is kept in memory under a red banner with words; later it is on disk, in order."""

    async def script(on: Review) -> None:
        before = len(on.stage.journal)
        await on.go("Office staff, what?")
        on.desk.failing = True
        await on.press("E t a")
        await on.write("seen again")
        await on.press("?")
        assert "NOT SAVED: The disk is full. 2 acts are kept" in on.stage.text
        assert "not yet saved" in on.stage.text
        assert len(on.stage.journal) == before
        await on.stage.pilot.press("escape")
        await on.stage.until(lambda: "not on disk yet" in on.said)
        on.desk.failing = False
        on.screen.tick()
        await on.stage.until(lambda: not on.screen.outbox.waiting)
        await on.settled()
        assert on.stage.kinds[before:] == ["Amend", "SetUnsure"]
        assert "NOT SAVED" not in on.stage.text

    review(script)


def test_each_failure_is_asked_about_before_leaving() -> None:
    """Esc warned once does not leave without asking when the disk recovered and then failed again."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        for _ in range(2):
            on.desk.failing = True
            await on.press("?")
            on.screen.say("")
            await on.stage.pilot.press("escape")
            await on.stage.until(lambda: "1 not on disk yet" in on.said)
            assert isinstance(on.stage.app.screen, ReviewScreen)
            on.desk.failing = False
            on.screen.tick()
            await on.settled()
        on.desk.failing = True
        await on.press("?")
        await on.stage.pilot.press("escape")
        await on.stage.until(lambda: "1 not on disk yet" in on.said)
        await on.stage.pilot.press("escape")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HomeScreen))

    review(script)


# Hostile text

HOSTILE = ("[/b][red]x", "[/ ·", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "a\u202eb", "{0}%s$(id)", "é" * 10_000)


@pytest.mark.parametrize("key", ["E t a", "/", "N", "E r"], ids=["reason", "search", "note", "room"])
def test_hostile_text_is_only_text(key: str) -> None:
    """Markup, escape sequences, bidi, formats and 10 kB are shown as they are or cut, never obeyed, and kept clean."""

    async def script(on: Review) -> None:
        for text in HOSTILE:
            await on.press("c")
            await on.go("Office staff, what?")
            await on.press(key)
            on.screen.dialogue.paste(text)
            editor = on.screen.query_one(AnswerLine).editor
            assert editor is not None
            assert len(editor.text) <= editor.longest
            await on.press("⏎")
            if on.screen.dialogue.ask is not None:
                # The room's reason; where nothing of a text is left a note is still asked for.
                await (on.write("seen again") if key == "E r" else on.press("⎋"))
            assert on.screen.dialogue.ask is None
            assert "\x1b" not in on.stage.text
            if key != "/":
                await on.press("h ⎋ U")
        for each in on.stage.journal:
            kept = getattr(each, "reason", "") + getattr(each, "text", "") + (getattr(each, "room", "") or "")
            assert not any(sign in kept for sign in "\x1b\x07\u202e")

    review(script)


def test_a_refused_time_is_asked_for_again() -> None:
    """A time that the recorder refuses leaves the line open, so that what is typed next is no act."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        for key, first in (("S", ()), ("I", ("08:10",)), ("T", ("08:38:22",))):
            await on.press(key)
            for text in first:
                await on.write(text)
            await on.write("09:30")
            assert on.screen.query_one(AnswerLine).editor is not None, key
            await on.press("⎋")
        await on.press("S")
        await on.write("09:30")
        await on.write("08:39")
        await on.write("two matters")
        assert isinstance(on.last, c.Split)

    review(script)


def test_what_is_offered_is_typed_over() -> None:
    """The time that stands in the line is taken by Enter, edited after an arrow, and replaced by what is typed at once."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        line = on.screen.query_one(AnswerLine)
        for keys, text in (("left", "08:38:22"), ("9", "9"), ("backspace 9", "08:38:29")):
            await on.press(f"T {keys}")
            assert line.editor is not None
            assert line.editor.text == text
            await on.press("⎋")

    review(script)


def test_a_search_without_success_loses_no_place() -> None:
    """After a search that finds nothing the cursor is where it was."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("/")
        await on.write("nobody at all")
        assert on.rows == []
        await on.press("c")
        assert "Office staff" in on.here

    review(script)


def test_typing_goes_through_the_line() -> None:
    """Typed letters stand in the line, those of acts too, and what looks like a name is asked about once."""

    async def script(on: Review) -> None:
        await on.go("Office staff, what?")
        await on.press("E t a D r _ S m i t h")
        editor = on.screen.query_one(AnswerLine).editor
        assert editor is not None
        assert editor.text == "Dr Smith"
        await on.press("⏎")
        assert "That looks like a name" in on.said
        await on.press("⏎")
        assert isinstance(on.last, c.Amend)

    review(script)
