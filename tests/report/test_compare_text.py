"""A comparison in the terminal: 80 columns whatever is in it, and no two that cannot be told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import Comparison
from shadowlog.domain.phrases import broken, columns, fitted
from shadowlog.domain.terms import Record
from shadowlog.report.compare_text import AXIS, LABEL, MARKS, SIDE, comparison_text
from tests.analysis.days import random_day

WIDE = "\N{CJK UNIFIED IDEOGRAPH-4F1A}\N{CJK UNIFIED IDEOGRAPH-8B70}"
THIN = "e\N{COMBINING ACUTE ACCENT}\N{ZERO WIDTH JOINER}\N{DEVANAGARI LETTER KA}\N{DEVANAGARI VOWEL SIGN U}\N{VARIATION SELECTOR-16}"


def one(number: int) -> Record:
    record = random_day(number % 5, 6, f"day {number}")
    return replace(record, observation=replace(record.observation, head=f"H{number:02}", observer="O1"))


def of(count: int) -> Comparison:
    return compare([one(n) for n in range(count)], "activity")


def axes(found: Comparison) -> list[str]:
    """What is drawn on the axes."""
    lines = comparison_text(found).splitlines()
    start = next(n for n, line in enumerate(lines) if line.rstrip().endswith("95 %")) + 1
    return [line[LABEL + 1 + SIDE :][:AXIS] for line in lines[start : start + 2 * len(found.rows)]]


def test_more_than_an_alphabet_is_told_apart() -> None:
    """Up to as many marks as there are each has its own, none of them a sign of the axis, and stands where its share is."""
    found = of(len(MARKS))
    lines = comparison_text(found).splitlines()
    assert [line[0] for line in lines[2 : 2 + len(MARKS)]] == list(MARKS)
    assert len(set(MARKS)) == len(MARKS)
    assert not set(MARKS) & set(" ·*-")
    row = found.rows[0]
    shares = [0.0] * len(MARKS)
    shares[-1] = 1.0
    apart = replace(row, often=replace(row.often, shares=tuple(shares), highest=1.0, interval=(0.0, 0.5)))
    drawn = axes(replace(found, rows=(apart, *found.rows[1:])))[0]
    assert (drawn[0], drawn[-1]) == ("*", MARKS[-1])


def test_no_axis_is_drawn_where_marks_run_out() -> None:
    """One more than there are marks: no axis and no mark, the ranges stand, and it is said what would be right."""
    found = of(len(MARKS) + 1)
    assert set("".join(axes(found))) <= {" "}
    text = comparison_text(found)
    words = " ".join(text.split())
    assert f"No axis: {len(MARKS) + 1} days" in words
    assert "Name fewer, or write the page with -o." in words
    assert "Each letter" not in words
    assert "What took most" not in words
    assert [line[:3] for line in text.splitlines()[2:5]] == ["   "] * 3


def test_long_lines_are_broken() -> None:
    """What is chosen and what is left out may be as long as they like: no line has more than 80 columns, and no word is lost."""
    found = of(3)
    many = tuple(f"2026-11-{n:02} H{n:02} O1: nothing of it is verified" for n in range(1, 25))
    long = tuple(f"Heading {n} {WIDE}" for n in range(30))
    text = comparison_text(replace(found, chosen=(" or ".join(long),), left_out=many, label=" ".join(long)))
    assert max(map(columns, text.splitlines())) <= 80
    words = " ".join(text.split())
    assert all(each in words for each in (*many, *long))


@pytest.mark.parametrize("letters", [WIDE, THIN, "a"])
def test_letters_of_any_width_keep_the_columns(letters: str) -> None:
    """Labels of wide letters, and of letters drawn into the one before, leave every axis and number in its column."""
    found = of(3)
    plain = comparison_text(found).splitlines()
    rows = tuple(replace(row, label=letters * 12) for row in found.rows)
    groups = tuple(replace(group, label=letters * 20) for group in found.groups)
    strange = comparison_text(replace(found, rows=rows, groups=groups)).splitlines()
    first = next(n for n, line in enumerate(plain) if " often " in line)
    last = first + 2 * len(rows)
    for n in (*range(2, 5), *range(first, last)):
        side = 33 if n < first else LABEL
        assert _from(strange[n], side) == _from(plain[n], side), n


def _from(line: str, column: int) -> str:
    """What of a line stands from a column on."""
    at = next(n for n in range(len(line) + 1) if columns(line[:n]) >= column)
    while at < len(line) and not columns(line[at]):
        at += 1
    return line[at:].rstrip()


def test_lines_are_broken_where_they_may_be() -> None:
    """Words stay whole where they fit, wide letters count two, and a word that fits no line is cut."""
    assert broken("one two three", 7) == ["one two", "three"]
    assert broken("one two three", 7, "  ") == ["one two", "  three"]
    assert broken("", 7) == []
    assert broken("  a b", 3, " ") == ["  a", " b"]
    assert broken("abcdefghij", 4, " ") == ["abcd", " efg", " hij"]
    assert broken(WIDE * 3, 4) == [WIDE] * 3
    assert broken(f"a {WIDE}", 5) == ["a", WIDE]
    assert columns(THIN) == 2
    assert columns(fitted(THIN * 9, 10)) == 10
