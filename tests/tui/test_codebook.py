"""The shelf of codebooks and the screen of one: looked at, edited, kept, left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from shadowlog.codebooks import own
from shadowlog.codebooks.presets import preset, presets
from shadowlog.codebooks.reader import read
from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.codebook_rules import faults
from shadowlog.domain.study import Study
from shadowlog.tui import actions, shelf
from shadowlog.tui.codebook import ShelfScreen
from shadowlog.tui.home import HomeScreen
from shadowlog.tui.plan import PlanScreen
from shadowlog.tui.scheme import SchemeScreen
from shadowlog.tui.widgets.answer import AnswerLine
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.stage import Stage, golden, play


def a_desk(folder: Path) -> FakeDesk:
    """A desk with an observation and a folder for own schemes."""
    desk = FakeDesk(an_observation())
    desk.folder = folder / "codebooks"
    return desk


def said(stage: Stage) -> str:
    """The quiet line of the screen in front."""
    return stage.app.screen.query_one("#says", Says).words


def book(stage: Stage) -> Codebook:
    """The codebook as it would be kept."""
    screen = stage.app.screen
    assert isinstance(screen, SchemeScreen)
    return screen.revision.book


async def to_shelf(stage: Stage) -> None:
    """From Home to the shelf."""
    await stage.until(lambda: "Autumn" in stage.text)
    await stage.pilot.press("c")
    await stage.until(lambda: isinstance(stage.app.screen, ShelfScreen) and "default" in stage.text)


async def to_scheme(stage: Stage, id_: str = "default") -> None:
    """From Home into a codebook, the cursor on the first who."""
    await to_shelf(stage)
    await stage.pilot.press(*["down"] * presets().index(id_), "enter")
    await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and id_ in stage.text)


async def write(stage: Stage, text: str) -> None:
    """Type a text in the line, in place of what stands there."""
    await stage.pilot.press("ctrl+u")
    screen = stage.app.screen
    editor = screen.query_one(AnswerLine).editor
    assert editor is not None
    editor.text, editor.cursor = "", 0
    for sign in text:
        screen.post_message(events.Key(sign, sign))
    await stage.settled()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_the_shelf(tmp_path: Path, size: tuple[int, int]) -> None:
    """The shelf lists every codebook with where it comes from, and says of the chosen one what an edit makes."""

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.pilot.press("down")
        await stage.until(lambda: "Spillane" in stage.text)
        golden(f"codebooks-{size[0]}x{size[1]}.txt", stage.text)

    desk = a_desk(tmp_path)
    shelf.keep((), desk.folder, replace(preset("stanford"), id="our-school", name="Our school"), None)
    play(script, desk=desk, observation=None, size=size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_a_codebook(tmp_path: Path, size: tuple[int, int]) -> None:
    """A codebook is drawn with keys, codes and all that is said of one; a clash is shown as it is typed."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        golden(f"codebook-{size[0]}x{size[1]}.txt", stage.text)
        await stage.type("down down k")
        await write(stage, "t")
        golden(f"codebook-clash-{size[0]}x{size[1]}.txt", stage.text)

    play(script, desk=a_desk(tmp_path), observation=None, size=size)


def test_a_key_that_is_typed_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """The first character typed replaces the key that stood there; a second one makes two characters of it."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("k")
        editor = stage.app.screen.query_one(AnswerLine).editor
        assert editor is not None
        assert editor.text == "1"
        await stage.pilot.press("2")
        assert editor.text == "2"
        await stage.pilot.press("4")
        assert editor.text == "24"
        await stage.type("⎋")

    play(script, desk=a_desk(tmp_path), observation=None)


def test_a_clash_is_refused_before_anything_is_kept(tmp_path: Path) -> None:
    """Enter does not take a key that clashes, a capital or the key of an act; Escape leaves all as it was."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("down down k")
        for typed, words in (
            ("t", "t is already the key of Teaching and learning."),
            ("t1", "t1 begins with t, the whole key of Teaching and learning."),
            ("T", "has a capital, and capitals are acts"),
            ("?", "is the key of an act"),
        ):
            await write(stage, typed)
            assert words in said(stage)
            await stage.pilot.press("enter")
            assert words in said(stage)
            assert book(stage) == preset("default")
        await stage.type("⎋")
        assert said(stage) == "left as it was"
        assert stage.app.screen.query_one(AnswerLine).editor is None
        await stage.type("ctrl+s")
        assert said(stage) == "There is nothing to keep."

    play(script, desk=a_desk(tmp_path), observation=None)
    assert not (tmp_path / "codebooks").exists()


