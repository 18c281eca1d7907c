"""Breakdowns of a part: what is chosen is all that is counted, and the shares are of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise, to_json
from shadowlog.domain.codebook import ROLE
from shadowlog.domain.terms import Episode, Record, Verification
from shadowlog.errors import BadInput
from tests.analysis.days import PERIODS, SCHEME, Diary, random_day
from tests.analysis.oracle import MINUTE, apart, kept

close = pytest.approx


def days(seed: int) -> list[Record]:
    return [
        replace(record, observation=replace(record.observation, study=f"S{n % 2}", observer=f"O{n}"))
        for n, record in enumerate(random_day(seed * 7 + k, 10, f"day {k}") for k in range(3))
    ]


def minutes(records: list[Record], wanted: object, dimension: str = "activity") -> dict[str | None, float]:
    """Foreground minutes by code of the episodes that are wanted, from the track itself."""
    assert callable(wanted)
    found: dict[str | None, float] = defaultdict(float)
    for record in map(apart, records):
        episodes = {e.id: e for e in kept(record)}
        for each in record.track:
            episode = episodes.get(each.episode or "")
            if episode is not None and wanted(episode):
                found[episode.codes.get(dimension)] += ((each.end or record.end) - each.start) / MINUTE
    return found


def told(summary: Summary, dimension: str = "activity") -> dict[str | None, float]:
    return {row.code: row.minutes for row in summary.table(dimension).rows if row.minutes}


def alike(one: object, other: object, where: str = "") -> None:
    """The same but for the last digits, which depend on the order of adding up."""
    if isinstance(one, dict) and isinstance(other, dict):
        assert one.keys() == other.keys(), where
        for key in one:
            alike(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        assert len(one) == len(other), where
        for n, (a, b) in enumerate(zip(one, other, strict=True)):
            alike(a, b, f"{where}[{n}]")
    else:
        assert one == (close(other, rel=1e-9, abs=1e-9) if isinstance(other, float) else other), where


@pytest.mark.parametrize("seed", range(4))
def test_observations(seed: int) -> None:
    """Choosing a study, heads, observers or dates is summarising those observations alone."""
    records = days(seed)
    for choice, want in (
        (Choice(studies=("S0",)), [records[0], records[2]]),
        (Choice(observers=("O1", "O2")), records[1:]),
        (Choice(heads=("H01",)), [r for r in records if r.observation.head == "H01"]),
        (Choice(since="2026-11-24", until="2026-11-24"), records),
        (Choice(since="2026-11-25"), []),
        (Choice(studies=("S0",), observers=("O2",)), [records[2]]),
    ):
        found = summarise(records, choice=choice)
        assert found.chosen
        if want:
            expected = replace(summarise(want), chosen=found.chosen)
            alike(to_json(found), to_json(expected))
        else:
            assert (found.window.minutes, found.episodes.count, found.lines) == (0, 0, ())


def verified(episode: Episode) -> bool:
    return episode.verification in {Verification.AGREE, Verification.AMEND}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (Choice(codes={"activity": ("paper", "money")}), lambda e: e.what in {"paper", "money"}),
        (Choice(codes={"role": ("pupils",)}), lambda e: any(p.role == "pupils" for p in e.parties)),
        (
            Choice(codes={"role": ("pupils",), "place": ("classroom",)}),
            lambda e: any(p.role == "pupils" for p in e.parties) and e.place == "classroom",
        ),
        (Choice(headings={"kinds": ("instruction",)}), lambda e: e.what in {"teaching", "visiting"}),
        (Choice(verified=True), verified),
    ],
)
def test_episodes(seed: int, choice: Choice, wanted: object) -> None:
    """Only the chosen episodes are counted; both shares are of them and sum to 1; rates stay per observed hour."""
    assert callable(wanted)
    records = days(seed)
    found, whole = summarise(records, choice=choice), summarise(records)
    expected = minutes(records, wanted)
    assert told(found) == close({code: each for code, each in expected.items() if each})
    there = [e for r in map(apart, records) for e in kept(r) if wanted(e)]
    assert found.episodes.count == len(there)
    assert found.window.minutes == close(sum(expected.values()))
    assert {line.id for line in found.lines} <= {e.id for e in there}
    if there and found.window.minutes:
        assert sum(row.time_share or 0 for row in found.table(ROLE).rows) == close(1)
        assert sum(row.count_share or 0 for row in found.table(ROLE).rows) == close(1)
    if found.interactions.count:
        assert found.interactions.per_hour == close(60 * found.interactions.count / whole.window.minutes)
    assert all(note.episode in {e.id for e in there} for note in found.notes)


@pytest.mark.parametrize("seed", range(4))
def test_periods(seed: int) -> None:
    """Periods cut the day: their times add up to the whole, in every code, and an episode counts where it began."""
    diary = [replace(r, observation=replace(r.observation, periods=PERIODS)) for r in days(seed)]
    every = tuple(p.label for p in PERIODS)
    parts = [summarise(diary, choice=Choice(periods=(label,))) for label in every]
    together = summarise(diary, choice=Choice(periods=every))
    whole = summarise(diary)
    by_period = whole.profile(None)
    assert by_period is not None
    for part, each in zip(parts, by_period.bins, strict=False):
        assert part.window.minutes == close(each.observed_minutes)
        made = dict(zip(by_period.codes, each.minutes, strict=True))
        assert told(part) == close({code: value for code, value in made.items() if value})
    assert together.window.minutes == close(sum(part.window.minutes for part in parts))
    assert together.episodes.count == sum(part.episodes.count for part in parts)
    assert together.contacts.count == sum(part.contacts.count for part in parts)
    for dimension in ("role", "place"):
        added: dict[str | None, float] = defaultdict(float)
        for part in parts:
            for code, value in told(part, dimension).items():
                added[code] += value
        assert told(together, dimension) == close(dict(added))
        if together.window.minutes:
            assert sum(row.time_share or 0 for row in together.table(dimension).rows) == close(1)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_choosing_is_no_matter(seed: int) -> None:
    """Everything chosen at once is what is chosen one after the other, and nothing chosen is everything."""
    records = days(seed)
    whole = summarise(records)
    alike(to_json(summarise(records, choice=Choice())), to_json(whole))
    both = summarise(records, choice=Choice(observers=("O1",), codes={"activity": ("paper",)}))
    alone = summarise([records[1]], choice=Choice(codes={"activity": ("paper",)}))
    alike(to_json(both), to_json(replace(alone, chosen=both.chosen)))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(codes={"colour": ("red",)}), "no dimension 'colour'.*role, activity"),
        (Choice(codes={"activity": ("golf",)}), "no code of activity 'golf'.*teaching"),
        (Choice(headings={"nations": ("x",)}), "no roll-up 'nations'.*groups, kinds"),
        (Choice(headings={"kinds": ("golf",)}), "no heading of kinds 'golf'.*instruction"),
        (Choice(periods=("teatime",)), "no period of the school day 'teatime'.*break"),
    ],
)
def test_what_there_is_none_of_is_refused(choice: Choice, words: str) -> None:
    """An unknown dimension, code, roll-up, heading or period is refused, and those there are are named."""
    diary = Diary()
    diary.episode("a", 5, "teachers", activity="paper")
    with pytest.raises(BadInput, match=words):
        summarise([diary.record()], choice=choice)


def test_it_is_said() -> None:
    """A summary says what it was chosen by, in words, and every table that its shares are of what was chosen."""
    choice = Choice(heads=("H01",), codes={"role": ("teachers", "pupils")}, verified=True)
    found = summarise([random_day(3)], choice=choice)
    assert found.chosen == ("head H01", "Teachers or Pupils", "verified by the head")
    assert all("the chosen" in table.denominator for table in found.tables)
    assert summarise([random_day(3)]).chosen == ()
    assert SCHEME.label("role", "teachers") == "Teachers"
