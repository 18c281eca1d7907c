"""Watches whether wall clock and running clock part: a computer that slept, or a clock that was set."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from shadowlog.domain.clock import Instant
from shadowlog.domain.phrases import span

TOLERANCE = 2_000
"""How far (ms) the clocks may part unnoticed."""
PATIENCE = 30_000
"""How long (ms) nobody may look at the clocks; they are looked at every second."""


def asleep() -> int | None:
    """How long (ms) this computer has slept since it started; None where the system does not tell."""
    both = getattr(time, "CLOCK_BOOTTIME", None)
    if both is None:
        return None
    return (time.clock_gettime_ns(both) - time.monotonic_ns()) // 1_000_000


@dataclass(frozen=True, slots=True)
class Parting:
    """The clocks parted by `drift` ms (wall minus running clock); `slept` says whether the computer was asleep.

    `stood` ms is for how long the program did not run while both clocks went on.
    """

    drift: int
    slept: bool
    stood: int = 0

    @property
    def words(self) -> str:
        """What happened, for the question."""
        if self.stood:
            return f"The program stood still for {span(self.stood)}."
        size = span(abs(self.drift))
        if self.slept:
            return f"The computer slept for {size}."
        return f"The computer's clock was set {'forward' if self.drift > 0 else 'back'} by {size}."


class DriftWatch:
    """Compares two readings of the clocks. What it measures from moves only when something was found or anchored."""

    def __init__(self, asleep: Callable[[], int | None] = asleep, patience: int = PATIENCE) -> None:
        self._asleep = asleep
        self._patience = patience
        self._looked: Instant | None = None
        self._since: tuple[Instant, int | None] | None = None

    def anchor(self, now: Instant) -> None:
        """Measure from here."""
        self._since = (now, self._asleep())

    def look(self, now: Instant) -> Parting | None:
        """Say whether the clocks parted by more than the tolerance since they were anchored, or nobody looked for long."""
        looked, self._looked = self._looked, now
        if self._since is None:
            self.anchor(now)
            return None
        then, asleep_then = self._since
        stood = (now.mono - looked.mono) // 1_000_000 if looked is not None else 0
        drift = (now.wall - then.wall) - (now.mono - then.mono) // 1_000_000
        if abs(drift) <= TOLERANCE:
            # Some systems count sleep in the running clock; then only the missing looks tell of it.
            return Parting(drift, slept=True, stood=stood) if stood > self._patience else None
        asleep_now = self._asleep()
        self._since = (now, asleep_now)
        if asleep_now is None or asleep_then is None:
            return Parting(drift, slept=drift > 0)
        return Parting(drift, slept=asleep_now - asleep_then > TOLERANCE)
