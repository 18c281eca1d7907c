"""What was said of one episode, from the observer's first word on: every act in effect that touched it, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook
from shadowlog.domain.day import Act, Changes, Day, Put, Splice, Switch
from shadowlog.domain.feedback import Tag
from shadowlog.domain.feedback_words import said as said_words
from shadowlog.domain.sentences import clock_time, what
from shadowlog.domain.terms import Episode, Note, Observation, Party, Stretch

RUNNING = "running"
NOTHING = "nothing"
AFTERWARDS = (c.Correction, c.Verify, Tag)
"""What is said of an episode when the recording is done."""


@dataclass(frozen=True, slots=True)
class Told:
    """One act: when it was said (ms, wall clock), by whom, what it did, why, and whether it was said afterwards."""

    said: int
    author: str
    words: str
    reason: str = ""
    later: bool = False
    answered: int | None = None
    """For what the head said: when that was (ms); the day's journal may have heard of it later."""


@dataclass(frozen=True, slots=True)
class History:
    """What stood when the recording was done with the episode, every act since its start, and what stands now."""

    first: str
    told: tuple[Told, ...]
    now: str


def company(observation: Observation, parties: tuple[Party, ...]) -> str:
    """Give who is present and from when to when; "who?" where nobody is named."""
    book, zone = observation.codebook, observation.zone
    return " + ".join(_party(book, p, zone) for p in parties) or "who?"


def _party(book: Codebook, party: Party, zone: str) -> str:
    # How many is not known of a group; of one press it is one, which needs no saying.
    number = f" ×{party.count}" if party.count is not None and party.count > 1 else ""
    joined = f"from {clock_time(party.joined, zone)}" if party.joined is not None else ""
    left = f"to {clock_time(party.left, zone)}" if party.left is not None else ""
    bounds = " ".join(part for part in (joined, left) if part)
    person = f" {party.person}" if party.person else ""
    return f"{book.label(ROLE, party.role)}{number}{person}{f' ({bounds})' if bounds else ''}"


Facts = Mapping[str, str]
"""What is so of an episode, by what it is called; what is not so is not there."""


@dataclass
class _Past:
    """The day as it was at some act: as much of it as a history needs."""

    observation: Observation
    track: list[Switch] = field(default_factory=list)
    tables: dict[str, dict[str, object]] = field(default_factory=lambda: {"episodes": {}, "spans": {}, "notes": {}})

    def apply(self, changes: Changes) -> None:
        for change in changes:
            if isinstance(change, Splice):
                self.track[change.index : change.index + len(change.before)] = change.after
            elif isinstance(change, Put) and change.table in self.tables:
                if change.after is None:
                    self.tables[change.table].pop(change.id, None)
                else:
                    self.tables[change.table][change.id] = change.after

    def spells(self, episode: str) -> list[tuple[int, int | None]]:
        span = self.tables["spans"].get(episode)
        if isinstance(span, Stretch):
            return [(span.start, span.end)]
        ends = [*(switch.at for switch in self.track[1:]), None]
        return [(s.at, end) for s, end in zip(self.track, ends, strict=True) if s.episode == episode]

    def facts(self, id_: str) -> Facts | None:
        episode = self.tables["episodes"].get(id_)
        if not isinstance(episode, Episode):
            return None
        book, zone = self.observation.codebook, self.observation.zone
        spells = self.spells(id_)
        found = {"who": company(self.observation, episode.parties), "what": what(book, episode)}
        for dimension in book.dimensions:
            if dimension.id in episode.codes and dimension.id != ACTIVITY:
                found[dimension.label.lower()] = book.label(dimension.id, episode.codes[dimension.id])
        if episode.room:
            found["room"] = episode.room
        if spells:
            end = spells[-1][1]
            found["from"] = clock_time(spells[0][0], zone)
            found["to"] = clock_time(end, zone) if end is not None else RUNNING
        if len(spells) > 1:
            found["spells"] = str(len(spells))
        so = {
            "unsure": episode.unsure,
            "beside another": episode.concurrent,
            "an interruption": episode.interrupts is not None,
            "its end unknown": not episode.duration_known,
        }
        found |= {name: "yes" for name, holds in so.items() if holds}
        if episode.verification is not None:
            found["head's view"] = episode.verification.value
        return found


