"""What each act of the hand comes to, by its name; the other half of a press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import INITIATOR, MEDIUM, MODE, PLACE, ROLE
from shadowlog.domain.day import Day
from shadowlog.domain.diary import due, scheduled
from shadowlog.domain.hand import (
    PREFIXES,
    Ask,
    Hand,
    Moment,
    Reaction,
    beginning,
    carried,
    cleared,
    closed_to,
    parties_of,
    start_episode,
)
from shadowlog.domain.naming import following
from shadowlog.domain.recorder import newest_act
from shadowlog.domain.terms import State

NOTHING_RUNS = "Nothing is running"
CLOSED = "Closed door: duration and group only"


def press_act(hand: Hand, day: Day, act: str, moment: Moment) -> Reaction:
    """An act is pressed, by its name; KeyError for a name there is not."""
    if refusal := closed_to(day, act):
        return Reaction(cleared(hand), message=refusal)
    if act != "name_later":
        # Whatever else is done, the recording comes first.
        hand = replace(hand, naming="")
    cancelled = ""
    if hand.waiting and not (hand.waiting == act == "end"):
        cancelled = f"{PREFIXES[hand.waiting][:1]} cancelled."
    elif hand.leader:
        cancelled = f"{hand.leader} cancelled."
    waits = act in PREFIXES and hand.waiting != act
    told = _wait(hand, day, act, moment) if waits else ACTS[act](hand, day, moment)
    return replace(told, message=f"{cancelled} {told.message}".strip())


def _wait(hand: Hand, day: Day, act: str, moment: Moment) -> Reaction:
    if act in {"join", "leave", "group", "person"} and day.foreground is None:
        return Reaction(cleared(hand), message=NOTHING_RUNS)
    if act == "person" and day.foreground is not None and day.foreground.closed:
        return Reaction(cleared(hand), message=CLOSED)
    return Reaction(cleared(hand, waiting=act, since=moment.at), message=PREFIXES[act])


def _again(hand: Hand, day: Day, moment: Moment) -> Reaction:  # noqa: ARG001
    return Reaction(cleared(hand), message="")


def _end(hand: Hand, day: Day, moment: Moment) -> Reaction:  # noqa: ARG001
    return Reaction(cleared(hand), c.End(**moment.envelope(hand.since)))


def _pause(hand: Hand, day: Day, moment: Moment) -> Reaction:
    if day.foreground is None:
        return Reaction(cleared(hand), message=NOTHING_RUNS)
    return Reaction(cleared(hand), c.Pause(**moment.envelope()))


def _interrupt(hand: Hand, day: Day, moment: Moment) -> Reaction:
    if day.foreground is None:
        return Reaction(cleared(hand), message=f"{NOTHING_RUNS} that could be interrupted")
    codes = beginning(day, (), interruption=True)
    return start_episode(hand, day, moment, moment.at, suspends=True, codes=codes)


def _concurrent(hand: Hand, day: Day, moment: Moment) -> Reaction:
    if day.concurrent is not None:
        return Reaction(cleared(hand), c.EndConcurrent(**moment.envelope()))
    if day.foreground is None:
        return Reaction(cleared(hand), message=f"{NOTHING_RUNS} beside which it could run")
    return start_episode(hand, day, moment, moment.at, concurrent=True)


def _resume(hand: Hand, day: Day, moment: Moment) -> Reaction:
    waiting, running = day.live.suspended, day.foreground
    if hand.resumed is not None and running is not None and moment.at - hand.resumed[0] <= hand.settling:
        since, tried = hand.resumed
        older = [e for e in waiting if e not in tried]
        if not older:
            return Reaction(hand, message="Nothing older is suspended")
        command: c.Command = c.Resume(episode=older[-1], instead=True, **moment.envelope(day.track[-1].at))
        return Reaction(cleared(hand, resumed=(since, (*tried, older[-1]))), command)
    if waiting:
        command = c.Resume(episode=waiting[-1], **moment.envelope())
        return Reaction(cleared(hand, resumed=(moment.at, (waiting[-1],))), command)
    here = running.id if running else None
    before = next((s.episode for s in day.newest() if s.episode is not None and s.episode != here), None)
    if before is None or (here is not None and day.episodes[before].interrupts == here):
        return Reaction(cleared(hand), message="Nothing is suspended")
    interruption = day.observation.codebook.flagged(MODE, "interruption")
    coded = running is not None and not running.closed and interruption
    codes = {MODE: interruption[0]} if coded else {}
    return Reaction(cleared(hand), c.ResumeBefore(episode=before, interrupter=here, codes=codes, **moment.envelope()))


def _cycle(dimension: str) -> Callable[[Hand, Day, Moment], Reaction]:
    def cycle(hand: Hand, day: Day, moment: Moment) -> Reaction:
        episode = day.foreground
        codes = [each.id for each in day.observation.codebook.codes(dimension)]
        if episode is not None and episode.closed:
            return Reaction(cleared(hand), message=CLOSED)
        if episode is None or not codes:
            return Reaction(cleared(hand), message=NOTHING_RUNS if codes else f"The codebook has no {dimension}")
        now = episode.codes.get(dimension)
        following = codes[(codes.index(now) + 1) % len(codes)] if now in codes else codes[0]
        command = c.SetCode(episode=episode.id, dimension=dimension, code=following, **moment.envelope())
        return Reaction(cleared(hand), command)

    return cycle


def _closed(hand: Hand, day: Day, moment: Moment) -> Reaction:
    running = day.foreground
    if running is not None and running.closed:
        return Reaction(cleared(hand), c.Pause(**moment.envelope()))
    parties = tuple(replace(p, person=None) for p in carried(running))
    return start_episode(
        hand, day, moment, moment.at, parties=parties, carried=bool(parties), closed=True, codes={}, room=None
    )


def _off(hand: Hand, day: Day, moment: Moment) -> Reaction:
    back = day.state is State.OFF
    return Reaction(cleared(hand), c.ComeBack(**moment.envelope()) if back else c.GoOff(**moment.envelope()))


def _note(hand: Hand, day: Day, moment: Moment) -> Reaction:
    episode = day.foreground
    if episode is not None and episode.closed:
        return Reaction(cleared(hand), message="Closed door: no note is kept")
    book = day.observation.codebook
    if episode is not None and any(book.is_flagged(ROLE, p.role, "no_note") for p in episode.parties):
        return Reaction(cleared(hand), message="Someone here asked not to be recorded: no note is kept")
    return Reaction(cleared(hand), ask=Ask("note", moment.at, episode.id if episode else None))


def _incident(hand: Hand, day: Day, moment: Moment) -> Reaction:
    episode = day.foreground
    here = [n for n in day.notes.values() if n.episode == (episode.id if episode else None)]
    if plain := [n for n in here if not n.incident]:
        newest = max(plain, key=lambda n: n.at)
        return Reaction(cleared(hand), c.SetIncident(note=newest.id, **moment.envelope()))
    if here:
        return Reaction(cleared(hand), message="Starred already; U takes it back")
    if episode is None:
        return Reaction(cleared(hand), message=f"{NOTHING_RUNS} that could be starred")
    if episode.closed:
        return Reaction(cleared(hand), message="Closed door: no note is kept")
    command = c.AddNote(note=moment.new_id(), episode=episode.id, incident=True, **moment.envelope())
    return Reaction(cleared(hand), command)


def _unsure(hand: Hand, day: Day, moment: Moment) -> Reaction:
    episode = day.foreground
    if episode is None:
        return Reaction(cleared(hand), message=NOTHING_RUNS)
    command = c.SetUnsure(episode=episode.id, unsure=not episode.unsure, **moment.envelope())
    return Reaction(cleared(hand), command)


def move_start(hand: Hand, day: Day, moment: Moment, to: int) -> Reaction:
    """Move the start of the running spell to `to` (ms), or as near as the rule allows, and say where it stops."""
    if day.foreground is None:
        return Reaction(cleared(hand), message=NOTHING_RUNS)
    before, running = day.track[-2], day.track[-1]
    if before.state in (State.OFF, State.UNSEEN):
        return Reaction(cleared(hand), message="The start stays: off the record or not observed before it")
    allowed = min(max(to, before.at), moment.at)
    message = ""
    if allowed != to:
        message = "now, no later" if to > allowed else "the start of what came before, no earlier"
        message = f"As far as it goes: {message}"
    if allowed == running.at:
        return Reaction(cleared(hand), message=message or "It starts there already")
    return Reaction(cleared(hand), c.MoveStart(to=allowed, **moment.envelope()), message=message)


def _shift(seconds: int) -> Callable[[Hand, Day, Moment], Reaction]:
    def shift(hand: Hand, day: Day, moment: Moment) -> Reaction:
        return move_start(hand, day, moment, day.track[-1].at + seconds * 1000)

    return shift


def _type_start(hand: Hand, day: Day, moment: Moment) -> Reaction:
    if day.foreground is None:
        return Reaction(cleared(hand), message=NOTHING_RUNS)
    return Reaction(cleared(hand), ask=Ask("time", moment.at))


def _room(hand: Hand, day: Day, moment: Moment) -> Reaction:
    if day.live.place is None:
        return Reaction(cleared(hand), message="P and a place first, then its room")
    return Reaction(cleared(hand), ask=Ask("room", moment.at))


def _scheduled(hand: Hand, day: Day, moment: Moment) -> Reaction:
    event = due(hand.diary, day, moment.at)
    if event is None:
        return Reaction(cleared(hand), message="Nothing that was planned waits now; A adds what is")
    book = day.observation.codebook
    parties = parties_of(book, event.role) if event.role is not None else ()
    mode = scheduled(book)
    codes = {**beginning(day, parties), **({MODE: mode} if mode else {}), **event.codes}
    room = day.live.room if codes.get(PLACE) == day.live.place else None
    return start_episode(hand, day, moment, moment.at, parties=parties, codes=codes, room=room)


def _agenda(hand: Hand, day: Day, moment: Moment) -> Reaction:  # noqa: ARG001
    return Reaction(cleared(hand), ask=Ask("planned", moment.at))


def _name_later(hand: Hand, day: Day, moment: Moment) -> Reaction:  # noqa: ARG001
    return following(hand, day)


def _undo(hand: Hand, day: Day, moment: Moment) -> Reaction:
    act = newest_act(day, moment.author)
    if act is None:
        return Reaction(cleared(hand), message="Nothing to undo")
    return Reaction(cleared(hand), c.Undo(target=act.id, **moment.envelope()))


def _redo(hand: Hand, day: Day, moment: Moment) -> Reaction:
    waiting = day.undone.get(moment.author, ())
    if not waiting:
        return Reaction(cleared(hand), message="Nothing to redo")
    return Reaction(cleared(hand), c.Redo(target=waiting[-1].command.id, **moment.envelope()))


ACTS: Mapping[str, Callable[[Hand, Day, Moment], Reaction]] = {
    **dict.fromkeys(PREFIXES, _again),
    "end": _end,
    "pause": _pause,
    "interrupt": _interrupt,
    "resume": _resume,
    "mode": _cycle(MODE),
    "initiator": _cycle(INITIATOR),
    "medium": _cycle(MEDIUM),
    "concurrent": _concurrent,
    "closed": _closed,
    "off": _off,
    "note": _note,
    "incident": _incident,
    "unsure": _unsure,
    "earlier": _shift(-15),
    "later": _shift(15),
    "minute_earlier": _shift(-60),
    "minute_later": _shift(60),
    "type_start": _type_start,
    "room": _room,
    "scheduled": _scheduled,
    "agenda": _agenda,
    "name_later": _name_later,
    "undo": _undo,
    "redo": _redo,
}
"""Every act by its name. The same prefix twice takes the first back; `end` twice ends the day."""
