from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.codebooks.own import text_of
from shadowlog.codebooks.presets import preset, presets
from shadowlog.codebooks.reader import read
from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.domain.codebook_rules import faults
from shadowlog.errors import Refused
from tests.codebook_strategies import codebooks, texts

TEACHER = e.Spot(e.CODE, ROLE, "teacher")
BOOK = preset("default")


@given(st.data())
def test_edits_that_break_nothing_are_kept_as_they_are(data: st.DataObject) -> None:
    """However a codebook is edited, what breaks no rule survives being written as TOML and read again."""
    book = data.draw(codebooks())
    for _ in range(data.draw(st.integers(1, 8))):
        after = edited(data, book)
        if e.breaks(book, after) is None:
            book = after
    assert faults(book) == ()
    assert read(text_of(book)) == book


def edited(data: st.DataObject, book: Codebook) -> Codebook:
    """The codebook after any one edit, sound or not."""
    spot = data.draw(st.sampled_from(e.spots(book)))
    match data.draw(st.sampled_from(["field", "add", "remove", "move", "roll-up", "turn"])):
        case "field":
            field = data.draw(st.sampled_from(e.fields_of(book, spot)))
            words = st.sampled_from(field.choices) if field.choices else texts | st.text(max_size=3)
            return e.changed(book, spot, field.name, data.draw(words))
        case "add":
            return e.added(book, spot, data.draw(texts))[0]
        case "remove":
            try:
                return e.removed(book, spot)
            except Refused:
                return book
        case "move":
            return e.moved(book, spot, data.draw(st.sampled_from([-1, 1])))
        case "roll-up":
            return e.rolled_up(book, data.draw(st.sampled_from(book.dimensions)).id, data.draw(texts))[0]
    return e.digits_turned(book)


@given(codebooks())
def test_a_field_typed_as_it_stands_changes_nothing(book: Codebook) -> None:
    """What a field says, typed again, gives the same codebook, also where two headings share a label."""
    for spot in e.spots(book):
        for field in e.fields_of(book, spot):
            assert e.changed(book, spot, field.name, e.value(book, spot, field.name)) == book


@pytest.mark.parametrize(
    ("spot", "key", "words"),
    [
        (TEACHER, "t", "t is already the key of Teaching and learning."),
        (TEACHER, "7", "7 is already the key of Pupils."),
        (TEACHER, "t1", "t1 begins with t, the whole key of Teaching and learning."),
        (TEACHER, "3", ""),
        (TEACHER, "é", ""),
        (e.Spot(e.CODE, PLACE, "hall"), "c", "c is already the key of Classroom or learning space."),
        (e.Spot(e.CODE, PLACE, "hall"), "t", ""),
    ],
)
def test_a_clash_names_the_other_code(spot: e.Spot, key: str, words: str) -> None:
    """Roles and activities share their keys, places have their own; the code in the way is called by its label."""
    assert e.clash_of(BOOK, spot, key) == words
    assert (e.breaks(BOOK, e.changed(BOOK, spot, "key", key)) is None) == (not words)


def test_a_leader_clashes() -> None:
    """A key of one character may not begin another of two, nor a key of two begin with a whole one."""
    tasks = preset("stanford")
    assert e.clash_of(tasks, TEACHER, "m") == "m also begins m1, the key of Budgets and resources."
    assert e.clash_of(tasks, TEACHER, "m1") == "m1 is already the key of Budgets and resources."
    assert e.clash_of(tasks, TEACHER, "m0") == ""


@pytest.mark.parametrize("key", ["T", "É", " ", "*", "?", "[", "]", "{", "}", "<", ">", ",", ".", "abc", "\t", "a\x1b"])
def test_no_code_takes_the_key_of_an_act(key: str) -> None:
    """Capitals, the keys of acts, three characters and what cannot be typed are no key of a code."""
    assert e.breaks(BOOK, e.changed(BOOK, TEACHER, "key", key)) is not None


def test_two_keys_are_swapped() -> None:
    """A code takes the key of another, which takes its: also across who and what."""
    book = e.swapped(BOOK, TEACHER, "t")
    assert book is not None
    assert (book.code(ROLE, "teacher").key, book.code(ACTIVITY, "teaching_learning").key) == ("t", "3")
    assert faults(book) == ()
    assert e.swapped(BOOK, TEACHER, "é") is None
    assert e.swapped(BOOK, TEACHER, "3") is None


@pytest.mark.parametrize("id_", presets())
def test_digits_turn_and_turn_back(id_: str) -> None:
    """Every preset can be recorded with on a French keyboard: no digit stays, nothing clashes, and back is as before."""
    turned = e.digits_turned(preset(id_))
    assert faults(turned) == ()
    keys = "".join(code.key for dimension in turned.dimensions for code in dimension.codes)
    assert not set(keys) & set("0123456789")
    assert e.digits_turned(turned) == preset(id_)


