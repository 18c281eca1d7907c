"""When in the day heads are met: by the clock, of five people or more, and nothing from which a part left out follows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.analysis.deck import system, told_of
from shadowlog.analysis.deck_pattern import PARTS
from shadowlog.analysis.deck_shape import from_plain
from shadowlog.analysis.plain import plain
from tests.analysis.test_deck import a_day, shown

EMPTY = (None,) * 5


def test_rates_are_interactions_begun_by_the_clock() -> None:
    """From 9 to 11 two began in two hours, from 11 to 13 one in one hour; time alone is none, and nobody saw the rest."""
    day = a_day(
        0, "H01",
        (60, "teacher", 6, None, "teaching_learning"), (30, "alone", 1, None, "admin"), (30, "pupil", 30, None, "duty"),
        (60, "teacher", 8, None, "admin"),
    )  # fmt: skip
    told = shown([day]).pattern
    assert told is not None
    assert told.parts == PARTS
    assert told.rates == ((None, 1.0, 1.0, None, None),)
    assert told.left_out == ((False,) * 5,)


def test_a_part_with_few_people_is_left_out_with_another_and_the_whole_day_stays() -> None:
    """Of two leaders before 11 nothing is said; since interactions of the day are shown, the part after it goes too."""
    day = a_day(
        0, "H01",
        (120, "leader", 2, None, "admin"), (60, "teacher", 6, None, "admin"), (60, "teacher", 7, None, "admin"),
        (60, "pupil", 25, None, "duty"), (60, "teacher", 8, None, "duty"), (60, "teacher", 9, None, "admin"),
    )  # fmt: skip
    told = shown([day])
    assert told.pattern is not None
    (row,), (out,) = told.pattern.rates, told.pattern.left_out
    assert out[1]
    assert sum(out) == 2
    assert all((rate is None) is gone for rate, gone in zip(row[1:], out[1:], strict=True))
    assert {each.id: each.values for each in told.measures}["interactions"] == (0.857,)


def test_days_of_one_head_are_taken_together() -> None:
    """Two days of one head are taken together: what began at nine on both stands in one part."""
    days = [a_day(n, "H01", (90, "teacher", 6, None, "admin"), (60, "pupil", 20, None, "duty")) for n in range(2)]
    told = shown(days).pattern
    assert told is not None
    assert told.rates == ((None, 1.0, 0.0, None, None),)


def test_a_set_frozen_without_a_pattern_opens() -> None:
    """A deck of before comes back without one; one with a pattern comes back whole."""
    told = shown([a_day(0, "H01", (60, "teacher", 6, None, "admin"))])
    assert from_plain(plain(told)) == told
    old = plain(told)
    del old["pattern"]
    assert from_plain(old).pattern is None


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(5, 150).map(float),
            st.sampled_from(["teacher", "alone", "pupil"]),
            st.sampled_from([1, 3, 6]),
            st.just(None),
            st.just("admin"),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_parts_come_to_the_day(episodes: list[tuple[float, str, int, None, str]]) -> None:
    """All interactions began in some part of the day, and each part is about whom its interactions were with."""
    day = a_day(0, "H01", *episodes)
    summary = told_of([day], "split")
    cells, sums = system([[day]], [summary])
    by = {cell.id: cell for cell in cells}
    (whole,) = (each for each in sums if each.total == "measure interactions 0")
    assert sum(by[part].value for part in whole.parts) == by[whole.total].value == summary.interactions.count
    for part in whole.parts:
        assert bool(by[part].value) is bool(by[part].people)
