"""The day as strips: one lane for each activity or group, what was not recorded as hatching, marks on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.results import Break, EpisodeLine, ObservationInfo, Summary
from shadowlog.domain.phrases import length, number, time_of_day
from shadowlog.report.charts import (
    ALONE,
    INK,
    LASTED,
    LINE,
    MUTED,
    OFTEN,
    PALE,
    RULE,
    Sign,
    framed,
    label,
    safe,
    sentence_case,
    wrapped,
)
from shadowlog.report.strips import Strip, kind, remarks, span

LANE = 37
BAR = 15
AXIS = 28
DARK = "#7a5200"
HATCH = "#8a949e"

WHY = {
    Break.GAP: ("Nothing coded", "."),
    Break.OFF: ("Off the record", "/"),
    Break.UNSEEN: ("Not observed", "x"),
    Break.SHADOWER: ("Talk with the shadower", "|"),
}
KINDS = (
    ("with", "With others", LASTED, LASTED),
    ("without", "Alone, or nobody named", *ALONE),
    ("interrupting", "Interrupted something else", OFTEN, DARK),
    ("beside", "Beside something else", "#ffffff", LASTED),
)
MARKS = (
    ("Interruptions", "triangle-down", 10, OFTEN, DARK),
    ("Incidents", "star", 13, INK, INK),
    ("Fleeting contacts", "circle-open", 8, INK, INK),
)


def strip_figure(summary: Summary, strip: Strip, contacts: bool = False) -> go.Figure:
    """The strip on the local clock; hover shows the episode; `contacts` puts fleeting contacts among the marks."""
    clock = _Clock(strip.about)
    found = [each for each in _marks(summary, strip, contacts) if each[1]]
    top = LANE * len(found)
    total = top + LANE * max(len(strip.lanes), 1)
    marks = [_scatter(mark, spots, n * LANE, clock) for n, (mark, spots) in enumerate(found)]
    notes = [_lane_label(mark[0], number(len(spots)), n * LANE) for n, (mark, spots) in enumerate(found)]
    spots: dict[str, list[tuple[float, EpisodeLine, float, float]]] = {}
    for n, lane in enumerate(strip.lanes):
        notes.append(_lane_label(lane.name, lane.total, top + n * LANE))
        middle = top + n * LANE + LINE + BAR / 2
        for line in lane.lines:
            spots.setdefault(kind(line), []).extend((middle, line, s.start_minute, s.end_minute) for s in line.spells)
    data: list[Any] = [
        _blanks(why, [b for b in strip.blanks if b[0] is why], total, clock)
        for why in WHY
        if any(b[0] is why for b in strip.blanks)
    ]
    data += [_kind(name, fill, edge, spots[each], clock) for each, name, fill, edge in KINDS if each in spots]
    start, end = strip.about.start_minute, max(strip.about.end_minute, strip.about.start_minute + 5)
    axis = {
        "type": "date",
        "range": [clock.at(start - 3), clock.at(end + 3)],
        "tickformat": "%H:%M",
        "showgrid": True,
        "gridcolor": RULE,
        "ticks": "",
        "tickfont": {"size": 12, "color": MUTED},
        "tickangle": 0,
        "fixedrange": True,
        "zeroline": False,
    }
    return framed(
        total,
        [*data, *marks],
        annotations=notes,
        shapes=[_rule(n * LANE - 2) for n in range(1, round(total / LANE))],
        xaxis=axis,
        margin={"b": AXIS, "l": 6, "r": 6},
        hovermode="closest",
        hoverdistance=6,
    )


def strip_signs(strip: Strip) -> tuple[Sign, ...]:
    """What the strip's colours and patterns mean; only those that occur."""
    drawn = {kind(line) for lane in strip.lanes for line in lane.lines}
    breaks = {why for why, _, _ in strip.blanks}
    return (
        *(Sign(name, fill, edge) for each, name, fill, edge in KINDS if each in drawn),
        *(Sign(name, PALE, HATCH, shape) for why, (name, shape) in WHY.items() if why in breaks),
    )


