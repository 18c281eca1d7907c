"""A two-scale questionnaire: how it is now (X), how important it is (Y), and the gap between the two, item by item.

The gap of an item is the median of y - x over the respondents who answered both scales. It is not the difference of the
two medians, which compares answers of different people and may differ from it: the answers are paired, and the median of
the paired differences is the estimate that belongs to the sign test (Hollander, Wolfe and Chicken 2014, Nonparametric
Statistical Methods, section 3.5). With an even number a median is the mean of the middle two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from shadowlog.analysis.basis import share
from shadowlog.analysis.results import Row, Summary

FEWEST = 5
"""Nothing is told of an item that fewer respondents answered on both scales."""

Pair = tuple[int | None, int | None]
"""What one respondent ticked for one item, on X and on Y; None is nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One closed item. The scale is the same for X and Y, both ends in it."""

    id: str
    section: str
    text: str
    minimum: int
    maximum: int
    division: str | None = None
    heading: str | None = None
    """With a division (a dimension or roll-up of the codebook) a heading of it: the use of time that the item asks of."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The items, and of each respondent a pair for each of them; who the respondents are is nowhere in it."""

    items: tuple[Item, ...]
    given: tuple[tuple[Pair, ...], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some answers: `pairs` is how many answered both scales, of whom alone the gap is."""

    x_answers: int
    y_answers: int
    pairs: int
    x_median: float
    y_median: float
    gap: float


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item; without figures where fewer than five answered both scales, and then nothing is counted either."""

    item: Item
    figures: Figures | None
    x_missing: int | None
    y_missing: int | None


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One section, over all answers to those of its items that have figures."""

    section: str
    items: int
    told: int
    """How many of them have figures."""
    figures: Figures | None
    """None too where their scales differ."""
    missing_share: float | None
    """Of the answers asked for on both scales, those not given."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came back, the items by gap with the widest first (those without figures last), and the sections."""

    handed_out: int | None
    returned: int
    """Respondents with an answer to anything."""
    blank: int
    """Handed back without any answer: not among those returned."""
    return_rate: float | None
    """Returned / handed out; None where nobody said how many were handed out."""
    items: tuple[ItemResult, ...]
    sections: tuple[SectionResult, ...]

    @property
    def scales(self) -> frozenset[tuple[int, int]]:
        """The scales that the items have."""
        return frozenset((each.item.minimum, each.item.maximum) for each in self.items)


def figures(pairs: Iterable[Pair]) -> Figures | None:
    """The figures of some answers; None where nobody answered both scales."""
    held = list(pairs)
    now = [x for x, _ in held if x is not None]
    valued = [y for _, y in held if y is not None]
    apart = [y - x for x, y in held if x is not None and y is not None]
    if not apart:
        return None
    return Figures(len(now), len(valued), len(apart), median(now), median(valued), median(apart))


def reckon(answers: Answers, handed_out: int | None = None) -> Result:
    """Every figure of a questionnaire; ValueError if fewer were handed out than came back."""
    given = [line for line in answers.given if any(pair != (None, None) for pair in line)]
    if handed_out is not None and handed_out < len(answers.given):
        message = f"{len(answers.given)} came back of {handed_out}"
        raise ValueError(message)
    items = [_item(item, [line[n] for line in given]) for n, item in enumerate(answers.items)]
    place = {item.id: n for n, item in enumerate(answers.items)}
    columns = {item.id: [line[n] for line in given] for n, item in enumerate(answers.items)}
    return Result(
        handed_out,
        len(given),
        len(answers.given) - len(given),
        None if handed_out is None else share(len(given), handed_out),
        tuple(sorted(items, key=lambda each: (*_rank(each.figures), place[each.item.id]))),
        tuple(
            _section(section, [each for each in items if each.item.section == section], columns, len(given))
            for section in sorted({item.section for item in answers.items})
        ),
    )


def _item(item: Item, pairs: Sequence[Pair]) -> ItemResult:
    found = figures(pairs)
    if found is None or found.pairs < FEWEST:
        return ItemResult(item, None, None, None)
    return ItemResult(item, found, len(pairs) - found.x_answers, len(pairs) - found.y_answers)


def _rank(found: Figures | None) -> tuple[float, ...]:
    return (1, 0, 0) if found is None else (0, -found.gap, -found.y_median)


def _section(section: str, items: Sequence[ItemResult], columns: dict[str, list[Pair]], returned: int) -> SectionResult:
    shown = [each for each in items if each.figures]
    alike = len({(each.item.minimum, each.item.maximum) for each in shown}) == 1
    missing = sum((each.x_missing or 0) + (each.y_missing or 0) for each in shown)
    pooled = figures(pair for each in shown for pair in columns[each.item.id]) if alike else None
    return SectionResult(section, len(items), len(shown), pooled, share(missing, 2 * len(shown) * returned))


def observed(item: Item, summary: Summary) -> Row | None:
    """How often and how long the days show what an item asks of; None where the codebook has no such heading."""
    for table in (*summary.rollups, *summary.tables):
        if (table.rollup or table.dimension) == item.division:
            return next((row for row in table.rows if row.code is not None and row.code == item.heading), None)
    return None
