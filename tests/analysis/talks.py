"""What might be said of any day with its head, put beside a finished picture of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shadowlog.domain import feedback as f
from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import Command, Verify
from shadowlog.domain.terms import Record, Verification

DAY = 86_400_000


def said(record: Record, *words: tuple[type[Command], dict[str, Any]], author: str | None = None) -> Record:
    """The record with these words said of it a day later, a minute apart, by its head unless told otherwise."""
    begun = len(record.feedback)
    made = tuple(
        kind(
            **{
                "id": f"said-{begun + n}",
                "at": record.end,
                "author": author or record.observation.head,
                "said": Instant(record.end + DAY + (begun + n) * 60_000, 0, "boot"),
                **fields,
            }
        )
        for n, (kind, fields) in enumerate(words)
    )
    return replace(record, feedback=(*record.feedback, *made))


def viewed(record: Record, view: Verification, *numbers: int, comment: str = "") -> Record:
    """The record with the head's view on the episodes of these numbers, on every one where none is given."""
    chosen = {record.episodes[n].id for n in numbers} or {e.id for e in record.episodes}
    words = [(Verify, {"episode": id_, "view": view, "comment": comment}) for id_ in sorted(chosen)]
    episodes = tuple(replace(e, verification=view) if e.id in chosen else e for e in record.episodes)
    return replace(said(record, *words), episodes=episodes)


def whole_talk(record: Record) -> Record:
    """A day through a whole session: one word of every kind, the first episode disputed, the others agreed to."""
    codes = [code.id for code in record.observation.codebook.codes("activity")][:3]
    shares = dict(zip(codes, (0.5, 0.2, 0.1), strict=False))
    incident = next((n.id for n in record.notes if n.incident), None)
    given = said(
        record, (f.HandOver, {}), (f.Typical, {"rating": 4, "unusual": ""}), author=record.observation.observer
    )
    talked = said(
        given,
        (f.Estimate, {"of": "activity", "shares": shares, "importance": {codes[0]: 5, codes[1]: 1}}),
        (f.Guess, {"of": "interruptions", "number": 6.0}),
        (f.Guess, {"of": "alone", "number": 30.0}),
        (f.Place, {"value": 40, "seen": False}),
        (f.Reveal, {"of": "activity"}),
        (f.Typical, {"rating": 2, "unusual": "Two members of staff away"}),
        (f.Place, {"value": 55, "seen": True}),
        (f.Answer, {"prompt": "initiative", "text": "With the year teams, more than I thought"}),
        (f.Phase, {"phase": "widening", "why": "The new deputies run their own meetings"}),
        (f.Factor, {"of": "school", "text": "Two vacancies since summer"}),
        (f.SignOff, {"section": "timeline"}),
    )
    if incident is not None:
        evidence = "Nobody had asked; it was taken up in the corridor"
        talked = said(talked, (f.Tag, {"note": incident, "way": "opportunistically", "evidence": evidence}))
    agreed = viewed(talked, Verification.AGREE)
    return viewed(
        replace(
            agreed, feedback=tuple(w for w in agreed.feedback if getattr(w, "episode", "") != record.episodes[0].id)
        ),
        Verification.DISPUTE,
        0,
        comment="That was planning, not paperwork",
    )
