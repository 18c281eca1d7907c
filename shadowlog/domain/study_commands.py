"""What can be said to a study, each a command of its journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from shadowlog.domain.commands import CONTENT, Command, Payload
from shadowlog.domain.diary import Planned
from shadowlog.domain.terms import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCommand(Command):
    """Something said to a study; `at` is the wall clock, in ms since the epoch (UTC)."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStudy(StudyCommand):
    """The study begins. `retention` is the date, as 2031-08-31, on which its records are due for erasure."""

    name: str
    retention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHead(StudyCommand):
    """A head takes part, known by a code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddObserver(StudyCommand):
    """An observer takes part, known by a code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptCodebook(StudyCommand):
    """A version of a codebook may be used from now on: the whole of it (as plain values), and its digest."""

    codebook: Payload
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsent(StudyCommand):
    """What a head agreed to, on which date (as 2026-11-22), to which version of the wording, how it was given.

    A later record takes the place of an earlier one; one without layers is a withdrawal.
    """

    head: str
    date: str
    wording: str
    how: str = field(metadata=CONTENT)
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanObservation(StudyCommand):
    """One observer will record one head on a date, in a zone, with a codebook, over the periods of that school's day."""

    observation: str
    head: str
    observer: str
    codebook: str
    """The digest of an adopted codebook."""
    zone: str
    date: str
    periods: tuple[Period, ...] = ()
    imported: bool = False
    """Recorded elsewhere, so that nobody could be asked here: the consent record says so, and no layer is agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDiary(StudyCommand):
    """What the head has planned for the day of an observation, as a whole; an earlier diary of that day is replaced."""

    observation: str
    events: tuple[Planned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeSet(StudyCommand):
    """What a workshop is shown, kept as it is: its numbers as plain values, and the observations that it was made of.

    The wording of incidents stands by itself, so that it can be erased. No later edit changes it; nothing in it tells which
    head is which letter.
    """

    set: str
    made_of: tuple[str, ...]
    deck: Payload
    incidents: tuple[str, ...] = field(default=(), metadata=CONTENT)

    @property
    def shown(self) -> Payload:
        """All that is shown, with what was not erased of the incidents."""
        return {"incidents": list(self.incidents), **self.deck}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWorkshop(StudyCommand):
    """What became of a frozen set in a room: who was there (as "4 heads"), guesses by slide, hands by incident and way.

    Aids and barriers are those of the stories that were told, a line each.
    """

    set: str
    date: str
    there: tuple[str, ...] = field(default=(), metadata=CONTENT)
    guesses: Mapping[str, float] = field(default_factory=dict)
    hands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    aids: str = field(default="", metadata=CONTENT)
    barriers: str = field(default="", metadata=CONTENT)


STUDY_KINDS: Mapping[str, type[StudyCommand]] = {
    kind.__name__: kind
    for kind in (
        FoundStudy,
        AddHead,
        AddObserver,
        AdoptCodebook,
        RecordConsent,
        PlanObservation,
        KeepDiary,
        FreezeSet,
        RecordWorkshop,
    )
}
"""Every kind of command to a study by its name, as it stands in a journal."""
