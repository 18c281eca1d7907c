"""What each later command does to a day: amend, split, merge, insert, re-time, retract. The journal keeps the first word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.checks import (
    check_closed,
    check_codes,
    check_objectors,
    check_parties,
    fit_parties,
    known,
    new_id,
    with_codes,
)
from shadowlog.domain.codebook import LENSES
from shadowlog.domain.company import is_quiet
from shadowlog.domain.day import Switch
from shadowlog.domain.draft import Draft
from shadowlog.domain.feedback import AS_SAID
from shadowlog.domain.merging import end_of, merge
from shadowlog.domain.terms import Episode, Party, State, Stretch, Verification
from shadowlog.errors import Refused


def _amend(draft: Draft, command: c.Amend) -> None:
    episode = known(draft, command.episode)
    check_closed(episode.closed, command.parties or (), command.codes, command.room)
    check_codes(draft, command.codes)
    observation = draft.day.observation
    own = command.author == observation.head and command.reason != AS_SAID
    if own and is_quiet(observation.codebook, episode, command.parties or ()):
        raise Refused("No words are kept of a closed door, nor beside somebody who asked not to be recorded.")
    parties = episode.parties
    if command.parties is not None:
        check_parties(draft, command.parties)
        check_objectors(draft, episode, command.parties)
        parties = command.parties
    draft.edit(
        command.episode,
        parties=parties,
        carried=episode.carried and command.parties is None,
        codes=with_codes(episode, command.codes),
        room=episode.room if command.room is None else command.room or None,
        **({} if _lens_alone(command) else {"amended": True}),
    )


def _lens_alone(command: c.Amend) -> bool:
    """Whether only lenses are coded: a reading of the episode, which changes nothing that the head agreed to."""
    return (
        command.parties is None and command.room is None and bool(command.codes) and set(command.codes) <= set(LENSES)
    )


def _divide(parties: tuple[Party, ...], when: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The parties before and from an instant on."""
    before = tuple(
        replace(p, left=None) if p.left is not None and p.left >= when else p
        for p in parties
        if p.joined is None or p.joined < when
    )
    after = tuple(
        replace(p, joined=None) if p.joined is not None and p.joined <= when else p
        for p in parties
        if p.left is None or p.left > when
    )
    return before, after


def _split(draft: Draft, command: c.Split) -> None:
    episode = known(draft, command.episode)
    new_id(draft, command.new)
    before, after = _divide(episode.parties, command.when)
    other = replace(episode, id=command.new, parties=after, interrupts=None, amended=True)
    if episode.concurrent:
        span = draft.spans[episode.id]
        if not span.start < command.when < (command.at if span.end is None else span.end):
            raise Refused("A split lies inside the episode.", "Give an instant after its start and before its end.")
        draft.put("episodes", other.id, other)
        draft.put("spans", episode.id, replace(span, end=command.when))
        draft.put("spans", other.id, Stretch(command.id, command.when, span.end, State.EPISODE, other.id))
        if draft.live.concurrent == episode.id:
            draft.set_live(concurrent=other.id)
    else:
        spells = draft.spells(episode.id)
        first, last = draft.track[spells[0]].at, end_of(draft, spells[-1], command.at)
        if not first < command.when < last:
            raise Refused("A split lies inside the episode.", "Give an instant after its start and before its end.")
        draft.put("episodes", other.id, other)
        for n in reversed(spells):
            switch = draft.track[n]
            if switch.at >= command.when:
                draft.splice(n, n + 1, (switch._replace(episode=other.id),))
            elif end_of(draft, n, command.at) > command.when:
                draft.splice(n + 1, n + 1, (Switch(command.id, command.when, State.EPISODE, other.id),))
        suspended = tuple(other.id if e == episode.id else e for e in draft.live.suspended)
        draft.set_live(suspended=suspended)
        for each in list(draft.episodes.values()):
            if each.interrupts == episode.id and _first_start(draft, each) >= command.when:
                draft.edit(each.id, interrupts=other.id)
    draft.edit(episode.id, parties=before, duration_known=True, amended=True)
    for note in list(draft.notes.values()):
        if note.episode == episode.id and note.at >= command.when:
            draft.put("notes", note.id, replace(note, episode=other.id))


