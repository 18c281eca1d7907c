"""A comparison as plain frozen numbers: days, heads or observers side by side, how often beside how long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shadowlog.analysis.shapes import Profile
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.versions import Version

FEWEST_HEADS = 3
FEWEST_DAYS = 3


class Across(StrEnum):
    """What is set side by side."""

    DAYS = "days"
    HEADS = "heads"
    OBSERVERS = "observers"


@dataclass(frozen=True, slots=True)
class Group:
    """One of those compared: its days, and the time and the episodes that shares are of."""

    label: str
    days: int
    window_minutes: float
    episodes: int


@dataclass(frozen=True, slots=True)
class Spread:
    """One share of each group, in the order of the groups, and how far they lie apart."""

    shares: tuple[float | None, ...]
    lowest: float | None
    highest: float | None
    mean: float | None = None
    """Of the heads' shares, each head once; None below three heads and wherever heads are not compared."""
    interval: tuple[float, float] | None = None
    """95 % of the share over all days, by resampling days; None below three days."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One code or heading: how often, as a share of each group's episodes, beside how long, of its observed time."""

    code: str | None
    label: str
    often: Spread
    lasted: Spread


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares of episodes and of time side by side."""

    by: str
    dimension: str
    label: str
    across: Across
    who_rule: WhoRule
    concurrent: bool
    groups: tuple[Group, ...]
    rows: tuple[Compared, ...]
    profiles: tuple[Profile, ...]
    """Minutes in each hour of the clock, summed over a group's days, in the order of the groups: by the compared headings where
    they divide activities, else by activity. None at all where the codebooks have no such division in common."""
    version: Version
    chosen: tuple[str, ...]
    """What was chosen, a phrase each."""
    of_periods: bool
    """Whether the time is that in chosen periods of the school day, and the episodes those that began in them."""
    of_episodes: bool
    """Whether the episodes are chosen ones, and the time that which they lasted."""
    left_out: tuple[str, ...]
    """The days that were given and are in no group (date, head, observer), each with why."""
    resamples: int
    seed: int
