"""Scenes of an invented school day: duty, desk, visits, meetings, and what stays out of the record."""

from __future__ import annotations

from collections.abc import Mapping

from shadowlog.domain.codebook import INITIATOR, MEDIUM, MODE
from shadowlog.exchange.demo_encounters import SHORTEST, Encounters, Pool
from shadowlog.exchange.demo_observer import MINUTE
from shadowlog.exchange.demo_words import CORRIDOR, DESK, GATE, INTERRUPTERS, OFFICE, PLAYGROUND, STAFFROOM

POOLS: Mapping[str, Pool] = {"outside": GATE, "corridor": CORRIDOR, "hall": PLAYGROUND}


class Scenes(Encounters):
    """What an invented head does. `until` is always an instant in ms since the epoch; lengths are in minutes."""

    def duty(self, place: str, until: int, pool: Pool | None = None) -> None:
        """Be about among many people: supervision, broken by one short exchange after the other."""
        self.o.heading = place
        if self.happens(0.5):
            self.o.act("pause")
            self.o.wait(self.chance.uniform(8, 40))
        while self.left(until) > 0.4:
            self.o.begin("pupil", "duty", people=0)
            self.o.code(MODE, "routine")
            if self.happens(0.4):
                self.o.code(INITIATOR, "clock")
            self.remark(0.08)
            self.o.last(self.drawn("duty", until))
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                if self.left(until) > 0.4:
                    self.exchange(pool or POOLS[place], until)
                if self.happens(0.45):
                    self.o.contact(self.chance.choice(("pupil", "parent", "teacher", "support")))

    def office(self, until: int, *, out: float = 0.1) -> None:
        """Work in the own office: desk, talks, calls, and a short way out now and then."""
        self.walk("own_office", until)
        desk = True
        while self.left(until) > 1.5:
            if self.o.day.live.suspended and self.happens(0.08):
                self.o.resume()
                self.o.last(self.drawn("desk", until) * 0.5)
            elif desk and self.solo < self.manner.solo * (self.o.now - self.o.day.start):
                self.desk(until)
            elif self.happens(out):
                self.errand(until)
                self.walk("own_office", until)
            else:
                self.exchange(OFFICE, until, "talk") if self.happens(0.65) else self.phone(until)
            desk = not desk and self.happens(0.5)

    def desk(self, until: int) -> None:
        """Work alone, often interrupted; what was interrupted is mostly taken up again."""
        self.o.begin("alone", self.chance.choice(DESK))
        self.desks += 1
        if self.desks % 3:
            self.o.code(MODE, self.chance.choice(("routine", "scheduled")))
        self.remark(0.04)
        net = self.drawn("desk", until)
        self.solo += round(net * MINUTE)
        while net > 3 and self.happens(self.manner.broken):
            part = net * self.chance.uniform(0.3, 0.7)
            self.o.last(part)
            if not self.interruption(until):
                return
            net -= part
        self.o.last(min(net, max(SHORTEST, self.left(until))))

    def walk(self, place: str, until: int) -> None:
        """Go somewhere; on the way perhaps a greeting."""
        if self.o.day.live.place == place:
            return
        if self.left(until) > 1.5 and self.happens(0.35):
            self.o.heading = "corridor"
            self.o.begin("alone", "moving")
            if self.happens(0.4):
                self.o.contact(self.chance.choice(("pupil", "teacher", "site")))
            self.o.last(self.chance.uniform(0.3, 1.0))
        self.o.heading = place

    def errand(self, until: int) -> None:
        """Out of the office and back, with an exchange or two."""
        self.o.heading = "corridor"
        for _ in range(self.chance.choice((1, 1, 2))):
            if self.left(until) > 1.5:
                self.exchange(CORRIDOR, until)

    def visit(self, until: int, *, scheduled: bool = False) -> None:
        """See a class at work: dropping in, or an observation that was arranged."""
        self.walk("classroom", until)
        self.o.begin("pupil", "observing", people=self.chance.randint(18, 30))
        self.o.place("classroom", f"R{self.chance.randint(1, 16)}")
        self.o.joins("teacher")
        if self.happens(0.3):
            self.o.joins("support")
        if scheduled:
            self.o.code(MODE, "scheduled")
            self.o.code(MEDIUM, "watching")
            self.o.code(INITIATOR, "head")
        self.remark(0.5)
        self.o.last(self.chance.uniform(18, 26) if scheduled else self.drawn("visit", until))

    def rounds(self, until: int, visits: int) -> None:
        """A learning walk: some classrooms, and whoever is met between them."""
        visits = round(visits * self.manner.visits)
        for n in range(visits):
            if self.left(until) < 4:
                return
            self.visit(until)
            if n + 1 < visits or self.happens(0.5):
                self.o.heading = "corridor"
                self.exchange(CORRIDOR, until)

    def meeting(self, until: int, role: str, activity: str, place: str, people: int, *, length: float = 0.0) -> None:
        """A meeting that was in the diary; someone may come late, leave early or interrupt."""
        self.walk(place, until)
        self.o.begin(role, activity, people)
        self.o.code(MODE, "scheduled")
        if people > 2:
            self.o.code(MEDIUM, "meeting")
        self.o.code(INITIATOR, self.chance.choice(("clock", "head")))
        self.remark(0.6)
        minutes = length or self.drawn("meeting", until)
        if people > 2:
            self.o.last(minutes * 0.15)
            self.o.joins("middle" if role != "middle" else "slt")
        if self.happens(0.35):
            self.o.last(minutes * 0.5)
            self.o.interrupt(*self.chance.choice(INTERRUPTERS))
            self.o.last(self.chance.uniform(0.8, 2.0))
            self.o.resume()
            minutes *= 0.5
        elif people > 2:
            self.o.last(minutes * 0.7)
            self.o.leaves("middle" if role != "middle" else "slt")
        self.o.last(minutes)

    def assembly(self, minutes: float) -> None:
        """Speak to the whole school."""
        self.o.heading = "hall"
        self.o.begin("pupil", "pupil_contact", people=self.chance.randint(120, 260))
        self.o.code(MODE, "routine")
        self.o.code(INITIATOR, "clock")
        self.o.code(MEDIUM, "address")
        self.o.joins("teacher")
        self.remark(0.5)
        self.o.last(minutes)

    def staffroom(self, until: int) -> None:
        """A cup of tea among colleagues, and what comes up there."""
        self.o.heading = "staffroom"
        while self.left(until) > 1.5:
            self.exchange(STAFFROOM, until, "talk")

    def lunch(self, place: str, minutes: float) -> None:
        """The head's own lunch."""
        self.o.heading = place
        self.o.begin("alone", "personal")
        self.o.code(MODE, "routine")
        self.o.last(minutes)

    def closed_door(self, minutes: float) -> None:
        """A talk behind a closed door: its length and with whom, nothing else; a gap after it."""
        self.o.heading = "own_office"
        self.o.begin("parent", "parents")
        self.o.last(0.8)
        self.o.began = self.o.now
        self.o.act("closed")
        self.o.last(minutes)
        self.o.act("closed")
        self.o.wait(self.chance.uniform(20, 60))

    def off_the_record(self, minutes: float) -> None:
        """A stretch nothing is kept of; a gap after it."""
        self.o.began = self.o.now
        self.o.act("off")
        self.o.last(minutes)
        self.o.act("off")
        self.o.wait(self.chance.uniform(5, 30))

    def aside(self, minutes: float) -> None:
        """The head turns to the researcher; no breakdown holds it."""
        self.o.begin("shadower", "other")
        self.o.last(minutes)
