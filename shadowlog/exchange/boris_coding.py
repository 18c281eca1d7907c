"""A coding made in BORIS, whichever of its files it came in: behaviours, subjects, and bouts in whole milliseconds."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from shadowlog.domain.text import clean
from shadowlog.errors import BadInput

NO_SUBJECT = "No focal subject"
"""What BORIS writes for an event without a subject; its project files have an empty text."""
UNSET = frozenset({"", "None"})
"""A modifier that was not chosen."""


class Basis(StrEnum):
    """What the times of an observation count from."""

    ELAPSED = "elapsed"  # the press of Start, or the first picture of the film
    CLOCK = "clock"  # local midnight
    EPOCH = "epoch"  # 1970


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One line of the ethogram. `sets` names its modifier sets, in order; an unnamed one is known by its number."""

    code: str
    point: bool
    category: str = ""
    description: str = ""
    sets: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    """The values of each set as the ethogram lists them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One press, in ms. `edge` is START, STOP or POINT where the file says so, and else empty."""

    at: int
    subject: str
    code: str
    modifiers: tuple[str, ...] = ()
    comment: str = ""
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Bout:
    """One occurrence of a behaviour, in ms. `end` is its start for a point, and None where the stop is missing."""

    subject: str
    code: str
    modifiers: tuple[str, ...]
    start: int
    end: int | None
    point: bool
    comments: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """One observation of BORIS: its window [lo, hi) in ms of its own times, None where nobody said how long it was."""

    name: str
    number: int
    """Its place in the file, from 1."""
    begun: dt.datetime | None
    """The date and time that the file gives it, local; in BORIS that is when it was created."""
    basis: Basis
    live: bool
    description: str = ""
    lo: int | None = None
    hi: int | None = None
    limited: bool = False
    """The file gives an interval to observe: what is outside does not count."""
    bouts: tuple[Bout, ...] = ()

    def window(self, end: int | None, name: str) -> tuple[tuple[int, int], bool]:
        """The window in ms of its own times, and whether nobody said where it ends.

        `end` closes what the file leaves open, but for times since the epoch. BadInput, naming the file by `name`, for an
        end before its last event.
        """
        lo, last = self.lo or 0, max((b.start if b.end is None else b.end for b in self.bouts), default=0)
        if self.hi is not None:
            return (lo, self.hi), False
        if end is None or self.basis is Basis.EPOCH:
            return (lo, last), True
        if end < last:
            what = "an observation has events after --end"
            raise BadInput(what, "Give a later end.", f"{clean(name)}: observations[{self.number}]")
        return (lo, end), False


@dataclass(frozen=True, slots=True)
class Coding:
    """A whole file. `unplaced` says what of it could not be placed, and why."""

    behaviours: Mapping[str, Behaviour]
    categories: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(slots=True)
class Strays:
    """What could not be placed, counted by reason, so that ten thousand alike are one line."""

    found: Counter[str] = field(default_factory=Counter)

    def add(self, why: str, number: int = 1) -> None:
        """Count something that could not be placed."""
        self.found[why] += number

    def lines(self) -> tuple[str, ...]:
        """The reasons, each with how many."""
        return tuple(f"{number} × {why}" for why, number in self.found.items())


def split_modifiers(text: str) -> tuple[str, ...]:
    """Give one value for each modifier set; "" is one that was not chosen, and several of one set stay together."""
    parts = [part.strip() for part in text.split("|")]
    return () if parts == [""] else tuple("" if part in UNSET else part for part in parts)


def paired(events: Iterable[Event], behaviours: Mapping[str, Behaviour], strays: Strays) -> tuple[Bout, ...]:
    """Give the bouts of one observation's events, in order of their starts.

    States are paired within subject, code and modifiers, so that two of one behaviour with different modifiers may
    overlap. Where the file does not tell a start from a stop, they take turns. A start without its stop is a bout of
    unknown duration.
    """
    open_: dict[tuple[str, str, tuple[str, ...]], Event] = {}
    made: list[Bout] = []
    for event in sorted(events, key=lambda e: e.at):
        behaviour = behaviours.get(event.code)
        if behaviour is None:
            strays.add("event of a behaviour that the ethogram does not have, so that nobody knows if it is a state")
            continue
        if behaviour.point:
            made.append(_bout(event, None, point=True))
            continue
        key = (event.subject, event.code, event.modifiers)
        before = open_.pop(key, None)
        if event.edge == "START" and before is not None:
            made.append(_bout(before, None))
            before = None
        if before is not None:
            made.append(_bout(before, event))
        elif event.edge == "STOP":
            strays.add("stop of a state that had not started")
        else:
            open_[key] = event
    made += [_bout(event, None) for event in open_.values()]
    return tuple(sorted(made, key=lambda b: b.start))


def _bout(start: Event, stop: Event | None, *, point: bool = False) -> Bout:
    end = start.at if point else None if stop is None else stop.at
    told = tuple((e.at, e.comment) for e in (start, stop) if e is not None and e.comment)
    return Bout(start.subject, start.code, start.modifiers, start.at, end, point, told)


def within(sitting: Sitting, strays: Strays) -> Sitting:
    """Give the observation with its window settled: one that the file limits cuts its bouts, any other holds them all."""
    last = max((b.start if b.end is None else b.end for b in sitting.bouts), default=0)
    first = min((b.start for b in sitting.bouts), default=0)
    lo = first if sitting.lo is None else sitting.lo
    if not sitting.limited:
        return replace(sitting, lo=min(lo, first), hi=sitting.hi if sitting.hi is None else max(sitting.hi, last))
    hi = last if sitting.hi is None else sitting.hi
    kept: list[Bout] = []
    for bout in sitting.bouts:
        end = bout.start if bout.end is None else bout.end
        if bout.start > hi or end < lo or (bout.end is None and bout.start < lo):
            strays.add("occurrence outside the interval that its observation is limited to")
            continue
        if bout.start < lo or end > hi:
            strays.add("occurrence cut at an edge of the interval that its observation is limited to")
        kept.append(replace(bout, start=max(bout.start, lo), end=None if bout.end is None else min(end, hi)))
    return replace(sitting, lo=lo, hi=sitting.hi if sitting.hi is not None else hi, bouts=tuple(kept))


def by_subject(sitting: Sitting, order: Sequence[str]) -> Iterator[tuple[str, tuple[Bout, ...]]]:
    """The bouts of each subject that has any, in the order of the file's subjects."""
    found: defaultdict[str, list[Bout]] = defaultdict(list)
    for bout in sitting.bouts:
        found[bout.subject].append(bout)
    for subject in in_order(found, order):
        yield subject, tuple(found[subject])


def in_order(subjects: Iterable[str], order: Sequence[str]) -> list[str]:
    """Each of these subjects once, in the order of the file's subjects."""
    rank = {name: n for n, name in enumerate(order)}
    return sorted(dict.fromkeys(subjects), key=lambda subject: rank.get(subject, len(rank)))
