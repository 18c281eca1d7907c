"""The day as strips: one lane for each activity or group, what was not recorded as hatching, marks on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.results import Break, EpisodeLine, ObservationInfo, Summary
from shadowlog.domain.text import clean
from shadowlog.report.charts import (
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
from shadowlog.report.phrases import at, brief_percent, length, many

LANE = 38
BAR = 15
MARKS = 42
AXIS = 28

WHY = {
    Break.GAP: ("Nothing coded", "."),
    Break.OFF: ("Off the record", "/"),
    Break.UNSEEN: ("Not observed", "x"),
    Break.SHADOWER: ("Talk with the shadower", "|"),
}
KINDS = (
    ("with", "With others", LASTED, LASTED),
    ("without", "Alone, or nobody named", "#dfe7ee", "#5b6b7a"),
    ("interrupting", "Interrupted something else", OFTEN, "#7a5200"),
    ("beside", "Beside something else", "#ffffff", LASTED),
)
MARKS_DRAWN = (
    ("Interruptions", "triangle-down", 10, OFTEN, "#7a5200"),
    ("Incidents", "star", 13, INK, INK),
    ("Fleeting contacts", "circle-open", 8, INK, INK),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a strip: its label, its total, and the episodes in it with their spells."""

    name: str
    total: str
    lines: tuple[EpisodeLine, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One observation as lanes, the longest time first."""

    about: ObservationInfo
    lanes: tuple[Lane, ...]
    blanks: tuple[tuple[Break, float, float], ...]
    """Why, and from which to which minute after local midnight."""


def activity_strip(summary: Summary, about: ObservationInfo) -> Strip:
    """Lanes by activity."""
    return _strip(summary, about, lambda line: [(line.what, line.what_label)])


def who_strip(summary: Summary, about: ObservationInfo) -> Strip:
    """Lanes by group; an episode with several stands in each of them."""
    return _strip(
        summary, about, lambda line: list(zip(line.roles, line.role_labels, strict=True)) or [(None, "uncoded")]
    )


def _strip(
    summary: Summary, about: ObservationInfo, names: Callable[[EpisodeLine], Iterable[tuple[str | None, str]]]
) -> Strip:
    found: dict[str | None, list[EpisodeLine]] = {}
    labels: dict[str | None, str] = {}
    for line in summary.lines:
        if line.observation != about.id:
            continue
        for code, name in names(line):
            found.setdefault(code, []).append(line)
            labels[code] = name
    minutes = {code: sum(line.net_minutes for line in lines) for code, lines in found.items()}
    order = sorted(found, key=lambda code: (code is None, -minutes[code], -len(found[code])))
    lanes = tuple(
        Lane(
            sentence_case(clean(labels[code])),
            f"{many(len(found[code]), 'time', 'times')} · {length(minutes[code])}",
            tuple(found[code]),
        )
        for code in order
    )
    blanks = tuple(
        (piece.why, piece.start_minute, piece.end_minute)
        for piece in summary.window.breaks
        if piece.why is not None and piece.observation == about.id
    )
    return Strip(about, lanes, blanks)


def kind(line: EpisodeLine) -> str:
    """What an episode is drawn as."""
    if line.interrupts:
        return "interrupting"
    if line.concurrent:
        return "beside"
    return "with" if line.interaction else "without"


def strip_figure(summary: Summary, strip: Strip, contacts: bool = False) -> go.Figure:
    """The strip on the local clock; hover shows the episode; `contacts` puts fleeting contacts among the marks."""
    clock = _Clock(strip.about)
    marks = _marks(summary, strip, clock, contacts)
    top = MARKS if marks else 2
    total = top + LANE * max(len(strip.lanes), 1)
    notes = [label([_marks_label(marks)], 0, size=12, color=MUTED)] if marks else []
    spots: dict[str, list[tuple[float, EpisodeLine, float, float]]] = {}
    for n, lane in enumerate(strip.lanes):
        name = wrapped(lane.name, 60)[0]
        notes.append(label([f'{name} <span style="color:{MUTED}">{safe(lane.total)}</span>'], top + n * LANE, size=12))
        middle = top + n * LANE + LINE + BAR / 2
        for line in lane.lines:
            spots.setdefault(kind(line), []).extend((middle, line, s.start_minute, s.end_minute) for s in line.spells)
    data: list[Any] = [
        _blanks(why, [b for b in strip.blanks if b[0] is why], total, clock)
        for why in WHY
        if any(b[0] is why for b in strip.blanks)
    ]
    data += [_kind(name, fill, edge, spots[each], clock) for each, name, fill, edge in KINDS if each in spots]
    start, end = strip.about.start_minute, max(strip.about.end_minute, strip.about.start_minute + 30)
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
        xaxis=axis,
        margin={"b": AXIS, "l": 6, "r": 6},
        hovermode="closest",
        hoverdistance=6,
    )


def strip_signs(summary: Summary, strip: Strip, contacts: bool = False) -> tuple[Sign, ...]:
    """What the strip's colours, patterns and marks mean; only those that occur."""
    drawn = {kind(line) for lane in strip.lanes for line in lane.lines}
    breaks = {why for why, _, _ in strip.blanks}
    marks = {mark.name for mark in _marks(summary, strip, _Clock(strip.about), contacts)}
    return (
        *(Sign(name, fill, edge) for each, name, fill, edge in KINDS if each in drawn),
        *(Sign(name, PALE, "#8a949e", shape) for why, (name, shape) in WHY.items() if why in breaks),
        *(Sign(name, color, edge, symbol) for name, symbol, _, color, edge in MARKS_DRAWN if name in marks),
    )


class _Clock:
    """Minutes after local midnight as what the time axis reads."""

    def __init__(self, about: ObservationInfo) -> None:
        self.midnight = datetime.fromisoformat(about.date)

    def at(self, minute: float) -> str:
        """The local time, to the second."""
        return (self.midnight + timedelta(seconds=round(minute * 60))).isoformat()


def _marks_label(marks: Sequence[go.Scatter]) -> str:
    return " and ".join(mark.name.lower() for mark in marks).capitalize()


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
            "pattern": {"shape": shape, "fgcolor": "#8a949e", "bgcolor": PALE, "size": 6, "solidity": 0.25},
            "line": {"width": 0},
        },
        hoverinfo="text",
        hovertext=[f"{name}<br>{_span(lo, hi)}" for _, lo, hi in blanks],
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


