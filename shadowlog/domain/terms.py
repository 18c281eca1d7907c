"""The words of the method as frozen types. Every time is in ms since the epoch (UTC) unless its name says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from shadowlog.domain.codebook import ACTIVITY, PLACE, Codebook

if TYPE_CHECKING:
    from shadowlog.domain.commands import Command


class State(StrEnum):
    """What a stretch of the foreground is."""

    EPISODE = "episode"
    GAP = "gap"
    OFF = "off"  # off the record
    UNSEEN = "unseen"  # not observed: the recorder was down and nobody said what went on
    END = "end"  # the day is over; only ever the last


class Verification(StrEnum):
    """What the head says of an episode."""

    AGREE = "agree"
    AMEND = "amend"
    DISPUTE = "dispute"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Party:
    """One group present in an episode. `count` None is unknown; `joined` and `left` None are its start and its end."""

    role: str
    count: int | None = 1
    person: str | None = None
    joined: int | None = None
    left: int | None = None

    def present(self, at: int) -> bool:
        """Whether the group is there at an instant (ms) of its episode: from `joined` on, until just before `left`."""
        return (self.joined is None or self.joined <= at) and (self.left is None or at < self.left)


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch with the same who and the same what. Its spells are found on the day's track by its id."""

    id: str
    parties: tuple[Party, ...] = ()
    """Empty: its who is not yet named."""
    carried: bool = False
    """The who was carried over from the episode before, not pressed."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Dimension id to code id, for every dimension but role."""
    room: str | None = None
    interrupts: str | None = None
    """The id of the episode it suspended."""
    concurrent: bool = False
    closed: bool = False
    """Behind a closed door: duration and, if given, the group; never content."""
    unsure: bool = False
    duration_known: bool = True
    """False when nobody said when it ended: counted, in no duration."""
    entered: int | None = None
    """When a late entry was typed in; None for what was recorded as it happened."""
    amended: bool = False
    verification: Verification | None = None

    @property
    def what(self) -> str | None:
        """The activity's code, None while it is missing."""
        return self.codes.get(ACTIVITY)

    @property
    def place(self) -> str | None:
        """The place's code, None while it is missing."""
        return self.codes.get(PLACE)

    @property
    def complete(self) -> bool:
        """Whether who and what are both named; a closed episode never asks for what.

        Nor does talk with the shadower, which only a codebook tells: `shadowlog.domain.company.complete`.
        """
        return bool(self.parties) and (self.closed or self.what is not None)


@dataclass(frozen=True, slots=True)
class Contact:
    """A fleeting contact: counted, no duration."""

    id: str
    at: int
    role: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A time-stamped remark on an episode (or, with none, on the day); an incident is one starred for discussion."""

    id: str
    at: int
    episode: str | None
    text: str = ""
    incident: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """One half-open piece [start, end) of time and what it is; `end` None is still running, `id` names the switch."""

    id: str
    start: int
    end: int | None
    state: State
    episode: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the school day, in minutes after local midnight, half open."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Observation:
    """One observer's record of one head over one stretch, usually a day."""

    id: str
    study: str
    head: str
    observer: str
    zone: str
    """The zone's name, as Europe/London."""
    codebook: Codebook
    periods: tuple[Period, ...] = ()
    consent: str = ""
    """How consent was given, as in the consent record ("imported, not asked" for an import)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a whole day has come with its head: the stage, and of how many episodes the head has said a word."""

    stage: str
    spoken: int
    episodes: int
    struck: int = 0
    """Episodes that the head struck out."""


@dataclass(frozen=True, slots=True)
class Record:
    """A day as a plain finished picture, for breakdowns, reports and exports.

    `track` covers [start, end) without seam or overlap: every piece is an episode's spell, a gap, off the record or not
    observed. `concurrent` holds the spells of concurrent episodes, which may overlap the track. Every end is closed: for
    a day that still runs, `end` is the instant the picture was made and `running` is True.
    """

    observation: Observation
    start: int
    end: int
    running: bool
    track: tuple[Stretch, ...]
    concurrent: tuple[Stretch, ...]
    episodes: tuple[Episode, ...]
    """In the order of their first start."""
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Note, ...] = ()
    feedback: tuple[Command, ...] = ()
    """What was said of the day with its head: the newest answer to each question, the earliest first."""
    standing: Standing | None = field(default=None, compare=False)
    """Of the whole day as it now stands, whatever version this is; None where it was made of a record alone."""
