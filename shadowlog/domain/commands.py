"""Everything that can be said to a recorder, live and afterwards.

A command carries a decision, never a key: ids made outside, codes, positions on the day's timeline (ms since the epoch,
UTC). Folding the same commands therefore gives the same day under any settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from shadowlog.domain.clock import Instant
from shadowlog.domain.terms import Party, Verification

CONTENT = {"content": True}
"""Marks a field whose value may be about a person; it is digested apart and can be erased. So are parties' person codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something said to the recorder: what, when on the timeline (`at`), when on the clocks (`said`), by whom, why."""

    VERSION: ClassVar[int] = 1
    UNDOABLE: ClassVar[bool] = True
    LIVE: ClassVar[bool] = True
    """Said while the day runs; refused once it has ended."""

    id: str
    at: int
    author: str
    said: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Command):
    """The day begins, with a gap until the first key."""

    UNDOABLE: ClassVar[bool] = False
    codebook: str
    """The digest of the frozen codebook that the codes below belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Command):
    """An episode begins at `at` and ends the foreground at the same instant."""

    episode: str
    parties: tuple[Party, ...] = ()
    carried: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    room: str | None = field(default=None, metadata=CONTENT)
    suspends: bool = False
    """An interruption: the foreground is suspended, not ended."""
    concurrent: bool = False
    """It runs beside the foreground, which goes on."""
    closed: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Command):
    """The foreground ends; the gap is uncoded until the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """A suspended episode goes on from `at`; the foreground ends."""

    episode: str
    instead: bool = False
    """In place of the episode resumed last, which leaves no spell and stays suspended; `at` is where that began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeBefore(Command):
    """The episode before goes on; what came between, if an episode, becomes its interrupter (a forgotten I)."""

    episode: str
    interrupter: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    """What the interrupter is coded with from now on (its mode)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndConcurrent(Command):
    """The concurrent episode ends."""

    end_known: bool = True
    """False: nobody said when it ended; it is counted, in no duration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCompany(Command):
    """Who is present, as a whole."""

    episode: str
    parties: tuple[Party, ...]
    codes: Mapping[str, str | None] = field(default_factory=dict)
    """Codes that follow from who is there: nobody is spoken to face to face when alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Command):
    """A party joins the episode at `at`."""

    episode: str
    party: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Command):
    """The party at this position among the episode's parties leaves at `at`."""

    episode: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSize(Command):
    """How many people the party at this position is; None is unknown."""

    episode: str
    position: int
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPerson(Command):
    """The person code of the party at this position."""

    episode: str
    position: int
    person: str | None = field(metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCode(Command):
    """A code of one dimension of an episode; None takes it away."""

    episode: str
    dimension: str
    code: str | None
    codes: Mapping[str, str | None] = field(default_factory=dict)
    """Codes of other dimensions that follow from it: a scheduled meeting is scheduled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlace(Command):
    """Where the running episode is, and those that follow until the next such command."""

    place: str
    room: str | None = field(default=None, metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeContact(Command):
    """A fleeting contact: counted, nothing starts or stops."""

    contact: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Command):
    """A remark on an episode at the instant `at`; on the day where `episode` is None."""

    LIVE: ClassVar[bool] = False
    note: str
    episode: str | None
    text: str = field(default="", metadata=CONTENT)
    incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetIncident(Command):
    """Star a note as an incident, or take the star away."""

    LIVE: ClassVar[bool] = False
    note: str
    incident: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUnsure(Command):
    """Mark an episode as one the observer is unsure of, or take the mark away."""

    LIVE: ClassVar[bool] = False
    episode: str
    unsure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOff(Command):
    """Off the record begins: running spells end, suspended episodes stay suspended."""

    why: str | None = field(default=None, metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBack(Command):
    """Off the record ends; a gap begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStart(Command):
    """The boundary at which the foreground's spell began moves to `to`."""

    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover(Command):
    """The answer to the one question after a crash, a suspend or a clock step.

    With `end` None what ran keeps running. Otherwise the foreground and the concurrent episode end there, and the time
    from there to `at` was not observed. The timeline is anchored anew: `at` is this command's `said`.
    """

    UNDOABLE: ClassVar[bool] = False
    end: int | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent(Command):
    """Wall and monotonic clock drifted apart by `drift` ms (wall minus monotonic) since they were last compared."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False
    drift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Command):
    """The day ends; what is suspended was never resumed."""

    end_known: bool = True
    """False: nobody said when the last episode ended; it is counted, in no duration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """The day as if the act with the id `target` had not been made."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo(Command):
    """The act with the id `target`, undone before, is made again."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Command):
    """Something put right afterwards, with its reason."""

    LIVE: ClassVar[bool] = False
    reason: str = field(metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Correction):
    """Other parties, codes (None takes one away) or room for an episode; what is not named stays."""

    episode: str
    parties: tuple[Party, ...] | None = None
    codes: Mapping[str, str | None] = field(default_factory=dict)
    room: str | None = field(default=None, metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Correction):
    """From `when` on, the episode is another one, `new`, with the same who and the same codes."""

    episode: str
    new: str
    when: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Correction):
    """`other` was the same episode: its spells and notes go to `episode`, which also takes what it lacked."""

    episode: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert(Correction):
    """A late entry [start, end): cuts a hole in the foreground below it."""

    episode: str
    start: int
    end: int
    parties: tuple[Party, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    room: str | None = field(default=None, metadata=CONTENT)
    concurrent: bool = False
    interrupts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime(Correction):
    """The episode's first start and last end move; the neighbours follow. None leaves that end alone."""

    episode: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract(Correction):
    """The episode, or the contact of that id, was none; an episode's spells are gaps, its notes go with it."""

    episode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify(Command):
    """What the head says of an episode, beside the observer's word; None takes an earlier word back."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False
    episode: str
    view: Verification | None
    comment: str = field(default="", metadata=CONTENT)

    @property
    def question(self) -> str:
        """One for each episode: a later view takes the place of an earlier one."""
        return f"Verify {self.episode}"


Payload = dict[str, Any]