class _Clock:
    """Minutes after local midnight as what the time axis reads."""

    def __init__(self, about: ObservationInfo) -> None:
        self.midnight = datetime.fromisoformat(about.date)

    def at(self, minute: float) -> str:
        """The local time, to the second."""
        return (self.midnight + timedelta(seconds=round(minute * 60))).isoformat()


def _lane_label(name: str, total: str, top: float) -> dict[str, Any]:
    told = f'<span style="color:{MUTED}">{safe(total)}</span>'
    return label([f"{wrapped(name, 60)[0]}  {told}"], top, size=12)


def _rule(top: float) -> dict[str, Any]:
    line = {"color": "#e9edf0", "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": top, "layer": "below", "line": line}


def _blanks(why: Break, blanks: Sequence[tuple[Break, float, float]], total: float, clock: _Clock) -> go.Bar:
    name, shape = WHY[why]
    return go.Bar(
        orientation="h",
        name=name,
        base=[clock.at(lo) for _, lo, _ in blanks],
        x=[round((hi - lo) * 60_000) for _, lo, hi in blanks],
        y=[total / 2] * len(blanks),
        width=total,
        marker={
            "color": "#ffffff",
            "pattern": {"shape": shape, "fgcolor": HATCH, "bgcolor": PALE, "size": 6, "solidity": 0.25},
            "line": {"width": 0},
        },
        hoverinfo="text",
        hovertext=[f"{name}<br>{span(lo, hi)}" for _, lo, hi in blanks],
    )


def _kind(
    name: str, fill: str, edge: str, spots: Sequence[tuple[float, EpisodeLine, float, float]], clock: _Clock
) -> go.Bar:
    return go.Bar(
        orientation="h",
        name=name,
        base=[clock.at(lo) for _, _, lo, _ in spots],
        x=[max(round((hi - lo) * 60_000), 1) for _, _, lo, hi in spots],
        y=[middle for middle, *_ in spots],
        width=BAR,
        marker={"color": fill, "line": {"color": edge, "width": 1}},
        hoverinfo="text",
        hovertext=[hover(line, lo, hi) for _, line, lo, hi in spots],
    )


def hover(line: EpisodeLine, lo: float, hi: float) -> str:
    """One spell in a few safe lines: when, with whom, what, where, and what was special about it."""
    place = line.place_label + (f", {line.room}" if line.room else "") if line.place else ""
    parts = [span(lo, hi)]
    if len(line.spells) > 1:
        parts.append(f"part of {length(line.net_minutes)} in {len(line.spells)} spells")
    said = [sentence_case(line.who), sentence_case(line.what_label), place, "; ".join(remarks(line))]
    return "<br>".join([*parts, *("<br>".join(wrapped(each, 48)) for each in said if each)])


Mark = tuple[str, str, int, str, str]
Spots = list[tuple[float, str]]


def _marks(summary: Summary, strip: Strip, contacts: bool) -> list[tuple[Mark, Spots]]:
    """What is marked in lanes of its own: for each mark the minutes and what hover says there."""
    mine = strip.about.id
    lines = [line for line in summary.lines if line.observation == mine]
    stopped = [(e.start_minute, hover(e, e.start_minute, e.end_minute)) for e in lines if e.interrupts]
    starred = [
        (n.at_minute, f"{time_of_day(n.at_minute)} Incident<br>{'<br>'.join(wrapped(n.text, 48))}")
        for n in summary.incidents
        if n.observation == mine
    ]
    met = [
        (c.at_minute, f"{time_of_day(c.at_minute)} Fleeting contact<br>{safe(c.role_label)}")
        for c in summary.contact_lines
        if c.observation == mine and contacts
    ]
    return list(zip(MARKS, (stopped, starred, met), strict=True))


def _scatter(mark: Mark, spots: Spots, top: float, clock: _Clock) -> go.Scatter:
    name, symbol, size, color, edge = mark
    return go.Scatter(
        name=name,
        mode="markers",
        x=[clock.at(minute) for minute, _ in spots],
        y=[top + LINE + BAR / 2] * len(spots),
        marker={"symbol": symbol, "size": size, "color": color, "line": {"color": edge, "width": 1.2}},
        hoverinfo="text",
        hovertext=[text for _, text in spots],
        cliponaxis=False,
    )
