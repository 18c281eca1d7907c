"""The demonstration study: three invented heads, seven invented days, made by driving the hand and the recorder.

Nobody was shadowed for it. It goes the way live days go, so that every screen, breakdown and export has something to
show; its bands (length of the day, number of interactions, shares) are a design choice and no finding.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shadowlog.codebooks.presets import preset
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.domain.terms import Observation, Period
from shadowlog.exchange.demo_encounters import USUAL, Manner
from shadowlog.exchange.demo_observer import MINUTE, Observer
from shadowlog.exchange.demo_scenes import Scenes
from shadowlog.exchange.demo_words import GATE, INCIDENTS, PLAYGROUND

STUDY = "Demonstration study (invented)"
ZONE = "Europe/London"
GIVEN = "invented for the demonstration: nobody was asked, nobody was shadowed"
SEED = 7


@dataclass(frozen=True, slots=True)
class DemoDay:
    """One invented day: its observation, the local date, how consent was "given", and everything said to the recorder."""

    observation: Observation
    date: date
    given: str
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """A school's day in minutes after local midnight."""

    gate: int
    first: int
    pause: int
    third: int
    lunch: int
    fourth: int
    close: int

    def periods(self) -> tuple[Period, ...]:
        """The school-day periods, without seams."""
        middle = (self.first + 15 + self.pause) // 2
        late = (self.fourth + self.close) // 2
        edges = (
            ("Before school", self.first - 90),
            ("Registration", self.first),
            ("Lesson 1", self.first + 15),
            ("Lesson 2", middle),
            ("Break", self.pause),
            ("Lesson 3", self.third),
            ("Lunch", self.lunch),
            ("Lesson 4", self.fourth),
            ("Lesson 5", late),
            ("After school", self.close),
        )
        ends = (*(start for _, start in edges[1:]), self.close + 150)
        return tuple(Period(label, start, end) for (label, start), end in zip(edges, ends, strict=True))


HEADS: Mapping[str, Timetable] = {
    "H01": Timetable(gate=505, first=525, pause=640, third=660, lunch=725, fourth=780, close=910),
    "H02": Timetable(gate=510, first=530, pause=635, third=655, lunch=720, fourth=770, close=905),
    "H03": Timetable(gate=500, first=520, pause=630, third=650, lunch=730, fourth=785, close=900),
}

DAYS: tuple[tuple[str, date, str], ...] = (
    ("H01", date(2026, 11, 3), "S1"),
    ("H01", date(2026, 11, 12), "S1"),
    ("H01", date(2026, 11, 25), "S2"),
    ("H02", date(2026, 11, 9), "S2"),
    ("H02", date(2026, 11, 20), "S1"),
    ("H03", date(2026, 11, 17), "S2"),
    ("H03", date(2026, 11, 26), "S2"),
)
"""Head, day and observer."""

MORNING = (("slt", "strategy", 4), ("middle", "progress_data", 3), ("slt", "staffing", 4))
AFTERNOON = (
    ("teacher", "coaching", 1),
    ("parent", "parents", 2),
    ("governor", "external", 1),
    ("external", "welfare", 3),
)
EVENING = (("teacher", "teaching_learning", 24), ("slt", "strategy", 5), ("middle", "teaching_learning", 6))
"""Meetings in the diary: with whom, about what, how many."""


def demo_days(seed: int = SEED) -> list[DemoDay]:
    """Give the days of the demonstration study; the same seed always gives the same study, to the millisecond."""
    return [demo_day(number, seed) for number in range(len(DAYS))]


def demo_day(number: int, seed: int = SEED) -> DemoDay:
    """Give one day of the demonstration study, counted from 0."""
    head, day, observer = DAYS[number]
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - an invented day is no secret
    return recorded(STUDY, (head, day, observer), HEADS[head], number, chance)[0]


def recorded(
    study: str,
    whose: tuple[str, date, str],
    times: Timetable,
    shape: int,
    chance: random.Random,
    incidents: Mapping[str, tuple[str, ...]] = INCIDENTS,
    manner: Manner = USUAL,
) -> tuple[DemoDay, Day]:
    """Give an invented day of a study, and what it comes to; `whose` is as in `DAYS`, `shape` chooses its meetings and visits.

    `incidents` are the words of those noted while the day runs, by activity.
    """
    head, day, observer = whose
    midnight = _midnight(day)
    start = midnight + round((times.gate - chance.uniform(38, 50)) * MINUTE)
    bits = start << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62 | chance.getrandbits(62)
    observation = Observation(
        id=str(uuid.UUID(int=bits)),
        study=study,
        head=head,
        observer=observer,
        zone=ZONE,
        codebook=preset("default"),
        periods=times.periods(),
        consent=GIVEN,
    )
    recording = Observer(observation, start, chance)
    _live(Scenes(recording, chance, incidents, manner), times, midnight, shape)
    return DemoDay(observation, day, GIVEN, tuple(recording.commands)), recording.day


def _midnight(day: date) -> int:
    here = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(ZONE))
    return round(here.timestamp() * 1000)


def _live(scenes: Scenes, times: Timetable, midnight: int, shape: int) -> None:
    o, chance = scenes.o, scenes.chance

    def clock(minutes: float, sway: float = 1.5) -> int:
        return midnight + round((minutes + chance.uniform(-sway, sway)) * MINUTE)

    o.wait(chance.uniform(20, 60))
    o.heading = "own_office"
    o.begin("alone", "admin")
    o.code("mode", "routine")
    o.last(scenes.drawn("desk", clock(times.gate)))
    scenes.office(clock(times.gate - 2))
    scenes.duty("outside", clock(times.first), GATE)
    if shape % 2 == 0:
        scenes.assembly(chance.uniform(14, 18))
    else:
        scenes.meeting(clock(times.first + 15), "teacher", "admin", "staffroom", 22, length=chance.uniform(9, 12))
    until = clock(times.pause - 2)
    scenes.meeting(until, *MORNING[shape % 3][:2], "meeting_room", MORNING[shape % 3][2])
    if shape % 2:
        scenes.rounds(until, 1)
    scenes.office(until)
    scenes.duty("outside", clock(times.third - 7), PLAYGROUND)
    scenes.staffroom(clock(times.third))
    if shape % 2:
        scenes.visit(clock(times.lunch - 20), scheduled=True)
    else:
        scenes.rounds(clock(times.lunch - 25), 3)
    scenes.aside(chance.uniform(1, 2.5))
    scenes.office(clock(times.lunch))
    scenes.duty("hall", clock(times.lunch + 26), PLAYGROUND)
    scenes.beside("slt", "staffing", chance.uniform(1, 2))
    scenes.lunch("staffroom", chance.uniform(8, 13))
    scenes.office(clock(times.fourth + 10))
    role, activity, people = AFTERNOON[shape % 4]
    scenes.meeting(clock(times.fourth + 50), role, activity, "meeting_room", people, length=chance.uniform(20, 30))
    if shape % 3 == 0:
        scenes.closed_door(chance.uniform(8, 14))
    if shape % 3 == 1:
        scenes.off_the_record(chance.uniform(5, 9))
    scenes.rounds(clock(times.close - 30), 2)
    scenes.office(clock(times.close - 3))
    scenes.duty("outside", clock(times.close + 17), GATE)
    role, activity, people = EVENING[shape % 3]
    scenes.office(clock(times.close + 40))
    scenes.meeting(clock(times.close + 85), role, activity, "staffroom", people, length=chance.uniform(32, 42))
    scenes.office(clock(times.close + 105))
    o.begin("alone", "moving")
    o.last(0.6)
    o.end()
