"""A day as the recorder keeps it: a track of switches, what they lead to, and every act still in effect.

The foreground is a sequence of switches, each saying what is so from its instant on. A spell, a gap, a stretch off the
record lasts until the next switch, so the day has no seams and no overlaps by construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import Command
from shadowlog.domain.terms import Contact, Episode, Note, Observation, Record, State, Stretch


class Switch(NamedTuple):
    """From `at` on the foreground is this; `id` is made of the act that made it."""

    id: str
    at: int
    state: State
    episode: str | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What recording needs to know beside the track."""

    suspended: tuple[str, ...] = ()
    """Suspended episodes, the newest last."""
    concurrent: str | None = None
    place: str | None = None
    room: str | None = None
    anchor: tuple[int, int, str] = (0, 0, "")
    """A timeline position in ms, and the monotonic ns and boot at which it was so."""
    last: int = 0
    """Where on the timeline the newest live act stands."""


@dataclass(frozen=True, slots=True)
class Put:
    """One thing of a table became another; None before or after: it was not there."""

    table: str
    id: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Splice:
    """Some neighbouring switches became others, between `left` and `right` (None: an end of the track)."""

    index: int
    before: tuple[Switch, ...]
    after: tuple[Switch, ...]
    left: Switch | None
    right: Switch | None


@dataclass(frozen=True, slots=True)
class SetLive:
    """The live part became another."""

    before: Live
    after: Live


Change = Put | Splice | SetLive
Changes = tuple[Change, ...]

FORGOTTEN = 12 * 3_600_000
"""After so many ms without an act nobody is observing any more."""
TABLES = ("episodes", "spans", "contacts", "notes", "feedback")


@dataclass(frozen=True, slots=True)
class Act:
    """A command in effect and what it changed."""

    command: Command
    changes: Changes = field(compare=False)


@dataclass(frozen=True, slots=True)
class Undone:
    """A command that was taken back, and where among the acts it stood."""

    command: Command
    place: int


@dataclass(frozen=True, slots=True)
class Day:
    """The state of one observation. Made by the recorder; everything here is read only."""

    observation: Observation
    track: tuple[Switch, ...] = ()
    episodes: Mapping[str, Episode] = field(default_factory=dict)
    spans: Mapping[str, Stretch] = field(default_factory=dict)
    """The one span of each concurrent episode, by the episode's id."""
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    feedback: Mapping[str, Command] = field(default_factory=dict)
    """What was said of the day with its head, by the question it answers; the newest answer to each."""
    seen: Mapping[str, object] = field(default_factory=dict, compare=False)
    """What an episode was when the head said a word of it, by the command of that word."""
    live: Live = Live()
    acts: tuple[Act, ...] = ()
    """Every command in effect, the newest last."""
    undone: Mapping[str, tuple[Undone, ...]] = field(default_factory=dict)
    """By author, what redo would make again, the next one last."""

    @property
    def begun(self) -> bool:
        """Whether the day has begun."""
        return bool(self.track)

    @property
    def ended(self) -> bool:
        """Whether the day is over."""
        return bool(self.track) and self.track[-1].state is State.END

    @property
    def state(self) -> State:
        """What the foreground is now."""
        return self.track[-1].state if self.track else State.GAP

    @property
    def foreground(self) -> Episode | None:
        """The running episode, None in a gap, off the record and after the end."""
        episode = self.track[-1].episode if self.track else None
        return self.episodes[episode] if episode is not None else None

    @property
    def concurrent(self) -> Episode | None:
        """The concurrent episode that runs beside the foreground."""
        return self.episodes[self.live.concurrent] if self.live.concurrent is not None else None

    def lasts(self, episode: str) -> bool:
        """Whether an episode runs or waits to be resumed."""
        if self.ended:
            return False
        return episode in {self.track[-1].episode, self.live.concurrent, *self.live.suspended} if self.track else False

    @property
    def start(self) -> int:
        """The instant at which the day began."""
        return self.track[0].at

    def position(self, instant: Instant) -> int | None:
        """The place on the timeline (ms) of an instant of the clocks; None after a reboot, when nobody can tell."""
        at, mono, boot = self.live.anchor
        if instant.boot != boot or instant.mono < mono:
            return None
        return at + (instant.mono - mono) // 1_000_000

    def watched(self, now: int) -> int:
        """How far (ms) a day can be told of: until now, or until its newest act where nobody has said a word for 12 hours.

        A day that was left without its end did not go on for weeks.
        """
        return self.live.last if not self.ended and now - self.live.last > FORGOTTEN else now

    def stretches(self, now: int | None = None) -> Iterator[Stretch]:
        """The track as stretches in order of time; the last ends at `now` unless the day is over."""
        ends = (*(s.at for s in self.track[1:]), now)
        for switch, end in zip(self.track, ends, strict=True):
            if switch.state is not State.END:
                yield Stretch(switch.id, switch.at, end, switch.state, switch.episode)

    def newest(self) -> Iterator[Stretch]:
        """The track as stretches, the newest first, without reading the whole of it."""
        end: int | None = None
        for switch in reversed(self.track):
            if switch.state is not State.END:
                yield Stretch(switch.id, switch.at, end, switch.state, switch.episode)
            end = switch.at

    def spells(self, episode: str) -> tuple[Stretch, ...]:
        """The spells of one episode, in order of time."""
        if episode in self.spans:
            return (self.spans[episode],)
        return tuple(s for s in self.stretches() if s.episode == episode)

    def record(self, now: int) -> Record:
        """The day as a finished picture; what still runs is closed at `now` (ms)."""
        end = self.track[-1].at if self.ended else max(now, self.track[-1].at)
        track = tuple(self.stretches(end))
        spans = sorted(self.spans.values(), key=lambda s: s.start)
        concurrent = tuple(replace(s, end=end) if s.end is None else s for s in spans)
        first: dict[str, int] = {}
        for each in (*track, *concurrent):
            if each.episode is not None:
                first[each.episode] = min(each.start, first.get(each.episode, each.start))
        order = {episode: n for n, episode in enumerate(sorted(first, key=lambda e: first[e]))}
        return Record(
            observation=self.observation,
            start=self.start,
            end=end,
            running=not self.ended,
            track=track,
            concurrent=concurrent,
            episodes=tuple(sorted(self.episodes.values(), key=lambda e: order[e.id])),
            contacts=tuple(sorted(self.contacts.values(), key=lambda c: (c.at, c.id))),
            notes=tuple(sorted(self.notes.values(), key=lambda n: (n.at, n.id))),
            feedback=tuple(sorted(self.feedback.values(), key=lambda said: (said.said.wall, said.id))),
        )


def stretches_changed(changes: Changes) -> dict[str, Stretch | None]:
    """The stretches of the track that changes touched, by id: as they are now, or None where they are gone."""
    found: dict[str, Stretch | None] = {}
    for change in changes:
        if not isinstance(change, Splice):
            continue
        for gone in change.before:
            found[gone.id] = None
        line = tuple(s for s in (change.left, *change.after) if s is not None)
        nexts = (*line[1:], change.right)
        for switch, following in zip(line, nexts, strict=True):
            if switch.state is not State.END:
                end = following.at if following else None
                found[switch.id] = Stretch(switch.id, switch.at, end, switch.state, switch.episode)
    return found
