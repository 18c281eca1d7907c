"""How a coding agrees with a key: worked examples, oracles by brute force, and codings typed on purpose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain.aligning import Beginning, aligned
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE
from shadowlog.domain.score_words import score_text
from shadowlog.domain.scoring import Score, Seen, agreement, kappa, score
from shadowlog.domain.terms import Record, State
from shadowlog.errors import BadInput
from tests.typist import BOOK, OBSERVATION, Typist

KEY = "P d 3 t +60 I 5 a +30 R +120 F 7 8 g +60 J 3 +60 7 t +40"


def seen(letter: str) -> Seen:
    """A unit coded with one letter."""
    return Seen(State.EPISODE, frozenset({letter}))


def coded(text: str) -> list[Seen]:
    """A coding, a letter a second."""
    return [seen(letter) for letter in text]


def table(rows: list[list[int]]) -> Counter[tuple[Seen, Seen]]:
    """A table of counts as pairs."""
    return Counter(
        {(seen(str(a)), seen(str(b))): count for a, row in enumerate(rows) for b, count in enumerate(row) if count}
    )


def typed(keys: str) -> Record:
    """A day typed key by key, one second a press."""
    typist = Typist(keys)
    return typist.day.record(typist.clock.wall)


def compared(mine: str, key: str = KEY, tolerance: int = 5_000) -> Score:
    """Two typed days compared over the key's time."""
    right = typed(key)
    return score(typed(mine), right, right.start, right.end, tolerance)


def test_cohens_table_gives_his_kappa() -> None:
    """The table of Cohen's 1968 paper, 200 cases, gives the 0.492 printed there."""
    assert kappa(table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])) == pytest.approx(0.491525423729, abs=1e-12)


def test_a_hundred_seconds_by_hand() -> None:
    """30 A, 20 B, 50 C against 28 A, 24 B, 48 C: po .96, pe .372, kappa .9363; with 2 s of tolerance all agrees."""
    one, other = "A" * 30 + "B" * 20 + "C" * 50, "A" * 28 + "B" * 24 + "C" * 48
    found = agreement(ROLE, coded(one), coded(other), 2)
    assert found.agreed == pytest.approx(0.96)
    assert found.kappa == pytest.approx(0.9363057324840764, abs=1e-12)
    assert (found.near, found.near_kappa) == (1.0, 1.0)


def test_the_lower_of_both_ways_round_counts() -> None:
    """Changing codes every second is near everything one way round, and is no agreement the other way."""
    found = agreement(ROLE, coded("ABABABABAB"), coded("AAAAABBBBB"), 1)
    assert found.near < 1
    assert found.near == agreement(ROLE, coded("AAAAABBBBB"), coded("ABABABABAB"), 1).near


def test_where_one_code_is_all_there_is_kappa_says_nothing() -> None:
    """With one and the same code throughout, chance alone agrees always."""
    found = agreement(ROLE, coded("AAAA"), coded("AAAA"), 0)
    assert (found.agreed, found.kappa) == (1.0, None)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), min_size=1, max_size=60))
def test_kappa_is_its_definition(pairs: list[tuple[str, str]]) -> None:
    """Kappa is (po - pe) / (1 - pe) in exact fractions, whatever the table."""
    n = len(pairs)
    po = Fraction(sum(a == b for a, b in pairs), n)
    pe = sum(Fraction(sum(a == c for a, _ in pairs), n) * Fraction(sum(b == c for _, b in pairs), n) for c in "ABC")
    found = kappa(Counter((seen(a), seen(b)) for a, b in pairs))
    assert found == (None if pe == 1 else pytest.approx(float((po - pe) / (1 - pe)), abs=1e-12))


def begin(at: int, code: str) -> Beginning:
    """A beginning at so many seconds."""
    return Beginning(at * 1000, frozenset({code}))


times = st.lists(st.tuples(st.integers(0, 30), st.sampled_from("AB")), max_size=6).map(sorted)


