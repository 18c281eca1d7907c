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
from shadowlog.analysis.patterns import (
    Concentration,
    Entropy,
    IntervalRow,
    IntervalView,
    Lens,
    LensRow,
    Move,
    Order,
    Reach,
    SequenceFigures,
    Stretches,
    StretchLimit,
    Switching,
    Transitions,
    ValuedRow,
)
from shadowlog.analysis.shapes import (
    Alone,
    Bin,
    Brevity,
    Company,
    Contacts,
    Coverage,
    CoveragePart,
    EpisodeStats,
    Initiative,
    Interactions,
    Interruptions,
    Planned,
    Presence,
    Profile,
)
from shadowlog.analysis.spoken import Answered, Context, Guessed, Rated, Session, Signed, Tagged, Valued, Word
from shadowlog.analysis.tables import CountRow, DurationRow, Durations, DurationTable, Rate, Row, Table, WhoRule
from shadowlog.domain.versions import Version

__all__ = [
    "Alone",
    "Answered",
    "Bin",
    "Break",
    "Brevity",
    "Company",
    "Concentration",
    "ContactLine",
    "Contacts",
    "Context",
    "CountRow",
    "Coverage",
    "CoveragePart",
    "DurationRow",
    "DurationTable",
    "Durations",
    "Entropy",
    "EpisodeLine",
    "EpisodeStats",
    "Guessed",
    "Initiative",
    "Interactions",
    "Interruptions",
    "IntervalRow",
    "IntervalView",
    "Lens",
    "LensRow",
    "Move",
    "NoteLine",
    "ObservationInfo",
    "Order",
    "Piece",
    "Planned",
    "Presence",
    "Profile",
    "Rate",
    "Rated",
    "Reach",
    "Row",
    "SequenceFigures",
    "Session",
    "Signed",
    "SpellLine",
    "StretchLimit",
    "Stretches",
    "Summary",
    "Switching",
    "Table",
    "Tagged",
    "Transitions",
    "Valued",
    "ValuedRow",
    "WhoRule",
    "Window",
    "Word",
]


@dataclass(frozen=True, slots=True)
class Summary:
    """Every breakdown one report needs, of one observation or of several with the same codebook."""

    observations: tuple[ObservationInfo, ...]
    version: Version
    """Which version of the days it is of."""
    chosen: tuple[str, ...]
    """What of them was chosen, a phrase each; empty where everything was."""
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
    stretches: Stretches
    switching: Switching
    transitions: Transitions
    """Of activities, in the order of spells, over no gap."""
    entropies: tuple[Entropy, ...]
    """Of events and time by role and activity, then of the moves between activities."""
    reach: Reach
    concentrations: tuple[Concentration, ...]
    """Of events and time over roles, then over persons named."""
    leading: Lens | None
    influence: Lens | None
    """Both None where the codebook has no such dimension."""
    interval_view: IntervalView
    """Activities at every fifth minute."""
    sequences: tuple[SequenceFigures, ...]
    """Activities minute by minute."""
    lines: tuple[EpisodeLine, ...]
    contact_lines: tuple[ContactLine, ...]
    notes: tuple[NoteLine, ...]
    sessions: tuple[Session, ...]
    """What was said of each observation with its head, in the order of the records."""

    @property
    def incidents(self) -> tuple[NoteLine, ...]:
        """The notes starred for discussion."""
        return tuple(note for note in self.notes if note.incident)

    def coded(self, dimension: str) -> bool:
        """Whether a dimension is coded anywhere; where it is not, nothing by it is known, which is not 0."""
        return any(row.code is not None and (row.count or row.minutes) for row in self.table(dimension).rows)

    def session(self, observation: str) -> Session | None:
        """What was said of an observation with its head; None where the summary was made without records."""
        return next((each for each in self.sessions if each.observation == observation), None)

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

    def by(self, of: str) -> Table:
        """The table by a roll-up of that id, else by a dimension; KeyError if the codebook has neither."""
        return next((each for each in self.rollups if each.rollup == of), None) or self.table(of)

    def profile(self, bin_minutes: int | None) -> Profile | None:
        """The day profile with bins of so many minutes, or by period (None); None if it was not made."""
        for each in self.profiles:
            if each.bin_minutes == bin_minutes:
                return each
        return None
