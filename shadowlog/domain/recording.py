"""What each live command does to a day. The numbers are the rules of the screens' design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.checks import (
    check_closed,
    check_codes,
    check_note,
    check_objectors,
    check_parties,
    fit_parties,
    known,
    new_id,
    party_at,
    running,
    with_codes,
    with_party,
)
from shadowlog.domain.codebook import PLACE, ROLE
from shadowlog.domain.draft import Draft
from shadowlog.domain.feedback_rules import check_head
from shadowlog.domain.standing import as_seen
from shadowlog.domain.terms import Contact, Episode, Note, Party, State, Stretch
from shadowlog.errors import Refused


def _begin(draft: Draft, command: c.Begin) -> None:
    if draft.track:
        raise Refused("The day has begun already.")
    draft.switch(command.id, command.at, State.GAP)
    draft.set_live(anchor=(command.at, command.said.mono, command.said.boot))


def _start(draft: Draft, command: c.Start) -> None:
    new_id(draft, command.episode)
    check_parties(draft, command.parties)
    check_codes(draft, command.codes)
    check_closed(command.closed, command.parties, command.codes, command.room)
    before = draft.track[-1].episode
    episode = Episode(
        id=command.episode,
        parties=command.parties,
        carried=command.carried,
        codes=dict(command.codes),
        room=command.room,
        interrupts=before if command.suspends else None,
        concurrent=command.concurrent,
        closed=command.closed,
        unsure=command.unsure,
    )
    if command.concurrent:
        if draft.live.concurrent is not None:
            raise Refused("A concurrent episode is running.", "C ends it.")
        if command.at < draft.track[0].at:
            raise Refused("That is before the day began.")
        draft.put("episodes", episode.id, episode)
        draft.put("spans", episode.id, Stretch(command.id, command.at, None, State.EPISODE, episode.id))
        draft.set_live(concurrent=episode.id)
        return
    if command.suspends:
        if before is None:
            raise Refused("Nothing is running that could be interrupted.")
        draft.set_live(suspended=(*draft.live.suspended, before))
    draft.put("episodes", episode.id, episode)
    draft.switch(command.id, command.at, State.EPISODE, episode.id)


def _pause(draft: Draft, command: c.Pause) -> None:
    if draft.track[-1].episode is None:
        raise Refused("Nothing is running.")
    draft.switch(command.id, command.at, State.GAP)


def _resume(draft: Draft, command: c.Resume) -> None:
    waiting = draft.live.suspended
    if command.episode not in waiting:
        raise Refused("That episode is not suspended.")
    rest = tuple(e for e in waiting if e != command.episode)
    if not command.instead:
        draft.set_live(suspended=rest)
        draft.switch(command.id, command.at, State.EPISODE, command.episode)
        return
    last = draft.track[-1]
    if last.episode is None or last.at != command.at or len(draft.spells(last.episode)) < 2:
        raise Refused("Nothing was resumed just now.")
    size = len(draft.track)
    draft.splice(size - 1, size, (last._replace(id=command.id, episode=command.episode),))
    when = {e: draft.spells(e)[-1] for e in (*rest, last.episode)}
    draft.set_live(suspended=tuple(sorted(when, key=lambda e: when[e])))


def _resume_before(draft: Draft, command: c.ResumeBefore) -> None:
    known(draft, command.episode)
    check_codes(draft, command.codes)
    last = draft.track[-1]
    if not draft.spells(command.episode) or last.episode == command.episode:
        raise Refused("There is no episode before this one.")
    if command.episode in draft.live.suspended:
        raise Refused("That episode is suspended.", "R resumes it.")
    if command.interrupter is not None:
        if command.interrupter != last.episode:
            raise Refused("Only what came between can be the interrupter.")
        between = draft.episodes[command.interrupter]
        check_closed(between.closed, (), command.codes, None)
        codes = {**between.codes, **command.codes}
        draft.edit(command.interrupter, interrupts=command.episode, codes=codes)
    draft.switch(command.id, command.at, State.EPISODE, command.episode)


def end_span(draft: Draft, at: int) -> None:
    """End the concurrent episode, if one runs."""
    episode = draft.live.concurrent
    if episode is not None:
        span = draft.spans[episode]
        draft.put("spans", episode, replace(span, end=max(at, span.start)))
        draft.set_live(concurrent=None)


def _end_concurrent(draft: Draft, command: c.EndConcurrent) -> None:
    if draft.live.concurrent is None:
        raise Refused("No concurrent episode is running.")
    if not command.end_known:
        draft.edit(draft.live.concurrent, duration_known=False)
    end_span(draft, command.at)


def _set_company(draft: Draft, command: c.SetCompany) -> None:
    episode = running(draft, command.episode)
    if not command.parties:
        raise Refused("An episode keeps at least one party.")
    check_parties(draft, command.parties)
    check_codes(draft, command.codes)
    check_closed(episode.closed, command.parties, command.codes, None)
    check_objectors(draft, episode, command.parties)
    codes = with_codes(episode, command.codes)
    draft.edit(command.episode, parties=command.parties, carried=False, codes=codes)


def _join(draft: Draft, command: c.Join) -> None:
    episode = running(draft, command.episode)
    book = draft.day.observation.codebook
    if not episode.parties:
        raise Refused("Nobody is named yet.", "Name who it is with first.")
    if book.is_flagged(ROLE, command.party.role, "alone"):
        raise Refused("Alone is with nobody.", "L and a role: that role leaves.")
    before = tuple(
        replace(p, left=command.at) if p.left is None and book.is_flagged(ROLE, p.role, "alone") else p
        for p in episode.parties
    )
    parties = (*before, replace(command.party, joined=command.at))
    check_parties(draft, parties)
    check_closed(episode.closed, parties, {}, None)
    check_objectors(draft, episode, parties)
    draft.edit(command.episode, parties=parties)


def _leave(draft: Draft, command: c.Leave) -> None:
    episode = running(draft, command.episode)
    party = party_at(episode, command.position)
    present = [p for p in episode.parties if p.left is None]
    if party.left is not None:
        raise Refused("They have left already.")
    if len(present) < 2:
        raise Refused("Nobody would be left.", "End it with space, or say who is there now.")
    draft.edit(command.episode, parties=with_party(episode, command.position, replace(party, left=command.at)))


def _set_size(draft: Draft, command: c.SetSize) -> None:
    episode = running(draft, command.episode)
    parties = with_party(episode, command.position, replace(party_at(episode, command.position), count=command.count))
    check_parties(draft, parties)
    draft.edit(command.episode, parties=parties)


def _set_person(draft: Draft, command: c.SetPerson) -> None:
    episode = running(draft, command.episode)
    party = replace(party_at(episode, command.position), person=command.person)
    parties = with_party(episode, command.position, party)
    check_parties(draft, parties)
    check_closed(episode.closed, parties, {}, None)
    draft.edit(command.episode, parties=parties)


def _set_code(draft: Draft, command: c.SetCode) -> None:
    episode = running(draft, command.episode)
    codes = {**command.codes, command.dimension: command.code}
    check_codes(draft, codes)
    check_closed(episode.closed, (), codes, None)
    draft.edit(command.episode, codes=with_codes(episode, codes))


def _set_place(draft: Draft, command: c.SetPlace) -> None:
    check_codes(draft, {PLACE: command.place})
    draft.set_live(place=command.place, room=command.room)
    last = draft.track[-1].episode
    if last is not None and not draft.episodes[last].closed:
        codes = with_codes(draft.episodes[last], {PLACE: command.place})
        draft.edit(last, codes=codes, room=command.room)


def _contact(draft: Draft, command: c.MakeContact) -> None:
    new_id(draft, command.contact)
    check_parties(draft, (Party(command.role),))
    book = draft.day.observation.codebook
    if any(book.is_flagged(ROLE, command.role, flag) for flag in ("alone", "shadower")):
        raise Refused(f"{book.label(ROLE, command.role)}: no contact to count.")
    draft.put("contacts", command.contact, Contact(command.contact, command.at, command.role, draft.live.place))


def _note(draft: Draft, command: c.AddNote) -> None:
    new_id(draft, command.note)
    if draft.track[-1].state is State.OFF:
        raise Refused("Off the record.", "O comes back.")
    check_note(draft, known(draft, command.episode) if command.episode else None, command.text)
    note = Note(command.note, command.at, command.episode, command.text, command.incident)
    draft.put("notes", command.note, note)


def _incident(draft: Draft, command: c.SetIncident) -> None:
    note = draft.notes.get(command.note)
    if note is None:
        raise Refused("There is no such note.")
    draft.put("notes", command.note, replace(note, incident=command.incident))


def _unsure(draft: Draft, command: c.SetUnsure) -> None:
    known(draft, command.episode)
    draft.edit(command.episode, unsure=command.unsure)


def _off(draft: Draft, command: c.GoOff) -> None:
    end_span(draft, command.at)
    draft.switch(command.id, command.at, State.OFF)


def _back(draft: Draft, command: c.ComeBack) -> None:
    if draft.track[-1].state is not State.OFF:
        raise Refused("The day is on the record.")
    draft.switch(command.id, command.at, State.GAP)


def _move_start(draft: Draft, command: c.MoveStart) -> None:
    last = draft.track[-1]
    if last.episode is None:
        raise Refused("Nothing is running.")
    before = draft.track[-2]
    if before.state in (State.OFF, State.UNSEEN):
        raise Refused("What came before is off the record or not observed; its edge stays.")
    if not before.at <= command.to <= command.at:
        raise Refused("A start lies between the start of what came before and now.")
    size = len(draft.track)
    draft.splice(size - 1, size, (last._replace(at=command.to),))
    fit_parties(draft, last.episode)


def _recover(draft: Draft, command: c.Recover) -> None:
    last = draft.track[-1]
    ids = [e for e in (last.episode, draft.live.concurrent) if e is not None]
    if command.end is not None:
        if not last.at <= command.end <= command.at:
            raise Refused("It ended between its start and now.")
        end_span(draft, command.end)
        if last.state is not State.OFF:
            draft.switch(command.id, command.end, State.UNSEEN)
            draft.switch(f"{command.id}/1", command.at, State.GAP)
    if command.unsure:
        for episode in ids:
            draft.edit(episode, unsure=True)
    draft.set_live(anchor=(command.at, command.said.mono, command.said.boot))


def _clock_event(draft: Draft, command: c.ClockEvent) -> None:
    """That it happened is all; what it means for the day is the answer's to say."""