@given(times, times, st.integers(0, 8))
def test_as_many_pairs_as_can_be(mine: list[tuple[int, str]], key: list[tuple[int, str]], reach: int) -> None:
    """No other way of pairing in order finds more, and of those with as many none has more of the same code."""
    a, b = [begin(*each) for each in mine], [begin(*each) for each in key]
    best = (0, 0)
    for size in range(1, min(len(a), len(b)) + 1):
        for left in combinations(a, size):
            for right in combinations(b, size):
                if all(abs(x.at - y.at) <= reach * 1000 for x, y in zip(left, right, strict=True)):
                    best = max(best, (size, sum(x.codes == y.codes for x, y in zip(left, right, strict=True))))
    found = aligned(a, b, reach * 1000)
    assert (len(found), sum(a[m].codes == b[k].codes for m, k in found)) == best
    assert all(p[0] < q[0] and p[1] < q[1] for p, q in pairwise(found))


def test_the_same_coding_agrees_in_everything() -> None:
    """A coding beside itself: every kappa is 1, every episode is found, the lag is 0, nothing differs; lines are full."""
    found = compared(KEY)
    assert [each.kappa for each in found.dimensions if each.dimension in {ROLE, ACTIVITY, MODE}] == [1.0, 1.0, 1.0]
    assert [each.dimension for each in found.dimensions] == [ROLE, ACTIVITY, MODE, PLACE]
    assert (found.episodes.missed, found.episodes.invented, found.episodes.lag) == ((), (), 0)
    assert len(found.contacts.found) == 1
    assert found.differences == ()
    assert "Nothing to talk about" in score_text(found, BOOK, "UTC")
    lines = score_text(found, BOOK, "UTC").splitlines()
    told = lines[next(n for n, line in enumerate(lines) if line.startswith("Kappa is")) :]
    told = told[: told.index("")]
    # No line ends where the next word would still have fitted on it.
    assert all(len(line) + 1 + len(after.split()[0]) > 74 for line, after in pairwise(told))


def test_an_interruption_that_was_not_seen() -> None:
    """What the observer did not code is missed, the time of it differs in who and what, and its resuming is missed too."""
    found = compared("P d 3 t +60 +34 +120 F 7 8 g +60 J 3 +60 7 t +40")
    assert [sorted(each.roles) for each in found.episodes.missed] == [["office"], ["teacher"]]
    assert found.episodes.missed[1].again
    assert {(each.dimension, (each.end - each.start) // 1000) for each in found.differences} == {
        (ROLE, 33), (ACTIVITY, 33), (MODE, 33),
    }  # fmt: skip


def test_what_was_coded_and_never_was() -> None:
    """An episode of the observer's own making is invented; one coded late within the tolerance is found, with its lag."""
    found = compared("3 t +30 8 a +30", "3 t +61")
    assert [each.activity for each in found.episodes.invented] == ["admin"]
    late = compared("+3 3 t +57", "3 t +60")
    assert (late.episodes.lag, late.episodes.missed) == (3_000, ())
    assert late.differences == ()
    too_late = compared("+9 3 t +50", "3 t +60")
    assert (len(too_late.episodes.missed), len(too_late.episodes.invented)) == (1, 1)


def test_who_came_and_went_counts_by_the_second() -> None:
    """Somebody who joined, and was not coded, differs from joining on and agrees before."""
    found = compared("3 t +60 +61 +20", "3 t +60 J 5 +59 +20")
    (only,) = found.differences
    assert (only.dimension, only.start) == (ROLE, found.start + 63_000)
    assert sorted(only.key.codes) == ["office", "teacher"]


def test_off_the_record_is_a_state_of_its_own() -> None:
    """Coding on while the head had asked not to is a difference over that time, told in words."""
    found = compared("3 t +60 +31", "3 t +60 O +30")
    assert {each.key.state for each in found.differences} == {State.OFF}
    assert "the key:  off the record" in score_text(found, BOOK, "UTC")


def test_nothing_coded_at_all() -> None:
    """A day nobody coded misses every episode, and every second differs."""
    right = typed("3 t +60")
    empty = Record(OBSERVATION, right.end, right.end, running=False, track=(), concurrent=(), episodes=())
    found = score(empty, right, right.start, right.end)
    assert len(found.episodes.missed) == 1
    assert [each.agreed for each in found.dimensions] == [0, 0, 0, 0]


def test_other_codebooks_and_other_times_are_refused() -> None:
    """Codings with different codebooks, or without a common second, are not compared."""
    right = typed("3 t +60")
    other = replace(right, observation=replace(OBSERVATION, codebook=replace(BOOK, version=2)))
    with pytest.raises(BadInput, match="different codebooks"):
        score(other, right, right.start, right.end)
    with pytest.raises(BadInput, match="no second that both cover"):
        score(right, right, right.end, right.start)
