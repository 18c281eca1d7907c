"""The day so far in a few sums: the observed window and how much of it was with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shadowlog.domain.company import only_shadower, without_shadower
from shadowlog.domain.day import Day
from shadowlog.domain.terms import Episode, State, Stretch


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the foreground, in ms. A time with two groups counts for both, so that shares may pass 100 %."""

    window: int = 0
    """The observed time: without off the record, not observed, and talk with the shadower."""
    roles: Mapping[str, int] = field(default_factory=dict)
    """Role to time, the longest first, without the shadower's."""
    uncoded: int = 0
    """Time of the window in which nobody is named: gaps, and episodes without a who."""

    def share(self, role: str) -> float:
        """The part of the window that was with this role, 0 to 1."""
        return self.of_window(self.roles.get(role, 0))

    def of_window(self, ms: int) -> float:
        """A time as a part of the window, 0 to 1."""
        return ms / self.window if self.window else 0.0


def tally(day: Day, now: int) -> Tally:
    """Sum up a day until `now` (ms)."""
    if not day.begun:
        return Tally()
    found = Tally()
    for stretch in day.stretches(max(now, day.track[-1].at)):
        found = added(found, day, stretch)
    return ordered(found)


def added(sums: Tally, day: Day, stretch: Stretch) -> Tally:
    """Give the sums with one more stretch, which has an end."""
    if stretch.end is None or stretch.state in (State.OFF, State.UNSEEN):
        return sums
    length = stretch.end - stretch.start
    window = sums.window + length
    if stretch.episode is None or not day.episodes[stretch.episode].parties:
        return Tally(window, sums.roles, sums.uncoded + length)
    book, roles = day.observation.codebook, dict(sums.roles)
    episode = day.episodes[stretch.episode]
    if only_shadower(episode, book):
        return sums
    for role, ms in presence(without_shadower(episode, book), stretch, stretch.end).items():
        roles[role] = roles.get(role, 0) + ms
    return Tally(window, roles, sums.uncoded)


def ordered(sums: Tally) -> Tally:
    """Give the sums with the longest role first."""
    return Tally(sums.window, dict(sorted(sums.roles.items(), key=lambda each: -each[1])), sums.uncoded)


def presence(episode: Episode, stretch: Stretch, end: int) -> dict[str, int]:
    """How long (ms) each role was there in a stretch that ends at `end`; of two parties with one role the longer."""
    found: dict[str, int] = {}
    for party in episode.parties:
        start = stretch.start if party.joined is None else max(stretch.start, party.joined)
        until = end if party.left is None else min(end, party.left)
        if until > start:
            found[party.role] = max(found.get(party.role, 0), until - start)
    return found
