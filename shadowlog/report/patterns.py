"""What followed what as a picture: a grid of counts with its finding, and the moves as a table."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from shadowlog.analysis.results import Summary, Transitions
from shadowlog.domain.text import clean
from shadowlog.report.charts import (
    GAP,
    INK,
    LASTED,
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
from shadowlog.report.phrases import NOTHING, many

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
    edges, cells, words = [0.0], [], []
    notes = [label(["<b>then</b>"], 0)]
    top = float(LINE + 4)
    notes += [
        label([f"<b>{n}</b>"], 0, (n - 0.5) / len(shown)) | {"xanchor": "center"} for n in range(1, len(shown) + 1)
    ]
    for n, i in enumerate(shown, 1):
        name = wrapped(f"{n}  {sentence_case(told.labels[i])}")
        notes.append(label(name, top))
        top += LINE * len(name) + 3
        counts = [told.counts[i][j] for j in shown]
        edges += [top, top + CELL]
        cells += [[None] * len(shown), [count or None for count in counts]]
        words += [[""] * len(shown), [str(count) if count else "" for count in counts]]
        top += CELL + GAP / 2
    heat = go.Heatmap(
        x=list(range(len(shown) + 1)),
        y=edges,
        z=cells,
        text=words,
        texttemplate="%{text}",
        textfont={"size": 13, "color": INK},
        colorscale=[[0, PALE], [1, DARKEST]],
        zmin=0,
        xgap=2,
        showscale=False,
        hoverinfo="skip",
    )
    frame = {"range": [0, len(shown)], "visible": False, "fixedrange": True}
    return framed(round(top), [heat], annotations=notes, xaxis=frame, font={"size": 13, "color": INK})