def _first_start(draft: Draft, episode: Episode) -> int:
    if episode.concurrent:
        return draft.spans[episode.id].start
    return next(s.at for s in draft.track if s.episode == episode.id)


def _insert(draft: Draft, command: c.Insert) -> None:
    new_id(draft, command.episode)
    check_parties(draft, command.parties)
    check_codes(draft, command.codes)
    finish = draft.track[-1].at if draft.track[-1].state is State.END else command.at
    if not draft.track[0].at <= command.start < command.end <= finish:
        raise Refused("A late entry has a start before its end, both within the day.", "The day is not made longer.")
    if command.interrupts is not None:
        known(draft, command.interrupts)
    episode = Episode(
        id=command.episode,
        parties=command.parties,
        codes=dict(command.codes),
        room=command.room,
        interrupts=command.interrupts,
        concurrent=command.concurrent,
        entered=command.at,
    )
    if command.concurrent:
        for span in draft.spans.values():
            if span.start < command.end and (span.end is None or command.start < span.end):
                raise Refused("A concurrent episode is there already.", "One at a time.")
        _check_on_record(draft, command.start, command.end)
        draft.put("episodes", episode.id, episode)
        stretch = Stretch(command.id, command.start, command.end, State.EPISODE, episode.id)
        draft.put("spans", episode.id, stretch)
    else:
        draft.put("episodes", episode.id, episode)
        _cut_hole(draft, command)


def _overlapped(draft: Draft, start: int, end: int) -> list[int]:
    """The indexes of the stretches that share time with [start, end)."""
    found = []
    for n, switch in enumerate(draft.track):
        if switch.state is not State.END and switch.at < end and end_of(draft, n, end) > start:
            found.append(n)
    return found


def _check_on_record(draft: Draft, start: int, end: int) -> None:
    there = [draft.track[n] for n in _overlapped(draft, start, end)]
    if any(switch.state in (State.OFF, State.UNSEEN) for switch in there):
        raise Refused("Part of that was off the record or not observed.", "Nothing is entered there.")
    if any(s.episode is not None and draft.episodes[s.episode].verification is Verification.STRIKE for s in there):
        raise Refused("Part of that was struck out by the head.", "Nothing is entered there.")


def _cut_hole(draft: Draft, command: c.Insert) -> None:
    start, end = command.start, command.end
    _check_on_record(draft, start, end)
    under = _overlapped(draft, start, end)
    for n in range(under[0], under[-1] + 1):
        switch = draft.track[n]
        if switch.episode is not None and start <= switch.at and end_of(draft, n, end + 1) <= end:
            raise Refused("That would cover an episode whole.", "Re-time or retract that one first.")
    low, high = under[0], under[-1]
    first, last = draft.track[low], draft.track[high]
    before = (first,) if first.at < start else ()
    rest: tuple[Switch, ...] = ()
    if end_of(draft, high, end + 1) > end:
        # The first piece keeps the switch that began it; what goes on after the hole is begun by this command.
        kept = last.id if high != low or not before else f"{command.id}/1"
        rest = (last._replace(id=kept, at=end),)
    draft.splice(low, high + 1, (*before, Switch(command.id, start, State.EPISODE, command.episode), *rest))
    for episode in {first.episode, last.episode}:
        if episode is not None:
            fit_parties(draft, episode)