def _span(lo: float, hi: float) -> str:
    return f"{at(lo)} to {at(hi)}, {length(hi - lo)}"


def hover(line: EpisodeLine, lo: float, hi: float) -> str:
    """One spell in a few safe lines: when, with whom, what, where, and what was special about it."""
    place = line.place_label + (f", {line.room}" if line.room else "") if line.place else ""
    parts = [_span(lo, hi)]
    if len(line.spells) > 1:
        parts.append(f"part of {length(line.net_minutes)} in {len(line.spells)} spells")
    said = [sentence_case(line.who), sentence_case(line.what_label), place, "; ".join(remarks(line))]
    return "<br>".join([*parts, *("<br>".join(wrapped(each, 48)) for each in said if each)])


def remarks(line: EpisodeLine) -> list[str]:
    """What is special about an episode, in words."""
    made = [
        (line.interrupts is not None, "interrupted something else"),
        (line.interrupted > 0, f"interrupted {many(line.interrupted, 'time', 'times')}"),
        (line.concurrent, "beside something else"),
        (line.closed, "behind a closed door"),
        (not line.duration_known, "end not known"),
        (line.unsure, "observer unsure"),
        (line.late, "entered later"),
        (line.amended, "put right later"),
        (line.incident, "incident"),
    ]
    return [words for so, words in made if so]


def _marks(summary: Summary, strip: Strip, clock: _Clock, contacts: bool) -> list[go.Scatter]:
    mine = strip.about.id
    lines = {line.id: line for line in summary.lines if line.observation == mine}
    stopped = [(e.start_minute, hover(e, e.start_minute, e.end_minute)) for e in lines.values() if e.interrupts]
    starred = [
        (n.at_minute, f"{at(n.at_minute)} Incident<br>{'<br>'.join(wrapped(n.text, 48))}")
        for n in summary.incidents
        if n.observation == mine
    ]
    met = [
        (c.at_minute, f"{at(c.at_minute)} Fleeting contact<br>{safe(c.role_label)}")
        for c in summary.contact_lines
        if c.observation == mine and contacts
    ]
    return [
        go.Scatter(
            name=name,
            mode="markers",
            x=[clock.at(minute) for minute, _ in found],
            y=[LINE + 11] * len(found),
            marker={"symbol": symbol, "size": size, "color": color, "line": {"color": edge, "width": 1.2}},
            hoverinfo="text",
            hovertext=[text for _, text in found],
            cliponaxis=False,
        )
        for (name, symbol, size, color, edge), found in zip(MARKS_DRAWN, (stopped, starred, met), strict=True)
        if found
    ]


def activity_title(summary: Summary, strip: Strip) -> str:
    """How many episodes, from when to when, and which one stayed longest."""
    lines = [line for lane in strip.lanes for line in lane.lines if line.duration_known]
    span = f"{at(strip.about.start_minute)} to {at(strip.about.end_minute)}"
    if not lines:
        return f"Nothing was coded from {span}"
    longest = max(lines, key=lambda line: line.net_minutes)
    count = sum(line.observation == strip.about.id for line in summary.lines)
    if count == 1:
        return f"One episode from {span}: {clean(longest.what_label)}"
    return (
        f"{count} episodes from {span}; the longest, {length(longest.net_minutes)} from {at(longest.start_minute)}: "
        f"{clean(longest.what_label)}"
    )


def who_title(summary: Summary, strip: Strip) -> str:
    """How many groups were met, and how long the head was alone."""
    alone = set(summary.alone.codes)
    met = {role for lane in strip.lanes for line in lane.lines for role in line.roles if role not in alone}
    if not met:
        return "Nobody was met"
    title = f"{many(len(met), 'group', 'groups')} of people met"
    if len(summary.observations) == 1 and summary.alone.minutes:
        title += f"; alone for {length(summary.alone.minutes)} ({brief_percent(summary.alone.time_share)})"
    return title
