"""The breakdowns of pattern against the same things worked out another way, on small days made at random."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from math import log, sqrt

import pytest

from shadowlog.analysis.basis import Basis, basis
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.results import Lens, Order, Summary, WhoRule
from shadowlog.analysis.sampling import interval_view, state_sequences
from shadowlog.analysis.sequence import pairs
from shadowlog.analysis.spread import by_person
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Record
from tests.analysis import oracle_patterns as oracle
from tests.analysis.oracle import MINUTE, apart
from tests.analysis.pattern_days import patterned_day

SEEDS = range(17)
HUNDREDS = 16
"""The seed of a study: 25 days of some three hundred spells in one summary."""
close = pytest.approx


@cache
def recorded(seed: int) -> list[Record]:
    """One to three days, or a study."""
    many, each = (25, 12) if seed == HUNDREDS else (1 + seed % 3, 12 + seed)
    return [patterned_day(seed * 10 + n, each, f"day {n}") for n in range(many)]


@cache
def days(seed: int) -> list[Record]:
    return [apart(record) for record in recorded(seed)]


@cache
def summary(seed: int) -> Summary:
    return summarise(recorded(seed), concurrent=bool(seed % 2))


@cache
def base(seed: int) -> Basis:
    return basis(prepared(recorded(seed)), WhoRule.SPLIT, concurrent=bool(seed % 2))


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("seed", SEEDS)
def test_pairs(seed: int, order: Order, across: bool) -> None:
    """What followed what is what walking along the day gives, in either order, over breaks or not."""
    assert pairs(base(seed), "activity", order, across=across) == oracle.pairs(days(seed), order, across)


@pytest.mark.parametrize("seed", SEEDS)
def test_transitions(seed: int) -> None:
    """Cells, margins, shares, expected numbers and residuals are those of the definition."""
    told, found = summary(seed).transitions, oracle.pairs(days(seed), "spells", False)
    named = {(a, b): n for (a, b), n in found.items() if a and b}
    assert {(a, b) for a, b in named} <= {(a, b) for a in told.codes for b in told.codes}
    total = sum(named.values())
    assert (told.total, told.unnamed) == (total, sum(found.values()) - total)
    for i, a in enumerate(told.codes):
        for j, b in enumerate(told.codes):
            n = named.get((a, b), 0)
            line = sum(m for (x, _), m in named.items() if x == a)
            column = sum(m for (_, y), m in named.items() if y == b)
            e = line * column / total
            assert told.counts[i][j] == n
            assert told.shares[i][j] == (close(n / line) if line else None)
            assert told.expected[i][j] == close(e)
            spread = e * (1 - line / total) * (1 - column / total)
            assert told.residuals[i][j] == (close((n - e) / sqrt(spread)) if spread > 1e-12 else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_switching(seed: int) -> None:
    """Moves and changes of activity are counted off, and are per hour of the window."""
    told, found = summary(seed).switching, oracle.pairs(days(seed), "spells", False)
    changes = sum(n for (a, b), n in found.items() if a and b and a != b)
    assert (told.moves, told.changes) == (sum(found.values()), changes)
    assert told.changes_per_hour == close(60 * changes / summary(seed).window.minutes)


@pytest.mark.parametrize("seed", SEEDS)
def test_stretches(seed: int) -> None:
    """Uninterrupted stretches and the long ones among them are those of the walk."""
    told, minutes = summary(seed).stretches, oracle.stretches(days(seed))
    assert told.count == len(minutes)
    assert told.longest_minutes == close(max(minutes))
    for limit in told.limits:
        long = [m for m in minutes if m >= limit.limit_minutes]
        assert limit.count == len(long)
        assert limit.minutes == close(sum(long))
        assert limit.time_share == close(sum(long) / summary(seed).window.minutes)


@pytest.mark.parametrize("seed", SEEDS)
def test_entropies(seed: int) -> None:
    """Entropy and evenness are those of the shares in the tables and of the moves."""
    told = {(e.dimension, e.of): e for e in summary(seed).entropies}
    for dimension in ("role", "activity"):
        rows = [row for row in summary(seed).table(dimension).rows if row.code is not None]
        for of, held in (("events", [r.count for r in rows]), ("time", [r.minutes for r in rows])):
            shares = [x / sum(held) for x in held if x]
            found = told[dimension, of]
            assert found.entropy == close(-sum(p * log(p) for p in shares))
            assert found.evenness == close(-sum(p * log(p) for p in shares) / log(len(rows)))
    cells = [n for line in summary(seed).transitions.counts for n in line if n]
    moves = told["activity", "transitions"]
    assert moves.entropy == close(-sum(n / sum(cells) * log(n / sum(cells)) for n in cells))


@pytest.mark.parametrize("seed", SEEDS)
def test_reach(seed: int) -> None:
    """Distinct roles and persons, how many of those met were named, and new persons an hour are counted off."""
    told = summary(seed).reach
    roles, met, named = oracle.parties(days(seed))
    events, _ = oracle.persons(days(seed), concurrent=False)
    assert (told.roles, told.persons) == (len(roles), len(events) or None)
    assert told.named_share == close(named / met)
    assert not told.complete
    if events:
        assert told.new_per_hour == close(60 * len(events) / summary(seed).window.minutes)


@pytest.mark.parametrize("seed", SEEDS)
def test_concentration(seed: int) -> None:
    """HHI, Blau and Gini over persons and roles are those of the definitions, pair by pair."""
    events, minutes = oracle.persons(days(seed), concurrent=bool(seed % 2))
    found, ms = by_person(base(seed))
    assert {key[1:]: n for key, n in found.items()} == events
    assert {key[1:]: n / MINUTE for key, n in ms.items()} == close({key: minutes[key] for key in events})
    met = [r for r in summary(seed).table("role").rows if r.code not in {None, "alone"}]
    wanted = {
        ("person", "events"): list(map(float, events.values())),
        ("person", "time"): [minutes[key] for key in events],
        ("role", "events"): [r.count for r in met],
        ("role", "time"): [r.minutes for r in met],
    }
    for each in summary(seed).concentrations:
        held = wanted[each.dimension, each.of]
        assert each.k == len(held)
        if not sum(held):
            assert each.hhi is None
            continue
        shares = [x / sum(held) for x in held]
        hhi = sum(p * p for p in shares)
        assert [each.hhi, each.blau, each.largest_share] == close([hhi, 1 - hhi, max(shares)])
        if each.k > 1:
            assert each.blau_normalised == close((1 - hhi) / (1 - 1 / each.k))
        if each.dimension == "person":
            pairwise_gap = sum(abs(x - y) for x in held for y in held)
            assert each.gini == close(pairwise_gap / (2 * len(held) * sum(held)), abs=1e-12)


@pytest.mark.parametrize("dimension", ["lead", "influence"])
@pytest.mark.parametrize("seed", SEEDS)
def test_lenses(seed: int, dimension: str) -> None:
    """A lens's codes by role, and their shares of what was coded, are those of the slivers."""
    told = summary(seed).leading if dimension == "lead" else summary(seed).influence
    assert isinstance(told, Lens)
    counts, minutes = oracle.lens(days(seed), dimension, concurrent=bool(seed % 2))
    assert told.coded == close(sum(counts.values()))
    assert told.coded_minutes == close(sum(minutes.values()))
    for each, often, lasted in zip(told.rows, told.counts, told.minutes, strict=True):
        code = each.row.code or ""
        assert list(often) == close([counts[code, role] for role in told.roles])
        assert list(lasted) == close([minutes[code, role] for role in told.roles])
        if told.coded:
            assert each.coded_count_share == close(sum(often) / told.coded)


