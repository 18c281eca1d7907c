"""An invented observer for the demonstration study: presses keys on a clock that stands still until it is told.

Everything goes through the hand and the recorder, so an invented day is made the way a live day is made.
"""

from __future__ import annotations

import random
import uuid

from shadowlog.domain import codebook_json
from shadowlog.domain import commands as c
from shadowlog.domain.acts import press_act
from shadowlog.domain.answers import answer
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import ACTIVITY, INITIATOR, MEDIUM, MODE, PLACE, ROLE
from shadowlog.domain.hand import SETTLING, Hand, Moment, Reaction, new_hand
from shadowlog.domain.press import press_sign
from shadowlog.domain.recorder import new_day, step
from shadowlog.domain.terms import Episode, Observation

MINUTE = 60_000
_CYCLES = {MODE: "mode", INITIATOR: "initiator", MEDIUM: "medium"}


class Observer:
    """Records one day. Times are ms since the epoch; lengths are in minutes; codes are named by id, never by sign."""

    def __init__(self, observation: Observation, start: int, chance: random.Random) -> None:
        book = observation.codebook
        self.observation = observation
        self.chance = chance
        self.clock = FakeClock(start, boot=f"demonstration-{observation.id}")
        self.signs = {(d, code.id): code.key for d in (ROLE, ACTIVITY, PLACE) for code in book.codes(d)}
        self.commands: list[c.Command] = []
        self.day = new_day(observation)
        self.hand: Hand = new_hand(book)
        self.told: Reaction = Reaction(self.hand)
        self.began = start
        """The press at which the newest episode or spell began."""
        self.heading: str | None = None
        """Where the head is going; pressed once the next episode runs."""
        self._say(c.Begin(codebook=codebook_json.digest(book), **self._moment().envelope()))

    @property
    def now(self) -> int:
        """The instant."""
        return self.clock.wall

    @property
    def running(self) -> Episode:
        """The foreground episode; there must be one."""
        episode = self.day.foreground
        if episode is None:
            message = "nothing runs"
            raise RuntimeError(message)
        return episode

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.advance(seconds)

    def wait_until(self, at: int) -> None:
        """Let time pass until an instant, if it is still to come."""
        if at > self.now:
            self.clock.advance_to(at)

    def last(self, minutes: float) -> None:
        """Let the newest episode or spell last so long from its first press."""
        self.wait_until(self.began + round(minutes * MINUTE))

    def sign(self, dimension: str, code: str) -> None:
        """Press a code's sign, of one character or two."""
        for each in self.signs[dimension, code]:
            self._pressed(press_sign(self.hand, self.day, each, self._moment()))

    def digit(self, number: int) -> None:
        """Press a digit after a prefix; a number of several digits is asked for with 0 and typed."""
        self._pressed(press_sign(self.hand, self.day, str(number if number < 10 else 0), self._moment()))
        if number > 9:
            self.type(str(number))

    def act(self, name: str) -> None:
        """Press an act."""
        self._pressed(press_act(self.hand, self.day, name, self._moment()))

    def type(self, text: str) -> None:
        """Type the answer to what was asked."""
        if self.told.ask is None:
            message = "nothing was asked"
            raise RuntimeError(message)
        ask = self.told.ask
        self.clock.advance(len(text) * self.chance.uniform(0.1, 0.2))
        self._pressed(answer(self.hand, self.day, ask, text, self._moment()))

    def settle(self) -> None:
        """Wait until what is pressed next belongs to nothing pressed before."""
        self.wait_until(self.began + SETTLING + 1_000)

    def begin(self, role: str, activity: str | None = None, people: int = 1) -> None:
        """Start an episode: who, then what. A role that is no group is pressed once for each of up to three people."""
        self.began = self.now
        self._name(role, people)
        if activity is not None:
            self.sign(ACTIVITY, activity)
        self._arrive()
        self._size(role, people)

    def go_on(self, activity: str) -> None:
        """Start an episode by its what; the company stays."""
        self.began = self.now
        self.sign(ACTIVITY, activity)
        self._arrive()

    def interrupt(self, role: str, activity: str, people: int = 1) -> None:
        """Suspend what runs; I is the start, the codes follow."""
        self.began = self.now
        self.act("interrupt")
        self._name(role, people)
        self.sign(ACTIVITY, activity)
        self._size(role, people)

    def resume(self) -> None:
        """Go back to what was suspended last or, with nothing suspended, to the episode before."""
        self.began = self.now
        self.act("resume")

    def code(self, dimension: str, code: str) -> None:
        """Press the cycling act until the running episode carries the code."""
        for _ in self.observation.codebook.codes(dimension):
            if self.running.codes.get(dimension) == code:
                return
            self.act(_CYCLES[dimension])

    def place(self, place: str, room: str = "") -> None:
        """Say where the head is now, and in which room."""
        self.heading = None
        if self.day.live.place != place:
            self.act("place")
            self.sign(PLACE, place)
        if room and self.day.live.room != room:
            self.act("room")
            self.type(room)

    def joins(self, role: str) -> None:
        """Someone joins the running episode."""
        self.act("join")
        self.sign(ROLE, role)

    def leaves(self, role: str) -> None:
        """Someone leaves the running episode."""
        self.act("leave")
        self.sign(ROLE, role)

    def contact(self, role: str) -> None:
        """Count a fleeting contact."""
        self.act("contact")
        self.sign(ROLE, role)

    def person(self, number: int) -> None:
        """Give the party named last a person code, where its role has any."""
        role = self.running.parties[-1].role
        if self.observation.codebook.code(ROLE, role).person:
            self.act("person")
            self.digit(number)

    def note(self, text: str, *, incident: bool = False) -> None:
        """Type a note on what runs, and star it if it is an incident."""
        self.act("note")
        self.type(text)
        if incident:
            self.act("incident")

    def end(self) -> None:
        """End the day; X is confirmed once."""
        self.act("end")
        self.act("end")

    def _name(self, role: str, people: int) -> None:
        self.sign(ROLE, role)
        if self.observation.codebook.is_flagged(ROLE, role, "group"):
            return
        for _ in range(min(people, 3) - 1):
            self.sign(ROLE, role)

    def _size(self, role: str, people: int) -> None:
        group = self.observation.codebook.is_flagged(ROLE, role, "group")
        if people and (group or people > 3):
            self.act("group")
            self.digit(people)

    def _arrive(self) -> None:
        if self.heading is not None:
            self.place(self.heading)

    def _moment(self) -> Moment:
        said = self.clock.now()
        at = self.day.position(said) if self.day.begun else said.wall
        if at is None:
            message = "the demonstration has one boot"
            raise RuntimeError(message)
        return Moment(at, said, self.observation.observer, self._id)

    def _id(self) -> str:
        # A UUIDv7 of the invented instant, so that a seed always gives the same study.
        bits = self.now << 80 | 0x7 << 76 | self.chance.getrandbits(12) << 64 | 0b10 << 62 | self.chance.getrandbits(62)
        return str(uuid.UUID(int=bits))

    def _pressed(self, told: Reaction) -> None:
        self.told = told
        self.hand = told.hand
        if told.command is not None:
            self._say(told.command)
        self.clock.advance(self.chance.uniform(0.2, 0.6))

    def _say(self, command: c.Command) -> None:
        self.day, _ = step(self.day, command)
        self.commands.append(command)
