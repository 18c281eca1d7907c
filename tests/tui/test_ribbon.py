"""The day so far: ruler, ribbon, lanes, and that adding up what ended once is the same as adding up everything."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.domain.tally import Tally, tally
from shadowlog.errors import Refused
from shadowlog.tui.widgets.panel import fit
from shadowlog.tui.widgets.ribbon import Cells, Scale, SoFar, ribbon_lines, scale_of
from shadowlog.tui.widgets.tally import tally_line
from tests.typist import BOOK, Typist

KEYS = ["3", "7", "y", "t", "a", "_", "I", "R", "[", "]", "{", "U", "Y", "O", "J", "L", "D", "C", "X", "+5", "+600"]


def drawn(keys: str, width: int = 61, height: int = 4) -> list[str]:
    """The ribbon after keys, as text."""
    typist = Typist(keys)
    now = typist.moment().at
    so_far = SoFar()
    cells = so_far.cells(typist.day, now, scale_of(typist.day, now, width - 12 - 1))
    lines = ribbon_lines(typist.day, so_far.tally(typist.day, now), cells, width, height)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_a_letter_a_cell_and_a_lane_a_role() -> None:
    """Eight hours over 48 cells: an hour with teachers is six letters, and a lane that ends in eighths."""
    assert drawn("3 t +3597 7 g +898 _ +597") == [
        "            08    09    10    11    12    13    14    15",
        " what       ttttttgg·",
        " teacher    ▇▇▇▇▇▇",
        " pupil            ▇▄",
    ]


def test_what_is_no_activity_has_signs_of_its_own() -> None:
    """Off the record, closed doors, gaps and a missing what are told apart without colour."""
    assert drawn("D +598 O +599 O +599 3 +597")[1] == " what       ▪▒·?"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(KEYS), max_size=30))
def test_growing_sums_are_the_sums(keys: list[str]) -> None:
    """After any keys, with undo and moved starts, the sums kept so far are those of the whole day."""
    typist, so_far = Typist(), SoFar()
    for key in keys:
        with contextlib.suppress(Refused):
            typist.type(key)
        now = typist.moment().at
        scale = scale_of(typist.day, now, 47)
        grown, sums = so_far.cells(typist.day, now, scale), so_far.tally(typist.day, now)
        assert sums == tally(typist.day, now)
        whole = Cells(scale)
        for stretch in typist.day.stretches(max(now, typist.day.track[-1].at)):
            whole.add(typist.day, stretch, stretch.end or now)
        assert (grown.letters, grown.roles) == (whole.letters, whole.roles)


@given(st.text(max_size=40), st.integers(0, 30))
def test_a_text_is_fitted_to_its_cells(text: str, width: int) -> None:
    """Whatever the text, what is drawn takes exactly the cells it is given."""
    from rich.cells import cell_len

    assert cell_len(fit(text, width)) == width


def test_a_scale_places_an_instant() -> None:
    """Half of the time is half of the cells."""
    assert Scale(0, 100, 10).at(50) == 5


def test_the_line_of_shares_says_that_groups_overlap() -> None:
    """Shares that pass 100 % name their rule; uncoded stands last, where there is time with nobody named and room."""
    both = Tally(100_000, {"teacher": 80_000, "pupil": 60_000}, 10_000)

    def line(sums: Tally, width: int) -> str:
        return "".join(text for text, _ in tally_line(sums, BOOK, width))

    assert line(both, 80) == " present, each in full: teacher 80 % · pupil 60 % · uncoded 10 %"
    assert line(both, 60) == " present, each in full: teacher 80 % · pupil 60 %"
    assert "uncoded" not in line(Tally(100_000, {"teacher": 80_000}), 80)
    assert line(Tally(10_000, {}, 10_000), 80) == " uncoded 100 %"
