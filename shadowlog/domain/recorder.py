"""The recorder is a function: ``step(day, command) -> (day, changes)``, and a day is the fold of its journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.corrections import CORRECTIONS
from shadowlog.domain.day import Act, Changes, Day, Undone
from shadowlog.domain.draft import Draft, Folding
from shadowlog.domain.feedback import FEEDBACK_KINDS
from shadowlog.domain.feedback_rules import tell
from shadowlog.domain.recording import RECORDING
from shadowlog.domain.standing import ask_again
from shadowlog.domain.terms import Observation, State
from shadowlog.errors import Refused

PRESSED = (c.AddNote, c.SetIncident, c.SetUnsure)
"""What can be said after the end too, and is a press like any other before it."""

HANDLERS: Mapping[type[c.Command], Any] = {**RECORDING, **CORRECTIONS, **dict.fromkeys(FEEDBACK_KINDS.values(), tell)}


def new_day(observation: Observation) -> Day:
    """Give an observation's day before anything was said to it."""
    return Day(observation)


def step(day: Day, command: c.Command) -> tuple[Day, Changes]:
    """Do one command: give the new day and what changed; Refused (the day stays as it was) where a rule forbids it."""
    if not day.begun and not isinstance(command, c.Begin):
        raise _not_begun()
    if isinstance(command, c.Undo):
        return _undo(day, command)
    if isinstance(command, c.Redo):
        return _redo(day, command)
    return _do(day, command, _after(day.undone, command))


def fold(observation: Observation, journal: Iterable[c.Command]) -> Day:
    """Give the day that a journal tells of; Refused if the journal is none that a recorder could have written."""
    draft = Folding(new_day(observation))
    undone: Mapping[str, tuple[Undone, ...]] = {}
    for command in journal:
        if isinstance(command, c.Undo | c.Redo):
            day, _ = step(_folded(draft, undone), command)
            draft, undone = Folding(day), day.undone
            continue
        if not draft.track and not isinstance(command, c.Begin):
            raise _not_begun()
        undone = _after(undone, command)
        draft.kept((_told(draft, command),))
    return _folded(draft, undone)


def _folded(draft: Folding, undone: Mapping[str, tuple[Undone, ...]]) -> Day:
    return draft.finish(acts=tuple(draft.acts), undone=undone)[0]


def _not_begun() -> Refused:
    return Refused("The day has not begun.", "Begin it first.")


def _after(undone: Mapping[str, tuple[Undone, ...]], command: c.Command) -> Mapping[str, tuple[Undone, ...]]:
    """What redo could make again once a command is done: a new act of somebody leaves nothing of theirs."""
    if command.UNDOABLE and undone.get(command.author):
        return {author: acts for author, acts in undone.items() if author != command.author}
    return undone


def newest_act(day: Day, author: str) -> c.Command | None:
    """The act that undo would take back for this author: the newest of theirs in effect."""
    for act in reversed(day.acts):
        if act.command.UNDOABLE and act.command.author == author:
            return act.command
    return None


def _do(day: Day, command: c.Command, undone: Mapping[str, tuple[Undone, ...]]) -> tuple[Day, Changes]:
    draft = Draft(day)
    act = (_told(draft, command),)
    return draft.finish(acts=day.acts + act, undone=undone)


def _told(draft: Draft, command: c.Command) -> Act:
    """Do one command to a draft, in which nothing else changed yet."""
    state = draft.track[-1].state if draft.track else State.GAP
    if command.LIVE and state is State.END:
        raise Refused("The day has ended.", "U takes the end back; what is wrong can be amended.")
    if command.LIVE and state is State.OFF and not isinstance(command, c.ComeBack | c.End | c.Recover):
        raise Refused("Off the record.", "O comes back.")
    HANDLERS[type(command)](draft, command)
    if isinstance(command, c.Correction):
        ask_again(draft)
    if command.LIVE or (isinstance(command, PRESSED) and state is not State.END):
        draft.set_live(last=max(draft.live.last, command.at))
    return Act(command, tuple(draft.changes))


def _undo(day: Day, command: c.Undo) -> tuple[Day, Changes]:
    found = next((n for n in range(len(day.acts) - 1, -1, -1) if day.acts[n].command.id == command.target), None)
    if found is None:
        raise Refused("There is nothing to undo.")
    act = day.acts[found]
    if not act.command.UNDOABLE or act.command.author != command.author:
        raise Refused("That act cannot be undone.", "Each person undoes their own; consent and clock events stay.")
    waiting = (*day.undone.get(command.author, ()), Undone(act.command, found))
    later = [a.command for a in day.acts[found + 1 :]]
    return _again(day, found, later, {**day.undone, command.author: waiting})


def _redo(day: Day, command: c.Redo) -> tuple[Day, Changes]:
    waiting = day.undone.get(command.author, ())
    if not waiting or waiting[-1].command.id != command.target:
        raise Refused("There is nothing to redo.")
    undone = {author: acts for author, acts in day.undone.items() if author != command.author}
    if waiting[1:]:
        undone[command.author] = waiting[:-1]
    # What is never undone, and what others said, may stand after its place by now.
    place = min(waiting[-1].place, len(day.acts))
    told = [waiting[-1].command, *(a.command for a in day.acts[place:])]
    return _again(day, place, told, undone)


def _again(
    day: Day, place: int, told: list[c.Command], undone: Mapping[str, tuple[Undone, ...]]
) -> tuple[Day, Changes]:
    """The day rewound to before the act at `place`, and then told this."""
    draft = Draft(day)
    for act in reversed(day.acts[place:]):
        draft.revert(act.changes)
    other, changes = draft.finish(acts=day.acts[:place], undone=undone)
    if not told:
        return other, changes
    try:
        for each in told:
            other, changes = _do(other, each, undone)
    except Refused as refusal:
        if len(told) == 1:
            raise
        raise Refused("Later entries rest on that act.", "Take those back first.") from refusal
    if place == len(day.acts):
        return other, changes
    draft = Draft(day)
    draft.become(other)
    return other, tuple(draft.changes)