def test_a_key_of_two_characters_shares_a_leader(tmp_path: Path) -> None:
    """In a codebook with two-character keys the first of them alone clashes, a free second one does not."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage, "stanford")
        await stage.type("k")
        await write(stage, "m")
        assert "m also begins m1, the key of Budgets and resources." in said(stage)
        await write(stage, "m0")
        await stage.type("⏎")
        assert book(stage).code(ROLE, "slt").key == "m0"

    play(script, desk=a_desk(tmp_path), observation=None)


def test_tab_swaps_two_keys(tmp_path: Path) -> None:
    """A code takes the key of the one it clashes with, which takes its."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("down down k")
        await write(stage, "t")
        await stage.type("tab")
        assert "swapped" in said(stage)
        assert book(stage).code(ACTIVITY, "teaching_learning").key == "3"
        await stage.type("u")
        assert book(stage) == preset("default")

    play(script, desk=a_desk(tmp_path), observation=None)


def test_an_edit_is_kept_as_the_next_version_and_can_be_planned_with(tmp_path: Path) -> None:
    """What is kept of a shipped codebook is version 2, its file reads as it is, and the form offers both versions."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("down down k")
        await write(stage, "é")
        await stage.type("⏎")
        assert "ctrl+s keeps version 2 of default" in stage.text
        await stage.type("ctrl+s")
        await stage.until(lambda: "Kept: default, version 2." in said(stage))
        assert "edited in place" in stage.text
        await stage.type("⎋")
        await stage.until(lambda: isinstance(stage.app.screen, ShelfScreen) and "yours" in stage.text)
        await stage.type("⎋ n")
        await stage.until(lambda: isinstance(stage.app.screen, PlanScreen) and field(stage).value == "default")
        field(stage).focus()
        await stage.until(lambda: "Shadowing day" in said(stage))
        await stage.type("down")
        assert field(stage).value == "default@1"
        await stage.type("up up")
        assert field(stage).value == presets()[-1]
        assert "Survey headings" in said(stage)

    desk = a_desk(tmp_path)
    play(script, desk=desk, observation=None)
    kept = read(desk.folder / "default.v2.toml")
    assert kept.code(ROLE, "teacher").key == "é"
    assert shelf.choose(shelf.look((), desk.folder), "default") == kept


def field(stage: Stage) -> Input:
    """The field of the form that names the codebook."""
    return stage.app.screen.query_one("#codebook", Input)


def test_all_keys_are_remapped_for_a_french_keyboard(tmp_path: Path) -> None:
    """z turns every digit, what is kept has none, and z again turns back."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("z")
        assert [code.key for code in book(stage).codes(ROLE)][:3] == ["&", "é", '"']
        await stage.type("z")
        assert book(stage) == preset("default")
        await stage.type("z ctrl+s")
        await stage.until(lambda: "Kept" in said(stage))

    desk = a_desk(tmp_path)
    play(script, desk=desk, observation=None)
    kept = read(desk.folder / "default.v2.toml")
    assert faults(kept) == ()
    assert not {code.key for code in kept.codes(ROLE)} & set("0123456789")


