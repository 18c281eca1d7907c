"""What a press means on the day as it stands: a pure function from a press to a command, a wait or a refusal.

The settling time and whatever waits for a second press live here and nowhere else; what comes out is a decision that
needs no setting to be folded again. A press is either a *sign* (a character of the codebook) or an *act* (a name).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.clock import Instant
from shadowlog.domain.codebook import ACTIVITY, MEDIUM, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.diary import Planned
from shadowlog.domain.signs import Signs, signs_of
from shadowlog.domain.terms import Episode, Party, State

SETTLING = 5_000
"""The settling time in ms: what is pressed within it belongs to what was pressed before."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom something is pressed: a timeline position (ms), the clocks, the author, a maker of ids."""

    at: int
    said: Instant
    author: str
    new_id: Callable[[], str]

    def envelope(self, at: int | None = None) -> dict[str, Any]:
        """What every command carries; `at` where it is timed at an earlier press."""
        return {"id": self.new_id(), "at": self.at if at is None else at, "author": self.author, "said": self.said}


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to be typed before there is a command: a note, a number of people or of a person, a time, a room."""

    what: str
    at: int
    episode: str | None = None
    position: int = 0
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """What the hand has done so far that the next press may belong to. Not part of the day; lost on leaving."""

    signs: Signs
    settling: int = SETTLING
    waiting: str = ""
    """The prefix act that waits for one more press."""
    since: int = 0
    """When that prefix, or the leader, was pressed (ms)."""
    leader: str = ""
    """The first of two characters."""
    named: tuple[str, str, int] | None = None
    """The press just made was a who: (episode, role, ms)."""
    started: tuple[str, int] | None = None
    """The episode begun last and when (ms)."""
    resumed: tuple[int, tuple[str, ...]] | None = None
    """The press just made was a resume: (ms, the episodes tried)."""
    naming: str = ""
    """The episode that is named later: codes go to it, and to nothing that runs."""
    diary: tuple[Planned, ...] = ()
    """What the head had planned for this day."""

    @property
    def holds(self) -> bool:
        """Whether the next press belongs to what was pressed before, or to an episode that is named later."""
        return bool(self.waiting or self.leader or self.naming)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a press comes to: at most one command, or a question; `message` says quietly why there is neither."""

    hand: Hand
    command: c.Command | None = None
    ask: Ask | None = None
    message: str = ""


def new_hand(codebook: Codebook, settling: int = SETTLING) -> Hand:
    """Give a hand that has pressed nothing yet."""
    return Hand(signs_of(codebook), settling)


PREFIXES: Mapping[str, str] = {
    "join": "J: who joins?",
    "leave": "L: who leaves?",
    "group": "G: how many? 1-9, 0 asks",
    "place": "P: which place?",
    "contact": "F: contact with whom?",
    "person": "K: which person? 1-9, 0 asks",
    "end": "X again ends the day",
}
"""Acts that wait for one press, and what they say meanwhile."""

WHILE_OFF = frozenset({"off", "undo", "end"})


def parties_of(codebook: Codebook, role: str) -> tuple[Party, ...]:
    """One press of a role: one person, or a group of unknown size."""
    return (Party(role, None if codebook.is_flagged(ROLE, role, "group") else 1),)


def beginning(day: Day, parties: tuple[Party, ...], *, interruption: bool = False) -> dict[str, str]:
    """Give the codes an episode begins with: a mode, face to face unless alone, the place that was set last."""
    book = day.observation.codebook
    begun: dict[str, str] = {}
    for code in book.flagged(MODE, "interruption" if interruption else "default")[:1]:
        begun[MODE] = code
    if not any(book.is_flagged(ROLE, p.role, "alone") for p in parties):
        for code in book.flagged(MEDIUM, "default")[:1]:
            begun[MEDIUM] = code
    if day.live.place is not None:
        begun[PLACE] = day.live.place
    return begun


def following_codes(day: Day, activity: str, codes: Mapping[str, str]) -> dict[str, str]:
    """Give what follows from an activity: a mode flagged scheduled, where nobody gave the episode a mode of its own."""
    book = day.observation.codebook
    chosen = codes.get(MODE)
    if not book.is_flagged(ACTIVITY, activity, "scheduled") or not (
        chosen is None or book.is_flagged(MODE, chosen, "default")
    ):
        return {}
    return dict.fromkeys([MODE], book.flagged(MODE, "scheduled")[0]) if book.flagged(MODE, "scheduled") else {}


def carried(episode: Episode | None) -> tuple[Party, ...]:
    """Those present now, as the who of the next episode."""
    parties = episode.parties if episode else ()
    return tuple(replace(p, joined=None, left=None) for p in parties if p.left is None)


def closed_to(day: Day, act: str = "") -> str:
    """Say why a press is not taken now, or nothing if it is; "naming" is a code for an episode that is named later."""
    if day.ended and act not in {"undo", "redo", "name_later", "naming"}:
        return "The day has ended. U takes that back."
    if day.state is State.OFF and act not in WHILE_OFF:
        return "Off the record: nothing is kept. O comes back."
    return ""


def cleared(hand: Hand, **fields: Any) -> Hand:
    """Give the hand after a press that nothing at once can follow."""
    return replace(hand, **{"waiting": "", "leader": "", "named": None, "resumed": None, **fields})


def start_episode(
    hand: Hand, day: Day, moment: Moment, at: int, *, named: str = "", parties: tuple[Party, ...] = (), **fields: Any
) -> Reaction:
    """Begin an episode at `at`."""
    episode = moment.new_id()
    fields.setdefault("codes", beginning(day, parties))
    fields.setdefault("room", day.live.room)
    command = c.Start(episode=episode, parties=parties, **fields, **moment.envelope(at))
    if named:
        return Reaction(cleared(hand, started=(episode, at), named=(episode, named, at)), command)
    return Reaction(cleared(hand, started=(episode, at)), command)


def last_named(episode: Episode) -> int | None:
    """Give the position of the party named last that is still there; None if nobody is named."""
    return max((n for n, p in enumerate(episode.parties) if p.left is None), default=None)
