"""The figures of a two-scale questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.analysis.questionnaire import FEWEST, Answers, Item, Pair, figures, reckon

ITEMS = (
    Item("A1", "A", "one", 1, 5),
    Item("A2", "A", "two", 1, 5),
    Item("B1", "B", "three", 1, 5),
)
tick = st.none() | st.integers(1, 5)
sheets = st.lists(st.tuples(*[st.tuples(tick, tick) for _ in ITEMS]), max_size=30)


def middle(values: Sequence[float]) -> float:
    """The median by its definition."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@given(sheets)
def test_the_figures_are_the_definitions(given_: list[tuple[Pair, ...]]) -> None:
    """Medians, gap and missing answers are those of the columns; of an item with fewer than five pairs nothing is told."""
    result = reckon(Answers(ITEMS, tuple(given_)))
    back = [line for line in given_ if any(each is not None for pair in line for each in pair)]
    assert (result.returned, result.blank) == (len(back), len(given_) - len(back))
    for each in result.items:
        column = [line[ITEMS.index(each.item)] for line in back]
        paired = [y - x for x, y in column if x is not None and y is not None]
        if len(paired) < FEWEST:
            assert (each.figures, each.x_missing, each.y_missing) == (None, None, None)
            continue
        now, valued = [x for x, _ in column if x is not None], [y for _, y in column if y is not None]
        told = each.figures
        assert told is not None
        assert (told.x_median, told.y_median, told.gap) == (middle(now), middle(valued), middle(paired))
        assert (told.x_answers, told.y_answers, told.pairs) == (len(now), len(valued), len(paired))
        assert (each.x_missing, each.y_missing) == (len(back) - len(now), len(back) - len(valued))


@given(sheets, st.randoms(use_true_random=False))
def test_who_comes_first_is_no_matter(given_: list[tuple[Pair, ...]], dice: object) -> None:
    """Respondents in any other order give the same figures."""
    other = list(given_)
    dice.shuffle(other)  # type: ignore[attr-defined]
    assert reckon(Answers(ITEMS, tuple(other)), 50) == reckon(Answers(ITEMS, tuple(given_)), 50)


@given(sheets)
def test_the_widest_gap_stands_first(given_: list[tuple[Pair, ...]]) -> None:
    """Items are in the order of their gaps; those without figures come last."""
    gaps = [each.figures.gap if each.figures else -99 for each in reckon(Answers(ITEMS, tuple(given_))).items]
    assert all(one >= other for one, other in pairwise(gaps))


@given(sheets)
def test_what_is_not_told_is_in_no_section(given_: list[tuple[Pair, ...]]) -> None:
    """A section is what its items with figures come to; whatever was ticked for the others changes nothing in it."""
    result = reckon(Answers(ITEMS, tuple(given_)))
    hidden = {each.item.id for each in result.items if each.figures is None}
    back = [line for line in given_ if any(pair != (None, None) for pair in line)]
    for section in result.sections:
        shown = [n for n, item in enumerate(ITEMS) if item.section == section.section and item.id not in hidden]
        assert section.told == len(shown)
        assert section.figures == figures(line[n] for n in shown for line in back)
        if shown:
            empty = sum(each is None for n in shown for line in back for each in line[n])
            assert section.missing_share == empty / (2 * len(shown) * len(back))
        else:
            assert section.missing_share is None


def test_the_gap_is_of_pairs() -> None:
    """The median of the differences is not the difference of the medians: here 1 and 3."""
    pairs: list[Pair] = [(1, 2), (1, 2), (2, 5), (4, 5), (5, 5), (1, None)]
    told = figures(pairs)
    assert told is not None
    assert (told.x_median, told.y_median, told.gap) == (1.5, 5, 1)


def test_return_rate() -> None:
    """302 of 451 are 67 %; a blank sheet is none of those returned; nobody can hand back more than was handed out."""
    line: tuple[Pair, ...] = ((3, 4), (3, 4), (3, 4))
    blank: tuple[Pair, ...] = ((None, None),) * 3
    answers = Answers(ITEMS, (*[line] * 302, blank))
    result = reckon(answers, 451)
    assert (result.returned, result.blank) == (302, 1)
    assert result.return_rate == pytest.approx(302 / 451)
    assert reckon(answers).return_rate is None
    with pytest.raises(ValueError, match="303 came back of 302"):
        reckon(answers, 302)


def test_scales_that_differ_are_not_pooled() -> None:
    """A section whose items have different scales has no figures of its own; its items have."""
    items = (ITEMS[0], replace(ITEMS[1], maximum=10))
    result = reckon(Answers(items, (((1, 2), (3, 9)),) * 6))
    assert [each.figures is None for each in result.items] == [False, False]
    assert result.sections[0].figures is None
    assert result.scales == {(1, 5), (1, 10)}
