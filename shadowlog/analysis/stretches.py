"""The stretches of a track as the breakdowns and the comparison of observers take them. No data frames here: screens use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shadowlog.analysis.listing import Break
from shadowlog.domain.terms import State, Stretch


def joined_up(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches with neighbours of the same episode (or of the same state without one) run together."""
    before: Stretch | None = None
    for each in stretches:
        if before and before.end == each.start and (before.state, before.episode) == (each.state, each.episode):
            before = Stretch(before.id, before.start, each.end, before.state, before.episode)
            continue
        if before:
            yield before
        before = each
    if before:
        yield before


def break_of(stretch: Stretch, shadowers: frozenset[str]) -> Break | None:
    """Why the stretch holds no episode of the breakdowns; None if it does."""
    if stretch.state is State.EPISODE:
        return Break.SHADOWER if stretch.episode in shadowers else None
    return {State.GAP: Break.GAP, State.OFF: Break.OFF, State.UNSEEN: Break.UNSEEN}[stretch.state]
