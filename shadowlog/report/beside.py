"""What stands beside one another, and what its shares are of, in the words of pages, charts and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shadowlog.analysis.comparison import Comparison
from shadowlog.domain.phrases import many


@dataclass(frozen=True, slots=True)
class Each:
    """What a letter stands for: a day, a head, an observer."""

    one: str
    several: str
    on: str = "with"
    """How what happened belongs to one: on a day, with a head."""

    @property
    def a(self) -> str:
        """One of them, with its article."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    def many(self, count: int) -> str:
        """So many of them."""
        return many(count, self.one, self.several)


DAY = Each("day", "days", "on")


@dataclass(frozen=True, slots=True)
class Of:
    """What shares are of: all that was observed, what of it lies in chosen periods, or chosen episodes and their time."""

    episodes: str
    time: str
    brief: str
    """The time in a sentence that has said which days it is of."""
    record: str
    """Over a column of lengths."""
    seen: str
    """What is told of the length of an hour beside what is shown of it."""
    noted: str
    """The same beside a name in a chart, where there is little room."""
    filled: str
    """How far the column of an hour is filled."""


ALL = Of("episodes", "observed time", "time", "On record", "observed", "observed", "it was observed")
IN_PERIODS = Of(
    "episodes in the chosen periods",
    "observed time in the chosen periods",
    "time in the chosen periods",
    "On record in the chosen periods",
    "observed in the chosen periods",
    "in these periods",
    "it was observed in the chosen periods",
)
CHOSEN = Of(
    "chosen episodes",
    "chosen time",
    "chosen time",
    "Chosen time",
    "observed",
    "observed",
    "what is chosen lasted in it",
)


def of(found: Comparison) -> Of:
    """What the shares of a comparison are of."""
    if found.of_episodes:
        return replace(CHOSEN, seen=IN_PERIODS.seen, noted=IN_PERIODS.noted) if found.of_periods else CHOSEN
    return IN_PERIODS if found.of_periods else ALL
