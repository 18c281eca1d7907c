"""Figures of a part of a day, each worked out by hand: visits, what began before a period, coverage, rates, notes."""

from __future__ import annotations

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Note, Party, Period, Record, State
from shadowlog.errors import BadInput
from tests.analysis.days import EIGHT, MINUTE, Diary
from tests.analysis.pattern_days import WIDE


def rounds() -> Diary:
    """Three visits of ten minutes with ten minutes of office work between them, from eight."""
    diary = Diary()
    for n in range(3):
        diary.episode(f"v{n}", 10, "pupils", activity="teaching", place="classroom")
        diary.episode(f"o{n}", 10, "alone", activity="paper", place="own_office")
    return diary


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(codes={"place": ("classroom",)}),
        Choice(codes={"activity": ("teaching",)}),
        Choice(codes={"role": ("pupils",)}),
    ],
)
def test_visits_stay_apart_whatever_is_chosen(choice: Choice) -> None:
    """Three visits with office work between them are three, also where the office work is not chosen."""
    assert summarise([rounds().record(periods=())], choice=choice).presence.visits == 3


def test_visits_of_chosen_periods() -> None:
    """Two periods with a visit each are two visits, though the office between them is in neither."""
    periods = (Period("a", 480, 490), Period("b", 490, 500), Period("c", 500, 510))
    found = summarise([rounds().record(periods=periods)], choice=Choice(periods=("a", "c")))
    assert found.presence.visits == 2


def carried() -> Record:
    """From eight: alone for 20 minutes, a teacher (T1) interrupts until nine and models something; the lesson is 8:30-9:00."""
    diary = Diary()
    diary.episode("desk", 20, "alone", activity="paper")
    diary.episode("talk", 40, parties=(Party("teachers", 1, "T1"),), activity="teaching", influence="modelling")
    diary.mark("talk", interrupts="desk")
    return diary.record(WIDE, periods=(Period("before", 480, 510), Period("lesson", 510, 540)))


def test_what_began_before_a_period_is_told_of_by_its_time() -> None:
    """Half an hour with one teacher who came before the lesson is 30 minutes in every table of time, and in no count."""
    found = summarise([carried()], choice=Choice(periods=("lesson",)))
    assert (found.window.minutes, found.episodes.count) == (30, 0)
    assert {row.code: row.minutes for row in found.company.sizes if row.minutes} == {"1": 30}
    assert (found.interruptions.count, found.interruptions.minutes) == (0, 30)
    assert {row.code: row.minutes for row in found.interruptions.by_role.rows if row.minutes} == {"teachers": 30}
    assert found.influence is not None
    assert (found.influence.coded_minutes, sum(map(sum, found.influence.minutes))) == (30, 30)
    person = next(each for each in found.concentrations if (each.dimension, each.of) == ("person", "time"))
    assert (person.k, person.largest_share) == (1, 1)
    assert found.stretches.longest_minutes == 30


def test_a_stretch_of_unknown_duration_is_in_no_period_either() -> None:
    """What nobody saw end is in no stretch, also where it began before the period."""
    diary = Diary()
    diary.episode("a", 60, "teachers", activity="paper")
    diary.mark("a", duration_known=False)
    found = summarise([diary.record(periods=(Period("b", 510, 540),))], choice=Choice(periods=("b",)))
    assert found.stretches.count == 0


@pytest.mark.parametrize(
    ("choice", "full"),
    [
        (Choice(), 0.5),
        (Choice(periods=("first",)), 1),
        (Choice(periods=("second",)), 0),
        (Choice(codes={"role": ("teachers",)}), 1),
    ],
)
def test_coverage_is_of_what_was_chosen(choice: Choice, full: float) -> None:
    """Half an hour with a teacher, then half an hour off the record: the parts make up what is chosen, never the whole."""
    diary = Diary()
    diary.episode("a", 30, "teachers", activity="paper")
    diary.stretch(30, State.OFF)
    periods = (Period("first", 480, 510), Period("second", 510, 540))
    told = summarise([diary.record(periods=periods)], choice=choice).coverage
    assert told.part("full").share == full
    assert sum(part.minutes for part in told.parts) == told.stretch_minutes


