"""A day being changed by one command: every change is noted, so that it can be stored and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from shadowlog.domain.commands import Command
from shadowlog.domain.day import TABLES, Act, Change, Changes, Day, Live, Put, SetLive, Splice, Switch
from shadowlog.domain.terms import Contact, Episode, Note, State, Stretch
from shadowlog.errors import Refused


class Draft:
    """A working copy of a day. Reads like one; writing goes through `put`, `splice` and `set_live` alone."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.track: Sequence[Switch] = day.track
        self.live = day.live
        self.episodes: Mapping[str, Episode] = day.episodes
        self.spans: Mapping[str, Stretch] = day.spans
        self.contacts: Mapping[str, Contact] = day.contacts
        self.notes: Mapping[str, Note] = day.notes
        self.feedback: Mapping[str, Command] = day.feedback
        self.seen: Mapping[str, object] = day.seen
        self._spells: Mapping[str, tuple[tuple[int, int | None], ...]] | None = None
        self.changes: list[Change] = []

    def put(self, table: str, id_: str, value: Any) -> None:
        """Let `id_` in a table be `value`; None takes it out."""
        old: Mapping[str, Any] = getattr(self, table)
        before = old.get(id_)
        if before == value:
            return
        new = self._writable(old)
        if value is None:
            del new[id_]
        else:
            new[id_] = value
        setattr(self, table, new)
        self.changes.append(Put(table, id_, before, value))

    def edit(self, episode: str, **fields: Any) -> None:
        """Change some fields of an episode."""
        self.put("episodes", episode, replace(self.episodes[episode], **fields))

    def set_live(self, **fields: Any) -> None:
        """Change some fields of the live part."""
        after: Live = replace(self.live, **fields)
        if after != self.live:
            self.changes.append(SetLive(self.live, after))
            self.live = after

    def splice(self, low: int, high: int, new: tuple[Switch, ...]) -> None:
        """Put other switches in the place of track[low:high]."""
        before = tuple(self.track[low:high])
        if before == new:
            return
        left = self.track[low - 1] if low else None
        right = self.track[high] if high < len(self.track) else None
        self.changes.append(Splice(low, before, new, left, right))
        self._spells = None
        self._replace(low, high, new)

    def _writable(self, table: Mapping[str, Any]) -> dict[str, Any]:
        return dict(table)

    def _replace(self, low: int, high: int, new: tuple[Switch, ...]) -> None:
        # Adding tuples copies them in C; unpacking them into a new one takes twice as long on a long day.
        track = tuple(self.track)
        self.track = track[:low] + new + track[high:]

    def switch(self, id_: str, at: int, state: State, episode: str | None = None) -> None:
        """The foreground is something else from `at` on; Refused if that is before it became what it is."""
        if self.track and at < self.track[-1].at:
            raise Refused("That is before what runs now began.", "[ or T moves its start.")
        size = len(self.track)
        self.splice(size, size, (Switch(id_, at, state, episode),))

    def spells(self, episode: str) -> list[int]:
        """Where on the track the episode's spells begin, as indexes."""
        return [n for n, switch in enumerate(self.track) if switch.episode == episode]

    def lies(self, episode: str) -> tuple[tuple[int, int | None], ...]:
        """When the episode's spells begin and end (ms), and its span where it is concurrent."""
        if self._spells is None:
            found: dict[str, list[tuple[int, int | None]]] = {}
            for n, switch in enumerate(self.track):
                if switch.episode is not None:
                    end = self.track[n + 1].at if n + 1 < len(self.track) else None
                    found.setdefault(switch.episode, []).append((switch.at, end))
            self._spells = {id_: tuple(spells) for id_, spells in found.items()}
        span = self.spans.get(episode)
        return (*self._spells.get(episode, ()), *([(span.start, span.end)] if span else []))

    def saw(self, command: str, what: object) -> object:
        """What there was when a word of the head's was said first: this, unless it was said before and is said again."""
        if command not in self.seen:
            seen = self._writable(self.seen)
            seen[command] = what
            self.seen = seen
        return self.seen[command]

    def join_gaps(self) -> None:
        """Let gaps that touch be one."""
        for n in range(len(self.track) - 1, 0, -1):
            if self.track[n].state is State.GAP is self.track[n - 1].state:
                self.splice(n, n + 1, ())

    def revert(self, changes: Changes) -> None:
        """Take changes back, the newest first."""
        for change in reversed(changes):
            if isinstance(change, Put):
                self.put(change.table, change.id, change.before)
            elif isinstance(change, Splice):
                self.splice(change.index, change.index + len(change.after), change.before)
            else:
                self.changes.append(SetLive(self.live, change.before))
                self.live = change.before

    def become(self, other: Day) -> None:
        """Change whatever differs from another state of the same day."""
        for table in TABLES:
            old, new = getattr(self, table), getattr(other, table)
            for id_ in [*old, *(i for i in new if i not in old)]:
                self.put(table, id_, new.get(id_))
        same = 0
        for here, there in zip(self.track, other.track, strict=False):
            if here != there:
                break
            same += 1
        self.splice(same, len(self.track), tuple(other.track[same:]))
        if self.live != other.live:
            self.changes.append(SetLive(self.live, other.live))
            self.live = other.live

    def finish(self, **fields: Any) -> tuple[Day, Changes]:
        """Give the new day and what changed."""
        day = replace(
            self.day,
            track=tuple(self.track),
            live=self.live,
            episodes=self.episodes,
            spans=self.spans,
            contacts=self.contacts,
            notes=self.notes,
            feedback=self.feedback,
            seen=self.seen,
            **fields,
        )
        return day, tuple(self.changes)


class Folding(Draft):
    """A draft that takes a whole journal: changed in place, since nobody sees the day between two commands of it.

    What a command costs then does not grow with those before it.
    """

    def __init__(self, day: Day) -> None:
        super().__init__(day)
        self._line = list(day.track)
        self.track = self._line
        self.episodes, self.spans = dict(day.episodes), dict(day.spans)
        self.contacts, self.notes = dict(day.contacts), dict(day.notes)
        self.feedback, self.seen = dict(day.feedback), dict(day.seen)
        self.acts = list(day.acts)

    def kept(self, acts: Iterable[Act]) -> None:
        """One command is done: its acts are in effect, and the changes of the next one begin anew."""
        self.acts += acts
        self.changes.clear()

    def _writable(self, table: Mapping[str, Any]) -> dict[str, Any]:
        # Every table here is the draft's own.
        return table if isinstance(table, dict) else dict(table)

    def _replace(self, low: int, high: int, new: tuple[Switch, ...]) -> None:
        self._line[low:high] = new
