"""Days at the edge of what can be recorded have defined results everywhere: in figures, words, pages, tables and comparisons."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from shadowlog.analysis.agreement import agreement
from shadowlog.analysis.budget import budget
from shadowlog.analysis.compare import compare
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.results import WhoRule
from shadowlog.analysis.summary import summarise, to_json
from shadowlog.domain.terms import Record, State
from shadowlog.errors import BadInput, ShadowlogError
from shadowlog.exchange import tidy, traminer
from shadowlog.report.page import page
from shadowlog.report.words import report_text
from shadowlog.tui.summary_lines import Look, foot, page_lines
from tests.analysis.days import Diary

AUTUMN = 1_792_796_400_000
"""Saturday 24 October 2026, 00:00 in London, summer time (UTC+1); the clocks go back on Sunday at 02:00."""


def empty() -> Record:
    """Begun and ended in one instant."""
    return Diary().record()


def one_episode() -> Record:
    """Twenty minutes with teachers, and nothing else."""
    diary = Diary()
    diary.episode("a", 20, "teachers", activity="teaching", mode="unscheduled", place="classroom", initiator="head")
    return diary.record()


def off_throughout() -> Record:
    """Two hours, all of them off the record."""
    diary = Diary()
    diary.stretch(120, State.OFF)
    return diary.record()


def all_alone() -> Record:
    """Three pieces of desk work alone, two hours."""
    diary = Diary()
    for n, code in enumerate(("paper", "money", "paper")):
        diary.episode(f"e{n}", 40, "alone", activity=code, place="own_office")
    return diary.record()


def every_one_interrupted() -> Record:
    """Ten pieces of paper work of five minutes, each cut off by a talk of five minutes and never taken up again."""
    diary = Diary()
    for n in range(10):
        diary.episode(f"p{n}", 5, "alone", activity="paper")
        diary.episode(f"t{n}", 5, "teachers", activity="teaching", mode="interruption")
        diary.mark(f"t{n}", interrupts=f"p{n}")
    for n in range(1, 10):
        # The talk before was cut off too, by the paper work.
        diary.mark(f"p{n}", interrupts=f"t{n - 1}")
    return diary.record()


def two_days_over_the_change_of_clocks() -> Record:
    """Forty-eight hours from Saturday midnight on, an hour of them twice on the clock: an hour an episode, in turn."""
    diary = Diary(now=AUTUMN)
    for n in range(48):
        code, who = (("paper", "alone"), ("teaching", "teachers"))[n % 2]
        diary.episode(f"e{n}", 60, who, activity=code)
    return diary.record()


DAYS: Mapping[str, Callable[[], Record]] = {
    "empty": empty,
    "one episode": one_episode,
    "off throughout": off_throughout,
    "all alone": all_alone,
    "every one interrupted": every_one_interrupted,
    "two days": two_days_over_the_change_of_clocks,
}


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("rule", list(WhoRule))
@pytest.mark.parametrize("concurrent", [False, True])
def test_every_figure_is_a_number_or_none(name: str, rule: WhoRule, concurrent: bool) -> None:
    """No figure is infinite or no number, every share of time is 0 to 1 or none, and the JSON is strict."""
    found = summarise([DAYS[name]()], rule, concurrent)
    told = to_json(found)
    json.dumps(told, allow_nan=False)

    def look(value: object, where: str) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                look(each, f"{where}.{key}")
        elif isinstance(value, list):
            for n, each in enumerate(value):
                look(each, f"{where}[{n}]")
        elif isinstance(value, float):
            assert math.isfinite(value), where
            if where.endswith("time_share") and rule is not WhoRule.FULL:
                assert -1e-9 <= value <= 1 + 1e-9, where

    look(told, "summary")


@pytest.mark.parametrize("name", DAYS)
def test_every_form_of_it_is_made(name: str) -> None:
    """Text, page, every page of charts, tables, state sequences and budget of it are made, and say nothing of nan or None."""
    record = DAYS[name]()
    found = summarise([record])
    said = [report_text(found), page(found), *tidy.tables([record]).values()]
    said += ["".join(text for text, _ in line) for n in range(5) for line in page_lines(found, Look(n), 76)]
    said += [foot(found, Look(n)) for n in range(5)]
    for text in said:
        # "None of the three episodes" is a sentence.
        assert not {"nan", "None", "inf"} & set(text.replace("None of the", "").replace(",", " ").split())
    assert budget(prepared([record])).rows is not None
    if found.window.minutes:
        assert traminer.tables([record])
    else:
        with pytest.raises(BadInput, match="minute"):
            traminer.tables([record])


@pytest.mark.parametrize("name", DAYS)
def test_it_is_compared_or_refused_with_the_reason(name: str) -> None:
    """Beside another day and beside another observer of the same day there is a comparison, or a reason in words."""
    record = DAYS[name]()
    other = replace(record, observation=replace(record.observation, id="other", observer="O2"))
    shares = compare([record, replace(one_episode(), observation=replace(other.observation, id="x"))], "activity")
    observed = summarise([record]).window.minutes
    assert len(shares.groups) == (2 if observed else 1)
    if not observed:
        with pytest.raises(ShadowlogError, match=r"\w"):
            agreement(record, other)
        return
    assert all(each.agreed == 1 for each in agreement(record, other).dimensions)


def test_the_figures_of_a_day_of_nothing() -> None:
    """No window: counts are 0, shares and rates are none."""
    for record in (empty(), off_throughout()):
        found = summarise([record])
        assert (found.window.minutes, found.episodes.count, found.interactions.per_hour) == (0, 0, None)
        assert all(row.time_share is None for table in found.tables for row in table.rows)
    assert found.coverage.part("off").share == 1


def test_the_figures_of_one_episode() -> None:
    """Twenty minutes with teachers: 3 an hour, all of the time, no move, an entropy of 0."""
    found = summarise([one_episode()])
    assert (found.interactions.per_hour, found.transitions.total) == (3, 0)
    row = found.table("role").row("teachers")
    assert (row.count_share, row.time_share, row.ratio) == (1, 1, 1)
    assert {e.entropy for e in found.entropies if e.of != "transitions"} == {0}
    assert (found.presence.visits, found.stretches.longest_minutes) == (1, 20)


def test_the_figures_of_a_day_all_alone() -> None:
    """Two hours alone: no interaction, none met, alone for all of the time, all of it in the own office."""
    found = summarise([all_alone()])
    assert (found.interactions.count, found.interactions.per_hour, found.reach.roles) == (0, 0, 0)
    assert (found.alone.time_share, found.alone.office_time_share) == (1, 1)
    met = next(each for each in found.concentrations if each.dimension == "role" and each.of == "time")
    assert (met.hhi, met.largest) == (None, None)


def test_the_figures_of_a_day_of_interruptions() -> None:
    """Nineteen of twenty episodes interrupted what ran, 11.4 an hour, and nothing was taken up again."""
    told = summarise([every_one_interrupted()]).interruptions
    assert (told.count, told.per_hour, told.interrupted) == (19, 19 / (100 / 60), 19)
    assert (told.resumed_within_10, told.resumed_later, told.never_resumed) == (0, 0, 19)
    assert (told.interrupted_share, told.median_minutes_until_resumed) == (0.95, None)


def test_the_figures_of_two_days_over_the_change_of_clocks() -> None:
    """48 hours are 48 hours; the hour that came twice holds two, and clock times are those on the wall."""
    found = summarise([two_days_over_the_change_of_clocks()])
    assert found.window.minutes == 48 * 60
    assert found.table("activity").row("paper").minutes == 24 * 60
    hours = next(profile for profile in found.profiles if profile.bin_minutes == 60)
    observed = {each.label: each.observed_minutes for each in hours.bins if each.start_minute >= 1440}
    assert observed["01:00"] == 120
    assert observed["02:00"] == 60
    assert sum(each.observed_minutes for each in hours.bins) == 48 * 60
    assert found.lines[-1].end_minute == 2 * 1440 - 60
    assert found.lines[25].start_minute == 1440 + 60
    assert found.lines[26].start_minute == 1440 + 60
