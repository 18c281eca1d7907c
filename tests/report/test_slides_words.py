"""What slides say is true of what they show, and says what they do not show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.deck_shape import Deck, Division, Heading, Pattern
from shadowlog.report.slide import DotRow, Slide
from shadowlog.report.slides import slides

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
    told = slide(a_deck(Heading("Staff", 0, 0, (0, 0, 0)), Heading("Alone", 1, None, (None, None, None))), "who heads")
    (row,) = told.rows
    assert isinstance(row, DotRow)
    assert (row.label, row.dots) == ("Alone", ())


def test_letters_that_are_left_out_are_named() -> None:
    """A line of dots says of which heads nothing is shown; of many it says how many."""
    told = slide(a_deck(Heading("Staff", 1, 1, (None, 0.2, None))), "who heads")
    assert told.rows[0].label == "Staff (without A, C)"
    many = replace(a_deck(Heading("Staff", 1, 1, (0.1, *[None] * 5))), letters=("A", "B", "C", "D", "E", "F"), days=6)
    assert slide(many, "who heads").rows[0].label == "Staff (without 5 heads)"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (((9, 1), (8, 2), (1, 7)), "Interactions an hour. Most come before 9 with 2 of 3 heads."),
        (((9, 1), (8, 2), (7, 1)), "Interactions an hour. Most come before 9 with 3 of 3 heads."),
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