def test_codes_are_added_moved_and_taken_out(tmp_path: Path) -> None:
    """A new code asks for label and key, moves, goes, and comes back with undo and redo."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("a")
        await write(stage, "Union")
        await stage.type("⏎")
        assert "key of Union" in stage.text
        await write(stage, "ü")
        await stage.type("⏎")
        assert [code.id for code in book(stage).codes(ROLE)][:2] == ["slt", "union"]
        await stage.pilot.press("less_than_sign")
        await stage.settled()
        assert [code.id for code in book(stage).codes(ROLE)][:2] == ["union", "slt"]
        await stage.type("x")
        assert "Removed code: Union" in said(stage)
        assert not book(stage).has(ROLE, "union")
        await stage.type("u u")
        assert book(stage).code(ROLE, "union").key == "ü"
        await stage.type("y y")
        assert not book(stage).has(ROLE, "union")
        await stage.type("y")
        assert said(stage) == "There is nothing more."

    play(script, desk=a_desk(tmp_path), observation=None)


def test_every_field_can_be_changed(tmp_path: Path) -> None:
    """Tab goes to what is said of a code; Enter changes the chosen field: definition, flags, heading, person codes."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("d")
        await write(stage, "Whoever leads with the head.")
        await stage.type("⏎ tab down down down ⏎")
        await write(stage, "grup")
        assert "unknown flag 'grup'; did you mean 'group'?" in said(stage)
        await write(stage, "group")
        await stage.type("⏎ down ⏎")
        await write(stage, "SL")
        await stage.type("⏎ down ⏎ down ⏎")
        code = book(stage).code(ROLE, "slt")
        assert (code.definition, code.flags, code.person) == (
            "Whoever leads with the head.",
            frozenset({"group"}),
            "SL",
        )
        assert code.rollups["study_group"] == "teachers"

    play(script, desk=a_desk(tmp_path), observation=None)


def test_roll_ups_are_made(tmp_path: Path) -> None:
    """A roll-up of the dimension at the cursor is added, with headings, and every code has a field for it."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("r")
        await write(stage, "In or out")
        await stage.type("⏎ a")
        await write(stage, "In school")
        await stage.type("⏎")
        rollup = e.rollup_of(book(stage), "in_or_out")
        assert rollup.headings == (("other", "Other"), ("in_school", "In school"))
        screen = stage.app.screen
        assert isinstance(screen, SchemeScreen)
        assert screen.spot == e.Spot(e.HEADING, "in_or_out", "in_school")
        await stage.type("home down down tab end ⏎")
        await write(stage, "in")
        await stage.type("⏎")
        assert book(stage).code(ROLE, "slt").rollups["in_or_out"] == "in_school"

    play(script, desk=a_desk(tmp_path), observation=None)


def test_what_recording_needs_is_not_taken_out(tmp_path: Path) -> None:
    """x on who says why it stays."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("up x")
        assert said(stage) == "Recording asks for who; the dimension stays."
        assert book(stage) == preset("default")

    play(script, desk=a_desk(tmp_path), observation=None)


@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
def test_leaving_with_edits_asks_once(tmp_path: Path, leave: str) -> None:
    """Edits that are not kept are asked about once, however the screen is left; then they are gone, whole."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("x")
        await stage.pilot.press(leave)
        await stage.until(lambda: "Not kept yet." in said(stage))
        assert isinstance(stage.app.screen, SchemeScreen)
        await stage.pilot.press(leave)
        await stage.until(lambda: isinstance(stage.app.screen, ShelfScreen))
        await stage.type("⏎")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen))
        assert book(stage) == preset("default")
        await stage.pilot.press(leave)
        await stage.until(lambda: isinstance(stage.app.screen, ShelfScreen))
        await stage.type("⎋")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))

    play(script, desk=a_desk(tmp_path), observation=None)
    assert not (tmp_path / "codebooks").exists()


def test_what_is_half_typed_is_asked_about_too(tmp_path: Path) -> None:
    """ctrl+q with something in the line does not drop it unasked."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("l")
        await write(stage, "Seniors")
        await stage.pilot.press("ctrl+q")
        await stage.until(lambda: "Not kept yet." in said(stage))
        await stage.type("⏎")
        assert book(stage).code(ROLE, "slt").label == "Seniors"

    play(script, desk=a_desk(tmp_path), observation=None)