def stated(facts: Facts | None) -> str:
    """Give facts as one sentence: who, what, when, and the rest."""
    if facts is None:
        return "none"
    rest = [word if word != "yes" else name for name, word in facts.items() if name not in _LEADING]
    spells = f" in {facts['spells']} spells" if "spells" in facts else ""
    when = f"{facts['from']}–{facts['to']}{spells}" if "from" in facts else ""
    return ", ".join(part for part in (facts["who"], facts["what"], when, *rest) if part)


_LEADING = frozenset({"who", "what", "from", "to", "spells"})


def history(day: Day, episode: str) -> History:
    """Give the history of an episode, with what it was split from and what was merged into it.

    An episode that was retracted has one too; for an id that was never one, an empty history.
    """
    past, told = _Past(day.observation), []
    # What the recording said, of every episode that this one was made from: the first word may be several.
    first: dict[str, str] = {}
    frozen = False
    for act, ids in zip(day.acts, _lineage(day.acts, episode), strict=True):
        touched = _touched(act.changes, ids)
        later = isinstance(act.command, AFTERWARDS)
        if touched and later and not frozen and (standing := _standing(past, ids)):
            first, frozen = standing, True
        before = {id_: past.facts(id_) for id_ in touched}
        notes = [(p.before, p.after) for p in act.changes if isinstance(p, Put) and p.table == "notes"]
        past.apply(act.changes)
        words = _heard(past, act.command, ids)
        if not words and touched:
            words = _words(past, act.command, before, [pair for pair in notes if _of(pair, ids)])
        if words:
            told.append(_told(act.command, words, day.observation.head))
        if touched and not frozen:
            first = _standing(past, ids) or first
    return History("; ".join(first.values()), tuple(told), stated(past.facts(episode)))


def _told(command: c.Command, words: str, head: str) -> Told:
    reason = command.reason if isinstance(command, c.Correction) else ""
    answered = command.at if command.author == head else None
    return Told(command.said.wall, command.author, words, reason, isinstance(command, AFTERWARDS), answered)


def _heard(past: _Past, command: c.Command, ids: frozenset[str]) -> str:
    """What was said with the head of an episode with one of these ids, or of an incident in it; "" for anything else."""
    if isinstance(command, c.Verify) and command.episode in ids:
        return f"head: {', '.join(said_words(command, past.observation.codebook))}"
    if isinstance(command, Tag):
        note = past.tables["notes"].get(command.note)
        if isinstance(note, Note) and note.episode in ids:
            return ", ".join(said_words(command, past.observation.codebook))
    return ""


def _standing(past: _Past, ids: Iterable[str]) -> dict[str, str]:
    return {id_: stated(facts) for id_ in sorted(ids) if (facts := past.facts(id_)) is not None}


def _lineage(acts: tuple[Act, ...], episode: str) -> list[frozenset[str]]:
    """For every act the ids by which what is now one episode was then known."""
    ids = frozenset({episode})
    found: list[frozenset[str]] = []
    for act in reversed(acts):
        if isinstance(act.command, c.Merge) and act.command.episode in ids:
            ids |= {act.command.other}
        elif isinstance(act.command, c.Split) and act.command.new in ids:
            ids |= {act.command.episode}
        found.append(ids)
    return found[::-1]