def _end(draft: Draft, command: c.End) -> None:
    last = draft.track[-1]
    if not command.end_known:
        if last.episode is None:
            raise Refused("Nothing is running whose end could be unknown.")
        draft.edit(last.episode, duration_known=False)
    end_span(draft, command.at)
    draft.switch(command.id, command.at, State.END)


def _verify(draft: Draft, command: c.Verify) -> None:
    episode = known(draft, command.episode)
    check_head(draft, command)
    if command.view is None and (command.comment or command.question not in draft.feedback):
        raise Refused("There is no word of the head's to take back.", "It is taken back without words.")
    if command.comment:
        check_note(draft, episode, command.comment)
    draft.edit(command.episode, verification=as_seen(draft, command))
    draft.put("feedback", command.question, command)


RECORDING: Mapping[type[c.Command], Any] = {
    c.Begin: _begin,
    c.Start: _start,
    c.Pause: _pause,
    c.Resume: _resume,
    c.ResumeBefore: _resume_before,
    c.EndConcurrent: _end_concurrent,
    c.SetCompany: _set_company,
    c.Join: _join,
    c.Leave: _leave,
    c.SetSize: _set_size,
    c.SetPerson: _set_person,
    c.SetCode: _set_code,
    c.SetPlace: _set_place,
    c.MakeContact: _contact,
    c.AddNote: _note,
    c.SetIncident: _incident,
    c.SetUnsure: _unsure,
    c.GoOff: _off,
    c.ComeBack: _back,
    c.MoveStart: _move_start,
    c.Recover: _recover,
    c.ClockEvent: _clock_event,
    c.End: _end,
    c.Verify: _verify,
}
