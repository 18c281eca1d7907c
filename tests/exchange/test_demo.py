"""The demonstration study: it goes the way live days go, and every day of it keeps to the bands for invented days."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import MODE, PLACE, ROLE
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Episode, Record, State
from shadowlog.exchange.demo import DAYS, STUDY, DemoDay, demo_days

MINUTE = 60_000
STUDY_DAYS = demo_days()
RECORDS = [fold(day.observation, day.commands).record(0) for day in STUDY_DAYS]
NAMES = [f"{head} {day}" for head, day, _ in DAYS]
each_record = pytest.mark.parametrize("record", RECORDS, ids=NAMES)


def net(record: Record) -> dict[str, int]:
    """Net ms of each foreground episode."""
    spent: Counter[str] = Counter()
    for stretch in record.track:
        if stretch.episode is not None and stretch.end is not None:
            spent[stretch.episode] += stretch.end - stretch.start
    return dict(spent)


def with_flag(record: Record, episode: Episode, flag: str) -> bool:
    """Whether someone with the flag is in the episode."""
    return any(record.observation.codebook.is_flagged(ROLE, p.role, flag) for p in episode.parties)


def counted(record: Record) -> list[Episode]:
    """The episodes that breakdowns count."""
    return [e for e in record.episodes if not e.concurrent and not with_flag(record, e, "shadower")]


def interactions(record: Record) -> list[Episode]:
    """The episodes in which someone is with the head."""
    return [e for e in counted(record) if e.parties and not with_flag(record, e, "alone")]


def window(record: Record) -> int:
    """The observed time in ms."""
    spent = net(record)
    left_out = sum(s.end - s.start for s in record.track if s.end and s.state in (State.OFF, State.UNSEEN))
    left_out += sum(spent[e.id] for e in record.episodes if with_flag(record, e, "shadower"))
    return record.end - record.start - left_out


def time_share(record: Record, which: Callable[[Episode], bool]) -> float:
    """Net time of some episodes by the window."""
    spent = net(record)
    return sum(spent[e.id] for e in counted(record) if which(e)) / window(record)


def shorter_than(record: Record, minutes: float) -> float:
    """The share of episodes of fewer net minutes than these."""
    spent = net(record)
    lengths = [spent[e.id] / MINUTE for e in counted(record) if e.duration_known]
    return sum(length < minutes for length in lengths) / len(lengths)


def unplanned(episode: Episode) -> bool:
    """Whether nobody had planned it."""
    return episode.codes.get(MODE) in {"unscheduled", "interruption"}


@each_record
def test_length_of_the_day(record: Record) -> None:
    """An invented day has 8 to 9.5 observed hours."""
    assert 8 <= window(record) / (60 * MINUTE) <= 9.5


@each_record
def test_number_of_interactions(record: Record) -> None:
    """An invented day has 55 to 130 interactions."""
    assert 55 <= len(interactions(record)) <= 130


@each_record
def test_brevity(record: Record) -> None:
    """45 to 85 % of the episodes are under 5 minutes, 60 to 90 % under 9, at most 5 % over 60."""
    assert 0.45 <= shorter_than(record, 5) <= 0.85
    assert 0.60 <= shorter_than(record, 9) <= 0.90
    assert sum(ms > 60 * MINUTE for ms in net(record).values()) / len(counted(record)) <= 0.05


@each_record
def test_alone(record: Record) -> None:
    """20 to 50 % of the time is alone."""
    assert 0.20 <= time_share(record, lambda e: with_flag(record, e, "alone")) <= 0.50


@each_record
def test_pupils(record: Record) -> None:
    """Pupils are present for 10 to 30 % of the time."""
    assert 0.10 <= time_share(record, lambda e: any(p.role == "pupil" for p in e.parties)) <= 0.30


@each_record
def test_own_office(record: Record) -> None:
    """35 to 55 % of the time is in the head's own office."""
    book = record.observation.codebook
    assert 0.35 <= time_share(record, lambda e: book.is_flagged(PLACE, e.place, "office")) <= 0.55


@each_record
def test_unscheduled(record: Record) -> None:
    """Unscheduled work is 60 to 90 % of the interactions and 30 to 55 % of the time, with solo work or without."""
    found = interactions(record)
    assert 0.60 <= sum(map(unplanned, found)) / len(found) <= 0.90
    assert 0.30 <= time_share(record, unplanned) <= 0.55
    assert 0.30 <= time_share(record, lambda e: unplanned(e) and e in found) <= 0.55


