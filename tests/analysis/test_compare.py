"""Days, heads and observers side by side."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from shadowlog.analysis.compare import RESAMPLES, SEED, Comparison, bootstrap, compare
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Record
from shadowlog.errors import BadInput
from shadowlog.report.compare_text import comparison_text
from tests.analysis.days import SCHEME, Diary, random_day

close = pytest.approx


def by(record: Record, head: str, observer: str = "O1") -> Record:
    return replace(record, observation=replace(record.observation, head=head, observer=observer))


def days(seed: int) -> list[Record]:
    return [by(random_day(seed * 11 + n, 10, f"day {n}"), f"H0{n % 3}", f"O{n % 2}") for n in range(6)]


def shares(found: Comparison, n: int) -> dict[str | None, float | None]:
    return {row.code: row.shares[n] for row in found.rows}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["role", "activity", "place", "groups", "kinds"])
@pytest.mark.parametrize("across", ["days", "heads", "observers"])
def test_shares_are_those_of_the_summaries(seed: int, name: str, across: str) -> None:
    """Each group's shares are the shares of time that a summary of its days alone gives."""
    records = days(seed)
    found = compare(records, name, across)
    keys = {"heads": lambda r: r.observation.head, "observers": lambda r: r.observation.observer}
    if across == "days":
        groups = {group.label.split()[1]: None for group in found.groups}
        assert len(found.groups) == 6
        assert set(groups) == {"H00", "H01", "H02"}
        return
    for n, group in enumerate(found.groups):
        summary = summarise([r for r in records if keys[across](r) == group.label])
        table = next(t for t in (*summary.tables, *summary.rollups) if (t.rollup or t.dimension) == name)
        expected = {row.code: row.time_share for row in table.rows}
        assert group.window_minutes == close(summary.window.minutes)
        for code, share in shares(found, n).items():
            assert share == close(expected.get(code, 0))
    for row in found.rows:
        assert row.lowest == min(share for share in row.shares if share is not None)
        assert row.highest == max(share for share in row.shares if share is not None)


def test_a_mean_of_heads_needs_three() -> None:
    """Two heads have ranges and no mean; of three each counts once, however many days it has."""
    records = [by(random_day(n, 8, f"day {n}"), head) for n, head in enumerate(["H1", "H1", "H2"])]
    assert {row.mean for row in compare(records, "activity", "heads").rows} == {None}
    third = [*records, by(random_day(9, 8, "day 9"), "H3")]
    for row in compare(third, "activity", "heads").rows:
        assert row.mean == close(sum(share or 0 for share in row.shares) / 3)
    assert {row.mean for row in compare(third, "activity", "days").rows} == {None}


def test_an_interval_needs_three_days() -> None:
    """Two days give no interval; three do, and it holds the share of all days together."""
    two = [random_day(n, 8, f"day {n}") for n in range(2)]
    assert {row.interval for row in compare(two, "activity").rows} == {None}
    three = [*two, random_day(5, 8, "day 5")]
    whole = summarise(three).table("activity")
    for row in compare(three, "activity").rows:
        assert row.interval is not None
        low, high = row.interval
        share = whole.row(row.code).time_share or 0
        assert low - 1e-12 <= share <= high + 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_the_bootstrap_is_its_definition(seed: int) -> None:
    """The same draws, summed and ordered by numpy, give the same percentiles; days all alike give no width."""
    dice = random.Random(seed)
    made = [(dice.uniform(0, 60), dice.uniform(300, 600)) for _ in range(dice.randrange(3, 12))]
    again = random.Random(SEED)
    ratios = []
    for _ in range(RESAMPLES):
        drawn = np.array(again.choices(made, k=len(made)))
        ratios.append(drawn[:, 0].sum() / drawn[:, 1].sum())
    assert bootstrap(made) == close(tuple(np.percentile(ratios, [2.5, 97.5])))
    assert bootstrap([(30, 300)] * 5) == close((0.1, 0.1))


def test_different_codebooks() -> None:
    """They are compared by a roll-up that both have with the same headings, and else refused with the reason."""
    one = random_day(1, 8, "one")
    other_scheme = replace(SCHEME, id="other")
    other = replace(random_day(2, 8, "two"), observation=replace(one.observation, id="two", codebook=other_scheme))
    assert len(compare([one, other], "kinds").groups) == 2
    with pytest.raises(BadInput, match=r"different codebooks.*small version 3, other version 3.*groups, kinds"):
        compare([one, other], "activity")
    bare = replace(other, observation=replace(other.observation, codebook=replace(other_scheme, rollups=())))
    with pytest.raises(BadInput, match="none"):
        compare([one, bare], "kinds")
    changed = replace(SCHEME.rollups[1], headings=(("instruction", "Teaching"),))
    third = replace(other_scheme, rollups=(SCHEME.rollups[0], changed))
    with pytest.raises(BadInput, match="different headings"):
        compare([one, replace(other, observation=replace(other.observation, codebook=third))], "kinds")


def test_nothing_to_compare() -> None:
    """A name that there is none of, and days without a minute, are refused."""
    with pytest.raises(BadInput, match=r"no dimension or roll-up 'golf'.*role, activity.*kinds"):
        compare([random_day(1)], "golf")
    with pytest.raises(BadInput, match="no observed time"):
        compare([Diary().record()], "activity")


def test_the_text_fits() -> None:
    """Dots on one axis within 80 columns, every group named by its letter; a hostile label is obeyed by nobody."""
    records = [by(random_day(n, 8, f"day {n}"), "H\x1b[31m1") for n in range(30)]
    told = comparison_text(compare(records, "activity"))
    assert max(map(len, told.splitlines())) <= 80
    assert "\x1b" not in told
    assert "95 % interval" in told
    assert told.splitlines()[2].startswith("a  2026-11-24")