def test_a_copy_under_a_name_of_its_own(tmp_path: Path) -> None:
    """c asks for a name; the copy is new until it is kept, then it is version 1 of its own id."""

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.type("c")
        await write(stage, "Our school, 2026")
        await stage.type("⏎")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen))
        assert "A new scheme, made from default." in stage.text
        await stage.type("ctrl+s")
        await stage.until(lambda: "Kept: our-school-2026, version 1." in said(stage))
        await stage.type("x ctrl+s")
        await stage.until(lambda: "Kept" in said(stage) and not book(stage).has(ROLE, "slt"))
        await stage.type("⎋")
        await stage.until(lambda: isinstance(stage.app.screen, ShelfScreen) and "our-school-2026" in stage.text)

    desk = a_desk(tmp_path)
    play(script, desk=desk, observation=None)
    assert [file.name for file in desk.folder.iterdir()] == ["our-school-2026.v1.toml"]


def test_what_cannot_be_kept_stays_on_the_screen(tmp_path: Path) -> None:
    """A full disk is said; the edit is still there and is kept once there is room."""

    async def script(stage: Stage) -> None:
        stage.desk.failing = True
        await to_scheme(stage)
        await stage.type("x ctrl+s")
        await stage.until(lambda: "The disk is full." in said(stage))
        assert not book(stage).has(ROLE, "slt")
        stage.desk.failing = False
        await stage.type("ctrl+s")
        await stage.until(lambda: "Kept" in said(stage))

    play(script, desk=a_desk(tmp_path), observation=None)


@pytest.mark.parametrize("text", ["[/b]", "[b]bold[/b]", "<i>", "x" * 80, "字" * 80])
@pytest.mark.parametrize("key", ["l", "d"])
def test_hostile_text_is_drawn_as_it_is(tmp_path: Path, text: str, key: str) -> None:
    """Markup and very long words are drawn and never obeyed; what breaks a rule is refused with words."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type(key)
        await write(stage, text)
        assert text[:1] in stage.text
        await stage.type("⏎")
        code = book(stage).code(ROLE, "slt")
        assert faults(book(stage)) == ()
        assert text in {code.label, code.definition} or "markup" in said(stage)

    play(script, desk=a_desk(tmp_path), observation=None, size=(80, 24))


def test_a_paste_is_cleaned(tmp_path: Path) -> None:
    """Escape sequences in what is pasted do not come in."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("l")
        await write(stage, "")
        stage.app.screen.post_message(events.Paste("Sen\x1b[31mior\nteam\x00"))
        await stage.settled()
        await stage.type("⏎")
        assert book(stage).code(ROLE, "slt").label == "Senior team"

    play(script, desk=a_desk(tmp_path), observation=None)


def test_a_hostile_file_is_only_looked_at(tmp_path: Path) -> None:
    """A broken file in the folder is named on the shelf; a sound one with the longest texts is drawn."""
    desk = a_desk(tmp_path)
    desk.folder.mkdir()
    (desk.folder / "broken.toml").write_text('id = "[/b]\\u001b[31m"\n', encoding="utf-8")
    long = e.changed(preset("default"), e.Spot(e.CODE, ROLE, "slt"), "definition", "字" * 1000)
    long = replace(long, id="long", name="x" * 160)
    (desk.folder / "long.toml").write_text(own.text_of(long), encoding="utf-8")

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.until(lambda: "Not read: broken.toml" in said(stage))
        assert "\x1b" not in stage.text
        await stage.type("end")
        await stage.until(lambda: "x" * 30 in stage.text)
        await stage.type("⏎")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and "字" in stage.text)

    play(script, desk=desk, observation=None, size=(80, 24))


