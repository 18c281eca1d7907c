"""One line of what an act did, in the words of the codebook; also how a who is spoken of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.domain.company import only_shadower
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_words import FEEDBACK_WORDS
from shadowlog.domain.terms import Episode, Party, State, Verification

NO_WHAT = "what?"


def clock_time(at: int, zone: str) -> str:
    """Give an instant (ms) as local HH:MM:SS."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).strftime("%H:%M:%S")


def who(codebook: Codebook, parties: tuple[Party, ...]) -> str:
    """Give those present as words: teachers ×2 + pupils; "who?" while nobody is named."""
    present = [p for p in parties if p.left is None] or list(parties)
    return " + ".join(_party(codebook, p) for p in present) or "who?"


def everyone(codebook: Codebook, parties: tuple[Party, ...]) -> str:
    """Give all who were there at some time as words, the first named first; whoever came again is named once."""
    stayed = {_party(codebook, p) for p in parties if p.left is None}
    named: list[str] = []
    for party in parties:
        words = _party(codebook, party)
        if party.left is None or words not in {*stayed, *named}:
            named.append(words)
    return " + ".join(named) or "who?"


def _party(codebook: Codebook, party: Party) -> str:
    label = codebook.label(ROLE, party.role)
    number = f" ×{party.count}" if party.count is not None and party.count > 1 else ""
    return f"{label}{number}{f' {party.person}' if party.person else ''}"


def what(codebook: Codebook, episode: Episode) -> str:
    """Give the activity as words: "closed door" behind one, "what?" while it is missing.

    Of talk with the shadower, which asks for none, it is said that nothing is made of it.
    """
    if episode.closed:
        return "closed door"
    if episode.what is None:
        return "in no breakdown" if only_shadower(episode, codebook) else NO_WHAT
    return codebook.label(ACTIVITY, episode.what)


def described(day: Day, episode: str | None) -> str:
    """Give who and what of an episode: who is there now while it lasts, else everyone who was."""
    found = day.episodes.get(episode or "")
    if found is None:
        return "an episode"
    book = day.observation.codebook
    naming = who if day.lasts(found.id) else everyone
    return f"{naming(book, found.parties)}, {what(book, found)}"


def sentence(before: Day, after: Day, command: c.Command) -> str:
    """Say in one line what a command did to a day; the time is local."""
    at = clock_time(command.at, after.observation.zone)
    if isinstance(command, c.Undo | c.Redo):
        day, other, verb = (before, after, "undone") if isinstance(command, c.Undo) else (after, before, "made again")
        found = next((a.command for a in reversed(day.acts) if a.command.id == command.target), None)
        if found is None:
            return f"{at}  {verb}"
        if isinstance(found, c.Retract):
            # What was retracted is there only where the retraction is not.
            day = other
        done = SAYINGS[type(found)](day, day, found) if type(found) in SAYINGS else type(found).__name__.lower()
        return f"{clock_time(found.at, after.observation.zone)}  {verb}: {done}"
    said = SAYINGS.get(type(command))
    return f"{at}  {said(before, after, command) if said else 'kept'}"


def _start(before: Day, after: Day, command: c.Start) -> str:
    day = after if command.episode in after.episodes else before
    told = described(day, command.episode)
    if command.concurrent:
        return f"{told}, concurrent"
    if command.suspends and command.episode in after.episodes:
        return f"{told}; {described(after, after.episodes[command.episode].interrupts)} suspended"
    return told


def _pause(before: Day, after: Day, command: c.Pause) -> str:
    ended = before.track[-1].episode
    for one, following in pairwise(after.track):
        if following.id == command.id:
            ended = one.episode
    return f"{described(before, ended)} ended"


def _place(before: Day, after: Day, command: c.SetPlace) -> str:  # noqa: ARG001
    label = after.observation.codebook.label(PLACE, command.place)
    return f"place: {label}{f', {command.room}' if command.room else ''}"


def _size(before: Day, after: Day, command: c.SetSize) -> str:  # noqa: ARG001
    return f"{described(after, command.episode)}"


