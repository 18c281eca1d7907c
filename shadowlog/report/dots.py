"""Days, heads or observers on one axis: a lettered dot each for every heading, how often beside how long, with the range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.comparison import Comparison, Spread
from shadowlog.analysis.results import Row, Summary, Table
from shadowlog.domain.phrases import NOTHING, percent
from shadowlog.domain.text import clean
from shadowlog.report.beside import ALL, DAY, Each, Of
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
BAND = "#e3e8ec"
PANELS = ((0.0, 0.47), (0.53, 1.0))


@dataclass(frozen=True, slots=True)
class Line:
    """One heading: each one's share of the episodes and of the time, in their order."""

    code: str | None
    label: str
    often: Spread
    lasted: Spread


def letter(n: int) -> str:
    """What a day, head or observer is called in the charts: A to Z, then AA, AB and so on."""
    first, second = divmod(n, 26)
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[second]


def day_lines(days: Sequence[Summary], by: str, found: Comparison | None) -> list[Line]:
    """The headings that hold something on one of the days, the widest share of time first, uncoded last."""
    tables = [table_of(day, by) for day in days]
    compared = {row.code: row for row in found.rows} if found else {}
    made = []
    for row in tables[0].rows:
        rows = [_row(table, row.code) for table in tables]
        if not any(each and (each.count or each.minutes) for each in rows):
            continue
        sure = compared.get(row.code)
        made.append(
            Line(
                row.code,
                sentence_case(clean(row.label)),
                _spread([each.count_share if each else None for each in rows], sure.often.interval if sure else None),
                _spread([each.time_share if each else None for each in rows], sure.lasted.interval if sure else None),
            )
        )
    return in_order(made)


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The widest share of time first, uncoded last."""
    return sorted(lines, key=lambda line: (line.code is None, -(line.lasted.highest or 0)))


def _spread(shares: Sequence[float | None], interval: tuple[float, float] | None) -> Spread:
    known = [each for each in shares if each is not None]
    return Spread(tuple(shares), min(known, default=None), max(known, default=None), None, interval)


def table_of(day: Summary, by: str) -> Table:
    """A day's table by a roll-up or a dimension; KeyError if there is none."""
    return next((t for t in day.rollups if t.rollup == by), None) or day.table(by)


def _row(table: Table, code: str | None) -> Row | None:
    return next((row for row in table.rows if row.code == code), None)


def dot_chart(
    key: str, name: str, lines: Sequence[Line], count: int, rule: str, each: Each = DAY, of: Of = ALL
) -> Chart:
    """What is compared, for each heading as dots, with one table for how often and one for how long; `of` is what shares are of."""
    spreads = [spread for line in lines for spread in (line.often, line.lasted)]
    sure = " The pale band is the 95 % interval over all days." if any(s.interval for s in spreads) else ""
    mean = f" The triangle is the mean of the {each.several}." if any(s.mean is not None for s in spreads) else ""
    caption = (
        f"Each letter is {each.a}; the line joins the lowest and the highest. "
        f"How often: of that {each.one}'s {of.episodes}; how long: of that {each.one}'s {of.time}{rule}. One scale for "
        f"both sides.{sure}{mean}"
    )
    title, tables = dot_title(name, lines, count, each, of), _tables(name, lines, count, each, of)
    return Chart(key, title, caption, _figure(lines), tables, carries_numbers=False)


def dot_title(name: str, lines: Sequence[Line], count: int, each: Each = DAY, of: Of = ALL) -> str:
    """The heading in which they differ most in time, and by how much."""
    ranges = []
    for line in lines:
        low, high = line.lasted.lowest, line.lasted.highest
        if (
            line.code is not None
            and low is not None
            and high is not None
            and sum(s is not None for s in line.lasted.shares) > 1
        ):
            ranges.append((high - low, line.label, low, high))
    if not ranges:
        return f"{sentence_case(clean(name))}, {each.one} by {each.one}"
    _, widest, low, high = max(ranges)
    if percent(low) == percent(high):
        return f"{sentence_case(clean(name))}: no share of the {of.brief} differed between the {each.many(count)}"
    return f"{widest} varied most: {percent(low)} to {percent(high)} of the {of.brief}"