@pytest.mark.parametrize("screen", [actions.SHELF, actions.SCHEME])
def test_no_key_means_two_things_here(screen: str) -> None:
    """On each of the two screens every key belongs to one act."""
    keys = [key for act in actions.acts_of(screen) for key in act.keys]
    assert len(set(keys)) == len(keys)


def test_help_and_palette_know_this_screen(tmp_path: Path) -> None:
    """F1 tells the keys of this screen; the palette does its acts."""

    async def script(stage: Stage) -> None:
        await to_scheme(stage)
        await stage.type("f1")
        assert "another key for this code" in stage.text
        await stage.type("⎋")
        await stage.pilot.press("ctrl+p")
        await stage.until(lambda: "CommandPalette" in type(stage.app.screen).__name__)
        await stage.pilot.press(*"remove")
        await stage.until(lambda: "take this code" in stage.text)
        await stage.pilot.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and not book(stage).has(ROLE, "slt"))

    play(script, desk=a_desk(tmp_path), observation=None)


def test_the_mouse_chooses_and_opens(tmp_path: Path) -> None:
    """A click chooses a codebook, a second opens it; a click chooses a code, one on the strip does its act."""

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.pilot.click("#shelf", offset=(5, 5), times=2)
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and "stanford" in stage.text)
        await stage.pilot.click("#codes", offset=(6, 5))
        await stage.until(lambda: "code: Middle leaders" in stage.text)
        await stage.pilot.click("#strip", offset=(2, 0))
        await stage.until(lambda: "key of Middle leaders" in stage.text)

    play(script, desk=a_desk(tmp_path), observation=None)


def test_several_lines_stay_unless_changed(tmp_path: Path) -> None:
    """A definition of several lines, looked at in the line and entered as it is, keeps them; changed, it is one line."""
    desk = a_desk(tmp_path)
    desk.folder.mkdir()
    spot = e.Spot(e.CODE, ROLE, "slt")
    ours = replace(e.changed(preset("default"), spot, "definition", "One.\nTwo."), id="aa")
    (desk.folder / "aa.toml").write_text(own.text_of(ours), encoding="utf-8")

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.type("end ⏎")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and "Two." in stage.text)
        await stage.type("d")
        assert "One. Two." in stage.text
        await stage.type("⏎")
        assert book(stage) == ours
        await stage.type("d")
        await stage.pilot.press("!")
        await stage.type("⏎")
        assert book(stage).code(ROLE, "slt").definition == "One. Two.!"

    play(script, desk=desk, observation=None, size=(80, 24))


def test_a_hostile_codebook_of_a_study_is_drawn_harmless() -> None:
    """What a study has adopted is not judged; its control characters and markup are neither obeyed nor drawn."""
    hostile = replace(preset("default"), id="foreign", name="[/b]\x1b[31mname")
    for field in ("label", "definition", "key", "person"):
        hostile = e.changed(hostile, e.Spot(e.CODE, ROLE, "slt"), field, "[/b]\x1b[2J\n\x00x")
    desk = FakeDesk(an_observation())
    desk.studies = [Study("s-1", name="[/i]\x1b[0m", founded=1, codebooks={digest(hostile): hostile})]

    async def script(stage: Stage) -> None:
        await to_shelf(stage)
        await stage.type("end ⏎")
        await stage.until(lambda: isinstance(stage.app.screen, SchemeScreen) and "foreign" in stage.text)
        assert "code: [/b]" in stage.text
        for keys in ("k ⎋", "l ⎋", "d ⎋", "tab down down down down ⎋"):
            await stage.type(keys)
            assert not set(stage.text) & {"\x1b", "\x00"}

    play(script, desk=desk, observation=None, size=(80, 24))
