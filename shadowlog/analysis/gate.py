"""Who may be shown in a workshop: days that their heads verified and released, and of whom fewer than five people is nothing said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.feedback import Release
from shadowlog.domain.feedback_rules import Stage
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Episode, Party, Record

WORKSHOP = "workshop"
"""The layer of consent and of release without which nothing of a day is shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that might be shown: its record as amended, and what its head's consent record allows today."""

    record: Record
    layers: Collection[str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that is not shown, and why."""

    observation: str
    head: str
    reason: str


def admitted(candidates: Sequence[Candidate]) -> tuple[tuple[Record, ...], tuple[LeftOut, ...]]:
    """Give the days that may be shown, and those that may not, each with the reason."""
    passed, out = [], []
    for each in candidates:
        if reason := refusal(each):
            seen = each.record.observation
            out.append(LeftOut(seen.id, seen.head, reason))
        else:
            passed.append(each.record)
    return tuple(passed), tuple(out)


def refusal(candidate: Candidate) -> str:
    """Why a day is not shown, "" if it may be."""
    record = candidate.record
    if record.running:
        return "it has not ended"
    if WORKSHOP not in candidate.layers:
        return "the head's consent does not agree, or no longer agrees, to use in a workshop"
    stage = record.standing.stage if record.standing else Stage.DRAFT.value
    released = next((said.layers for said in record.feedback if isinstance(said, Release)), ())
    if stage == Stage.DRAFT:
        return "the head has not had it"
    if stage == Stage.WITH_HEAD:
        return "the head has not verified it: some of its episodes have no word of the head's"
    if WORKSHOP not in released:
        return "the head has not released it for a workshop"
    if not any(each.verification in STANDS for each in record.episodes):
        return "the head agreed to none of it"
    return ""


Who = Callable[[Codebook, Episode], Iterable[Party]]
"""The parties of an episode, by the codebook of its day, that a number is about."""


def people(records: Iterable[Record], who: Who) -> int:
    """Give how many different people a number about these episodes is about, at the least.

    By head and role: the persons that were told apart by code, or the most that were there at once, whichever are more; who
    was there again may be the same. A group whose number nobody noted counts as one. Whom the head was without (alone) and
    the shadower are nobody.
    """
    coded: dict[tuple[str, str], set[str]] = {}
    most: dict[tuple[str, str], int] = {}
    for record in records:
        book = record.observation.codebook
        for episode in record.episodes:
            here: dict[str, int] = {}
            for party in who(book, episode):
                if book.is_flagged(ROLE, party.role, "alone") or book.is_flagged(ROLE, party.role, "shadower"):
                    continue
                here[party.role] = here.get(party.role, 0) + (party.count or 1)
                if party.person is not None:
                    coded.setdefault((record.observation.head, party.role), set()).add(party.person)
            for role, count in here.items():
                key = (record.observation.head, role)
                most[key] = max(most.get(key, 0), count)
    return sum(max(count, len(coded.get(key, ()))) for key, count in most.items())
