"""The statistics of agreement, held to published examples, to other programs and to their own definitions."""

from __future__ import annotations

import json
import math
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from shadowlog.analysis.alignment import aligned, paired_codes
from shadowlog.analysis.intraclass import NONE, concordance, intraclass
from shadowlog.analysis.offset import best_offset
from shadowlog.domain.kappa import Run, cohen, in_units, joint, maximum, near, squared, widened

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "agreement_examples.json").read_text(encoding="utf-8")
)
close = pytest.approx
SEEN = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), min_size=1, max_size=60)


def runs(text: Sequence[str]) -> list[Run[str]]:
    """A letter a unit, as runs."""
    found: list[Run[str]] = []
    for n, letter in enumerate(text):
        if found and found[-1][2] == letter:
            found[-1] = (found[-1][0], n + 1, letter)
        else:
            found.append((n, n + 1, letter))
    return found


def table(one: Sequence[str], other: Sequence[str], order: Sequence[str] = "ABC") -> tuple[tuple[int, ...], ...]:
    return squared(joint(runs(one), runs(other)), order)


def test_cohens_weights() -> None:
    """Cohen's example of 1968: kappa .492, with symmetric weights .348, with others .353."""
    example = EXAMPLES["cohen1968_weighted_kappa"]
    data, expected = example["data"], example["expected"]
    given_ = close(expected["kappa"], abs=example["tolerance"])
    assert cohen(data["proportions"]) == given_
    assert cohen(data["proportions"], data["weights_sym"]) == close(expected["weighted_sym"], abs=example["tolerance"])
    assert cohen(data["proportions"], data["weights_asym"]) == close(
        expected["weighted_asym"], abs=example["tolerance"]
    )


def test_shrout_and_fleiss() -> None:
    """The six intraclass correlations of Shrout and Fleiss' table."""
    example = EXAMPLES["shrout_fleiss_1979"]
    found = intraclass(example["data"]["ratings"])
    names = {"icc11": "one_one", "icc21": "two_one", "icc31": "three_one"}
    names |= {"icc14": "one_k", "icc24": "two_k", "icc34": "three_k"}
    for name, field in names.items():
        assert getattr(found, field) == close(example["expected"][name], abs=example["tolerance"])


def test_a_hundred_seconds() -> None:
    """The constructed hundred seconds: the table, kappa .9363, and 1 with a tolerance of two, whoever is the reference."""
    example = EXAMPLES["time_unit_kappa_constructed"]
    one, other = example["data"]["obs1"], example["data"]["obs2"]
    assert [list(row) for row in table(one, other)] == example["expected"]["table"]
    assert cohen(table(one, other)) == close(example["expected"]["kappa"], abs=example["tolerance"])
    for pair in ((one, other), (other, one)):
        assert (
            cohen(squared(near(runs(pair[0]), runs(pair[1]), widened(runs(pair[0]), 2)), "ABC"))
            == example["expected"]["kappa_tol2"]
        )


def test_the_constructed_alignment() -> None:
    """Nine places of which seven agree, and a kappa of 5/7 with the gap as a code of its own."""
    example = EXAMPLES["event_alignment_constructed"]
    one, other = example["data"]["obs1"], example["data"]["obs2"]
    places = aligned(one, other, lambda a, b: a == b, lambda _a, _b: 0)
    counted = paired_codes(places, one, other, str)
    assert len(places) == example["expected"]["length"]
    assert sum(n for (a, b), n in counted.items() if a == b) == example["expected"]["agreements"]
    assert cohen(squared(counted, [*"ABCD", None])) == close(5 / 7)


EVENTS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("AB")), max_size=4).map(sorted)


@given(EVENTS, EVENTS)
def test_an_alignment_is_the_cheapest(one: list[tuple[int, str]], other: list[tuple[int, str]]) -> None:
    """No way to lay two sequences side by side costs less, and of equal ones none is shorter or nearer in time."""

    def same(a: tuple[int, str], b: tuple[int, str]) -> bool:
        return a[1] == b[1]

    def apart(a: tuple[int, str], b: tuple[int, str]) -> int:
        return abs(a[0] - b[0]) if abs(a[0] - b[0]) <= 5 else -1

    def every(i: int, j: int) -> Iterator[tuple[int, int, int]]:
        """(cost, length, ms apart) of each alignment of what is left."""
        if i == len(one) and j == len(other):
            yield 0, 0, 0
        for di, dj in ((1, 0), (0, 1), (1, 1)):
            if i + di > len(one) or j + dj > len(other) or (di and dj and apart(one[i], other[j]) < 0):
                continue
            both = di and dj
            more = (0 if both and same(one[i], other[j]) else 1, 1, apart(one[i], other[j]) if both else 0)
            for cost, length, ms in every(i + di, j + dj):
                yield cost + more[0], length + more[1], ms + more[2]

    places = aligned(one, other, same, apart)
    pairs = [(one[i], other[j]) for i, j in places if i is not None and j is not None]
    cost = len(places) - sum(same(a, b) for a, b in pairs)
    assert (cost, len(places), sum(apart(a, b) for a, b in pairs)) == min(every(0, 0))
    assert [i for i, _ in places if i is not None] == list(range(len(one)))
    assert [j for _, j in places if j is not None] == list(range(len(other)))


