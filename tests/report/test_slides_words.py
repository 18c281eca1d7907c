"""What slides say is true of what they show, and says what they do not show."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from shadowlog.analysis.deck_shape import Deck, Division, Heading, Measure, Pattern, from_plain
from shadowlog.domain.feedback import WAYS
from shadowlog.report.number_slides import NOTHING_SHOWN, span
from shadowlog.report.present import present
from shadowlog.report.slide import BarRow, DotRow, Slide
from shadowlog.report.slides import slides

FROZEN = Path(__file__).parents[1] / "data" / "frozen_set.json"
"""A set as a study's journal keeps it, never to be written anew: what was frozen once must open."""
PARTS = ("before 9", "9 to 11")


def a_deck(*rows: Heading, rates: tuple[tuple[float | None, ...], ...] = ()) -> Deck:
    """A deck of three heads with one division of time."""
    pattern = Pattern(PARTS, rates, tuple(tuple(r is None for r in row) for row in rates)) if rates else None
    return Deck(("A", "B", "C"), 3, (), (Division("who", "role", rows),), (), (), "split", 5, 0, (), pattern)


def slide(deck: Deck, id_: str) -> Slide:
    """The slide of this id."""
    return next(each for each in slides(deck) if each.id == id_)


SAME = (0.1, 0.2, 0.3)


def test_the_most_is_said_once_of_one_heading() -> None:
    """A heading with the most time and the most episodes is named once; of two each is named."""
    one = slide(a_deck(Heading("Staff", 0.6, 0.7, SAME), Heading("Alone", 0.4, 0.3, SAME)), "who all")
    assert one.finding == "Staff: the most time (70 %) and the most episodes (60 %)."
    two = slide(a_deck(Heading("Staff", 0.6, 0.3, SAME), Heading("Alone", 0.4, 0.7, SAME)), "who all")
    assert two.finding == "Alone: the most time (70 %); Staff: the most episodes (60 %)."


@pytest.mark.parametrize(
    ("often", "lasted", "end"), [(None, 0.5, ""), (0.5, None, ""), (None, None, " Left out: Staff.")]
)
def test_the_most_is_of_what_is_shown(often: float | None, lasted: float | None, end: str) -> None:
    """Where a heading is left out in part or whole, the most is of what is shown, and what is gone whole is named."""
    told = slide(a_deck(Heading("Staff", often, lasted, SAME), Heading("Alone", 0.4, 0.3, SAME)), "who all")
    assert told.finding == f"Of what is shown. Alone: the most time (30 %) and the most episodes (40 %).{end}"
    assert [row.label for row in told.rows] == (["Alone"] if end else ["Staff", "Alone"])


def test_nothing_of_a_heading_is_no_line() -> None:
    """A heading that nothing fell under has no line; one that is left out for every head has one that says so."""
    rows = (
        Heading("Staff", 0, 0, (0, 0, 0)),
        Heading("Alone", 1, None, (None, None, None)),
        Heading("Own", 1, 1, SAME),
    )
    told = slide(a_deck(*rows), "who heads")
    row, other = told.rows
    assert isinstance(row, DotRow)
    assert (row.label, row.dots, row.said, other.label) == ("Alone", (), "Alone: left out", "Own")


def test_letters_that_are_left_out_are_named() -> None:
    """A line of dots says of which heads nothing is shown; of many it says how many."""
    told = slide(a_deck(Heading("Staff", 1, 1, (None, 0.2, None))), "who heads")
    assert told.rows[0].label == "Staff (without A, C)"
    many = replace(a_deck(Heading("Staff", 1, 1, (0.1, *[None] * 5))), letters=("A", "B", "C", "D", "E", "F"), days=6)
    assert slide(many, "who heads").rows[0].label == "Staff (without 5 heads)"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (((9, 1), (8, 2), (1, 7)), "Interactions an hour. The most are before 9 with 2 of 3 heads."),
        (((9, 1), (8, 2), (7, 1)), "Interactions an hour. The most are before 9 with 3 of 3 heads."),
        (((9, 1), (1, 8)), "Interactions an hour."),
        (((9, 1), (8, 2), (None, 7)), "Interactions an hour."),
    ],
)
def test_when_most_come_takes_three_heads_and_more_than_half(
    rates: tuple[tuple[float | None, ...], ...], said: str
) -> None:
    """Below three heads of whom all is told, or without more than half of them, nothing is said of when most come."""
    deck = replace(a_deck(rates=rates), letters=tuple("ABC"[: len(rates)]))
    assert slide(deck, "pattern 1").finding == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1.4, 1.4, 1.4), "1.4 an hour for each."),
        ((1.4, 1.44, 1.38), "1.4 an hour for each."),
        ((1.4, None, 1.4), "1.4 an hour for each of those shown."),
        ((None, 1.4, None), "1.4 an hour (B)."),
        ((1.4, 2, None), "From 1.4 (A) to 2 (B) an hour."),
        ((0, 3, 1, 0.04, 0), "From 0 (A, D, E) to 3 (B) an hour."),
        ((2, 9, 9, 9, 9), "From 2 (A) to 9 (B, C, D, E) an hour."),
        ((2, 9, 9, 9, 9, 9, 1), "From 1 (G) to 9 (5 heads) an hour."),
    ],
)
def test_all_who_are_at_an_end_are_named(values: tuple[float | None, ...], said: str) -> None:
    """Of the lowest and the highest number every head is named, many are counted, and "each" is said only of those shown."""
    assert span("ABCDEFG"[: len(values)], values, "an hour", " an hour") == said