def _retime(draft: Draft, command: c.Retime) -> None:
    episode = known(draft, command.episode)
    if command.start is None and command.end is None:
        raise Refused("Neither a start nor an end was given.")
    if episode.concurrent:
        _retime_span(draft, command)
        return
    first, last = draft.spells(episode.id)[0], draft.spells(episode.id)[-1]
    if command.end is not None and last + 1 == len(draft.track):
        raise Refused("It is still running; it has no end yet.")
    if command.end is not None and draft.track[last + 1].state is State.END:
        raise Refused("The day ended with it; that end stays.")
    starts = draft.track[first].at if command.start is None else command.start
    if starts > (end_of(draft, last, command.at) if command.end is None else command.end):
        raise Refused("Its end is before its start.", "An episode ends after it began.")
    # Outwards first, so that an episode can be moved as a whole without an empty middle.
    moves = [(first, command.start)] if command.start is not None else []
    if command.end is not None:
        later = command.end > draft.track[last + 1].at
        moves = [(last + 1, command.end), *moves] if later else [*moves, (last + 1, command.end)]
    for index, to in moves:
        _move(draft, index, to, command.at)
    known_now = episode.duration_known or command.end is not None
    draft.edit(episode.id, amended=True, duration_known=known_now)
    fit_parties(draft, episode.id)


def _move(draft: Draft, index: int, to: int, now: int) -> None:
    """Move the boundary at this index; the neighbours follow, never past their own far ends."""
    switch = draft.track[index]
    if index == 0:
        raise Refused("The day begins there.")
    before = draft.track[index - 1]
    edges = (State.OFF, State.UNSEEN)
    if before.state in edges or switch.state in edges:
        raise Refused("Off the record and not observed keep their edges.")
    if not before.at <= to <= end_of(draft, index, now):
        raise Refused("The neighbours follow, but not past their own far ends.", "Re-time or retract those first.")
    draft.splice(index, index + 1, (switch._replace(at=to),))


def _retime_span(draft: Draft, command: c.Retime) -> None:
    span = draft.spans[command.episode]
    start = span.start if command.start is None else command.start
    end = span.end if command.end is None else command.end
    if span.end is None and command.end is not None:
        raise Refused("It is still running; it has no end yet.")
    finish = draft.track[-1].at if draft.track[-1].state is State.END else command.at
    if start > (finish if end is None else end):
        raise Refused("Its end is before its start.", "An episode ends after it began.")
    if not draft.track[0].at <= start <= (finish if end is None else end) <= finish:
        raise Refused("It has a start before its end, both within the day.")
    for other in draft.spans.values():
        free = (other.end is not None and other.end <= start) or (end is not None and end <= other.start)
        if other.id != span.id and not free:
            raise Refused("Another concurrent episode is there.", "One at a time.")
    _check_on_record(draft, start, finish if end is None else end)
    draft.put("spans", command.episode, replace(span, start=start, end=end))
    draft.edit(command.episode, amended=True)


def _retract(draft: Draft, command: c.Retract) -> None:
    if command.episode in draft.contacts:
        draft.put("contacts", command.episode, None)
        return
    episode = known(draft, command.episode)
    if episode.concurrent:
        draft.put("spans", episode.id, None)
        if draft.live.concurrent == episode.id:
            draft.set_live(concurrent=None)
    for n in draft.spells(episode.id):
        draft.splice(n, n + 1, (draft.track[n]._replace(state=State.GAP, episode=None),))
    draft.join_gaps()
    draft.set_live(suspended=tuple(e for e in draft.live.suspended if e != episode.id))
    for each in list(draft.episodes.values()):
        if each.interrupts == episode.id:
            draft.edit(each.id, interrupts=None)
    for note in list(draft.notes.values()):
        if note.episode == episode.id:
            draft.put("notes", note.id, None)
    draft.put("episodes", episode.id, None)


CORRECTIONS: Mapping[type[c.Command], Any] = {
    c.Amend: _amend,
    c.Split: _split,
    c.Merge: merge,
    c.Insert: _insert,
    c.Retime: _retime,
    c.Retract: _retract,
}
