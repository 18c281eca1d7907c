"""A million episodes: nothing wraps, and every figure is known beforehand."""

from __future__ import annotations

from functools import cache

import narwhals as nw
import polars as pl
import pytest

from shadowlog.analysis.allocation import tables
from shadowlog.analysis.basis import Basis, basis
from shadowlog.analysis.duration import durations, episode_stats, interactions
from shadowlog.analysis.frame import Frames, column, dimensions, raw, steps
from shadowlog.analysis.interruption import interruptions
from shadowlog.analysis.prepare import in_memory, prepare
from shadowlog.analysis.profile import day
from shadowlog.analysis.results import WhoRule
from tests.analysis.days import SCHEME, Diary

N = 1_000_000
EACH = 30_000
"""ms of an episode: together 3 * 10^10, beyond 32 bits, as is 10^6 times an hour in ms."""


def lazy(lines: pl.LazyFrame) -> nw.LazyFrame[pl.LazyFrame]:
    return nw.from_native(lines)


@cache
def million() -> Basis:
    """One episode after another: activity by number mod 5, role by number mod 4, every tenth an interrupter."""
    empty = raw([Diary().record()])
    number = pl.int_range(N, dtype=pl.Int64)
    base = pl.LazyFrame({"n": range(N)}, schema={"n": pl.Int64}).with_columns(
        obs=pl.lit("day"), episode=pl.format("e{}", "n"), midnight=pl.lit(0, pl.Int64)
    )
    codes = {column(d): pl.lit(None, pl.String) for d in dimensions(SCHEME)}
    activity = [c.id for c in SCHEME.codes("activity")]
    coded = base.with_columns(**codes).with_columns(
        (pl.col("n") % 5).replace_strict(dict(enumerate(activity)), return_dtype=pl.String).alias(column("activity")),
        start=pl.col("n") * EACH,
        end=(pl.col("n") + 1) * EACH,
        spell=pl.col("n"),
        room=pl.lit(None, pl.String),
        coverage=pl.lit("full"),
        concurrent=pl.lit(value=False),
    )
    roles = dict(enumerate(["leaders", "teachers", "pupils", "alone"]))
    frames = Frames(
        SCHEME,
        observations=empty.observations,
        windows=lazy(
            pl.LazyFrame({"obs": ["day"], "lo": [0], "hi": [N * EACH], "s": [0], "e": [N * EACH], "ms": [N * EACH]})
        ),
        breaks=empty.breaks,
        episodes=lazy(
            coded.drop("start", "end", "spell", "n").with_columns(
                kind=pl.when(number % 4 == 3).then(pl.lit("alone")).otherwise(pl.lit("interaction")),
                interrupts=pl.when(number % 10 == 9).then(pl.format("e{}", number - 1)),
                verification=pl.lit(None, pl.String),
                people=pl.lit(1, pl.Int64),
                fallback=pl.lit(0, pl.Int64),
                known=pl.lit(value=True),
                late=pl.lit(value=False),
                unsure=pl.lit(value=False),
                amended=pl.lit(value=False),
            )
        ),
        spells=lazy(coded.drop("n")),
        recorded=empty.recorded,
        company=empty.company,
        parties=lazy(
            base.select(
                "obs",
                "episode",
                position=pl.lit(0, pl.Int64),
                role=(pl.col("n") % 4).replace_strict(roles, return_dtype=pl.String),
                people=pl.lit(1, pl.Int64),
                person=pl.lit(None, pl.String),
                joined=pl.lit(None, pl.Int64),
                left=pl.lit(None, pl.Int64),
            )
        ),
        contacts=empty.contacts,
        periods=empty.periods,
        steps=steps(2),
    )
    return basis(prepare(frames, in_memory), WhoRule.SPLIT, concurrent=False)


def test_tables() -> None:
    """A million episodes of half a minute fall evenly on five activities and four roles."""
    base = million()
    assert (base.episodes, base.window) == (N, N * EACH)
    by = {table.dimension: table for table in tables(base)}
    for code in ("teaching", "visiting", "paper", "money", "moving"):
        row = by["activity"].row(code)
        assert row.count == N / 5
        assert row.minutes == pytest.approx(N / 10)
        assert row.count_share == 0.2
        assert row.time_share == pytest.approx(0.2)
    for code in ("leaders", "teachers", "pupils", "alone"):
        row = by["role"].row(code)
        assert row.count == N / 4
        assert row.minutes == pytest.approx(N / 8)
    assert by["mode"].row(None).minutes == pytest.approx(N / 2)


def test_figures() -> None:
    """Rates, totals and shares of a million episodes are exact."""
    base = million()
    lasted = durations(base)
    met = interactions(base, lasted)
    assert met.count == N * 3 // 4
    assert met.per_hour == pytest.approx(90)
    stats = episode_stats(base, lasted)
    assert stats.durations.total_minutes == N / 2
    assert stats.durations.median_minutes == 0.5
    assert stats.share(2) == 1
    told = interruptions(base)
    assert (told.count, told.interrupted, told.never_resumed) == (N // 10, N // 10, N // 10)
    assert told.per_hour == pytest.approx(12)


def test_profile() -> None:
    """Every quarter of an hour of a million half minutes is full."""
    profiles, by_hour, _ = day(million())
    quarters = profiles[0].bins
    assert len(quarters) == -(-N * EACH // (15 * 60_000))
    assert all(each.observed_minutes == 15 for each in quarters[:-1])
    assert sum(sum(each.minutes) for each in quarters) == pytest.approx(N / 2)
    assert sum(rate.count for rate in by_hour) == N * 3 // 4