@each_record
def test_peaks(record: Record) -> None:
    """At the gate before school, at break, over lunch and at the end of school there is more going on than between."""
    zone = ZoneInfo(record.observation.zone)
    local = [datetime.fromtimestamp(s.start / 1000, zone) for s in record.track if s.episode]
    minutes = sorted(at.hour * 60 + at.minute for at in local)
    edges = {p.label: (p.start, p.end) for p in record.observation.periods}
    peaks = [
        (edges["Registration"][0] - 20, edges["Registration"][0]),
        edges["Break"],
        (edges["Lunch"][0], edges["Lunch"][0] + 25),
        (edges["After school"][0], edges["After school"][0] + 20),
    ]

    def rate(spans: list[tuple[int, int]]) -> float:
        return sum(any(a <= m < b for a, b in spans) for m in minutes) / sum(b - a for a, b in spans)

    between = rate([edges[f"Lesson {n}"] for n in range(1, 6)])
    assert all(rate([peak]) > 1.3 * between for peak in peaks)


def test_same_seed_same_study() -> None:
    """The same seed gives the same study to the millisecond and the id; another seed gives another."""
    assert demo_days(7) == STUDY_DAYS
    assert demo_days(8)[0].commands != STUDY_DAYS[0].commands


def test_fast_enough_to_offer_at_first_start() -> None:
    """The whole study is made in a second and a half of processor time, at the best of three tries."""

    def tried() -> float:
        began = time.process_time()
        demo_days(3)
        return time.process_time() - began

    assert any(tried() < 1.5 for _ in range(3))


def test_three_heads_seven_weekdays() -> None:
    """Three heads by code, seven weekdays of November 2026, all in one study that says it is invented."""
    assert Counter(day.observation.head for day in STUDY_DAYS) == {"H01": 3, "H02": 2, "H03": 2}
    assert {day.observation.study for day in STUDY_DAYS} == {STUDY}
    assert "invented" in STUDY
    assert all((d.date.year, d.date.month) == (2026, 11) and d.date.weekday() < 5 for d in STUDY_DAYS)
    assert len({(d.observation.head, d.date) for d in STUDY_DAYS}) == 7
    for day, record in zip(STUDY_DAYS, RECORDS, strict=True):
        zone = ZoneInfo(day.observation.zone)
        assert datetime.fromtimestamp(record.start / 1000, zone).date() == day.date


@each_record
def test_every_day_is_over(record: Record) -> None:
    """No invented day is left running, and its periods follow each other without a seam."""
    assert not record.running
    periods = record.observation.periods
    assert all(a.end == b.start for a, b in pairwise(periods))


@pytest.mark.parametrize("day", STUDY_DAYS, ids=NAMES)
def test_every_day_shows_what_days_hold(day: DemoDay) -> None:
    """Every day has interruptions, notes, incidents, contacts, joins, sizes, persons, an aside and a second thing at once."""
    kinds = Counter(type(command) for command in day.commands)
    for kind in (c.Resume, c.AddNote, c.SetIncident, c.MakeContact, c.Join, c.SetSize, c.SetPerson, c.SetPlace):
        assert kinds[kind], kind
    assert kinds[c.EndConcurrent]
    record = RECORDS[STUDY_DAYS.index(day)]
    assert any(with_flag(record, e, "shadower") for e in record.episodes)
    assert any(e.room for e in record.episodes)


def test_the_study_shows_what_goes_wrong() -> None:
    """Somewhere: undo, a moved start, a forgotten I, incomplete, unsure, nested, never resumed, closed and off the record."""
    kinds = Counter(type(command) for day in STUDY_DAYS for command in day.commands)
    for kind in (c.Undo, c.MoveStart, c.ResumeBefore, c.SetUnsure, c.GoOff, c.ComeBack, c.Leave, c.Pause, c.SetCompany):
        assert kinds[kind], kind
    assert any(e.closed for r in RECORDS for e in r.episodes)
    assert any(not e.complete for r in RECORDS for e in r.episodes)
    nested = never = 0
    for record in RECORDS:
        episodes = {e.id: e for e in record.episodes}
        spells = Counter(s.episode for s in record.track)
        interrupted = {e.interrupts for e in record.episodes if e.interrupts}
        nested += sum(episodes[e].interrupts is not None for e in interrupted)
        never += sum(spells[e] == 1 for e in interrupted)
    assert nested
    assert never


def test_nothing_personal() -> None:
    """Notes hold no name, initials or date: no capital but the first, no figure; persons are codes only."""
    texts = [n.text for r in RECORDS for n in r.notes]
    assert texts
    assert not [t for t in texts if re.search(r".[A-Z]|\d", t)]
    people = {p.person for r in RECORDS for e in r.episodes for p in e.parties if p.person}
    assert all(re.fullmatch(r"[A-Z]{1,3}\d{1,3}", person) for person in people)