def test_rates_of_chosen_episodes_are_per_observed_hour() -> None:
    """Two talks of five minutes within an hour are two an hour, in the table by hour as in the day's figure."""
    diary = Diary()
    for n in range(2):
        diary.episode(f"t{n}", 5, "teachers", activity="teaching")
        diary.episode(f"d{n}", 25, "alone", activity="paper")
    found = summarise(
        [diary.record(periods=(Period("lesson", 480, 540),))], choice=Choice(codes={"role": ("teachers",)})
    )
    assert found.interactions.per_hour == 2
    (hour,) = [rate for rate in found.rates_by_hour if rate.count]
    assert (hour.observed_minutes, hour.per_hour) == (60, 2)
    period = next(rate for rate in found.rates_by_period if rate.label == "lesson")
    assert (period.observed_minutes, period.per_hour) == (60, 2)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(heads=("H01",)), ["d", "e"]),
        (Choice(since="2026-11-24"), ["d", "e"]),
        (Choice(codes={"role": ("teachers",)}), ["e"]),
        (Choice(periods=("lesson 1",)), ["e"]),
    ],
)
def test_notes_on_the_day_go_with_whole_days(choice: Choice, kept: list[str]) -> None:
    """A note on the day is there where whole days are chosen; a part of a day has those of its episodes."""
    diary = Diary()
    diary.now = EIGHT + 60 * MINUTE
    diary.episode("a", 30, "teachers", activity="paper")
    notes = (Note("d", diary.now, None, "of the day"), Note("e", diary.now, "a", "of the episode"))
    record = diary.record(notes=notes, periods=(Period("lesson 1", 530, 580),))
    assert sorted(note.id for note in summarise([record], choice=choice).notes) == kept


def test_an_observation_named_twice_is_refused() -> None:
    """The same day twice is no two days."""
    with pytest.raises(BadInput, match="named twice"):
        summarise([rounds().record(), rounds().record()])


def test_nothing_interrupts_talk_with_the_shadower() -> None:
    """Who comes while the head talks with the shadower interrupts nothing that is in a breakdown."""
    diary = Diary()
    diary.episode("s", 10, "shadower")
    diary.episode("t", 5, "teachers", activity="teaching")
    diary.mark("t", interrupts="s")
    diary.again("s", 5)
    assert summarise([diary.record()]).interruptions.count == 0


def test_heads_of_one_code_in_two_studies_are_two() -> None:
    """H01 here and H01 there are told apart by their study, in groups and in a comparison."""
    from dataclasses import replace

    from shadowlog.analysis.compare import compare
    from shadowlog.analysis.filters import grouped
    from shadowlog.analysis.prepare import prepared

    one, other = Diary("one"), Diary("two")
    for diary in (one, other):
        diary.episode("a", 30, "teachers", activity="paper")
    records = [one.record(), other.record()]
    records[1] = replace(records[1], observation=replace(records[1].observation, study="S2"))
    assert [label for label, _ in grouped(prepared(records), "head")] == ["H01 of S1", "H01 of S2"]
    assert [group.label for group in compare(records, "activity", "heads").groups] == ["H01 of S1", "H01 of S2"]


def test_days_without_chosen_time_are_named() -> None:
    """A comparison says which of the days it was given have nothing that was chosen."""
    from shadowlog.analysis.compare import compare

    one, other = Diary("one"), Diary("two")
    one.episode("a", 30, "teachers", activity="paper")
    other.episode("a", 30, "pupils", activity="paper")
    found = compare([one.record(), other.record()], "activity", choice=Choice(codes={"role": ("teachers",)}))
    assert [group.label for group in found.groups] == ["2026-11-24 H01 ob1"]
    assert found.left_out == ("2026-11-24 H01 ob1: no time of what is chosen",)


def test_outside_the_periods_lies_in_the_day() -> None:
    """What is outside all periods is told to lie between the day's first and last quarter of an hour."""
    diary = Diary()
    diary.episode("a", 120, "teachers", activity="paper")
    periods = summarise([diary.record(periods=(Period("break", 510, 540),))]).rates_by_period
    assert (periods[-1].start_minute, periods[-1].end_minute, periods[-1].observed_minutes) == (480, 600, 90)
