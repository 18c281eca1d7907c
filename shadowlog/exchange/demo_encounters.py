"""Whom an invented head meets: exchanges, calls and interruptions, slips of the observer's hand included."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

from shadowlog.domain.codebook import ACTIVITY, INITIATOR, MEDIUM, ROLE
from shadowlog.exchange.demo_observer import MINUTE, Observer
from shadowlog.exchange.demo_words import FOLLOWS, INCIDENTS, INTERRUPTERS, NOTES, PHONE

KNOWN: Mapping[str, int] = {"slt": 4, "middle": 6, "office": 3, "site": 3, "governor": 2}
"""How many persons of a role the observer knows by a code; nine of any other."""

Pool = tuple[tuple[str, str], ...]

LENGTHS: Mapping[str, tuple[float, float]] = {
    "exchange": (1.0, 0.55),
    "duty": (2.1, 0.5),
    "talk": (4.0, 0.9),
    "phone": (4.0, 0.65),
    "interruption": (2.0, 0.6),
    "visit": (7.0, 0.35),
    "desk": (10.0, 0.45),
    "meeting": (40.0, 0.15),
}
"""By kind: the median in minutes and the spread (standard deviation of the logarithm)."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What tells one invented head from another."""

    pace: float = 1.0
    """How long talks last, by the usual median."""
    solo: float = 0.27
    """What part of the time so far desk work may have taken for more of it to begin."""
    broken: float = 0.38
    """How likely it is that desk work is broken off."""
    visits: float = 1.0
    """How many classrooms are seen, by the usual number."""


USUAL = Manner()
PACED = frozenset({"exchange", "talk", "phone"})

SHORTEST = 0.25
"""No scene is shorter, in minutes: longer than the settling time of the keys."""


class Encounters:
    """What passes between an invented head and others, told to an observer. `until` is in ms since the epoch."""

    def __init__(
        self,
        observer: Observer,
        chance: random.Random,
        incidents: Mapping[str, tuple[str, ...]] = INCIDENTS,
        manner: Manner = USUAL,
    ) -> None:
        self.o = observer
        self.chance = chance
        self.incidents = incidents
        self.manner = manner
        self.mishaps = ["undo", "incomplete", "unsure", "earlier", "again", "incomplete", "unsure", "what first"]
        chance.shuffle(self.mishaps)
        self.stars = 4
        self.interrupted = 0
        self.desks = 0
        self.solo = 0

    def drawn(self, kind: str, until: int) -> float:
        """A length in minutes for this kind of scene, not past `until`."""
        median, spread = LENGTHS[kind]
        median *= self.manner.pace if kind in PACED else 1
        return max(SHORTEST, min(self.chance.lognormvariate(math.log(median), spread), self.left(until)))

    def left(self, until: int) -> float:
        """Minutes until an instant."""
        return (until - self.o.now) / MINUTE

    def happens(self, probability: float) -> bool:
        """Whether something with this probability happens now."""
        return self.chance.random() < probability

    def exchange(self, pool: Pool, until: int, kind: str = "exchange") -> None:
        """A short exchange or a longer talk that nobody had planned."""
        role, activity = self.chance.choice(pool)
        mishap = self.mishaps.pop() if self.mishaps and self.happens(0.12) else ""
        self.start(role, activity, mishap)
        length = self.drawn(kind, until)
        if length > 3 and activity in FOLLOWS and mishap != "incomplete" and self.happens(0.2):
            self.o.last(length * 0.6)
            self.o.go_on(FOLLOWS[activity])
            length *= 0.4
        elif length > 3 and self.happens(0.2):
            self.o.last(length * 0.4)
            self.o.joins("office" if role != "office" else "slt")
        self.o.last(length)

    def start(self, role: str, activity: str, mishap: str = "") -> None:
        """Begin an unplanned episode the way it goes at speed, slips included."""
        if mishap == "incomplete":
            self.o.begin(role)
            return
        people = self.chance.choice((1, 1, 1, 2, 3)) if role not in {"office", "slt"} else 1
        if mishap == "again":
            self.o.contact("visitor")
            self.o.act("undo")
        running = self.o.day.foreground
        if mishap == "undo":
            self.o.begin(role, "other", people)
            self.o.act("undo")
            self.o.sign(ACTIVITY, activity)
        elif mishap == "what first" and running is not None and running.complete and running.what != activity:
            self.o.go_on(activity)
            self.o.sign(ROLE, role)
        else:
            self.o.begin(role, activity, people)
        if mishap == "unsure":
            self.o.act("unsure")
        if mishap == "earlier":
            self.o.act("earlier")
        self.began_by()
        if people == 1 and self.happens(0.5):
            self.o.person(self.chance.randint(1, KNOWN.get(role, 9)))
        self.remark(0.1)

    def began_by(self) -> None:
        """Code who began it, most of the time."""
        if self.happens(0.75):
            self.o.code(INITIATOR, self.chance.choice(("head", "head", "other", "other", "mutual")))

    def remark(self, probability: float) -> None:
        """Note something on what runs; now and then it is an incident."""
        activity = self.o.running.what or ""
        if self.stars and activity in self.incidents and self.happens(probability):
            self.stars -= 1
            self.o.note(self.chance.choice(self.incidents[activity]), incident=True)
        elif activity in NOTES and self.happens(probability):
            self.o.note(self.chance.choice(NOTES[activity]))

    def phone(self, until: int) -> None:
        """A call."""
        role, activity = self.chance.choice(PHONE)
        self.o.begin(role, activity)
        self.o.code(MEDIUM, "phone")
        self.began_by()
        self.remark(0.06)
        self.o.last(self.drawn("phone", until))

    def interruption(self, until: int, depth: int = 0) -> bool:
        """Someone interrupts; whether what was interrupted goes on afterwards."""
        role, activity = self.chance.choice(INTERRUPTERS)
        self.interrupted += 1
        forgotten = self.interrupted == 1 and not self.o.day.live.suspended
        if forgotten:
            self.o.begin(role, activity)
        else:
            self.o.interrupt(role, activity)
        if self.happens(0.5):
            self.o.code(INITIATOR, "other")
        if self.happens(0.15):
            self.o.code(MEDIUM, "phone")
        length = self.drawn("interruption", until)
        if depth == 0 and not forgotten and length > 1.5 and self.happens(0.2):
            self.o.last(length * 0.5)
            self.interruption(until, depth + 1)
            length *= 0.5
        self.o.last(length)
        if not depth and not forgotten and (self.interrupted == 3 or self.happens(0.1)):
            return False
        self.o.resume()
        self.o.settle()
        return True

    def beside(self, role: str, activity: str, minutes: float) -> None:
        """A second thing at once, while the foreground goes on."""
        self.o.began = self.o.now
        self.o.act("concurrent")
        self.o.sign(ROLE, role)
        self.o.sign(ACTIVITY, activity)
        self.o.last(minutes)
        self.o.act("concurrent")
