"""What the clock on the wall showed: local times of an observation, right also after the clocks were changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shadowlog.domain.terms import Record


@dataclass(frozen=True, slots=True)
class WallClock:
    """The wall clock of one observation. A local time is an instant less the midnight that holds then, in ms.

    That midnight is the one before the observation began, moved as the clocks were: so a local time is what the clock
    showed, counted on over the days, and the length of what lies between two changes of the clocks is exact.
    """

    zone: str
    start: int
    end: int

    @classmethod
    def of(cls, record: Record) -> WallClock:
        """The clock of a record."""
        return cls(record.observation.zone, record.start, record.end)

    def offset(self, at: int) -> int:
        """Local time less UTC at an instant, in ms."""
        here = datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(self.zone))
        return round((here.utcoffset() or timedelta()).total_seconds() * 1000)

    @property
    def steps(self) -> tuple[int, ...]:
        """The instant within the observation at which the clocks were changed, if they were."""
        before = self.offset(self.start)
        if self.offset(self.end) == before:
            return ()
        lo, hi = self.start, self.end
        while hi - lo > 1:
            middle = (lo + hi) // 2
            lo, hi = (middle, hi) if self.offset(middle) == before else (lo, middle)
        return (hi,)

    def midnight(self, at: int) -> int:
        """What is to be taken from an instant to have its local time in ms."""
        day = 24 * 3_600_000
        return (self.start + self.offset(self.start)) // day * day - self.offset(at)

    def minute(self, at: int) -> float:
        """The local time of an instant in minutes."""
        return (at - self.midnight(at)) / 60_000

    def until(self, lo: int, hi: int) -> float:
        """The local time in minutes at which what lasts over [lo, hi) ends: by the clock as it was just before."""
        return (hi - self.midnight(max(lo, hi - 1))) / 60_000

    def pieces(self, lo: int, hi: int, steps: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """[lo, hi) in pieces between the changes of the clocks."""
        inner = [at for at in steps if lo < at < hi]
        yield from zip([lo, *inner], [*inner, hi], strict=True)
