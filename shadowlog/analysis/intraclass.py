"""How well two or more judges agree on amounts, as on the length of the same episodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six coefficients of Shrout and Fleiss 1979, Psychological Bulletin 86, 420-428; None where undefined.

    The first figure of a name is the model (1 judges differ by target, 2 judges are a sample, 3 these judges only), the
    second is 1 for one judge's rating and k for the mean of all.
    """

    one_one: float | None
    two_one: float | None
    three_one: float | None
    one_k: float | None
    two_k: float | None
    three_k: float | None


NONE = Intraclass(None, None, None, None, None, None)


def intraclass(ratings: Sequence[Sequence[float]]) -> Intraclass:
    """The six coefficients of targets x judges; nothing is defined below two of each. ValueError for ragged ratings."""
    n = len(ratings)
    k = len(ratings[0]) if n else 0
    if any(len(row) != k for row in ratings):
        raise ValueError("every target needs a rating of every judge")
    if n < 2 or k < 2:
        return NONE
    mean = sum(map(sum, ratings)) / (n * k)
    targets = [sum(row) / k for row in ratings]
    judges = [sum(row[j] for row in ratings) / n for j in range(k)]
    between = k * sum((each - mean) ** 2 for each in targets)
    across = n * sum((each - mean) ** 2 for each in judges)
    total = sum((each - mean) ** 2 for row in ratings for each in row)
    bms = between / (n - 1)
    jms = across / (k - 1)
    wms = (total - between) / (n * (k - 1))
    ems = max(0.0, total - between - across) / ((n - 1) * (k - 1))
    return Intraclass(
        _over(bms - wms, bms + (k - 1) * wms),
        _over(bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        _over(bms - ems, bms + (k - 1) * ems),
        _over(bms - wms, bms),
        _over(bms - ems, bms + (jms - ems) / n),
        _over(bms - ems, bms),
    )


def concordance(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Lin's concordance correlation coefficient (Lin 1989, Biometrics 45, 255-268), with variances over n.

    None for no pairs, or where neither varies and both agree: there is nothing to correlate.
    """
    n = len(pairs)
    if not n:
        return None
    first, second = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    covariance = sum((a - first) * (b - second) for a, b in pairs) / n
    variances = sum((a - first) ** 2 + (b - second) ** 2 for a, b in pairs) / n
    return _over(2 * covariance, variances + (first - second) ** 2)


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None
