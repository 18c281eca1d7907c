"""The demonstration of a workshop: five invented heads, seven invented days, each gone through by its head and released."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.domain.terms import Observation
from shadowlog.exchange import demo_talk_words as words
from shadowlog.exchange.demo import Timetable, recorded
from shadowlog.exchange.demo_encounters import Manner
from shadowlog.exchange.demo_talk import talked

STUDY = "Workshop demonstration (invented)"
LAYERS = ("observed", "feedback", "workshop", "incidents")
"""What the invented heads agreed to."""
RELEASED = ("workshop", "incidents")
SEED = 11

HEADS: Mapping[str, tuple[Timetable, Manner]] = {
    "W01": (
        Timetable(gate=505, first=525, pause=635, third=655, lunch=725, fourth=785, close=905),
        Manner(pace=0.7, solo=0.22, broken=0.5, visits=1.5),
    ),
    "W02": (
        Timetable(gate=515, first=535, pause=645, third=660, lunch=730, fourth=780, close=915),
        Manner(pace=1.2, solo=0.45, broken=0.6, visits=0.4),
    ),
    "W03": (
        Timetable(gate=500, first=515, pause=630, third=650, lunch=720, fourth=775, close=895),
        Manner(solo=0.18, broken=0.3, visits=2),
    ),
    "W04": (
        Timetable(gate=510, first=530, pause=640, third=655, lunch=735, fourth=790, close=910),
        Manner(pace=1.6, solo=0.3, broken=0.15),
    ),
    "W05": (
        Timetable(gate=495, first=520, pause=625, third=645, lunch=715, fourth=770, close=900),
        Manner(pace=0.8, solo=0.35, broken=0.8, visits=0.6),
    ),
}
"""Each with the school's day, and a manner of spending it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One day with one head: when, by which observer, what kind of day, and what happened in it that is worth talking about."""

    head: str
    day: date
    observer: str
    shape: int
    incidents: tuple[words.Incident, ...]


VISITS = (
    Visit("W01", date(2026, 10, 6), "S1", 0, (words.EVENING,)),
    Visit("W02", date(2026, 10, 8), "S2", 4, (words.GROUPS,)),
    Visit("W03", date(2026, 10, 13), "S1", 2, (words.COVER, words.BREAKFAST)),
    Visit("W04", date(2026, 10, 15), "S2", 3, (words.HOUR, words.QUARREL)),
    Visit("W01", date(2026, 11, 4), "S2", 4, (words.GATE,)),
    Visit("W05", date(2026, 11, 10), "S1", 3, (words.CONCERT, words.DIARY)),
    Visit("W03", date(2026, 11, 19), "S1", 5, (words.COUNCIL,)),
)
"""The days in the order in which they were recorded."""


@dataclass(frozen=True, slots=True)
class ReleasedDay:
    """An invented day with all that was said of it: live, in the evening, and with its head; and what it comes to."""

    observation: Observation
    date: date
    commands: tuple[Command, ...]
    day: Day


def workshop_days(seed: int = SEED) -> Iterator[ReleasedDay]:
    """Give the days one after the other; the same seed always gives the same, to the millisecond."""
    for number, visit in enumerate(VISITS):
        chance = random.Random(f"workshop {seed} {number}")  # noqa: S311 - an invented day is no secret
        whose = (visit.head, visit.day, visit.observer)
        times, manner = HEADS[visit.head]
        # Its incidents are written up afterwards: live there is no time for three sentences.
        made, day = recorded(STUDY, whose, times, visit.shape, chance, incidents={}, manner=manner)
        talk = talked(day, number, words.OUTLOOKS[visit.head], visit.incidents, RELEASED)
        told = (command for command, _ in talk.told)
        yield ReleasedDay(made.observation, made.date, (*made.commands, *told), talk.day)
