"""The shapes of the breakdowns of one day: how many, how long, with whom, where, over the day, and how much is covered."""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.analysis.tables import CountRow, Durations, Row, Table


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

    coded: float
    """How many episodes are coded as begun by either."""
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
    """Distinct room labels of those visits; None where no label was given, or several data sets number a head's rooms."""

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