def _tables(name: str, lines: Sequence[Line], count: int, each: Each, of: Of) -> tuple[PlainTable, ...]:
    name = clean(name).lower()
    often = [(line.label, line.often) for line in lines]
    lasted = [(line.label, line.lasted) for line in lines]
    return (
        _table(f"How often, by {name}: shares of each {each.one}'s {of.episodes}", often, count, each),
        _table(f"How long, by {name}: shares of each {each.one}'s {of.time}", lasted, count, each),
    )


def _table(caption: str, rows: Sequence[tuple[str, Spread]], count: int, each: Each) -> PlainTable:
    mean = any(spread.mean is not None for _, spread in rows)
    sure = any(spread.interval for _, spread in rows)
    columns = ["Heading", *(letter(n) for n in range(count)), "Lowest", "Highest"]
    columns += [f"Mean of {each.several}"] if mean else []
    columns += ["95 % interval over all days"] if sure else []
    return PlainTable(caption, tuple(columns), tuple(_cells(label, spread, mean, sure) for label, spread in rows))


def _cells(label: str, spread: Spread, mean: bool, sure: bool) -> tuple[str, ...]:
    told = f"{share(spread.interval[0])} to {share(spread.interval[1])}" if spread.interval else NOTHING
    return (
        label,
        *map(share, spread.shares),
        share(spread.lowest),
        share(spread.highest),
        *([share(spread.mean)] if mean else []),
        *([told] if sure else []),
    )


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
    most = max(map(_furthest, (spread for line in lines for spread in (line.often, line.lasted))), default=0) or 1
    notes = [label(["<b>How often</b>"], 0, 0), label(["<b>How long</b>"], 0, PANELS[1][0])]
    dots: tuple[list[Any], list[Any]] = ([], [])
    spans: tuple[list[Any], list[Any]] = ([], [])
    bands: tuple[list[Any], list[Any]] = ([], [])
    means: tuple[list[Any], list[Any]] = ([], [])
    top = float(HEADING)
    for line in lines:
        notes.append(label(wrapped(line.label, 60)[:1], top))
        panels = (line.often, line.lasted)
        levels = [stacked(spread.shares, most) for spread in panels]
        high = max((max(each, default=0) for each in levels), default=0)
        base = top + LINE + 4 + high * DOT + DOT / 2
        for n, spread in enumerate(panels):
            if spread.lowest is not None and spread.highest is not None:
                spans[n].append((spread.lowest * 100, spread.highest * 100, base))
            if spread.interval:
                bands[n].append((spread.interval[0] * 100, spread.interval[1] * 100, base))
            if spread.mean is not None:
                means[n].append((spread.mean * 100, base + DOT / 2 + 4, line))
            dots[n].extend(
                (each * 100, base - levels[n][which] * DOT, which, line)
                for which, each in enumerate(spread.shares)
                if each is not None
            )
        top = base + DOT / 2 + GAP
    data = [
        trace
        for n, (color, on) in enumerate(((OFTEN, INK), (LASTED, "#ffffff")))
        for trace in (
            *([_span(bands[n], n, "95 % interval", BAND, DOT + 4)] if bands[n] else []),
            _span(spans[n], n, "range", BARE[1], 3),
            _dots(dots[n], n, color, on),
            *([_means(means[n], n)] if means[n] else []),
        )
    ]
    axes = {f"xaxis{'' if not n else 2}": _axis(most, PANELS[n], n) for n in range(2)}
    return framed(
        round(top), data, annotations=notes, margin={"b": AXIS, "l": 10, "r": 10}, hovermode="closest", **axes
    )


def _furthest(spread: Spread) -> float:
    return max(spread.highest or 0, spread.interval[1] if spread.interval else 0)


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


def _span(spans: Sequence[tuple[float, float, float]], n: int, name: str, color: str, width: int) -> go.Scatter:
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
        line={"color": color, "width": width},
        hoverinfo="skip",
        name=name,
    )


def _means(means: Sequence[tuple[float, float, Line]], n: int) -> go.Scatter:
    return go.Scatter(
        mode="markers",
        name="mean",
        x=[x for x, _, _ in means],
        y=[y for _, y, _ in means],
        xaxis="x2" if n else "x",
        marker={"symbol": "triangle-up", "size": 9, "color": INK},
        hoverinfo="text",
        hovertext=[f"{safe(line.label)}<br>mean: {percent(x / 100)}" for x, _, line in means],
        cliponaxis=False,
    )


def _dots(dots: Sequence[tuple[float, float, int, Line]], n: int, color: str, on: str) -> go.Scatter:
    return go.Scatter(
        mode="markers+text",
        name="dots",
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
