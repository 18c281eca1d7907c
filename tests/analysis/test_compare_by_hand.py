"""Three tiny days whose comparison is reckoned here by plain arithmetic."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import Comparison, Spread
from shadowlog.domain.terms import Record
from tests.analysis.days import Diary

close = pytest.approx
Three = tuple[float, float, float]


def days(*heads: str) -> list[Record]:
    """An hour in 3 episodes, 40 minutes in 2, two hours in 2, all from eight on, each with one head."""
    hour, short, long = Diary("hour"), Diary("short"), Diary("long")
    hour.episode("a", 30, "teachers", "pupils", activity="teaching")
    hour.episode("b", 20, "alone", activity="paper")
    hour.episode("c", 10, "parents", activity="money")
    short.episode("a", 20, "pupils", activity="teaching")
    short.episode("b", 20, "leaders", "teachers", "parents", activity="money")
    long.episode("a", 90, "alone", activity="paper")
    long.episode("b", 30, "pupils", "parents", activity="visiting")
    return [each.record(head=head) for each, head in zip((hour, short, long), heads, strict=True)]


LASTED: dict[str, dict[str | None, Three]] = {
    # Of 60, 40 and 120 minutes. Leaders and teachers are both staff: with parents two groups of headings, not three.
    "split": {
        "staff": (15 / 60, 10 / 40, 0),
        "pupils": (15 / 60, 20 / 40, 15 / 120),
        "outside": (10 / 60, 10 / 40, 15 / 120),
        None: (20 / 60, 0, 90 / 120),
    },
    "full": {
        "staff": (30 / 60, 20 / 40, 0),
        "pupils": (30 / 60, 20 / 40, 30 / 120),
        "outside": (10 / 60, 20 / 40, 30 / 120),
        None: (20 / 60, 0, 90 / 120),
    },
    "main": {
        "staff": (30 / 60, 20 / 40, 0),
        "pupils": (0, 20 / 40, 30 / 120),
        "outside": (10 / 60, 0, 0),
        None: (20 / 60, 0, 90 / 120),
    },
}
OFTEN: dict[str, dict[str | None, Three]] = {
    # Of 3, 2 and 2 episodes.
    "split": {
        "staff": (0.5 / 3, 0.5 / 2, 0),
        "pupils": (0.5 / 3, 1 / 2, 0.5 / 2),
        "outside": (1 / 3, 0.5 / 2, 0.5 / 2),
        None: (1 / 3, 0, 1 / 2),
    },
    "full": {
        "staff": (1 / 3, 1 / 2, 0),
        "pupils": (1 / 3, 1 / 2, 1 / 2),
        "outside": (1 / 3, 1 / 2, 1 / 2),
        None: (1 / 3, 0, 1 / 2),
    },
    "main": {
        "staff": (1 / 3, 1 / 2, 0),
        "pupils": (0, 1 / 2, 1 / 2),
        "outside": (1 / 3, 0, 0),
        None: (1 / 3, 0, 1 / 2),
    },
}


def spreads(found: Comparison, side: str) -> dict[str | None, Spread]:
    return {row.code: getattr(row, side) for row in found.rows}


@pytest.mark.parametrize("who_rule", ["split", "full", "main"])
@pytest.mark.parametrize(("side", "expected"), [("often", OFTEN), ("lasted", LASTED)])
def test_shares_ranges_means_and_intervals(
    who_rule: str, side: str, expected: dict[str, dict[str | None, Three]]
) -> None:
    """Of three heads with a day each: shares, the lowest, the highest, and the mean in which each head counts once.

    Of 27 ways to draw 3 days from 3 one is thrice the lowest and one thrice the highest: 3.7 % each, so that the 2.5th and
    the 97.5th percentile are the lowest and the highest day.
    """
    found = compare(days("H01", "H02", "H03"), "groups", "heads", who_rule)
    assert [(group.label, group.days, group.window_minutes, group.episodes) for group in found.groups] == [
        ("H01", 1, 60, 3),
        ("H02", 1, 40, 2),
        ("H03", 1, 120, 2),
    ]
    made = spreads(found, side)
    assert made.keys() == expected[who_rule].keys()
    for code, shares in expected[who_rule].items():
        spread = made[code]
        assert spread.shares == close(shares)
        assert (spread.lowest, spread.highest) == close((min(shares), max(shares)))
        assert spread.mean == close((shares[0] + shares[1] + shares[2]) / 3)
        assert spread.interval == close((min(shares), max(shares)))


def test_the_days_of_one_head_are_added_up() -> None:
    """Two days of one head are 100 minutes and 5 episodes of which the parts are sums, not means of shares; two heads have no mean."""
    found = compare(days("H01", "H01", "H02"), "groups", "heads", "split")
    lasted, often = spreads(found, "lasted"), spreads(found, "often")
    # 15 of 60 and 20 of 40 minutes with pupils are 35 of 100; the mean of their shares would be 37.5 %.
    assert lasted["pupils"].shares == close((35 / 100, 15 / 120))
    assert often["pupils"].shares == close((1.5 / 5, 0.5 / 2))
    assert {spread.mean for spread in (*lasted.values(), *often.values())} == {None}


@pytest.mark.parametrize("who_rule", ["split", "full", "main"])
def test_the_minutes_of_each_hour(who_rule: str) -> None:
    """The profile has every minute once whoever was there: by activity, and by kind where kinds are compared."""

    def told(by: str) -> list[dict[tuple[str, str], float]]:
        return [
            {
                (each.label, str(code)): minutes
                for each in profile.bins
                for code, minutes in zip(profile.codes, each.minutes, strict=True)
                if minutes
            }
            for profile in compare(days("H01", "H02", "H03"), by, "heads", who_rule).profiles
        ]

    assert told("groups") == [
        {("08:00", "teaching"): 30, ("08:00", "paper"): 20, ("08:00", "money"): 10},
        {("08:00", "teaching"): 20, ("08:00", "money"): 20},
        {("08:00", "paper"): 60, ("09:00", "paper"): 30, ("09:00", "visiting"): 30},
    ]
    assert told("kinds") == [
        {("08:00", "instruction"): 30, ("08:00", "management"): 20 + 10},
        {("08:00", "instruction"): 20, ("08:00", "management"): 20},
        {("08:00", "management"): 60, ("09:00", "instruction"): 30, ("09:00", "management"): 30},
    ]


def test_a_slip_would_be_found() -> None:
    """Negative control: with one episode a minute longer the shares are others than those reckoned."""
    hour, *others = days("H01", "H02", "H03")
    first, *rest = hour.track
    later = [replace(each, start=each.start + 60_000, end=(each.end or 0) + 60_000) for each in rest]
    longer = replace(hour, track=(replace(first, end=(first.end or 0) + 60_000), *later), end=hour.end + 60_000)
    made = spreads(compare([longer, *others], "groups", "heads"), "lasted")
    assert made["staff"].shares != close(LASTED["split"]["staff"])
