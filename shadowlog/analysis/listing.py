"""What the breakdowns are about: the observations, their windows, and the plain lists of what was recorded.

`..._minute` is a clock time as minutes after local midnight (past 1440 on the day after); instants are ms since the
epoch (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Break(StrEnum):
    """Why a stretch of the day belongs to no episode."""

    GAP = "gap"
    OFF = "off"
    UNSEEN = "unseen"
    SHADOWER = "shadower"


@dataclass(frozen=True, slots=True)
class ObservationInfo:
    """One observation that the summary is made of."""

    id: str
    study: str
    head: str
    observer: str
    zone: str
    consent: str
    codebook: str
    codebook_name: str
    codebook_version: int
    date: str
    """The local date of its start, ISO 8601."""
    start: int
    end: int
    start_minute: float
    end_minute: float
    running: bool
    window_minutes: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One half-open stretch of one observation; `why` is None for a piece of the window."""

    observation: str
    why: Break | None
    start: int
    end: int
    start_minute: float
    end_minute: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Window:
    """The observed time: start to end, less off the record, not observed, and talk with the shadower."""

    minutes: float
    """The denominator of every time share. Gaps are inside it."""
    stretch_minutes: float
    """Start to end, nothing taken out."""
    off_minutes: float
    unseen_minutes: float
    shadower_minutes: float
    gap_minutes: float
    pieces: tuple[Piece, ...]
    breaks: tuple[Piece, ...]
    """Gaps, off the record, not observed, talk with the shadower: what a timeline leaves blank."""


@dataclass(frozen=True, slots=True)
class SpellLine:
    """One uninterrupted interval of an episode, as recorded; cut where the clocks were changed."""

    start: int
    end: int
    start_minute: float
    end_minute: float


@dataclass(frozen=True, slots=True)
class EpisodeLine:
    """One episode for a timeline or a table; those with the shadower are not listed."""

    observation: str
    id: str
    start: int
    end: int
    start_minute: float
    end_minute: float
    net_minutes: float
    elapsed_minutes: float
    duration_known: bool
    spells: tuple[SpellLine, ...]
    roles: tuple[str, ...]
    """Distinct, the first named first."""
    role_labels: tuple[str, ...]
    who: str
    """The parties in words, as "teachers x2, pupils"; "uncoded" where none is named."""
    people: int | None
    """The total of the parties' counts without the head; None if one of them is unknown or nobody is named."""
    what: str | None
    what_label: str
    codes: tuple[tuple[str, str, str, str], ...]
    """(dimension, its label, code, its label) for every dimension coded but role."""
    place: str | None
    place_label: str
    room: str | None
    interaction: bool
    concurrent: bool
    closed: bool
    unsure: bool
    late: bool
    amended: bool
    verification: str | None
    interrupts: str | None
    interrupted: int
    """How often it was interrupted."""
    incident: bool
    notes: int


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One fleeting contact."""

    observation: str
    id: str
    at: int
    at_minute: float
    role: str
    role_label: str
    place: str | None
    place_label: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One remark; the text is as typed: never markup."""

    observation: str
    id: str
    at: int
    at_minute: float
    episode: str | None
    text: str
    incident: bool
