"""What a workshop was shown as a table: exactly the numbers of a deck, a line each, and which were left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from shadowlog.analysis.deck_shape import Deck
from shadowlog.exchange.tidy import cell

HEADER = ("part", "heading", "measure", "head", "value", "unit", "remark")
LEFT_OUT = "left out: about few people, or giving such a number away"
Row = tuple[str, str, str, str, float | None, str]


def handout_csv(deck: Deck) -> str:
    """A deck as CSV: shares are parts of 1 of what the heads agreed to, heads are letters, what is empty was left out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in _rows(deck):
        *words, value, unit = row
        writer.writerow([*map(cell, words), cell(value), cell(unit), "" if value is not None else LEFT_OUT])
    return text.getvalue()


def _rows(deck: Deck) -> Iterator[Row]:
    for each in deck.measures:
        unit = "share" if each.unit == "%" else each.unit
        for n, (letter, value) in enumerate(zip(deck.letters, each.values, strict=True)):
            if value is None and not each.gone(n):
                continue
            yield "measure", each.label, each.id, letter, value, unit
    for division in deck.divisions:
        for row in division.rows:
            yield division.dimension, row.label, "how often", "all", row.count_share, "share of episodes"
            yield division.dimension, row.label, "how long", "all", row.time_share, "share of time"
            for letter, value in zip(deck.letters, row.shares, strict=True):
                yield division.dimension, row.label, "how long", letter, value, "share of time"
    if deck.pattern:
        for letter, rates, out in zip(deck.letters, deck.pattern.rates, deck.pattern.left_out, strict=True):
            for part, rate, gone in zip(deck.pattern.parts, rates, out, strict=True):
                if rate is not None or gone:
                    yield "time of day", part, "interactions", letter, rate, "an hour"
    for phase, count in deck.phases:
        yield "phase", phase, "heads", "all", float(count), "heads"
