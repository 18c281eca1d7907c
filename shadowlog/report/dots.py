"""Several days on one axis: a lettered dot a day for each heading, how often beside how long, with the range between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.compare import Comparison
from shadowlog.analysis.results import Row, Summary, Table
from shadowlog.domain.phrases import NOTHING, many, percent
from shadowlog.domain.text import clean
from shadowlog.report.charts import (
    BARE,
    INK,
    LASTED,
    LINE,
    MUTED,
    OFTEN,
    RULE,
    Chart,
    PlainTable,
    framed,
    label,
    safe,
    sentence_case,
    wrapped,
)
from shadowlog.report.page_tables import share

DOT = 17
GAP = 12
HEADING = 24
AXIS = 24
NEAR = 0.055
"""Dots nearer to each other than this part of the axis are stacked."""
PANELS = ((0.0, 0.47), (0.53, 1.0))


@dataclass(frozen=True, slots=True)
class Line:
    """One heading: each day's share of the episodes and of the time, in the order of the days; None where there is none."""

    code: str | None
    label: str
    often: tuple[float | None, ...]
    lasted: tuple[float | None, ...]
    interval: tuple[float, float] | None


def letter(n: int) -> str:
    """What a day is called in the charts: A to Z, then AA, AB and so on."""
    first, second = divmod(n, 26)
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[second]


def day_lines(days: Sequence[Summary], by: str, found: Comparison | None) -> list[Line]:
    """The headings that hold something on one of the days, the widest share of time first, uncoded last."""
    tables = [table_of(day, by) for day in days]
    intervals = {row.code: row.interval for row in found.rows} if found else {}
    made = []
    for row in tables[0].rows:
        rows = [_row(table, row.code) for table in tables]
        if not any(each and (each.count or each.minutes) for each in rows):
            continue
        made.append(
            Line(
                row.code,
                sentence_case(clean(row.label)),
                tuple(each.count_share if each else None for each in rows),
                tuple(each.time_share if each else None for each in rows),
                intervals.get(row.code),
            )
        )
    return sorted(made, key=lambda line: (line.code is None, -max((s or 0 for s in line.lasted), default=0)))


def table_of(day: Summary, by: str) -> Table:
    """A day's table by a roll-up or a dimension; KeyError if there is none."""
    return next((t for t in day.rollups if t.rollup == by), None) or day.table(by)


def _row(table: Table, code: str | None) -> Row | None:
    return next((row for row in table.rows if row.code == code), None)


def dot_chart(key: str, name: str, lines: Sequence[Line], days: int, rule: str) -> Chart:
    """The days of each heading as dots, with one table for how often and one for how long."""
    caption = (
        f"Each letter is a day; the line joins its lowest and its highest day. How often: of that day's episodes; how "
        f"long: of that day's observed time{rule}. One scale for both sides."
    )
    return Chart(key, dot_title(name, lines, days), caption, _figure(lines), _tables(name, lines, days))


def dot_title(name: str, lines: Sequence[Line], days: int) -> str:
    """The heading whose days differ most in time, and by how much."""
    ranges = []
    for line in lines:
        known = [each for each in line.lasted if each is not None]
        if line.code is not None and len(known) > 1:
            ranges.append((max(known) - min(known), line.label, min(known), max(known)))
    if not ranges:
        return f"{sentence_case(clean(name))}, day by day"
    _, widest, low, high = max(ranges)
    if percent(low) == percent(high):
        return f"{sentence_case(clean(name))}: no share of the time differed between the {many(days, 'day', 'days')}"
    return f"{widest} varied most: {percent(low)} to {percent(high)} of the time"


def _tables(name: str, lines: Sequence[Line], days: int) -> tuple[PlainTable, ...]:
    letters = [letter(n) for n in range(days)]
    sure = any(line.interval for line in lines)

    def row(line: Line, shares: Sequence[float | None], interval: bool) -> tuple[str, ...]:
        known = [each for each in shares if each is not None]
        ends = (share(min(known, default=None)), share(max(known, default=None)))
        told = f"{share(line.interval[0])} to {share(line.interval[1])}" if line.interval else NOTHING
        return (line.label, *map(share, shares), *ends, *([told] if interval else []))

    columns = ("Heading", *letters, "Lowest", "Highest")
    name = clean(name).lower()
    often = PlainTable(
        f"How often, by {name}: shares of each day's episodes",
        columns,
        tuple(row(line, line.often, interval=False) for line in lines),
    )
    lasted = PlainTable(
        f"How long, by {name}: shares of each day's observed time",
        (*columns, *(["95 % interval over all days"] if sure else [])),
        tuple(row(line, line.lasted, interval=sure) for line in lines),
    )
    return often, lasted