def test_what_is_heard_is_what_is_found() -> None:
    """Whoever listens hears each number as the finding says it, though a dot stands on a rounded place."""
    deck = replace(a_deck(), measures=(Measure("alone", "Time alone", "%", (0.035, 0.9, 0.5)),))
    told = slide(deck, "alone")
    (row,) = told.rows
    assert isinstance(row, DotRow)
    assert told.finding == "From 4 % (A) to 90 % (B)."
    assert row.said == "Time alone: A 4 %, C 50 %, B 90 %"


def test_how_often_and_how_long_are_told_apart() -> None:
    """A row of two bars is told with which is which, and what is left out has no bar."""
    (row,) = slide(a_deck(Heading("Staff", 0.12, None, SAME)), "who all").rows
    assert isinstance(row, BarRow)
    assert row.said == "Staff: how often, 12 %; how long, left out"
    assert (row.often, row.long) == (100, None)


@pytest.mark.parametrize("id_", ["alone", "who all", "who heads", "pattern 1"])
def test_a_slide_without_a_number_says_so(id_: str) -> None:
    """Where everything is left out there is no empty axis, nothing to guess and nothing to reveal, but a sentence."""
    none = (None, None, None)
    deck = replace(
        a_deck(Heading("Staff", None, None, none), rates=((None, None),) * 3),
        measures=(Measure("alone", "Time alone", "%", none),),
    )
    told = slide(deck, id_)
    assert (told.rows, told.axis, told.unit, told.reveals) == ((), (), "", False)
    assert told.lines == (NOTHING_SHOWN,)
    assert told.prompt


def test_one_head_is_spoken_of_as_one() -> None:
    """The slides of one head speak of one, and do not ask where heads differ."""
    deck = Deck(("A",), 1, (), (Division("who", "role", (Heading("Staff", 1, 1, (1,)),)),), (), (), "split", 5, 0, ())
    assert slide(deck, "cover").lines[1:] == (
        "The head is the letter A.",
        "Every number is of what the head agreed to.",
        "What is about fewer than 5 people is left out.",
    )
    assert "who heads" not in {each.id for each in slides(deck)}
    assert not [line for each in slides(deck) for line in each.lines[:2] if "heads" in line and "No mean" not in line]
    assert "Heads are letters, A to C, in an order made for this set." in slide(a_deck(), "cover").lines


@pytest.mark.parametrize(("threshold", "said"), [(5, "fewer than 5 people"), (12, "fewer than 12 people"), (1, "")])
def test_the_cover_says_from_how_many_people_on(threshold: int, said: str) -> None:
    """How few people are too few is this deck's own number; where nothing is too few nothing is said of it."""
    line = slide(replace(a_deck(), threshold=threshold), "cover").lines[-1]
    assert said in line
    assert ("left out" in line) is bool(said)


def test_the_six_ways_are_explained_before_the_first_incident() -> None:
    """Before the first incident, however long it is, one slide says what each of the six ways means; without one it is not there."""
    deck = replace(a_deck(), incidents=("Word " * 200, "Two."))
    kinds = [each.kind for each in slides(deck)]
    assert kinds.count("six") == 1
    assert kinds[kinds.index("six") + 1] == "story"
    assert slide(deck, "ways").lines == tuple(f"{way}: {meaning}" for way, meaning in WAYS.items())
    assert "six" not in [each.kind for each in slides(a_deck())]


def test_a_set_frozen_by_an_earlier_version_opens() -> None:
    """What was kept of a set, as it stands on disk, gives all its slides; so does one from before patterns and left-out marks."""
    kept = json.loads(FROZEN.read_text(encoding="utf-8"))
    told = present(from_plain(kept["shown"]), "workshop", kept["set"])
    assert kept["set"] in told
    questions = [each.question for each in slides(from_plain(kept["shown"]))]
    assert len(questions) == len(set(questions)) > 10
    older = {**kept["shown"], "measures": [{**each} for each in kept["shown"]["measures"]]}
    del older["pattern"]
    for each in older["measures"]:
        del each["left_out"]
    assert [each.question for each in slides(from_plain(older))] == [
        each for each in questions if "When in" not in each
    ]
