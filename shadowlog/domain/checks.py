"""What a recorder checks before it does anything; each check refuses in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from shadowlog.domain.codebook import ROLE
from shadowlog.domain.commands import Verify
from shadowlog.domain.draft import Draft
from shadowlog.domain.terms import Episode, Party
from shadowlog.errors import Refused

LONGEST_TEXT = 120_000
PERSON = re.compile(r"[A-Z]{1,3}[0-9]{1,3}")


def running(draft: Draft, episode: str) -> Episode:
    """The foreground or concurrent episode with this id; Refused if it does not run."""
    last = draft.track[-1]
    if episode not in (last.episode, draft.live.concurrent):
        raise Refused("That episode is not running.", "It can be amended.")
    return draft.episodes[episode]


def known(draft: Draft, episode: str) -> Episode:
    """The episode with this id; Refused if there is none."""
    found = draft.episodes.get(episode)
    if found is None:
        raise Refused("There is no such episode.", "It may have been retracted or merged.")
    return found


def check_parties(draft: Draft, parties: tuple[Party, ...]) -> None:
    """Refuse roles the codebook does not know, impossible counts, and person codes where none may be given."""
    book = draft.day.observation.codebook
    for party in parties:
        if not book.has(ROLE, party.role):
            raise Refused(f"The codebook has no role {party.role!r}.")
        if party.count is not None and not 1 <= party.count <= 9_999:
            raise Refused(f"A party of {party.count} is none.", "A party is 1 to 9,999 people, or unknown.")
        if party.person is not None:
            if book.is_flagged(ROLE, party.role, "no_person_code"):
                raise Refused(f"{book.label(ROLE, party.role)}: no person codes, counts only.")
            letters = book.code(ROLE, party.role).person
            if not PERSON.fullmatch(party.person) or party.person.rstrip("0123456789") != letters:
                raise Refused("A person code is the role's letters and a number.", f"As {letters or 'T'}3.")
        if party.joined is not None and party.left is not None and party.joined > party.left:
            raise Refused("A party joins before it leaves.")
    if len(parties) > 1 and any(book.is_flagged(ROLE, p.role, "alone") and p.left is None for p in parties):
        present = [p for p in parties if p.left is None]
        if len(present) > 1:
            raise Refused("Alone is with nobody.", "Name the others, or alone.")


def check_codes(draft: Draft, codes: Mapping[str, str | None]) -> None:
    """Refuse codes outside the codebook."""
    book = draft.day.observation.codebook
    for dimension, code in codes.items():
        if dimension == ROLE or (code is not None and not book.has(dimension, code)):
            raise Refused(f"The codebook has no {dimension} {code!r}.")


def check_closed(closed: bool, parties: tuple[Party, ...], codes: Mapping[str, str | None], room: str | None) -> None:
    """Refuse anything but the group behind a closed door."""
    if closed and (room or any(codes.values()) or any(p.person for p in parties)):
        raise Refused("Closed door: duration and group only.")


def check_objectors(draft: Draft, episode: Episode, parties: tuple[Party, ...]) -> None:
    """Refuse naming somebody who asked not to be recorded in an episode that holds a note, or words of the head's."""
    book = draft.day.observation.codebook
    if not any(book.is_flagged(ROLE, p.role, "no_note") for p in parties):
        return
    if any(note.episode == episode.id and note.text for note in draft.notes.values()):
        raise Refused("This episode holds a note.", "Take the note back, or begin another episode for them.")
    said = draft.feedback.get(f"Verify {episode.id}")
    tagged = any(f"Tag {note.id}" in draft.feedback for note in draft.notes.values() if note.episode == episode.id)
    if tagged or (isinstance(said, Verify) and said.comment):
        raise Refused("Words stand beside this episode.", "Split it, or leave them out.")


def check_length(text: str) -> None:
    """Refuse a text that is too long to be one."""
    if len(text) > LONGEST_TEXT:
        raise Refused(f"A note is at most {LONGEST_TEXT} characters.", "Make it two.")


def check_note(draft: Draft, episode: Episode | None, text: str) -> None:
    """Refuse a note where none may be made, and one too long to be one."""
    check_length(text)
    if episode is None:
        return
    if episode.closed:
        raise Refused("Closed door: no note is kept.")
    book = draft.day.observation.codebook
    if any(book.is_flagged(ROLE, p.role, "no_note") for p in episode.parties):
        raise Refused("Someone here asked not to be recorded: no note is kept.")


def new_id(draft: Draft, id_: str) -> None:
    """Refuse an id that is taken."""
    if id_ in draft.episodes or id_ in draft.contacts or id_ in draft.notes:
        raise Refused("That id is taken.")


def party_at(episode: Episode, position: int) -> Party:
    """The party at a position; Refused if there is none."""
    if not 0 <= position < len(episode.parties):
        raise Refused("There is no such party.")
    return episode.parties[position]


def with_party(episode: Episode, position: int, party: Party) -> tuple[Party, ...]:
    """The episode's parties with another one at this position."""
    return (*episode.parties[:position], party, *episode.parties[position + 1 :])


def with_codes(episode: Episode, codes: Mapping[str, str | None]) -> dict[str, str]:
    """The episode's codes with some changed, or taken away where None."""
    merged: dict[str, str | None] = {**episode.codes, **codes}
    return {dimension: code for dimension, code in merged.items() if code is not None}


def fit_parties(draft: Draft, episode: str) -> None:
    """Keep the instants of joining and leaving within an episode whose bounds moved; who then was never there goes."""
    spells = draft.spells(episode)
    start, last = draft.track[spells[0]].at, spells[-1] + 1
    end = draft.track[last].at if last < len(draft.track) else None
    kept = [
        replace(
            party,
            joined=None if party.joined is not None and party.joined <= start else party.joined,
            left=None if party.left is not None and end is not None and party.left >= end else party.left,
        )
        for party in draft.episodes[episode].parties
        if (party.left is None or party.left > start) and (party.joined is None or end is None or party.joined < end)
    ]
    if kept and tuple(kept) != draft.episodes[episode].parties:
        draft.edit(episode, parties=tuple(kept))
