"""What must hold of the breakdowns of any day: sums, addition, order, names, and looking ever more often.

The environment variable SHADOWLOG_PROFILE=long tries a thousand days for each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowlog.analysis.basis import basis
from shadowlog.analysis.frame import Frames
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.results import Row, Summary, WhoRule
from shadowlog.analysis.sampling import interval_view
from shadowlog.analysis.summary import summarise, summarise_frames
from shadowlog.domain.terms import Record
from tests.analysis.alike import differences
from tests.analysis.days import MINUTE
from tests.analysis.drawn_days import days

close = pytest.approx
LONG = os.environ.get("SHADOWLOG_PROFILE") == "long"
PROPERTY = settings(max_examples=1_000 if LONG else 15, deadline=None, suppress_health_check=list(HealthCheck))


def breakdowns(summary: Summary) -> list[tuple[Row, ...]]:
    """The rows of every table by a dimension or a roll-up, of places, and of company by its size."""
    tables = [table.rows for table in (*summary.tables, *summary.rollups)]
    return [*tables, summary.presence.rows, summary.company.sizes]


@PROPERTY
@given(days(), st.sampled_from(["split", "main"]))
def test_shares_sum_to_one(record: Record, rule: str) -> None:
    """Under split and main every table's shares of time sum to 1, its shares of episodes too, uncoded in it."""
    found = summarise([record], rule)
    for rows in breakdowns(found):
        if found.window.minutes:
            assert sum(row.time_share or 0 for row in rows) == close(1)
        if found.episodes.count:
            assert sum(row.count_share or 0 for row in rows) == close(1)


@PROPERTY
@given(days(), st.booleans())
def test_profile_bins_sum_to_the_total(record: Record, concurrent: bool) -> None:
    """The minutes of a code in all bins of 15, 30 or 60 minutes, or in all periods and outside, are its minutes of the day."""
    found = summarise([record], concurrent=concurrent)
    whole = {row.code: row.minutes for row in found.table("activity").rows if row.minutes}
    for profile in found.profiles:
        sums = {code: sum(each.minutes[n] for each in profile.bins) for n, code in enumerate(profile.codes)}
        assert sums == close(whole)
        assert sum(each.observed_minutes for each in profile.bins) == close(found.window.minutes)
    assert sum(rate.count for rate in found.rates_by_hour) == found.interactions.count


@PROPERTY
@given(st.lists(days(), min_size=2, max_size=3), st.sampled_from(list(WhoRule)))
def test_frequency_and_time_add_up_over_days(records: list[Record], rule: WhoRule) -> None:
    """How often and how long of several days together, by any code, is the sum of the days."""
    records = [replace(r, observation=replace(r.observation, id=f"day {n}")) for n, r in enumerate(records)]
    together, alone = summarise(records, rule), [summarise([record], rule) for record in records]
    for number, rows in enumerate(breakdowns(together)):
        each = [{row.code: row for row in breakdowns(day)[number]} for day in alone]
        for row in rows:
            assert row.count == close(sum(day[row.code].count for day in each if row.code in day))
            assert row.minutes == close(sum(day[row.code].minutes for day in each if row.code in day), abs=1e-9)
    for of in ("episodes", "interactions", "contacts", "interruptions", "stretches"):
        assert getattr(together, of).count == sum(getattr(day, of).count for day in alone)
    assert together.switching.moves == sum(day.switching.moves for day in alone)


def shuffled(frames: Frames, seed: int) -> Frames:
    """The frames with their lines in another order."""
    changed: dict[str, Any] = {}
    for each in fields(frames):
        frame = getattr(frames, each.name)
        if isinstance(frame, nw.LazyFrame) and each.name != "steps":
            lines: pl.DataFrame = frame.to_native().collect()
            changed[each.name] = nw.from_native(lines.sample(fraction=1, shuffle=True, seed=seed).lazy())
    return replace(frames, **changed)


@PROPERTY
@given(days(), st.integers(0, 99))
def test_the_order_of_lines_is_no_matter(record: Record, seed: int) -> None:
    """The same lines in another order give the same summary."""
    frames = prepared([record])
    assert list(differences(summarise_frames(frames), summarise_frames(shuffled(frames, seed)))) == []


def renamed(record: Record, names: dict[str, str]) -> Record:
    """The record with other ids for its activities, in the scheme too."""
    scheme = record.observation.codebook
    dimensions = tuple(
        replace(d, codes=tuple(replace(c, id=names[c.id]) for c in d.codes)) if d.id == "activity" else d
        for d in scheme.dimensions
    )
    about = replace(record.observation, codebook=replace(scheme, dimensions=dimensions))
    episodes = tuple(
        replace(e, codes={k: names[v] if k == "activity" else v for k, v in e.codes.items()}) for e in record.episodes
    )
    return replace(record, observation=about, episodes=episodes)


@PROPERTY
@given(days(), st.permutations(["teaching", "visiting", "paper", "money", "moving"]))
def test_names_of_codes_are_no_matter(record: Record, order: Sequence[str]) -> None:
    """Other ids for the activities, even exchanged ones, change no figure: each stands under its new id."""
    codes = [c.id for c in record.observation.codebook.codes("activity")]
    names = dict(zip(codes, order, strict=True))
    one, other = summarise([record]), summarise([renamed(record, names)])
    for mine, theirs in zip(one.table("activity").rows, other.table("activity").rows, strict=True):
        assert replace(theirs, code=mine.code) == replace(mine, label=theirs.label)
        assert theirs.code == (names[mine.code] if mine.code else None)
    assert [e.entropy for e in other.entropies] == close([e.entropy for e in one.entropies])
    assert (other.transitions.counts, other.switching) == (one.transitions.counts, one.switching)
    assert (other.rollups, other.episodes, other.company) == (one.rollups, one.episodes, one.company)


@PROPERTY
@given(days(), st.sampled_from([1.0, 0.5, 0.1]))
def test_looking_more_often_comes_closer(record: Record, minutes: float) -> None:
    """The marks of a code differ from its continuous share by no more than a mark for each of its stretches and windows."""
    base = basis(prepared([record]), WhoRule.SPLIT, concurrent=False)
    view = interval_view(base, minutes=minutes)
    window = base.window / MINUTE
    pieces = len(record.track) + 1
    if view.marks * minutes <= pieces * minutes:
        return
    for row in view.rows:
        assert row.difference is not None
        assert abs(row.difference) <= 2 * pieces * minutes / min(window, view.marks * minutes)
