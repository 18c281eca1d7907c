"""Every breakdown against the same thing worked out another way, on small days made at random."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest

from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Episode, Record
from tests.analysis.days import random_day
from tests.analysis.oracle import MINUTE, Answer, answer, apart, end_of, has, kept

RULES = ("full", "split", "main")
SEEDS = range(25)
HUNDREDS = 24
"""The seed of a study: 25 days of some three hundred spells in one summary."""
close = pytest.approx


@cache
def days(seed: int) -> list[Record]:
    """One to three small days, or a study."""
    return [apart(record) for record in recorded(seed)]


@cache
def recorded(seed: int) -> list[Record]:
    """The days as they were recorded, the shadower among the company."""
    many, each = (25, 12) if seed == HUNDREDS else (1 + seed % 3, 6 + seed % 12)
    return [random_day(seed * 10 + n, each, f"day {n}") for n in range(many)]


@cache
def results(seed: int, rule: str = "split", concurrent: bool = False) -> tuple[Summary, Answer]:
    """What the breakdowns say and what the slivers say."""
    return summarise(recorded(seed), rule, concurrent), answer(days(seed), rule, concurrent)


def cases() -> list[tuple[int, str, bool]]:
    return [(seed, RULES[seed % 3], bool(seed // 3 % 2)) for seed in SEEDS]


@pytest.mark.parametrize(("seed", "rule", "concurrent"), cases())
def test_tables(seed: int, rule: str, concurrent: bool) -> None:
    """Counts and minutes of every code of every dimension are those of the slivers."""
    summary, expected = results(seed, rule, concurrent)
    assert summary.window.minutes == close(expected.window)
    assert (summary.episodes.count, summary.interactions.count) == (expected.count, expected.interactions)
    for table in summary.tables:
        minutes = {row.code: row.minutes for row in table.rows}
        counts = {row.code: row.count for row in table.rows}
        assert minutes == close({c: expected.minutes[table.dimension, c] for c in minutes}), table.dimension
        assert counts == close({c: expected.counts[table.dimension, c] for c in counts}), table.dimension
        told = {c for d, c in expected.minutes if d == table.dimension}
        assert told <= set(minutes)


@pytest.mark.parametrize(("seed", "rule", "concurrent"), cases())
def test_shares(seed: int, rule: str, concurrent: bool) -> None:
    """A row's shares are its count over all episodes and its minutes over the window; the ratio is theirs."""
    summary, expected = results(seed, rule, concurrent)
    for table in (*summary.tables, *summary.rollups):
        for row in table.rows:
            assert row.count_share == close(row.count / expected.count)
            assert row.time_share == close(row.minutes / expected.window)
            if row.count:
                assert row.ratio == close((row.minutes / expected.window) / (row.count / expected.count))
            else:
                assert row.ratio is None
        if not concurrent and (rule != "full" or table.dimension != "role"):
            assert sum(row.time_share or 0 for row in table.rows) == close(1)
            assert sum(row.count_share or 0 for row in table.rows) == close(1)


@pytest.mark.parametrize(("seed", "rule", "concurrent"), cases())
def test_rollups(seed: int, rule: str, concurrent: bool) -> None:
    """Two roles under one heading are one presence; activities under one heading add up."""
    summary, expected = results(seed, rule, concurrent)
    groups = {row.code: (row.minutes, row.count) for row in summary.rollup("groups").rows}
    for heading, (minutes, count) in groups.items():
        assert minutes == close(expected.headings[heading])
        assert count == close(expected.heading_counts[heading])
    kinds = {row.code: row.minutes for row in summary.rollup("kinds").rows}
    told = {"instruction": ("teaching", "visiting"), "management": ("paper", "money")}
    for heading, codes in told.items():
        assert kinds[heading] == close(sum(expected.minutes["activity", c] for c in codes))


@pytest.mark.parametrize(("seed", "rule", "concurrent"), cases())
def test_presence(seed: int, rule: str, concurrent: bool) -> None:
    """Alone, with pupils, person-minutes, sizes and places are those of the slivers."""
    summary, expected = results(seed, rule, concurrent)
    assert summary.alone.minutes == close(expected.alone)
    assert summary.alone.office_minutes == close(expected.alone_office)
    assert summary.company.pupil_minutes == close(expected.pupils)
    assert summary.company.person_minutes == close(expected.person_minutes)
    sizes = {row.code: row.minutes for row in summary.company.sizes}
    assert sizes == close({c: expected.sizes[c] for c in sizes})
    assert sum(row.count for row in summary.company.sizes) == expected.count
    places = {row.code: row.minutes for row in summary.presence.rows}
    around = expected.minutes["place", "corridor"] + expected.minutes["place", "playground"]
    assert places["around"] == close(around)
    assert places["elsewhere"] == close(expected.minutes["place", "hall"])
    assert places[None] == close(expected.minutes["place", None])