def _code(before: Day, after: Day, command: c.SetCode) -> str:  # noqa: ARG001
    book = after.observation.codebook
    if command.dimension == ACTIVITY:
        return described(after, command.episode)
    return f"{command.dimension}: {book.label(command.dimension, command.code)}"


def _leave(before: Day, after: Day, command: c.Leave) -> str:  # noqa: ARG001
    episode = before.episodes.get(command.episode)
    party = episode.parties[command.position] if episode else None
    return f"{_party(before.observation.codebook, party) if party else 'one'} left"


def _move(before: Day, after: Day, command: c.MoveStart) -> str:  # noqa: ARG001
    return f"starts at {clock_time(command.to, after.observation.zone)}"


def _recover(before: Day, after: Day, command: c.Recover) -> str:  # noqa: ARG001
    if command.end is None:
        return "kept running"
    return f"ended at {clock_time(command.end, after.observation.zone)}; not observed until now"


def _about(text: str) -> Callable[[Day, Day, Any], str]:
    return lambda before, after, command: text  # noqa: ARG005


def _on(text: str) -> Callable[[Day, Day, Any], str]:
    return lambda before, after, command: (
        f"{text}: {described(after if command.episode in after.episodes else before, command.episode)}"
    )


def _retracted(before: Day, after: Day, command: c.Retract) -> str:
    contact = before.contacts.get(command.episode) or after.contacts.get(command.episode)
    if contact is not None:
        return f"retracted: contact {before.observation.codebook.label(ROLE, contact.role)}"
    return _on("retracted")(before, after, command)


VIEWS: Mapping[Verification, str] = {
    Verification.AGREE: "agrees to",
    Verification.AMEND: "amends",
    Verification.DISPUTE: "disputes",
    Verification.STRIKE: "strikes out",
}

SAYINGS: Mapping[type[c.Command], Callable[[Day, Day, Any], str]] = {
    c.Begin: _about("the day begins"),
    c.Start: _start,
    c.Pause: _pause,
    c.Resume: _on("resumed"),
    c.ResumeBefore: _on("resumed"),
    c.EndConcurrent: _about("concurrent episode ended"),
    c.SetCompany: lambda before, after, command: described(after, command.episode),  # noqa: ARG005
    c.Join: lambda before, after, command: f"{_party(after.observation.codebook, command.party)} joined",  # noqa: ARG005
    c.Leave: _leave,
    c.SetSize: _size,
    c.SetPerson: _size,
    c.SetCode: _code,
    c.SetPlace: _place,
    c.MakeContact: lambda before, after, command: (  # noqa: ARG005
        f"contact: {after.observation.codebook.label(ROLE, command.role)}"
    ),
    c.AddNote: lambda before, after, command: "starred" if command.incident else "note kept",  # noqa: ARG005
    c.SetIncident: lambda before, after, command: "starred" if command.incident else "no star",  # noqa: ARG005
    c.SetUnsure: lambda before, after, command: "unsure" if command.unsure else "sure again",  # noqa: ARG005
    c.GoOff: _about("off the record"),
    c.ComeBack: _about("on the record again"),
    c.MoveStart: _move,
    c.Recover: _recover,
    c.ClockEvent: _about("the clocks drifted apart"),
    c.End: _about("the day ended"),
    c.Amend: _on("amended"),
    c.Split: _on("split"),
    c.Merge: _on("merged"),
    c.Insert: _on("late entry"),
    c.Retime: _on("re-timed"),
    c.Retract: _retracted,
    c.Verify: lambda before, after, command: (  # noqa: ARG005
        f"the head {VIEWS[command.view] if command.view else 'takes the word back'}: {described(after, command.episode)}"
    ),
    **{kind: _about(words) for kind, words in FEEDBACK_WORDS.items()},
}


def state_words(state: State) -> str:
    """Give a stretch's state as words."""
    return {
        State.GAP: "uncoded",
        State.OFF: "off the record",
        State.UNSEEN: "not observed",
        State.EPISODE: "episode",
        State.END: "ended",
    }[state]
