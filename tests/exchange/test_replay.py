"""A timed day becomes commands that a recorder takes, and says no more than its rows said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.domain import codebook_json
from shadowlog.domain import commands as c
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.recorder import fold
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.terms import Observation, Party, Record, State
from shadowlog.errors import BadInput
from shadowlog.exchange.replay import commands_of, observation_of
from shadowlog.exchange.timed_day import TimedDay, read

DAYS = sorted((Path(__file__).parent.parent / "data" / "days").glob("day-*.csv"))
BOOK = preset("structured-observation")
DATE = dt.date(2026, 11, 24)
HEADER = "start,end,who,n_people,activity,kind,place,initiator,interrupts,confidence\n"


def ids() -> Callable[[], str]:
    """A maker of ids."""
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


def timed(rows: str) -> TimedDay:
    """A timed day of some rows."""
    return read((HEADER + rows).encode(), None, BOOK, DATE, "Europe/London", "day.csv")


def of(day: TimedDay) -> Observation:
    """Its observation."""
    return observation_of(day, BOOK, id_="o-1", study="Imported", head="H01", observer="paper")


def told(day: TimedDay) -> list[c.Command]:
    """Its commands."""
    return commands_of(day, of(day), "importer", FakeClock(), ids(), "day.csv")


def recorded(day: TimedDay) -> Record:
    """Its record."""
    return fold(of(day), told(day)).record(0)


@pytest.mark.parametrize("path", DAYS, ids=[p.stem for p in DAYS])
def test_real_days(path: Path) -> None:
    """Each of the five days replays; every row is an episode with its start, its roles, its codes and its length."""
    day = read(path, None, BOOK, DATE, "Europe/London")
    record = recorded(day)
    assert not record.running
    assert (record.start, record.end) == (day.start, day.end)
    assert len(record.episodes) == len(day.episodes)
    spells = {s.episode: s for s in record.track if s.episode}
    assert len(spells) == sum(s.state is State.EPISODE for s in record.track)
    for row, episode in zip(day.episodes, record.episodes, strict=True):
        spell = spells[episode.id]
        assert spell.start == row.start
        assert spell.end == (row.start if row.end is None else row.end)
        assert tuple(p.role for p in episode.parties) == row.roles
        assert episode.codes == dict(row.codes)
        assert episode.unsure == row.unsure
        assert episode.duration_known == (row.end is not None)
        assert (episode.interrupts is not None) == row.interrupts
    assert len(DAYS) == 5


def test_explicit_end_leaves_a_gap() -> None:
    """A row that ends before the next starts leaves a gap between them."""
    record = recorded(timed("08:00,08:25,none,,,travel,,,0,\n08:40,09:00,teacher,1,,exchange,,,0,\n"))
    assert [s.state for s in record.track] == [State.GAP, State.EPISODE, State.GAP, State.EPISODE]
    assert [((s.end or 0) - s.start) // 60_000 for s in record.track] == [0, 25, 15, 20]


def test_last_row_without_an_end() -> None:
    """A last row without an end is counted, in no duration, and ends the window at its start."""
    record = recorded(timed("08:00,,none,,,travel,,,0,\n08:40,,teacher,1,,exchange,,,0,\n"))
    assert (record.end - record.start) // 60_000 == 40
    assert [e.duration_known for e in record.episodes] == [True, False]


def test_equal_starts() -> None:
    """Rows that start together give an episode of no minutes each, but the last."""
    record = recorded(
        timed("08:00,,teacher,,,exchange,,,0,\n08:00,,pupil,,,exchange,,,0,\n08:05,,none,,,desk_work,,,0,\n")
    )
    assert [((s.end or 0) - s.start) // 60_000 for s in record.track if s.episode] == [0, 5, 0]


def test_interruption() -> None:
    """A row that interrupts suspends the row before, which is not resumed by itself."""
    record = recorded(
        timed("08:00,,none,,,desk_work,,,0,\n08:10,,teacher,1,,exchange,,,1,\n08:12,08:20,none,,,desk_work,,,0,\n")
    )
    first, second, third = record.episodes
    assert second.interrupts == first.id
    assert third.interrupts is None
    assert sum(s.episode == first.id for s in record.track) == 1


@pytest.mark.parametrize(
    ("who", "people", "parties", "note"),
    [
        ("teacher", "3", (Party("teacher", 3),), "Talk"),
        ("teacher", "", (Party("teacher", None),), "Talk"),
        ("none", "", (Party("alone", 1),), "Talk"),
        ("teacher;parent", "2", (Party("teacher", 1), Party("parent", 1)), "Talk"),
        ("teacher;parent", "", (Party("teacher", None), Party("parent", None)), "Talk"),
        ("teacher;parent", "5", (Party("teacher", None), Party("parent", None)), "Talk (5 people in all)"),
    ],
)
def test_sizes(who: str, people: str, parties: tuple[Party, ...], note: str) -> None:
    """A size is set only where the row says it; a total over several groups is kept in words and never spread."""
    record = recorded(timed(f"08:00,08:10,{who},{people},Talk,exchange,,,0,\n"))
    assert record.episodes[0].parties == parties
    assert [n.text for n in record.notes] == [note]


def test_total_without_a_note() -> None:
    """A total over several groups is kept where there is no other note, too."""
    record = recorded(timed("08:00,08:10,teacher;parent,5,,exchange,,,0,\n"))
    assert [(n.text, n.episode) for n in record.notes] == [("5 people in all", record.episodes[0].id)]


def test_who_says_it_and_when() -> None:
    """Commands carry the importer, the instant of the import and the digest of the codebook; consent was not asked for."""
    day = timed("08:00,08:10,teacher,1,,exchange,,,0,\n")
    commands = told(day)
    assert {command.author for command in commands} == {"importer"}
    assert {command.said for command in commands} == {FakeClock().now()}
    assert [type(command) for command in commands] == [c.Begin, c.Start, c.End]
    assert isinstance(commands[0], c.Begin)
    assert commands[0].codebook == codebook_json.digest(BOOK)
    assert of(day).consent == IMPORTED == "imported, not asked"


def test_a_row_that_breaks_a_rule() -> None:
    """A row that the recorder refuses is named by its line."""
    day = timed("08:00,,teacher,1,,exchange,,,0,\n08:10,08:20,pupil,10000,,exchange,,,0,\n")
    with pytest.raises(BadInput, match=r"day\.csv:3: A party of 10000"):
        told(day)
