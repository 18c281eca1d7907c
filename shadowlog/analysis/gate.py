"""Who may be shown in a workshop, which days may not and why, and how many people a number is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from shadowlog.domain.codebook import ROLE
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
            passed.append(_as_agreed(each))
    return tuple(passed), tuple(out)


def _as_agreed(each: Candidate) -> Record:
    """The record with its release cut down to what its head's consent allows today."""
    said = tuple(
        replace(word, layers=tuple(layer for layer in word.layers if layer in each.layers))
        if isinstance(word, Release)
        else word
        for word in each.record.feedback
    )
    return replace(each.record, feedback=said)


def taken_back(candidate: Candidate) -> str:
    """Why a day that was shown once may be shown no longer, "" if it may be: later edits of it do not matter."""
    if WORKSHOP not in candidate.layers:
        return "the head's consent no longer agrees to use in a workshop"
    if WORKSHOP not in _released(candidate.record):
        return "the head has taken the release for a workshop back"
    return ""


def _released(record: Record) -> Collection[str]:
    return next((said.layers for said in record.feedback if isinstance(said, Release)), ())


def refusal(candidate: Candidate) -> str:
    """Why a day is not shown, "" if it may be."""
    record = candidate.record
    if record.running:
        return "it has not ended"
    if WORKSHOP not in candidate.layers:
        return "the head's consent does not agree, or no longer agrees, to use in a workshop"
    stage = record.standing.stage if record.standing else Stage.DRAFT.value
    if stage == Stage.DRAFT:
        return "it was not handed over to the head"
    if stage == Stage.WITH_HEAD:
        return "the head has not verified it: some of its episodes have no word of the head's"
    if WORKSHOP not in _released(record):
        return "the head has not released it for a workshop"
    if not any(each.verification in STANDS for each in record.episodes):
        return "the head agreed to none of it"
    return ""


Who = Callable[[Record, Episode], Iterable[Party]]
"""The parties of an episode of a record that a number is about."""


def people(records: Iterable[Record], who: Who) -> int:
    """Give how many different people a number about these episodes is about, at the least.

    By head and role: the persons that were told apart by code, or the most that were there at once, whichever are more; who
    was there again, or left and came back, may be the same. A group whose number nobody noted counts as one. Whom the head
    was without (alone) and the shadower are nobody.
    """
    coded: dict[tuple[str, str], set[str]] = {}
    most: dict[tuple[str, str], int] = {}
    for record in records:
        book = record.observation.codebook
        for episode in record.episodes:
            groups: dict[str, list[Party]] = {}
            for party in who(record, episode):
                if not (book.is_flagged(ROLE, party.role, "alone") or book.is_flagged(ROLE, party.role, "shadower")):
                    groups.setdefault(party.role, []).append(party)
            for role, parties in groups.items():
                key = (record.observation.head, role)
                most[key] = max(most.get(key, 0), _at_once(parties))
                coded.setdefault(key, set()).update(p.person for p in parties if p.person is not None)
    return sum(max(count, len(coded.get(key, ()))) for key, count in most.items())


def _at_once(parties: Sequence[Party]) -> int:
    """The most people of these groups that were there at one instant."""
    arrivals = {party.joined for party in parties}
    return max(sum(party.count or 1 for party in parties if _there(party, at)) for at in arrivals)


def _there(party: Party, at: int | None) -> bool:
    """Whether a group is there at an instant; None is the start of the episode."""
    if at is None:
        return party.joined is None
    return party.present(at)


def timed(record: Record) -> frozenset[str]:
    """The episodes that minutes are counted of: in the foreground, of known duration, and not of no length."""
    long = {each.episode for each in record.track if each.end and each.end > each.start}
    return frozenset(
        each.id for each in record.episodes if each.duration_known and not each.concurrent and each.id in long
    )