@pytest.mark.parametrize("minutes", [1, 5, 7.5])
@pytest.mark.parametrize("seed", SEEDS)
def test_interval_view(seed: int, minutes: float) -> None:
    """The marks find the states that looking at each of them finds, and the differences are those of the shares."""
    view = interval_view(base(seed), minutes=minutes)
    found = Counter(s for states in oracle.at_marks(days(seed), round(minutes * MINUTE)).values() for s in states)
    assert {row.code: row.marks for row in view.rows if row.marks} == dict(found)
    spent = {row.code: row.minutes for row in summarise(recorded(seed)).table("activity").rows}
    for row in view.rows:
        assert row.mark_share == close(found[row.code] / found.total())
        assert row.time_share == close(spent[row.code] / summary(seed).window.minutes)
        assert row.difference == close((row.mark_share or 0) - (row.time_share or 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_sequences(seed: int) -> None:
    """States minute by minute, their number and their entropy are those found by looking at each minute."""
    wanted = oracle.at_marks(days(seed), MINUTE)
    for each in state_sequences(base(seed)):
        held = [state for state in each.states if state is not None]
        assert held == [state for state in wanted[each.observation] if state is not None]
        assert each.changes == sum(a != b for a, b in pairwise(held))
        assert sum(end - first + 1 for first, end, _ in each.spells) == len(held)
    for told in summary(seed).sequences:
        states = wanted[told.observation]
        shares = [n / (told.states or 1) for n in Counter(s for s in states if s).values()]
        assert (told.states, told.blank) == (sum(s is not None for s in states), states.count(None))
        if shares:
            assert told.entropy == close(-sum(p * log(p) for p in shares), abs=1e-12)
