"""The shapes of a table: how often beside how long, durations, rates. Shares are 0 to 1, None where there is nothing to
divide by; minutes are net minutes; `code` None is the row "uncoded".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WhoRule(StrEnum):
    """How time with several groups is told by group: to each in full, in equal parts, or to the first named."""

    FULL = "full"
    SPLIT = "split"
    MAIN = "main"


@dataclass(frozen=True, slots=True)
class Row:
    """One code: how often beside how long."""

    code: str | None
    label: str
    count: float
    """Episodes; a fraction where the rule splits an episode among its roles."""
    count_share: float | None
    """Of all episodes, solo work included."""
    minutes: float
    time_share: float | None
    """Of the window."""
    ratio: float | None
    """Time share over count share; None where the count share is 0 or None."""
    person_minutes: float | None = None
    """Time x people of known number, in a table by role; a lower bound where a number is unknown."""


@dataclass(frozen=True, slots=True)
class Table:
    """Frequency beside time by the codes of a dimension, or by the headings of one of its roll-ups.

    Every code of the scheme has a row, in its order, and the last row is the uncoded one.
    """

    dimension: str
    rollup: str | None
    label: str
    who_rule: WhoRule
    concurrent: bool
    denominator: str
    """What the shares are shares of, in words."""
    rows: tuple[Row, ...]

    @property
    def used(self) -> tuple[Row, ...]:
        """The rows that hold an episode or a minute."""
        return tuple(row for row in self.rows if row.count or row.minutes)

    @property
    def ranked(self) -> tuple[Row, ...]:
        """The rows used, the longest time first and uncoded last."""
        return tuple(sorted(self.used, key=lambda row: (row.code is None, -row.minutes, -row.count)))

    def row(self, code: str | None) -> Row:
        """The row of a code; KeyError if there is none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class CountRow:
    """How often one code occurred."""

    code: str | None
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Durations:
    """Net minutes of the episodes of known duration; every figure but count and total is None when there are none."""

    count: int
    mean_minutes: float | None
    median_minutes: float | None
    lower_quartile_minutes: float | None
    upper_quartile_minutes: float | None
    longest_minutes: float | None
    total_minutes: float


@dataclass(frozen=True, slots=True)
class DurationRow:
    """The durations of the episodes with one code."""

    code: str | None
    label: str
    durations: Durations


@dataclass(frozen=True, slots=True)
class DurationTable:
    """Durations by the codes of one dimension; an episode with several roles stands in each of them."""

    dimension: str
    label: str
    rows: tuple[DurationRow, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Interactions that began in one hour of the day or school-day period, per hour observed in it."""

    label: str
    start_minute: float
    end_minute: float
    observed_minutes: float
    count: int
    per_hour: float | None
