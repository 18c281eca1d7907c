"""One observation being recorded: reads presses, asks the hand, steps the day. Knows no screen and no disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from shadowlog.domain import answers
from shadowlog.domain import commands as c
from shadowlog.domain.acts import press_act
from shadowlog.domain.clock import Instant
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.day import Day
from shadowlog.domain.hand import SETTLING, Ask, Moment, Reaction, cleared, new_hand
from shadowlog.domain.press import press_sign
from shadowlog.domain.recorder import step
from shadowlog.domain.sentences import sentence
from shadowlog.errors import Refused
from shadowlog.tui.outbox import Entry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press came to: what there is to save, a question to type an answer to, and what to say quietly."""

    entries: tuple[Entry, ...] = ()
    ask: Ask | None = None
    message: str = ""


class Session:
    """The day as it stands in memory and the hand that presses. `new_id` makes ids; `settling` in ms."""

    def __init__(self, day: Day, new_id: Callable[[], str], settling: int = SETTLING) -> None:
        self.day = day
        self.author = day.observation.observer
        self._new_id = new_id
        self.hand = new_hand(day.observation.codebook, settling)

    def sign(self, sign: str, said: Instant) -> Outcome:
        """A character of the codebook is pressed."""
        signs = self.hand.signs
        begins = sign in signs.roles or sign in signs.activities or sign in signs.leaders
        return self._press(said, begins=begins, react=lambda moment: press_sign(self.hand, self.day, sign, moment))

    def act(self, name: str, said: Instant, *, begins: bool = False) -> Outcome:
        """An act of the recorder is pressed, by its name."""
        return self._press(said, begins=begins, react=lambda moment: press_act(self.hand, self.day, name, moment))

    def reply(self, ask: Ask, text: str, said: Instant) -> Outcome:
        """The answer to a question was typed."""
        return self._press(
            said, begins=False, react=lambda moment: answers.answer(self.hand, self.day, ask, text, moment)
        )

    def recover(self, said: Instant, choice: str, *, end: int | None = None, by_wall: bool = True) -> Outcome:
        """Anchor the timeline anew: "keep" running, end at the "last" key or at "end" (ms).

        The timeline goes on at the wall clock's time, or, where that clock was set, where the running clock stands. It
        never goes back: durations come from the running clock.
        """
        position = self.day.position(said)
        at = said.wall if position is None else max(position, said.wall) if by_wall else position
        moment = Moment(at, said, self.author, self._new_id)
        # A prefix or a first character pressed before does not wait for what is pressed now.
        self.hand = cleared(self.hand, started=None)
        return self._say(answers.recover(self.day, moment, choice, end))

    def clock_event(self, said: Instant, drift: int) -> Outcome:
        """Keep that wall and monotonic clock drifted apart by so many ms."""
        moment = self._moment(said)
        return self._say(c.ClockEvent(drift=drift, **moment.envelope()))

    def behind(self, said: Instant) -> int | None:
        """How far (ms) the wall clock is ahead of the timeline; None after a reboot, when nobody can tell."""
        position = self.day.position(said)
        return None if position is None else said.wall - position

    def away(self, said: Instant) -> int:
        """For how long (ms) nothing was pressed on this day."""
        return self.now(said) - self.day.live.last

    def now(self, said: Instant) -> int:
        """The place on the timeline (ms), never before the newest act; the wall clock before the day has begun."""
        position = self.day.position(said) if self.day.begun else None
        return max(said.wall if position is None else position, self.day.live.last)

    def _moment(self, said: Instant) -> Moment:
        return Moment(self.now(said), said, self.author, self._new_id)

    def _press(self, said: Instant, *, begins: bool, react: Callable[[Moment], Reaction]) -> Outcome:
        first: tuple[Entry, ...] = ()
        if not self.day.begun:
            if not begins:
                return Outcome(message="The day has not begun. The first who or what begins it, or space.")
            first = self._say(
                c.Begin(codebook=digest(self.day.observation.codebook), **self._moment(said).envelope())
            ).entries
        reaction = react(self._moment(said))
        self.hand = reaction.hand
        if reaction.command is None:
            message = reaction.message
            if first and not reaction.ask:
                message = f"The day begins. {message}" if self.hand.waiting or self.hand.leader else "The day begins"
            return Outcome(first, reaction.ask, message)
        told = self._say(reaction.command)
        if not told.entries:
            self.hand = cleared(self.hand)
        elif reaction.message:
            last = told.entries[-1]
            told = replace(told, entries=(replace(last, sentence=f"{last.sentence}. {reaction.message}"),))
        return replace(told, entries=(*first, *told.entries))

    def _say(self, command: c.Command) -> Outcome:
        before = self.day
        try:
            self.day, changes = step(before, command)
        except Refused as refusal:
            return Outcome(message=str(refusal))
        return Outcome((Entry(command, changes, self.day, sentence(before, self.day, command)),))