@pytest.mark.parametrize(("seed", "rule", "concurrent"), cases())
def test_profiles(seed: int, rule: str, concurrent: bool) -> None:
    """Every bin and period holds exactly the minutes that fell into it, and every hour the interactions begun in it."""
    summary, expected = results(seed, rule, concurrent)
    for minutes in (15, 30, 60):
        profile = summary.profile(minutes)
        assert profile is not None
        wanted: dict[tuple[int, str | None], float] = defaultdict(float)
        for (quarter, code), spent in expected.quarters.items():
            wanted[quarter * 15 // minutes, code] += spent
        for each in profile.bins:
            number = int(each.start_minute // minutes)
            found = dict(zip(profile.codes, each.minutes, strict=True))
            assert found == close({c: wanted.pop((number, c), 0.0) for c in profile.codes})
        assert not any(wanted.values())
    begun = {int(r.start_minute // 60): r.count for r in summary.rates_by_hour if r.count}
    assert begun == {hour: n for hour, n in expected.begun.items() if n}
    for rate in summary.rates_by_hour:
        hour = int(rate.start_minute // 60)
        observed = sum(expected.observed[hour * 4 + n] for n in range(4))
        assert rate.observed_minutes == close(observed)
        assert rate.per_hour == (close(60 * rate.count / observed) if observed else None)
    by_period = summary.profile(None)
    if by_period:
        for each in by_period.bins[:-1]:
            found = dict(zip(by_period.codes, each.minutes, strict=True))
            assert found == close({c: expected.periods[each.label, c] for c in by_period.codes})
        assert sum(each.observed_minutes for each in by_period.bins) == close(expected.window)
        assert sum(rate.count for rate in summary.rates_by_period) == expected.interactions


@pytest.mark.parametrize("seed", SEEDS)
def test_coverage(seed: int) -> None:
    """The parts of the coverage are those of the slivers and make up the whole stretch."""
    records = days(seed)
    summary, expected = results(seed)
    coverage = summary.coverage
    found = {part.kind: part.minutes for part in coverage.parts}
    assert found == close({kind: expected.coverage[kind] for kind in found})
    assert sum(part.share or 0 for part in coverage.parts) == close(1)
    episodes = [e for r in records for e in kept(r)]
    assert coverage.late == sum(e.entered is not None for e in episodes)
    assert coverage.unsure == sum(e.unsure for e in episodes)
    assert coverage.unverified == sum(e.verification is None for e in episodes)
    assert coverage.struck == sum(e.verification == "strike" for e in episodes)
    assert coverage.disputed == sum(e.verification == "dispute" for e in episodes)
    assert coverage.amended == sum(e.amended for e in episodes)


def quartile(values: Sequence[float], part: float) -> float:
    """The linear quantile by its definition."""
    place = part * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


@pytest.mark.parametrize("seed", SEEDS)
def test_durations(seed: int) -> None:
    """Durations and brevity are over net minutes of the episodes of known duration, overall and by code."""
    records = days(seed)
    summary, expected = results(seed)
    net = {(r.observation.id, e.id): expected.net[r.observation.id, e.id] / MINUTE for r in records for e in kept(r)}
    known = {(r.observation.id, e.id) for r in records for e in kept(r) if e.duration_known}
    values = sorted(net[key] for key in known)
    told = summary.episodes.durations
    assert told.count == len(values)
    assert summary.episodes.unknown_duration == len(net) - len(values)
    assert told.total_minutes == close(sum(values))
    assert told.mean_minutes == close(sum(values) / len(values))
    assert told.lower_quartile_minutes == close(quartile(values, 0.25))
    assert told.median_minutes == close(quartile(values, 0.5))
    assert told.upper_quartile_minutes == close(quartile(values, 0.75))
    assert told.longest_minutes == close(values[-1])
    for each in summary.episodes.brevity:
        held = [v for v in values if (v > each.limit_minutes if each.over else v < each.limit_minutes)]
        assert each.count == len(held)
        assert each.minutes == close(sum(held))
        assert each.count_share == close(len(held) / len(values))
        assert each.time_share == (close(sum(held) / sum(values)) if sum(values) else None)
    for table in summary.durations:
        for row in table.rows:
            chosen = [
                net[r.observation.id, e.id]
                for r in records
                for e in kept(r)
                if e.duration_known and row.code in under(e, table.dimension)
            ]
            assert row.durations.count == len(chosen)
            assert row.durations.total_minutes == close(sum(chosen))
            assert row.durations.median_minutes == close(quartile(sorted(chosen), 0.5))


def under(episode: Episode, dimension: str) -> set[str | None]:
    """The codes under which an episode stands."""
    if dimension == "role":
        return {party.role for party in episode.parties} or {None}
    return {episode.codes.get(dimension)}


@pytest.mark.parametrize("seed", SEEDS)
def test_interruptions(seed: int) -> None:
    """Who interrupted, what was interrupted and when it was taken up again are read off the record by hand."""
    records = days(seed)
    summary, expected = results(seed)
    told = summary.interruptions
    # Talk with the shadower is in no breakdown: who comes then interrupts nothing.
    pairs = [(r, e) for r in records for e in kept(r) if e.interrupts in {each.id for each in kept(r)}]
    assert told.count == len(pairs)
    assert told.minutes == close(sum(expected.net[r.observation.id, e.id] / MINUTE for r, e in pairs))
    waits: list[int | None] = []
    interrupted = set()
    for record, episode in pairs:
        interrupted.add((record.observation.id, episode.interrupts))
        at = min(s.start for s in record.track if s.episode == episode.id)
        spells = [s for s in record.track if s.episode == episode.interrupts]
        later = [s.start - at for s in spells if s.start >= at and end_of(record, s) > at]
        waits.append(min(later, default=None))
    back = [wait for wait in waits if wait is not None]
    assert told.interrupted == len(interrupted)
    assert told.resumed_within_10 == sum(wait <= 10 * MINUTE for wait in back)
    assert told.resumed_later == sum(wait > 10 * MINUTE for wait in back)
    assert told.never_resumed == len(waits) - len(back)
    if back:
        assert told.median_minutes_until_resumed == close(quartile(sorted(back), 0.5) / MINUTE)
    assert sum(row.count for row in told.by_role.rows) == close(len(pairs))
    assert sum(row.minutes for row in told.by_role.rows) == close(told.minutes)


@pytest.mark.parametrize("seed", SEEDS)
def test_visits(seed: int) -> None:
    """A visit lasts until the head is elsewhere or in another named room; gaps do not end it."""
    records = days(seed)
    visits, rooms = 0, set()
    for record in records:
        scheme, by_id = record.observation.codebook, {e.id: e for e in kept(record)}
        spells = [s for s in record.track if s.episode in by_id and end_of(record, s) > s.start]
        stays = [by_id[s.episode] for s in spells if s.episode]
        inside = [has(scheme, "place", e.place, "classroom") for e in stays]
        rooms |= {(record.observation.head, e.room) for e, there in zip(stays, inside, strict=True) if there and e.room}
        visits += bool(inside and inside[0])
        for (before, was), (now, there) in pairwise(zip(stays, inside, strict=True)):
            visits += there and (not was or bool(before.room and now.room and before.room != now.room))
    told = results(seed)[0].presence
    assert (told.visits, told.rooms) == (visits, len(rooms) or None)


@pytest.mark.parametrize("seed", range(12))
def test_lines(seed: int) -> None:
    """The list of episodes is in order, without talk with the shadower, and its net minutes are those of the slivers."""
    records = days(seed)
    summary, expected = results(seed)
    assert len(summary.lines) == expected.count
    for line in summary.lines:
        assert line.net_minutes == close(expected.net[line.observation, line.id] / MINUTE)
        assert line.elapsed_minutes == close((line.end - line.start) / MINUTE)
    for record in records:
        starts = [line.start for line in summary.lines if line.observation == record.observation.id]
        assert starts == sorted(starts)


def total(summary: Summary) -> float:
    return sum(each.window_minutes for each in summary.observations)


@pytest.mark.parametrize("seed", range(6))
def test_pooled(seed: int) -> None:
    """Days summarised together have the episodes and the window of the days summarised apart."""
    records = days(seed * 3 + 2)
    together, apart = summarise(records), [summarise([each]) for each in records]
    assert together.window.minutes == close(sum(each.window.minutes for each in apart))
    assert total(together) == close(together.window.minutes)
    assert together.episodes.count == sum(each.episodes.count for each in apart)


def test_the_study_holds_three_hundred_spells() -> None:
    """The largest of these samples is one of more than three hundred spells."""
    assert sum(each.episode is not None for record in days(HUNDREDS) for each in record.track) > 300