def _touched(changes: Changes, ids: frozenset[str]) -> list[str]:
    """Which of the episodes with these ids the changes touched."""
    found: dict[str, None] = {}
    for change in changes:
        if isinstance(change, Put):
            if change.table in {"episodes", "spans"}:
                found[change.id] = None
            for each in (change.before, change.after):
                if isinstance(each, Note) and each.episode is not None:
                    found[each.episode] = None
        elif isinstance(change, Splice):
            switches = (*change.before, *change.after, *((change.left,) if change.left else ()))
            found |= {switch.episode: None for switch in switches if switch.episode is not None}
    return [id_ for id_ in found if id_ in ids]


def _of(pair: tuple[object, object], ids: frozenset[str]) -> bool:
    return any(isinstance(note, Note) and note.episode in ids for note in pair)


def _words(
    past: _Past, command: c.Command, before: Mapping[str, Facts | None], notes: list[tuple[object, object]]
) -> str:
    """What an act did to the episodes it touched: nothing where it left them as they were."""
    parts: list[str] = []
    if isinstance(command, c.Split) and command.new in before:
        # What it was cut from is the same episode up to here; what became of that is told there.
        before = {command.new: None}
    several = len(before) > 1
    for id_, old in sorted(before.items(), key=lambda pair: past.facts(pair[0]) is not None):
        new = past.facts(id_)
        if old is None and new is not None:
            parts.append(f"{_verb(past, command, 'begun')}: {stated(new)}")
        elif old is not None and new is None:
            verb = f"merged {'with' if several else 'into another'}" if isinstance(command, c.Merge) else "retracted"
            parts.append(f"{verb}: {stated(old)}")
            several = False
        elif old is not None and new is not None and (changed := "; ".join(_differences(old, new))):
            of = f"{old['who']}, {old['what']}: " if several else ""
            parts.append(f"{_verb(past, command, '')} {of}{changed}".strip())
    parts += list(_note_words(notes))
    return "; ".join(parts)


def _differences(old: Facts, new: Facts) -> Iterator[str]:
    for name in dict.fromkeys([*old, *new]):
        was, becomes = old.get(name), new.get(name)
        if was == becomes:
            continue
        if "yes" in {was, becomes}:
            yield name if becomes == "yes" else f"no longer {name}"
        elif was == RUNNING and becomes is not None:
            yield f"ended {becomes}"
        else:
            yield f"{name}: {was or NOTHING} → {becomes or NOTHING}"


def _note_words(notes: list[tuple[object, object]]) -> Iterator[str]:
    for old, new in notes:
        if isinstance(new, Note) and not isinstance(old, Note):
            yield f"{'★ ' if new.incident else ''}note: {new.text}" if new.text else "starred"
        elif isinstance(new, Note) and isinstance(old, Note) and new.incident != old.incident:
            yield "starred" if new.incident else "star taken away"


VERBS: Mapping[type[c.Command], str] = {
    c.Amend: "amended:",
    c.Merge: "",
    c.Insert: "late entry",
    c.Retime: "re-timed:",
    c.Resume: "resumed:",
    c.ResumeBefore: "resumed:",
    c.Recover: "after a stop:",
}


def _verb(past: _Past, command: c.Command, otherwise: str) -> str:
    if isinstance(command, c.Split):
        return f"split at {clock_time(command.when, past.observation.zone)}{'' if otherwise else ':'}"
    if isinstance(command, c.Start) and command.suspends and not otherwise:
        return "interrupted:"
    return VERBS.get(type(command), otherwise)


def gone(day: Day, start: int | None = None, end: int | None = None) -> tuple[str, ...]:
    """Give the ids of the episodes that were retracted, or merged into another one, the oldest act first.

    With bounds (ms) only those that then had a spell within [start, end).
    """
    past, found = _Past(day.observation), []
    for act in day.acts:
        command = act.command
        id_ = command.episode if isinstance(command, c.Retract) else None
        id_ = command.other if isinstance(command, c.Merge) else id_
        if id_ is not None and any(
            (end is None or began < end) and (start is None or until is None or until > start)
            for began, until in past.spells(id_)
        ):
            found.append(id_)
        past.apply(act.changes)
    return tuple(found)