def test_an_alignment_keeps_a_byte_for_each_pair() -> None:
    """Laying 300 events beside 300 others holds no more than a few bytes for each pair at once."""
    events = [(n, "ABC"[n * n % 3]) for n in range(300)]
    tracemalloc.start()
    try:
        aligned(events, events, lambda a, b: a[1] == b[1], lambda a, b: abs(a[0] - b[0]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4 * 300 * 300


@given(SEEN, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]], weights: str | None) -> None:
    """Plain and weighted kappa from runs are those that scikit-learn gives for the units themselves."""
    one, other = ([pair[n] for pair in pairs] for n in (0, 1))
    power = {None: 0, "linear": 1, "quadratic": 2}[weights]
    cost = [[float(abs(i - j) ** power if i != j else 0) for j in range(3)] for i in range(3)]
    mine = cohen(table(one, other), cost)
    if mine is None:
        assert len({*one, *other}) == 1
    else:
        assert mine == close(cohen_kappa_score(one, other, labels=list("ABC"), weights=weights), abs=1e-12)


@given(SEEN, st.integers(0, 7))
def test_tolerance_is_its_rule(pairs: list[tuple[str, str]], reach: int) -> None:
    """A unit is agreed where the other says the reference's code within so many units, and no other unit is."""
    one, other = ([pair[n] for pair in pairs] for n in (0, 1))
    expected: dict[tuple[str, str], int] = {}
    for n, right in enumerate(other):
        said = right if right in one[max(0, n - reach) : n + reach + 1] else one[n]
        expected[said, right] = expected.get((said, right), 0) + 1
    assert {pair: n for pair, n in near(runs(one), runs(other), widened(runs(one), reach)).items() if n} == expected


@given(SEEN)
def test_kappa_keeps_its_promises(pairs: list[tuple[str, str]]) -> None:
    """It is the same the other way round and under other names, never above the highest its margins allow, and 1 for equals."""
    one, other = ([pair[n] for pair in pairs] for n in (0, 1))
    mine = cohen(table(one, other))
    assert cohen(table(other, one)) == (None if mine is None else close(mine))
    assert cohen(table(one, other, "CAB")) == (None if mine is None else close(mine))
    most = maximum(table(one, other))
    assert (most is None) == (mine is None)
    assert mine is None or (most is not None and mine <= most + 1e-12)
    assert cohen(table(one, one)) in (1, None)


@given(st.lists(st.tuples(st.floats(0.1, 500), st.floats(0.1, 500)), min_size=2, max_size=30))
def test_lengths_by_their_definitions(pairs: list[tuple[float, float]]) -> None:
    """Concordance is 2 s12 / (s1 + s2 + (m1 - m2)^2); ICC(3,1) lies in [-1, 1]; equal lengths give 1."""
    n = len(pairs)
    one, other = ([pair[k] for pair in pairs] for k in (0, 1))
    m1, m2 = math.fsum(one) / n, math.fsum(other) / n
    s12 = math.fsum((a - m1) * (b - m2) for a, b in pairs) / n
    whole = math.fsum((a - m1) ** 2 + (b - m2) ** 2 for a, b in pairs) / n + (m1 - m2) ** 2
    if whole > 1e-6:
        assert concordance(pairs) == close(2 * s12 / whole, abs=1e-6)
        three = intraclass(pairs).three_one
        assert three is None or -1.000001 <= three <= 1.000001
    if len(set(one)) > 1:
        assert concordance([(a, a) for a in one]) == close(1)
        assert intraclass([(a, a) for a in one]).two_one == close(1)


def test_too_little_says_nothing() -> None:
    """No pairs, one pair, or the same length throughout: nothing to correlate, and no number is made up."""
    assert concordance([]) is None
    assert concordance([(3, 3), (3, 3)]) is None
    assert intraclass([]) == intraclass([(1, 2)]) == intraclass([(1,), (2,)]) == NONE
    assert cohen([]) is None
    with pytest.raises(ValueError, match="square"):
        cohen([[1, 2]])


@given(
    st.lists(
        st.tuples(st.integers(1, 90), st.sampled_from("abcde")), min_size=6, max_size=30, unique_by=lambda x: x[0]
    ),
    st.integers(-240, 240),
)
def test_a_clock_that_is_off_is_found(day: list[tuple[int, str]], seconds: int) -> None:
    """A day and its copy shifted by some minutes say the same for longest at just that shift."""
    spans, at = [], 0
    for length, letter in day:
        spans.append((at * 1_000, (at + length) * 1_000, letter))
        at += length
    other = [(lo + seconds * 1_000, hi + seconds * 1_000, letter) for lo, hi, letter in spans]
    found = best_offset(spans, other, 600_000)
    shared = _shared(spans, other, found)
    assert shared == at * 1_000
    if len({letter for _, letter in day}) > 1:
        assert found == -seconds * 1_000


def _shared(one: Sequence[Run[str]], other: Sequence[Run[str]], by: int) -> int:
    return sum(
        max(0, min(hi, end + by) - max(lo, start + by)) for lo, hi, a in one for start, end, b in other if a == b
    )


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20), st.sampled_from("ab")), max_size=6),
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20), st.sampled_from("ab")), max_size=6),
)
def test_the_offset_is_the_best_there_is(one: list[tuple[int, int, str]], other: list[tuple[int, int, str]]) -> None:
    """No shift by whole steps within reach has more time in common, and none nearer to zero has as much."""
    mine, theirs = ([(lo, lo + length, letter) for lo, length, letter in each] for each in (one, other))
    found = best_offset(mine, theirs, 30)
    best = max(_shared(mine, theirs, by) for by in range(-30, 31))
    inside = [by for by in range(-30, 31) if _shared(mine, theirs, by) == best]
    assert _shared(mine, theirs, found) == best
    assert abs(found) == min(map(abs, inside))


def test_units_begin_where_they_say() -> None:
    """A unit has the code that holds at its beginning; what lies between two beginnings is in none."""
    assert in_units([(0, 1_500, "a"), (1_500, 1_900, "b"), (1_900, 5_000, "c")], 0, 4_000, 1_000) == [
        (0, 2, "a"),
        (2, 4, "c"),
    ]
