"""What the breakdowns give: plain frozen numbers. Shares are 0 to 1, None where there is nothing to divide by.

Minutes are net minutes unless a name says elapsed; `..._minute` is a clock time as minutes after local midnight (past
1440 on the day after); instants are ms since the epoch (UTC). `code` None is the row "uncoded".
"""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.analysis.listing import (
    Break,
    ContactLine,
    EpisodeLine,
    NoteLine,
    ObservationInfo,
    Piece,
    SpellLine,
    Window,
)
from shadowlog.analysis.tables import CountRow, DurationRow, Durations, DurationTable, Rate, Row, Table, WhoRule

__all__ = [
    "Alone",
    "Bin",
    "Break",
    "Brevity",
    "Company",
    "ContactLine",
    "Contacts",
    "CountRow",
    "Coverage",
    "CoveragePart",
    "DurationRow",
    "DurationTable",
    "Durations",
    "EpisodeLine",
    "EpisodeStats",
    "Initiative",
    "Interactions",
    "Interruptions",
    "NoteLine",
    "ObservationInfo",
    "Piece",
    "Planned",
    "Presence",
    "Profile",
    "Rate",
    "Row",
    "SpellLine",
    "Summary",
    "Table",
    "WhoRule",
    "Window",
]


@dataclass(frozen=True, slots=True)
class Brevity:
    """Episodes of known duration strictly under (or, with `over`, strictly over) a limit, by count and by time."""

    limit_minutes: int
    over: bool
    count: int
    count_share: float | None
    minutes: float
    time_share: float | None
    """Of the net time of all episodes of known duration."""


@dataclass(frozen=True, slots=True)
class EpisodeStats:
    """The episodes without those with the shadower; `count` holds those of unknown duration, nothing else does."""

    count: int
    unknown_duration: int
    concurrent: int
    durations: Durations
    brevity: tuple[Brevity, ...]

    def share(self, limit_minutes: int, over: bool = False) -> float | None:
        """The share by count under (or over) a limit; None when there are no durations or no such limit."""
        for each in self.brevity:
            if each.limit_minutes == limit_minutes and each.over == over:
                return each.count_share
        return None


@dataclass(frozen=True, slots=True)
class Interactions:
    """Episodes in which someone other than the shadower is with the head, 60 n / T, and how long they are."""

    count: int
    per_hour: float | None
    durations: Durations


@dataclass(frozen=True, slots=True)
class Contacts:
    """Fleeting contacts, counted beside the interactions and never among them."""

    count: int
    per_hour: float | None
    by_role: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class Interruptions:
    """Episodes that suspended another one. Neutral: heads have called such time invested."""

    count: int
    per_hour: float | None
    minutes: float
    time_share: float | None
    interrupted: int
    """Episodes interrupted at least once."""
    interrupted_share: float | None
    """Of all episodes."""
    by_role: Table
    """Only the interrupters; the shares are of all episodes and of the window."""
    resumed_within_10: int
    resumed_later: int
    never_resumed: int
    median_minutes_until_resumed: float | None
    """From the interruption to the next spell of what it suspended; over those that were resumed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What was in the diary and what was not, by the modes flagged so."""

    scheduled: Row
    unscheduled: Row
    """Every coded mode without that flag."""
    uncoded: Row


@dataclass(frozen=True, slots=True)
class Initiative:
    """Who began it: head / (head + other), by count and by time; None where neither is coded."""

    head_count_share: float | None
    head_time_share: float | None


@dataclass(frozen=True, slots=True)
class Alone:
    """Time for which the observer coded the head as alone."""

    codes: tuple[str, ...]
    """The roles that say so."""
    count: int
    minutes: float
    time_share: float | None
    office_minutes: float
    """Of it in the head's own office."""
    office_time_share: float | None


