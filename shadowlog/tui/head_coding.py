"""What is coded with the head: amendments in the head's words, the lenses, the way of an incident, phase and context."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.codebook import LENSES, Codebook
from shadowlog.domain.company import is_quiet
from shadowlog.domain.day import Day
from shadowlog.domain.terms import Note, Verification
from shadowlog.errors import Refused
from shadowlog.tui.head_talk import Talk, words_of
from shadowlog.tui.head_views import episode_of
from shadowlog.tui.review_asks import Ask, Choice, Flow, Option
from shadowlog.tui.review_flows import Sight, another_code, changes

HIDDEN = frozenset({*LENSES, "distribution", "observed"})
"""Dimensions that the head is not asked about while a row is amended."""
TOGETHER = "coded with the head"
WAY_KEYS = "fpsioc"


def lenses_of(book: Codebook) -> tuple[str, ...]:
    """The lenses that a codebook has."""
    return tuple(each for each in LENSES if book.codes(each))


def incidents_of(day: Day, episode: str) -> list[Note]:
    """The incidents of an episode, in order of time."""
    found = [note for note in day.notes.values() if note.episode == episode and note.incident]
    return sorted(found, key=lambda note: (note.at, note.id))


def amend(talk: Talk) -> Flow:
    """Another who, what or place, as the head says it was."""
    id_ = episode_of(talk)
    changed = yield from changes(talk.hand, Sight(talk.item, None, lambda _: None), HIDDEN)
    talk.may(c.Amend, **{"reason": f.AS_SAID, **changed})
    book, words = talk.day.observation.codebook, ""
    if not is_quiet(book, talk.day.episodes[id_], changed.get("parties") or ()):
        words = yield words_of("amended", "In the head's words, how it was; Enter alone: as the head said.")
    amended = {"reason": words or f.AS_SAID, **changed}
    if talk.heard_all((c.Amend, amended), (c.Verify, {"episode": id_, "view": Verification.AMEND, "comment": words})):
        talk.onward()


def code(talk: Talk) -> Flow:
    """One of the lenses of the row, or the way of one of its incidents."""
    id_ = episode_of(talk)
    book, episode = talk.day.observation.codebook, talk.day.episodes[id_]
    lenses = () if episode.closed else lenses_of(book)
    incidents = incidents_of(talk.day, id_)
    options = [Option(each[0], book.dimension(each).label.lower(), each) for each in lenses]
    options += [Option(str(n), f"★ {note.text or 'starred'}", note) for n, note in enumerate(incidents, 1)]
    if not options:
        raise Refused("There is nothing to code here.", "The door was closed, or the codebook has no such dimension.")
    which = yield Choice("which lens? a starred note can have a way of distributing", tuple(options))
    if isinstance(which, Note):
        yield from _tag(talk, which)
        return
    found = yield from another_code(talk.hand, episode, which)
    talk.hand.tell(c.Amend, episode=id_, codes={which: found}, reason=TOGETHER)


def _tag(talk: Talk, note: Note) -> Generator[Ask, Any, None]:
    now = talk.said(f.Tag, f"Tag {note.id}")
    ways = zip(WAY_KEYS, f.WAYS.items(), strict=True)
    options = [Option(key, f"{way}: {meaning}", way) for key, (way, meaning) in ways]
    options.append(Option("-", "no way", None))
    at = next((n for n, option in enumerate(options) if now and option.value == now.way), len(options) - 1)
    way = yield Choice("by which way did responsibility pass?", tuple(options), at)
    if way is None and (now is None or now.way is None):
        raise Refused("It has no tag.")
    evidence = ""
    if way is not None:
        hint = "What was seen or heard that shows it?"
        evidence = yield words_of("evidence", hint, now.evidence if now else "", needed="A tag needs its evidence.")
    talk.hand.tell(f.Tag, note=note.id, way=way, evidence=evidence)


def phase(talk: Talk) -> Flow:
    """In which phase the head sees the school, and why."""
    talk.with_head()
    now = talk.said(f.Phase)
    options = tuple(Option(str(n), f"{each}: {meaning}", each) for n, (each, meaning) in enumerate(f.PHASES.items(), 1))
    at = next((n for n, option in enumerate(options) if now and option.value == now.phase), 0)
    chosen = yield Choice("where does the head see the school?", options, at)
    why = yield words_of("why", "What shows it? Enter alone: nothing more.", now.why if now else "")
    if talk.heard(f.Phase, phase=chosen, why=why):
        talk.onward()


def factor(talk: Talk, of: str) -> Flow:
    """A note on one kind of context."""
    talk.with_head()
    now = talk.said(f.Factor, f"Factor {of}")
    hint = "What of it shaped this day?"
    text = yield words_of(f"context, {f.FACTORS[of]}", hint, now.text if now else "", needed="Nothing typed.")
    if talk.heard(f.Factor, of=of, text=text):
        talk.onward()
