"""A questionnaire from two CSV files: what is read, what is refused, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.analysis.questionnaire import Answers
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.questionnaire import MAX_RESPONDENTS, read

ITEMS = "item,section,text,heading,minimum,maximum\nA1,A,First,,1,5\nB1,b,Second,activity=teaching,0,10\n"
ANSWERS = "respondent,A1 X,A1 Y,B1 X,B1 Y\nR1,1,5,0,10\nR2,,4,3,\n"


def written(folder: Path, answers: str | bytes = ANSWERS, items: str | bytes = ITEMS) -> tuple[Path, Path]:
    paths = folder / "answers.csv", folder / "items.csv"
    for path, text in zip(paths, (answers, items), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


def taken(folder: Path, answers: str | bytes = ANSWERS, items: str | bytes = ITEMS) -> Answers:
    return read(*written(folder, answers, items)).answers


def test_what_is_read(tmp_path: Path) -> None:
    """Items with their scales and headings, and pairs in their order; an empty cell is nothing; no respondent is kept."""
    found = read(*written(tmp_path))
    assert [(i.id, i.section, i.minimum, i.maximum, i.division, i.heading) for i in found.answers.items] == [
        ("A1", "A", 1, 5, None, None),
        ("B1", "B", 0, 10, "activity", "teaching"),
    ]
    assert found.answers.given == (((1, 5), (0, 10)), ((None, 4), (3, None)))
    assert found.places["B1"].endswith("items.csv:3 heading")


@pytest.mark.parametrize(
    "answers",
    [
        ANSWERS.replace(",", ";"),
        b"\xef\xbb\xbf" + ANSWERS.encode(),
        ANSWERS.replace("\n", "\r\n"),
        ANSWERS.replace(" X", "_x").replace(" Y", "_y"),
        ANSWERS.replace("respondent,", "").replace("R1,", "").replace("R2,", ""),
        "B1 Y,B1 X,A1 Y,A1 X\n10,0,5,1\n,3,4.0,\n",
    ],
)
def test_what_a_spreadsheet_makes_of_it(tmp_path: Path, answers: str | bytes) -> None:
    """Semicolons, a byte order mark, other ends of lines, underscores, no respondents, another order: the same answers."""
    assert taken(tmp_path, answers).given == taken(tmp_path).given


def with_column(name: str, first: str = "", second: str = "") -> str:
    head, one, two = ANSWERS.splitlines()
    return f"{head},{name}\n{one},{first}\n{two},{second}\n"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (with_column("Surname", "Okafor"), "answers.csv:1 surname: looks like names or addresses, which never enter"),
        (with_column("E-Mail", "x"), ":1 e-mail: looks like names"),
        (with_column("contact", "a@school.example"), ":1 contact: looks like names"),
        (
            with_column("Anything else?", "More time"),
            "anything else?: holds free text, which is not read and not",
        ),
        (with_column("B2 X", "3"), ":1 b2 x: belongs to no item; list the item, call the column respondent"),
        (ANSWERS.replace("R1", "Okafor"), ":2 respondent: is no code of a respondent, and names never enter"),
        (ANSWERS.replace("R2", "r1"), ":3 respondent: is there twice"),
        (ANSWERS.replace("A1 X", "A9 X"), "there is no column for X of item A1; write one headed 'A1 X'"),
        (ANSWERS.replace("1,5,0", "6,5,0"), ":2 a1 x: is no whole number from 1 to 5; write one, or nothing"),
        (ANSWERS.replace("1,5,0", "1,often,0"), ":2 a1 y: is no whole number from 1 to 5"),
        (ANSWERS.replace("1,5,0", "1.5,5,0"), ":2 a1 x: is no whole number"),
        (ANSWERS.replace("1,5,0", "=1+1,5,0"), ":2 a1 x: is no whole number"),
        (ANSWERS + "R3,1,2\n", ":4: the line has 3 fields and the header has 5; put text with commas in quotes"),
        ("A1 X,A1 X,A1 Y,B1 X,B1 Y\n1,1,1,1,1\n", "the column 'a1 x' is there 2 times"),
        ("", "the file is empty; write a header and a line for each respondent"),
        (ANSWERS.replace(",", "\t"), "the header has one column only; save it with commas or semicolons between"),
        (b"\xff\xfe" + ANSWERS.encode("utf-16-le"), "NUL byte"),
        (ANSWERS.replace("R1", "\u00e9").encode("latin-1"), "this is not UTF-8; save the table as CSV in UTF-8"),
        ("x" * 6_000_000, "the file is larger than 5 MB"),
        (",".join(f"c{n}" for n in range(200_000)), "the header has 200000 columns; use 1000 at most"),
        (ANSWERS + "R9,1,1,1,1\n" * (MAX_RESPONDENTS + 1), f"there are more than {MAX_RESPONDENTS} lines"),
        ('respondent,"A1 X\n', "the quotes do not match"),
    ],
)
def test_answers_that_are_refused(tmp_path: Path, answers: str | bytes, words: str) -> None:
    """File, line, column and what would be right are named; nobody's words or name is quoted, nothing is read."""
    with pytest.raises(BadInput) as error:
        taken(tmp_path, answers)
    assert words in str(error.value)
    for said in ("Okafor", "school.example", "More time", "often"):
        assert said not in str(error.value)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (ITEMS.replace("A1", "A 1"), "items.csv:2 item: is no code of an item; write letters and digits"),
        (ITEMS.replace("A1,A", "A1,C"), ":2 section: is no section; write A or B"),
        (ITEMS.replace("First", ""), ":2 text: is no wording"),
        (ITEMS.replace("First", "x" * 301), ":2 text: is no wording"),
        (ITEMS.replace("First", "\x1b[31m"), ":2 text: is no wording"),
        (ITEMS.replace("activity=teaching", "teaching"), ":3 heading: is no heading; write NAME=CODE"),
        (ITEMS.replace(",1,5", ",one,5"), ":2 minimum: is no lower end"),
        (ITEMS.replace(",1,5", ",1,500"), ":2 maximum: is no upper end"),
        (ITEMS.replace(",1,5", ",5,5"), ":2 maximum: is not above the minimum"),
        (ITEMS.replace("B1", "a1"), ":3 item: is there twice"),
        (ITEMS.replace("maximum", "max"), "the column maximum is missing"),
        (ITEMS.replace("heading", "author"), ":1 author: is no column of an items file; known are item, section"),
        ("item,section,text,minimum,maximum\n", "there is no item"),
        ("item,section,text,minimum,maximum\n" + "A1,A,x,1,2\n" * 302, "there are more than 300 lines"),
    ],
)
def test_items_that_are_refused(tmp_path: Path, items: str, words: str) -> None:
    """What is wrong with an item is named with its place and what would be right."""
    with pytest.raises(BadInput) as error:
        taken(tmp_path, items=items)
    assert words in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is said to be so."""
    with pytest.raises(NotFound):
        read(tmp_path / "none.csv", tmp_path / "none.csv")


@given(st.binary(max_size=300) | st.text(alphabet='respondtAB1XY,; "\n=@', max_size=300).map(str.encode))
def test_nothing_but_answers_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever a file holds it is read or refused in words."""
    folder = tmp_path_factory.mktemp("any")
    for answers, items in ((data, ITEMS), (ANSWERS, data)):
        try:
            found = taken(folder, answers, items)
        except BadInput as error:
            assert str(error)  # noqa: PT017
        else:
            assert all(len(line) == len(found.items) for line in found.given)
