"""Two episodes that were one: what a merge keeps of both, and what corrections have in common."""

from __future__ import annotations

from dataclasses import replace

from shadowlog.domain import commands as c
from shadowlog.domain.checks import known
from shadowlog.domain.draft import Draft
from shadowlog.domain.terms import Episode, Party, Verification
from shadowlog.errors import Refused


def end_of(draft: Draft, index: int, now: int) -> int:
    """Where the stretch at this index of the track ends, in ms; `now` for the one that runs."""
    return draft.track[index + 1].at if index + 1 < len(draft.track) else max(now, draft.track[index].at)


def merge(draft: Draft, command: c.Merge) -> None:
    episode, other = known(draft, command.episode), known(draft, command.other)
    if episode.id == other.id:
        raise Refused("An episode is one with itself already.", "Choose another one.")
    if episode.concurrent or other.concurrent:
        raise Refused("A concurrent episode is not merged.", "Amend it, or retract it.")
    views = {episode.verification, other.verification}
    if Verification.STRIKE in views and len(views) > 1:
        raise Refused("The head struck one of them out.", "What is off the record is not merged with what is on it.")
    if episode.closed != other.closed:
        raise Refused("An episode behind a closed door is not merged with an open one.")
    parties = _together(draft, episode, other, command.at)
    for n in draft.spells(other.id):
        draft.splice(n, n + 1, (draft.track[n]._replace(episode=episode.id),))
    for n in reversed(draft.spells(episode.id)):
        if n and draft.track[n - 1].episode == episode.id:
            draft.splice(n, n + 1, ())
    waiting = draft.live.suspended
    if other.id in waiting:
        waiting = tuple(episode.id if e == other.id else e for e in waiting if e != episode.id)
    if draft.track[-1].episode == episode.id:
        waiting = tuple(e for e in waiting if e != episode.id)
    draft.set_live(suspended=waiting)
    both = {episode.id, other.id}
    draft.edit(
        episode.id,
        parties=parties,
        codes={**other.codes, **episode.codes},
        room=episode.room or other.room,
        interrupts=next((i for i in (episode.interrupts, other.interrupts) if i not in {None, *both}), None),
        entered=episode.entered if episode.entered is not None else other.entered,
        verification=Verification.DISPUTE if Verification.DISPUTE in views else episode.verification,
        unsure=episode.unsure or other.unsure,
        duration_known=episode.duration_known and other.duration_known,
        amended=True,
    )
    for each in list(draft.episodes.values()):
        if each.interrupts == other.id:
            draft.edit(each.id, interrupts=None if each.id == episode.id else episode.id)
    for note in list(draft.notes.values()):
        if note.episode == other.id:
            draft.put("notes", note.id, replace(note, episode=episode.id))
    draft.put("episodes", other.id, None)


def _together(draft: Draft, episode: Episode, other: Episode, now: int) -> tuple[Party, ...]:
    """The parties of two episodes as those of one, each for as long as it was there; nobody is lost.

    Where one of the two had no who, the other's holds for both.
    """
    if not episode.parties or not other.parties:
        return episode.parties or other.parties
    bounds = {}
    for each in (episode, other):
        spells = draft.spells(each.id)
        bounds[each.id] = (draft.track[spells[0]].at, end_of(draft, spells[-1], now))
    start, end = min(b[0] for b in bounds.values()), max(b[1] for b in bounds.values())
    found: dict[tuple[str, str | None], tuple[Party, int, int]] = {}
    for each in (episode, other):
        first, last = bounds[each.id]
        for party in each.parties:
            joined = first if party.joined is None else party.joined
            left = last if party.left is None else party.left
            known_as, since, until = found.get((party.role, party.person), (party, joined, left))
            found[party.role, party.person] = (known_as, min(since, joined), max(until, left))
    return tuple(
        replace(party, joined=None if joined <= start else joined, left=None if left >= end else left)
        for party, joined, left in found.values()
    )
