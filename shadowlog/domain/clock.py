"""Time as a recorder needs it: wall time to say when, monotonic time to say how long, the boot to know which clock."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading of the clocks: wall in ms since the epoch (UTC), mono in ns of the monotonic clock, boot its boot."""

    wall: int
    mono: int
    boot: str


class Clock(Protocol):
    """Something that can be asked for the instant."""

    def now(self) -> Instant:
        """The instant."""
        ...


def boot_id() -> str:
    """Name the boot whose monotonic clock this is.

    Where the system has no such name a fresh one is made, so that the clock is never trusted across processes.
    """
    path = Path("/proc/sys/kernel/random/boot_id")
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


class SystemClock:
    """The machine's clocks."""

    def __init__(self) -> None:
        self._boot = boot_id()

    def now(self) -> Instant:
        """The instant."""
        return Instant(time.time_ns() // 1_000_000, time.monotonic_ns(), self._boot)


class FakeClock:
    """A clock that stands still until it is told: for the demonstration, replays and tests."""

    def __init__(self, wall: int = 1_795_507_200_000, boot: str = "boot-1") -> None:
        self.wall = wall
        self.mono = 1_000_000_000
        self.boot = boot

    def now(self) -> Instant:
        """The instant."""
        return Instant(self.wall, self.mono, self.boot)

    def advance(self, seconds: float) -> None:
        """Let both clocks run on by so many seconds."""
        ms = round(seconds * 1000)
        self.wall += ms
        self.mono += ms * 1_000_000

    def advance_to(self, wall: int) -> None:
        """Let both clocks run on until the wall clock says this many ms since the epoch."""
        self.advance((wall - self.wall) / 1000)


class ScaledClock:
    """Runs `speed` times as fast as another clock, from `wall` (ms since the epoch) on; it can stand still."""

    def __init__(self, clock: Clock, wall: int, speed: int = 1) -> None:
        self._clock = clock
        self._wall = wall
        self._speed = speed
        self._boot = f"scaled-{uuid.uuid4()}"
        self._gone = 0
        self._since: int | None = clock.now().mono

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._since is None

    def pause(self) -> None:
        """Stand still, or go on again."""
        if self._since is None:
            self._since = self._clock.now().mono
        else:
            self._gone, self._since = self._passed(), None

    def now(self) -> Instant:
        """The instant; both clocks run at the same speed, so they never part."""
        passed = self._passed()
        return Instant(self._wall + passed // 1_000_000, passed, self._boot)

    def _passed(self) -> int:
        """How long it ran, in its own ns."""
        running = 0 if self._since is None else self._clock.now().mono - self._since
        return self._gone + running * self._speed
