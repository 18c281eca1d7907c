"""Every slide holds what is on it, at 28 pixels a letter, of any deck: more is dealt out over several slides."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.deck_shape import Deck
from shadowlog.report.fitting import READ_LAST, READ_ON, apart, dealt, lanes, lines, told_over, wide
from shadowlog.report.slide import BarRow, DotRow
from shadowlog.report.slides import slides
from tests.driven import Driven
from tests.report.decks import COUNT, SPILLS, demonstration, here, hostile, seen, written

DECKS = {"demonstration": demonstration, "hostile": hostile}
SIZES = [(1920, 1080), (1280, 720), (1024, 768)]


@pytest.mark.parametrize("made", DECKS.values(), ids=DECKS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut(
    window: Driven, tmp_path: Path, made: Callable[[], Deck], size: tuple[int, int], dark: bool
) -> None:
    """Before and after the reveal, with a guess made, nothing is cut, covered, off the slide, below 28 px or below 7:1."""
    if dark:
        window.prefer_dark()
    window.open(written(made(), tmp_path), *size)
    faults: list[Any] = []
    words = seen(".here *, #where")
    for at in range(1, int(window.run(COUNT)) + 1):
        assert here(window) == at
        if window.run("document.querySelector('.here .guess input') !== null"):
            window.type(".here .guess input", "12,5")
        for _ in range(1 + window.run("'reveals' in document.querySelector('.here').dataset")):
            faults += [(at, each) for each in window.run(SPILLS)]
            faults += [(at, each) for each in window.run(words) if each[1] < 28 or each[2] < 7]
            window.press("PageDown")
    assert faults == []
    assert window.console == []


def test_what_spills_would_be_seen(window: Driven, tmp_path: Path) -> None:
    """Negative control: rows too many, a word off the edge and one above another are each found."""
    path = written(demonstration(), tmp_path)
    text = path.read_text(encoding="utf-8")
    for more, fault in (
        ("<p>row</p>" * 40, "more than the slide holds"),
        ("<b style='position:absolute;left:-9px;top:50%'>edge</b>", "off: edge"),
        (
            "<b style='position:fixed;left:0;top:0'>one</b><b style='position:fixed;left:0;top:0'>two</b>",
            "one over two",
        ),
    ):
        path.write_text(text.replace("</section>", f"{more}</section>", 1), encoding="utf-8")
        window.open(path, 1024, 768)
        assert fault in window.run(SPILLS)


def test_what_fits_is_not_split() -> None:
    """The demonstration's slides hold all their rows: none of them is dealt out over several."""
    assert [each.question for each in slides(demonstration()) if re.search(r"\(\d+ of \d+\)$", each.question)] == []


def test_every_row_is_dealt_once_and_in_order() -> None:
    """The parts of a split slide have all its rows in order, one axis, names of their own, and the finding on the last."""
    made = slides(hostile())
    parts = [each for each in made if each.id.startswith("activity all")]
    labels = [row.label for each in parts for row in each.rows if isinstance(row, BarRow)]
    assert labels == [row.label for row in hostile().divisions[1].rows]
    assert [each.question[-8:] for each in parts[:1]] == [f"(1 of {len(parts)})"]
    assert [bool(each.finding) for each in parts] == [False] * (len(parts) - 1) + [True]
    assert len({each.axis for each in made if each.id.startswith("activity heads")}) == 1
    assert len({each.id for each in made}) == len(made)


def test_an_incident_is_told_whole() -> None:
    """The parts of a long incident are the whole of it, each fits, and hands are counted on the last by the incident's name."""
    for text in hostile().incidents:
        parts = told_over(text)
        assert "".join("".join(parts).split()) == "".join(text.split())
        assert all(wide(part) <= READ_ON for part in parts)
        assert wide(parts[-1]) <= READ_LAST
    made = [each for each in slides(hostile()) if each.id.startswith("incident 1")]
    assert [each.kind for each in made] == ["story", "sort"]
    assert made[0].text.endswith(".")
    assert " ".join(each.text for each in made) == hostile().incidents[0]
    assert made[-1].id == "incident 1"


def test_letters_stand_on_the_axis_in_lanes() -> None:
    """No letter leaves the axis or stands nearer than it may to another in its lane; 26 heads take three lanes."""
    assert apart([0.0] * 4) == [0.0, 6.5, 13.0, 19.5]
    assert apart([100.0, 100.0]) == [93.5, 100.0]
    assert apart([95.0, 99.0, 100.0, 100.0]) == [80.5, 87.0, 93.5, 100.0]
    for places in ([0.0] * 26, [100.0] * 26, [4.0 * n for n in range(26)], [50.0] * 26):
        found = lanes(places)
        assert {lane for _, lane in found} == {0, 1, 2}
        for lane in range(3):
            drawn = [at for at, each in found if each == lane]
            assert all(0 <= at <= 100 for at in drawn)
            assert all(b - a >= 6.49 for a, b in pairwise(drawn))
    rows = [row for each in slides(hostile()) for row in each.rows if isinstance(row, DotRow)]
    assert max(row.lanes for row in rows) == 3


def test_rows_are_dealt_evenly() -> None:
    """Ten rows of which six fit stand five by five; what stands below the last one has its room; too high a row stands alone."""
    assert dealt(range(10), lambda _: 1, 6, 0) == [(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)]
    assert dealt(range(6), lambda _: 1, 6, 1) == [(0, 1, 2, 3), (4, 5)]
    assert dealt(range(2), lambda _: 9, 6, 0) == [(0,), (1,)]
    assert dealt((), lambda _: 1, 6, 1) == [()]
    assert (lines("one two", 3), lines("W" * 10, 5), lines("")) == (2, 2, 1)
