"""Pairs what began in one coding with what began in another, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shadowlog.domain.terms import Episode, Record


class Beginning(NamedTuple):
    """An episode begins or goes on at `at` (ms), or a contact is made; what is compared of it."""

    at: int
    roles: frozenset[str]
    activity: str | None = None
    place: str | None = None
    concurrent: bool = False
    again: bool = False
    """It was interrupted and goes on."""

    @property
    def codes(self) -> tuple[frozenset[str], str | None]:
        """Who and what."""
        return self.roles, self.activity


def beginnings(record: Record, start: int, end: int) -> list[Beginning]:
    """Give the episodes' spells that begin in [start, end) ms; one that runs at the start begins there."""
    episodes = {episode.id: episode for episode in record.episodes}
    found: list[Beginning] = []
    before: str | None = None
    begun: set[str] = set()
    for stretch in (*record.track, *record.concurrent):
        if stretch.episode is not None and stretch.episode != before:
            until = end if stretch.end is None else stretch.end
            if max(stretch.start, start) < min(until, end):
                at, again = max(stretch.start, start), stretch.episode in begun
                found.append(_beginning(episodes[stretch.episode], at, again=again))
            begun.add(stretch.episode)
        before = stretch.episode
    return sorted(found, key=lambda each: (each.at, each.concurrent))


def _beginning(episode: Episode, at: int, *, again: bool) -> Beginning:
    # Whoever was named at first and whoever had joined by then; nobody who comes later.
    here = frozenset(p.role for p in episode.parties if p.present(at))
    return Beginning(at, here, episode.what, episode.place, episode.concurrent, again)


def contacts_of(record: Record, start: int, end: int) -> list[Beginning]:
    """Give the fleeting contacts of [start, end) ms."""
    found = [Beginning(c.at, frozenset({c.role}), place=c.place) for c in record.contacts if start <= c.at < end]
    return sorted(found, key=lambda each: each.at)


def aligned(
    coded: Sequence[Beginning], key: Sequence[Beginning], tolerance: int, *, alike: bool = False
) -> list[tuple[int, int]]:
    """Give the pairs (position in coded, position in key) that belong together, in order.

    As many pairs as can be, each at most `tolerance` ms apart and none crossing another; among those as many as can be
    of the same who and what, and then as near as can be. `alike`: only pairs of the same who and what. The dynamic
    programme is that of Needleman and Wunsch 1970; its use on observers' sequences is Quera, Bakeman and Gnisci's 2007.
    """
    # best[m][k] of the first m and k: (pairs, of the same codes, less the ms apart).
    best = [[(0, 0, 0)] * (len(key) + 1) for _ in range(len(coded) + 1)]
    paired = [[False] * (len(key) + 1) for _ in range(len(coded) + 1)]
    for m, mine in enumerate(coded, 1):
        for k, right in enumerate(key, 1):
            best[m][k] = max(best[m - 1][k], best[m][k - 1])
            apart, same = abs(mine.at - right.at), mine.codes == right.codes
            if apart > tolerance or (alike and not same):
                continue
            count, alikes, near = best[m - 1][k - 1]
            together = (count + 1, alikes + same, near - apart)
            if together > best[m][k]:
                best[m][k], paired[m][k] = together, True
    pairs: list[tuple[int, int]] = []
    m, k = len(coded), len(key)
    while m and k:
        if paired[m][k]:
            m, k = m - 1, k - 1
            pairs.append((m, k))
        elif best[m - 1][k] >= best[m][k - 1]:
            m -= 1
        else:
            k -= 1
    return pairs[::-1]