def stacked(shares: Sequence[float | None], most: float) -> list[int]:
    """For each day how many dots it stands above the line, so that no two dots cover each other."""
    placed: list[tuple[float, int]] = []
    levels = [0] * len(shares)
    for n, value in sorted(enumerate(shares), key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0])):
        if value is None:
            continue
        near = {level for at, level in placed if abs(at - value) < NEAR * most}
        levels[n] = next(level for level in range(len(shares) + 1) if level not in near)
        placed.append((value, levels[n]))
    return levels


def _figure(lines: Sequence[Line]) -> go.Figure:
    most = max((part for line in lines for part in (*line.often, *line.lasted) if part), default=0) or 1
    notes = [label(["<b>How often</b>"], 0, 0), label(["<b>How long</b>"], 0, PANELS[1][0])]
    dots: tuple[list[Any], list[Any]] = ([], [])
    spans: tuple[list[Any], list[Any]] = ([], [])
    top = float(HEADING)
    for line in lines:
        notes.append(label(wrapped(line.label, 60)[:1], top))
        panels = (line.often, line.lasted)
        levels = [stacked(shares, most) for shares in panels]
        high = max((max(each, default=0) for each in levels), default=0)
        base = top + LINE + 4 + high * DOT + DOT / 2
        for n, shares in enumerate(panels):
            known = [each * 100 for each in shares if each is not None]
            if known:
                spans[n].append((min(known), max(known), base))
            dots[n].extend(
                (each * 100, base - levels[n][day] * DOT, day, line)
                for day, each in enumerate(shares)
                if each is not None
            )
        top = base + DOT / 2 + GAP
    data = [
        trace
        for n, (color, on) in enumerate(((OFTEN, INK), (LASTED, "#ffffff")))
        for trace in (_span(spans[n], n), _dots(dots[n], n, color, on))
    ]
    axes = {f"xaxis{'' if not n else 2}": _axis(most, PANELS[n], n) for n in range(2)}
    return framed(
        round(top), data, annotations=notes, margin={"b": AXIS, "l": 10, "r": 10}, hovermode="closest", **axes
    )


def _axis(most: float, domain: tuple[float, float], n: int) -> dict[str, Any]:
    return {
        "range": [-most * 2.5, most * 105],
        "domain": list(domain),
        "ticksuffix": " %",
        "nticks": 4,
        "gridcolor": RULE,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "tickfont": {"size": 12, "color": MUTED},
        "tickangle": 0,
        "fixedrange": True,
        **({"anchor": "y"} if n else {}),
    }


def _span(spans: Sequence[tuple[float, float, float]], n: int) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, at in spans:
        x.extend([low, high, None])
        y.extend([at, at, None])
    return go.Scatter(
        mode="lines",
        x=x,
        y=y,
        xaxis="x2" if n else "x",
        line={"color": BARE[1], "width": 3},
        hoverinfo="skip",
        name="range",
    )


def _dots(dots: Sequence[tuple[float, float, int, Line]], n: int, color: str, on: str) -> go.Scatter:
    return go.Scatter(
        mode="markers+text",
        name="days",
        x=[x for x, *_ in dots],
        y=[y for _, y, *_ in dots],
        xaxis="x2" if n else "x",
        text=[letter(day) for _, _, day, _ in dots],
        textposition="middle center",
        textfont={"size": 10, "color": on},
        marker={"symbol": "circle", "size": DOT - 1, "color": color, "line": {"color": "#ffffff", "width": 1}},
        hoverinfo="text",
        hovertext=[f"{safe(line.label)}<br>{letter(day)}: {percent(x / 100)}" for x, _, day, line in dots],
        cliponaxis=False,
    )
