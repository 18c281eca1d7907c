"""How far a share over days may lie from that of other days like them, told by drawing the days anew."""

from __future__ import annotations

import random
from collections.abc import Sequence

RESAMPLES, SEED = 2_000, 1_979
"""How many bootstrap samples, and where their dice begin, so that the same days give the same interval."""
Pairs = Sequence[tuple[float, float]]
"""Part and whole of each day."""


def bootstrap(days: Pairs, resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the share over days (part, whole), days drawn with replacement.

    The percentile method of Efron 1979, Annals of Statistics 7, 1-26, on the ratio of sums; percentiles are linear between
    neighbours.
    """
    dice = random.Random(seed)  # noqa: S311, resampling, nothing secret
    found = []
    for _ in range(resamples):
        drawn = dice.choices(days, k=len(days))
        found.append(sum(part for part, _ in drawn) / sum(whole for _, whole in drawn))
    found.sort()
    return _percentile(found, 0.025), _percentile(found, 0.975)


def _percentile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
