"""Days, heads and observers side by side."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from shadowlog.analysis.bootstrap import RESAMPLES, SEED, bootstrap
from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import Compared, Comparison, Spread
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


def spreads(found: Comparison) -> list[Spread]:
    return [spread for row in found.rows for spread in (row.often, row.lasted)]


def of(found: Comparison, code: str | None) -> Compared:
    return next(row for row in found.rows if row.code == code)


KEYS = {"heads": lambda r: r.observation.head, "observers": lambda r: r.observation.observer}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["role", "activity", "place", "groups", "kinds"])
@pytest.mark.parametrize("across", ["days", "heads", "observers"])
@pytest.mark.parametrize("who_rule", ["split", "full", "main"])
def test_shares_are_those_of_the_summaries(seed: int, name: str, across: str, who_rule: str) -> None:
    """Each group's shares of episodes and of time are those that a summary of its days alone gives."""
    records = days(seed)
    found = compare(records, name, across, who_rule)
    if across == "days":
        # The days are named by date, head and observer, and here all by one date.
        theirs = [[r] for r in sorted(records, key=lambda r: (r.observation.head, r.observation.observer))]
    else:
        theirs = [[r for r in records if KEYS[across](r) == group.label] for group in found.groups]
    assert len(found.groups) == len(theirs)
    for n, group in enumerate(found.groups):
        summary = summarise(theirs[n], who_rule=who_rule)
        table = next(t for t in (*summary.tables, *summary.rollups) if (t.rollup or t.dimension) == name)
        assert group.window_minutes == close(summary.window.minutes)
        assert group.episodes == summary.episodes.count
        for row in table.rows:
            if row.count or row.minutes:
                told = of(found, row.code)
                assert told.often.shares[n] == close(row.count_share)
                assert told.lasted.shares[n] == close(row.time_share)
        assert sum(row.lasted.shares[n] or 0 for row in found.rows) == close(sum(r.time_share or 0 for r in table.rows))
    for spread in spreads(found):
        known = [share for share in spread.shares if share is not None]
        assert (spread.lowest, spread.highest) == (min(known), max(known))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["activity", "kinds", "role"])
@pytest.mark.parametrize("across", ["heads", "observers"])
def test_profiles_are_those_of_the_summaries(seed: int, name: str, across: str) -> None:
    """The minutes of each hour of a group are those of the summary of its days, under the compared headings."""
    records = days(seed)
    found = compare(records, name, across)
    heading = {c.id: c.rollups.get("kinds") for c in SCHEME.codes("activity")} if name == "kinds" else {}
    for group, profile in zip(found.groups, found.profiles, strict=True):
        whole = summarise([r for r in records if KEYS[across](r) == group.label]).profile(60)
        assert whole is not None
        expected: dict[tuple[str, str | None], float] = {}
        for each in whole.bins:
            for code, minutes in zip(whole.codes, each.minutes, strict=True):
                key = (each.label, heading.get(code or "") if heading else code)
                expected[key] = expected.get(key, 0) + minutes
        made = {
            (each.label, code): minutes
            for each in profile.bins
            for code, minutes in zip(profile.codes, each.minutes, strict=True)
        }
        assert {k: v for k, v in made.items() if v} == close({k: v for k, v in expected.items() if v})
        observed = {each.label: each.observed_minutes for each in whole.bins}
        assert {e.label: e.observed_minutes for e in profile.bins if e.observed_minutes} == close(
            {label: minutes for label, minutes in observed.items() if minutes}
        )
    assert len({tuple(each.label for each in profile.bins) for profile in found.profiles}) == 1


def test_a_mean_of_heads_needs_three() -> None:
    """Two heads have ranges and no mean; of three each counts once, however many days it has."""
    records = [by(random_day(n, 8, f"day {n}"), head) for n, head in enumerate(["H1", "H1", "H2"])]
    assert {spread.mean for spread in spreads(compare(records, "activity", "heads"))} == {None}
    third = [*records, by(random_day(9, 8, "day 9"), "H3")]
    for spread in spreads(compare(third, "activity", "heads")):
        assert spread.mean == close(sum(share or 0 for share in spread.shares) / 3)
    assert {spread.mean for spread in spreads(compare(third, "activity", "days"))} == {None}
    assert {spread.mean for spread in spreads(compare(third, "activity", "observers"))} == {None}


def test_an_interval_needs_three_days() -> None:
    """Two days give no interval; three do, and it holds the share of all days together."""
    two = [random_day(n, 8, f"day {n}") for n in range(2)]
    assert {spread.interval for spread in spreads(compare(two, "activity"))} == {None}
    three = [*two, random_day(5, 8, "day 5")]
    whole = summarise(three).table("activity")
    for row in compare(three, "activity").rows:
        among = whole.row(row.code)
        for spread, share in ((row.often, among.count_share), (row.lasted, among.time_share)):
            assert spread.interval is not None
            low, high = spread.interval
            assert low - 1e-12 <= (share or 0) <= high + 1e-12


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


def with_book(record: Record, **changes: Any) -> Record:
    book = replace(SCHEME, id="other", **changes)
    return replace(record, observation=replace(record.observation, codebook=book))


def test_different_codebooks() -> None:
    """They are compared by a roll-up that both have alike, and else refused with the reason and with what they share."""
    one, two = random_day(1, 8, "one"), random_day(2, 8, "two")
    found = compare([one, with_book(two)], "kinds")
    assert (len(found.groups), len(found.profiles)) == (2, 2)
    assert compare([one, with_book(two)], "groups").profiles == ()
    with pytest.raises(BadInput, match=r"different codebooks.*small version 3, other version 3.*share: groups, kinds"):
        compare([one, with_book(two)], "activity")
    with pytest.raises(BadInput, match=r"no roll-up of all of them\. They share none"):
        compare([one, with_book(two, rollups=())], "kinds")
    changed = replace(SCHEME.rollups[1], headings=(("instruction", "Teaching"),))
    with pytest.raises(BadInput, match=r"different headings under 'kinds'.*share: groups\."):
        compare([one, with_book(two, rollups=(SCHEME.rollups[0], changed))], "kinds")
    elsewhere = replace(SCHEME.rollups[1], dimension="place")
    with pytest.raises(BadInput, match=r"different headings under 'kinds'.*share: groups\."):
        compare([one, with_book(two, rollups=(SCHEME.rollups[0], elsewhere))], "kinds")


def test_nothing_to_compare() -> None:
    """A name that there is none of, and days without a minute, are refused."""
    with pytest.raises(BadInput, match=r"no dimension or roll-up 'golf'.*role, activity.*kinds"):
        compare([random_day(1)], "golf")
    with pytest.raises(BadInput, match="no observed time"):
        compare([Diary().record()], "activity")
    with pytest.raises(BadInput, match="nothing to compare"):
        compare([], "activity")


def test_the_text_fits() -> None:
    """Dots on one axis within 80 columns, every group named by its letter; a hostile label is obeyed by nobody."""
    records = [by(random_day(n, 8, f"day {n}"), "H\x1b[31m1") for n in range(30)]
    told = comparison_text(compare(records, "activity"))
    assert max(map(len, told.splitlines())) <= 80
    assert "\x1b" not in told
    assert "95 % interval" in told
    assert told.splitlines()[2].startswith("a  2026-11-24")