def test_a_heading_is_named_by_its_label() -> None:
    """What is typed is a label in any case, the beginning of one that no other has, or an id."""
    field = f"{e.UNDER}study_group"
    for typed in ("Visitors", "visit", "visitors"):
        assert e.changed(BOOK, TEACHER, field, typed).code(ROLE, "teacher").rollups["study_group"] == "visitors"
    assert "study_group" not in e.changed(BOOK, TEACHER, field, "").code(ROLE, "teacher").rollups
    fault = e.breaks(BOOK, e.changed(BOOK, TEACHER, field, "Strangers"))
    assert fault is not None
    assert "has no heading 'Strangers'" in fault.what


def test_something_new_stands_below_the_cursor() -> None:
    """A code, a heading, a dimension and a roll-up are added where the cursor is, under ids of their own."""
    book, spot = e.added(BOOK, TEACHER, "Maîtres d'école")
    assert spot == e.Spot(e.CODE, ROLE, "maitres_d_ecole")
    assert [c.id for c in book.codes(ROLE)][2:4] == ["teacher", "maitres_d_ecole"]
    again, second = e.added(book, TEACHER, "Maîtres d'école")
    assert second.id == "maitres_d_ecole_2"
    book, spot = e.added(again, e.Spot(e.ROLLUP, "sam"), "Rest")
    assert e.rollup_of(book, "sam").headings[-1] == ("rest", "Rest")
    book, spot = e.added(book, e.Spot(e.SCHEME), "Weather")
    assert book.dimension("weather").codes[0].id == "other"
    book, spot = e.rolled_up(book, ACTIVITY, "十")
    assert spot == e.Spot(e.ROLLUP, "x")
    assert faults(book) == ()


def test_what_recording_needs_stays() -> None:
    """The six dimensions of recording cannot be taken out, nor a dimension's last code; a lens can, with its roll-ups."""
    with pytest.raises(Refused, match="Recording asks for who"):
        e.removed(BOOK, e.Spot(e.DIMENSION, ROLE))
    with pytest.raises(Refused, match="not removed here"):
        e.removed(BOOK, e.Spot(e.SCHEME))
    assert "hold" not in [d.id for d in e.removed(BOOK, e.Spot(e.DIMENSION, "hold")).dimensions]
    book = preset("instruction-management-personal")
    for id_ in ("instruction", "management"):
        book = e.removed(book, e.Spot(e.CODE, ACTIVITY, id_))
    assert e.breaks(book, e.removed(book, e.Spot(e.CODE, ACTIVITY, "personal"))) is not None


def test_a_heading_that_goes_leaves_its_codes() -> None:
    """Codes lose a heading or a roll-up that is taken out, and stay themselves."""
    book = e.removed(BOOK, e.Spot(e.HEADING, "sam", "instruction"))
    assert "sam" not in book.code(ACTIVITY, "coaching").rollups
    assert book.code(ACTIVITY, "admin").rollups["sam"] == "management"
    book = e.removed(BOOK, e.Spot(e.ROLLUP, "sam"))
    assert all("sam" not in code.rollups for code in book.codes(ACTIVITY))
    assert faults(book) == ()


def test_moving_stops_at_the_ends() -> None:
    """The first code moves no further up; what is moved down and up stands where it was."""
    first = e.Spot(e.CODE, ROLE, "slt")
    assert e.moved(BOOK, first, -1) == BOOK
    down = e.moved(BOOK, first, 1)
    assert [c.id for c in down.codes(ROLE)][:2] == ["middle", "slt"]
    assert e.moved(down, first, -1) == BOOK
    for spot in (e.Spot(e.DIMENSION, ACTIVITY), e.Spot(e.ROLLUP, "ntps"), e.Spot(e.HEADING, "sam", "management")):
        assert e.moved(e.moved(BOOK, spot, 1), spot, -1) == BOOK


@pytest.mark.parametrize("label", ["[b]bold[/b]", "<script>", "\x1b[31mred", "a\x00b", "x" * 81, "", "  ", "\u202eabc"])
def test_hostile_labels_break_a_rule(label: str) -> None:
    """Markup, escape sequences, control characters, nothing at all and too much of it are refused."""
    assert e.breaks(BOOK, e.changed(BOOK, TEACHER, "label", label)) is not None


def test_long_texts_are_kept() -> None:
    """A definition of a thousand dots or quotes, the longest there may be, is written and read again."""
    for sign in (".", '"', "\\", "'", "\n", "=", "é", "字"):
        book = e.changed(BOOK, TEACHER, "definition", "a" + sign * 998 + "b")
        book = e.changed(book, e.Spot(e.SCHEME), "source", "a" + sign * 1998 + "b")
        assert e.breaks(BOOK, book) is None
        assert read(text_of(book)) == book
