"""What followed what as a picture: a grid of counts with its finding, and the moves as a table."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from shadowlog.analysis.results import Summary, Transitions
from shadowlog.domain.phrases import NOTHING, many
from shadowlog.domain.text import clean
from shadowlog.report.charts import (
    GAP,
    INK,
    LINE,
    PALE,
    Chart,
    PlainTable,
    framed,
    label,
    sentence_case,
    wrapped,
)
from shadowlog.report.page_tables import share
from shadowlog.report.pattern_words import moves_title

MOST_CODES = 8
MOST_MOVES = 15
CELL = 24
DARKEST = "#56b4e9"
"""The colour of the largest number: ink is readable on it."""


def moves_caption(told: Transitions) -> str:
    """What the cells count."""
    unnamed = f" {many(told.unnamed, 'move', 'moves')} from or to what is uncoded left out." if told.unnamed else ""
    return (
        "Each line is an activity, each number in it how often the numbered activity came straight after. An interruption "
        f"and going back to what it interrupted are moves too; none leads over a gap.{unnamed}"
    )


def moves_table(told: Transitions) -> PlainTable:
    """The most frequent moves with what chance alone would give."""
    rows = tuple(
        (
            sentence_case(clean(move.before)),
            sentence_case(clean(move.after)),
            str(move.count),
            share(move.share),
            f"{move.expected:.1f}",
            NOTHING if move.residual is None else f"{move.residual:+.1f}",
        )
        for move in told.moves[:MOST_MOVES]
    )
    columns = ("Before", "After", "Times", "Of the moves from there", "By chance", "Adjusted residual")
    return PlainTable("The most frequent moves", columns, rows)


def pattern_charts(summary: Summary) -> tuple[Chart, ...]:
    """What followed what, as a grid of counts; nothing where no coded activity followed another."""
    told = summary.transitions
    if not told.total:
        return ()
    busy = sorted(range(len(told.codes)), key=lambda i: -sum(told.counts[i]) - sum(line[i] for line in told.counts))
    shown = sorted(busy[:MOST_CODES])
    caption = moves_caption(told)
    if len(shown) < len(told.codes):
        caption += f" Drawn are the {len(shown)} activities with the most moves."
    return (Chart("moves", moves_title(told), caption, moves_figure(told, shown), (moves_table(told),)),)


def moves_figure(told: Transitions, shown: Sequence[int]) -> go.Figure:
    """A line of cells for each activity shown, its name above it; the columns are numbered as the lines are."""
    notes = [label(["followed by"], 0)]
    notes += [
        label([f"<b>{n}</b>"], LINE, (n - 0.5) / len(shown)) | {"xanchor": "center"} for n in range(1, len(shown) + 1)
    ]
    cells: list[tuple[int, float, int]] = []
    top = float(2 * LINE + 4)
    for n, i in enumerate(shown, 1):
        name = wrapped(f"{n}  {sentence_case(told.labels[i])}")
        notes.append(label(name, top))
        top += LINE * len(name) + 3
        cells += [(column, top + CELL / 2, told.counts[i][j]) for column, j in enumerate(shown) if told.counts[i][j]]
        top += CELL + GAP / 2
    most = max((count for _, _, count in cells), default=1)
    drawn = go.Bar(
        orientation="h",
        base=[column + 0.02 for column, _, _ in cells],
        x=[0.96] * len(cells),
        y=[middle for _, middle, _ in cells],
        width=CELL,
        text=[str(count) for _, _, count in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": 13, "color": INK},
        marker={"color": [_shade(count / most) for _, _, count in cells]},
        hoverinfo="skip",
    )
    frame = {"range": [0, len(shown)], "visible": False, "fixedrange": True}
    return framed(round(top), [drawn], annotations=notes, xaxis=frame)


def _shade(part: float) -> str:
    """From pale (0) to the darkest (1)."""
    ends = [[int(color[n : n + 2], 16) for n in (1, 3, 5)] for color in (PALE, DARKEST)]
    return "#" + "".join(f"{round(lo + (hi - lo) * part):02x}" for lo, hi in zip(*ends, strict=True))
