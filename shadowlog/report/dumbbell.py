"""Expected, observed, valued: three marks on one line for each heading."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from shadowlog.analysis.results import Summary, Valued, ValuedRow
from shadowlog.domain.feedback import IMPORTANCE
from shadowlog.domain.phrases import NOTHING, number, percent
from shadowlog.domain.text import clean
from shadowlog.report.charts import (
    INK,
    LASTED,
    LINE,
    MUTED,
    OFTEN,
    RULE,
    Chart,
    PlainTable,
    Sign,
    framed,
    label,
    safe,
    sentence_case,
)
from shadowlog.report.page_tables import share

LANE = 50
AXIS = 26
NEAR = 0.05
"""An estimate this near is called near."""
MARKS = (
    ("Expected by the head", "diamond-open", 13, OFTEN),
    ("Observed", "circle", 12, LASTED),
    ("Its part of the importance given", "line-ns-open", 16, INK),
)


def valued_charts(summary: Summary) -> tuple[Chart, ...]:
    """A chart for each dimension or roll-up that the head estimated or valued; dates stand in front where there are several."""
    several = len(summary.observations) > 1
    dates = {about.id: f"{about.date}: " for about in summary.observations}
    return tuple(
        _chart(told, f"valued-{n}-{m}", dates.get(session.observation, "") if several else "")
        for n, session in enumerate(summary.sessions, 1)
        for m, told in enumerate(session.valued, 1)
        if told.rows
    )


def _chart(told: Valued, key: str, before: str) -> Chart:
    valued = any(row.valued is not None for row in told.rows)
    caption = "Share of the observed time: as the head expected it before seeing the day, and as it was recorded."
    if valued:
        caption += (
            f" The third mark is the heading's part of all the importance the head gave (1 to {IMPORTANCE} each): "
            "where the head would put weight, which need not be time."
        )
    return Chart(
        key, before + valued_title(told), caption, _figure(told.rows), (_table(told),), tuple(_signs(told.rows))
    )


def valued_title(told: Valued) -> str:
    """Which heading was furthest from what was expected, or that all were near."""
    known = [row for row in told.rows if row.estimate_gap is not None]
    if not known:
        return f"What was valued, by {clean(told.label).lower()}"
    widest = max(known, key=lambda row: abs(row.estimate_gap or 0))
    name, expected, observed = clean(widest.label), percent(widest.estimate), percent(widest.observed)
    if abs(widest.estimate_gap or 0) < NEAR:
        if len(known) == 1:
            return f"{name}: {expected} expected, {observed} observed"
        return f"Every share was within {NEAR * 100:.0f} points of what the head expected"
    if len(known) == 1:
        return f"{name}: {expected} expected, {observed} observed"
    return f"Furthest from what was expected: {name}, {expected} expected, {observed} observed"


def _marks(row: ValuedRow) -> tuple[float | None, ...]:
    return row.estimate, row.observed, row.valued


def _signs(rows: Sequence[ValuedRow]) -> list[Sign]:
    shapes = ("diamond", "disc", "tick")
    return [
        Sign(name, "#ffffff" if shape == "diamond" else color, color, shape)
        for n, ((name, _, _, color), shape) in enumerate(zip(MARKS, shapes, strict=True))
        if any(_marks(row)[n] is not None for row in rows)
    ]


def _figure(rows: Sequence[ValuedRow]) -> go.Figure:
    most = max((part for row in rows for part in _marks(row) if part), default=0) * 100 or 1
    middles = [n * LANE + LINE + 14 for n in range(len(rows))]
    notes = [label([_label(row)], n * LANE) for n, row in enumerate(rows)]
    spans: tuple[list[float | None], list[float | None]] = ([], [])
    for row, middle in zip(rows, middles, strict=True):
        known = [each * 100 for each in (row.estimate, row.observed) if each is not None]
        if len(known) == 2:
            spans[0].extend([known[0], known[1], None])
            spans[1].extend([middle, middle, None])
    line = go.Scatter(
        mode="lines", x=spans[0], y=spans[1], line={"color": MUTED, "width": 2}, hoverinfo="skip", name="span"
    )
    dots = [
        go.Scatter(
            mode="markers",
            name=name,
            x=[None if _marks(row)[n] is None else (_marks(row)[n] or 0) * 100 for row in rows],
            y=middles,
            marker={"symbol": symbol, "size": size, "color": color, "line": {"color": color, "width": 2.5}},
            hoverinfo="text",
            hovertext=[f"{safe(name)}: {percent(_marks(row)[n])}" for row in rows],
            cliponaxis=False,
        )
        for n, (name, symbol, size, color) in enumerate(MARKS)
    ]
    axis = {
        "range": [-most * 0.02, most * 1.08],
        "ticksuffix": " %",
        "nticks": 6,
        "gridcolor": RULE,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "tickfont": {"size": 12, "color": MUTED},
        "tickangle": 0,
        "fixedrange": True,
    }
    return framed(
        LANE * len(rows),
        [line, *dots],
        annotations=notes,
        xaxis=axis,
        margin={"b": AXIS, "l": 8, "r": 12},
        hovermode="closest",
    )


def _label(row: ValuedRow) -> str:
    parts = [] if row.estimate is None else [f"{percent(row.estimate)} expected"]
    if row.observed is not None:
        parts.append(f"{percent(row.observed)} observed")
    if row.importance is not None:
        parts.append(f"importance {number(row.importance)} of {IMPORTANCE}")
    name = sentence_case(clean(row.label))
    short = safe(name if len(name) <= 40 else f"{name[:39]}…")
    return f'{short}  <span style="color:{MUTED}">{safe(", ".join(parts))}</span>'


def _table(told: Valued) -> PlainTable:
    rows = tuple(
        (
            sentence_case(clean(row.label)),
            share(row.estimate),
            share(row.observed),
            points(row.estimate_gap),
            NOTHING if row.importance is None else number(row.importance),
            share(row.valued),
            points(row.value_gap),
        )
        for row in told.rows
    )
    columns = (
        "Heading",
        "Expected",
        "Observed",
        "Expected less observed",
        f"Importance, 1 to {IMPORTANCE}",
        "Part of the importance",
        "Observed less that part",
    )
    return PlainTable(f"Expected, observed, valued, by {clean(told.label).lower()}", columns, rows)


def points(gap: float | None) -> str:
    """A difference of shares in points of a percent, with its sign."""
    return NOTHING if gap is None else f"{gap * 100 + 0:+.1f} points".replace("-0.0", "0.0").replace("+0.0", "0.0")