@dataclass(frozen=True, slots=True)
class Presence:
    """Where the head was. Rows: office, classroom, around, offsite (by the places' flags), elsewhere, uncoded."""

    rows: tuple[Row, ...]
    visits: int
    """Unbroken stays at a place flagged classroom; another room label begins another visit."""
    rooms: int | None
    """Distinct room labels of those visits; None where no label was given."""

    def row(self, code: str | None) -> Row:
        """The row of a heading; KeyError if there is none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Company:
    """With pupils (roles flagged group) present, and with how many people."""

    pupil_minutes: float
    pupil_time_share: float | None
    sizes: tuple[Row, ...]
    """Rows: alone, 1, 2, 3-8, more than 8, unknown (size), uncoded."""
    person_minutes: float
    """Time x people over parties of known number: a lower bound when some are unknown."""
    unknown_size: int
    """Interactions of unknown size."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of the day profile."""

    label: str
    start_minute: float
    end_minute: float
    observed_minutes: float
    minutes: tuple[float, ...]
    """In the order of the profile's codes; together the observed minutes, unless concurrent time is in it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Minutes by activity in bins of the day; an episode is split over the bins it crosses, exactly."""

    bin_minutes: int | None
    """None: school-day periods, with a last bin for the time outside them."""
    dimension: str
    codes: tuple[str | None, ...]
    """Those that occur, in the scheme's order, uncoded last."""
    labels: tuple[str, ...]
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class CoveragePart:
    """One kind of coverage: its minutes and its share of the stretch from start to end."""

    kind: str
    label: str
    minutes: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the stretch from start to end the record covers; the shares are of that stretch and sum to 1."""

    stretch_minutes: float
    parts: tuple[CoveragePart, ...]
    """full, partial, closed, uncoded (gaps, and episodes whose who or what is missing), off, unseen, shadower."""
    late: int
    unsure: int
    unverified: int
    disputed: int
    struck: int
    amended: int
    incomplete: int
    """Episodes whose who or what is missing (closed ones never ask for what)."""

    def part(self, kind: str) -> CoveragePart:
        """The part of this kind; KeyError if there is none."""
        for each in self.parts:
            if each.kind == kind:
                return each
        raise KeyError(kind)


@dataclass(frozen=True, slots=True)
class Summary:
    """Every breakdown one report needs, of one observation or of several with the same codebook."""

    observations: tuple[ObservationInfo, ...]
    who_rule: WhoRule
    concurrent: bool
    window: Window
    episodes: EpisodeStats
    interactions: Interactions
    contacts: Contacts
    tables: tuple[Table, ...]
    """By role, activity, mode, initiator, medium, place and every further dimension of the codebook, in that order."""
    rollups: tuple[Table, ...]
    durations: tuple[DurationTable, ...]
    rates_by_hour: tuple[Rate, ...]
    rates_by_period: tuple[Rate, ...]
    """Empty when the school day has no periods; else the last one is the time outside them."""
    interruptions: Interruptions
    planned: Planned
    initiative: Initiative
    alone: Alone
    presence: Presence
    company: Company
    profiles: tuple[Profile, ...]
    """Bins of 15, 30 and 60 minutes, then by period where there are any."""
    coverage: Coverage
    lines: tuple[EpisodeLine, ...]
    contact_lines: tuple[ContactLine, ...]
    notes: tuple[NoteLine, ...]

    @property
    def incidents(self) -> tuple[NoteLine, ...]:
        """The notes starred for discussion."""
        return tuple(note for note in self.notes if note.incident)

    def table(self, dimension: str) -> Table:
        """The table by a dimension; KeyError if the codebook has none."""
        for each in self.tables:
            if each.dimension == dimension:
                return each
        raise KeyError(dimension)

    def rollup(self, rollup: str) -> Table:
        """The table by a roll-up's headings; KeyError if the codebook has none."""
        for each in self.rollups:
            if each.rollup == rollup:
                return each
        raise KeyError(rollup)

    def profile(self, bin_minutes: int | None) -> Profile | None:
        """The day profile with bins of so many minutes, or by period (None); None if it was not made."""
        for each in self.profiles:
            if each.bin_minutes == bin_minutes:
                return each
        return None
