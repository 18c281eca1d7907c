"""The day profiles of days, heads or observers one below the other, on one clock and in one set of colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.results import Profile
from shadowlog.domain.phrases import NOTHING, brief_length, time_of_day
from shadowlog.domain.text import clean
from shadowlog.report.beside import ALL, DAY, Each, Of
from shadowlog.report.charts import (
    BARE,
    INK,
    LINE,
    MUTED,
    RULE,
    SERIES,
    Chart,
    PlainTable,
    Sign,
    framed,
    label,
    safe,
    sentence_case,
)
from shadowlog.report.dots import letter
from shadowlog.report.page_tables import minutes
from shadowlog.report.stack import PATTERNS, REST

HIGH = 64
"""Pixels of an hour that is filled from the first minute to the last."""
LANE = HIGH + LINE + 14
AXIS = 26
GREY = "#c3cad1"
HOUR = 60

Colour = tuple[str, str, str, str, frozenset[str | None]]
"""Name, fill, edge, pattern, and the codes drawn so."""


def profiles_chart(profiles: Sequence[Profile], names: Sequence[str], each: Each = DAY, of: Of = ALL) -> Chart | None:
    """Minutes by activity in each hour of each of them, `names` in their order; None where no activity was recorded on any."""
    if not any(sum(b.minutes) for profile in profiles for b in profile.bins):
        return None
    colours = _colours(profiles)
    caption = (
        f"A row {each.a}, all on one clock; a column an hour, filled as far as {of.filled}, each part an activity. "
        f"What lasted longest over these {each.several} has a colour of its own."
    )
    signs = tuple(Sign(name, fill, edge, pattern) for name, fill, edge, pattern, _ in colours)
    tables = tuple(
        _table(profile, of, f"{letter(n)}, {names[n]}: minutes by activity in each hour")
        for n, profile in enumerate(profiles)
    )
    figure = _figure(profiles, names, colours, of)
    return Chart("profiles", multiples_title(profiles, each), caption, figure, tables, signs)


def multiples_title(profiles: Sequence[Profile], each: Each = DAY) -> str:
    """The hour of the clock in which the same activity took the most time on most of them, where there is such an hour."""
    led: dict[tuple[float, str], int] = {}
    observed: dict[float, int] = {}
    for profile in profiles:
        for bin_ in profile.bins:
            coded = [
                (spent, name)
                for spent, name, code in zip(bin_.minutes, profile.labels, profile.codes, strict=True)
                if code is not None and spent
            ]
            if coded:
                observed[bin_.start_minute] = observed.get(bin_.start_minute, 0) + 1
                key = (bin_.start_minute, max(coded)[1])
                led[key] = led.get(key, 0) + 1
    shared = {key: count for key, count in led.items() if count > 1}
    if not shared:
        return f"In no hour did the same activity take the most time {each.on} two of the {each.several}"
    (start, name), count = max(shared.items(), key=lambda pair: (pair[1], -pair[0][0]))
    seen = observed[start]
    which = (
        f"{'both' if seen == 2 else f'all {seen}'} {each.several}"
        if count == seen
        else f"{count} of the {seen} {each.several}"
    )
    hour = f"From {time_of_day(start)} to {time_of_day(start + HOUR)}"
    return f"{hour} {clean(name)} took the most time {each.on} {which} observed then"


def _colours(profiles: Sequence[Profile]) -> list[Colour]:
    totals: dict[str | None, float] = {}
    names: dict[str | None, str] = {}
    for profile in profiles:
        for n, code in enumerate(profile.codes):
            totals[code] = totals.get(code, 0) + sum(b.minutes[n] for b in profile.bins)
            names[code] = sentence_case(clean(profile.labels[n]))
    order = sorted((code for code in totals if code is not None and totals[code]), key=lambda code: -totals[code])
    made: list[Colour] = [
        (names[code], SERIES[n], SERIES[n], PATTERNS[n], frozenset({code}))
        for n, code in enumerate(order[: len(SERIES)])
    ]
    if rest := order[len(SERIES) :]:
        made.append((REST if len(rest) > 1 else names[rest[0]], GREY, GREY, "", frozenset(rest)))
    if totals.get(None):
        made.append(("Uncoded", *BARE, "", frozenset({None})))
    return made


def _spent(profile: Profile, codes: frozenset[str | None], n: int) -> float:
    return sum(spent for spent, code in zip(profile.bins[n].minutes, profile.codes, strict=True) if code in codes)


def _figure(profiles: Sequence[Profile], names: Sequence[str], colours: Sequence[Colour], of: Of) -> go.Figure:
    total = LANE * len(profiles)
    starts = [b.start_minute for p in profiles for b in p.bins]
    first, last = min(starts), max(starts) + HOUR
    notes = [
        label(
            [
                f'<b>{letter(n)}</b> {safe(names[n])}  <span style="color:{MUTED}">{safe(_seen(profile))} {of.noted}</span>'
            ],
            n * LANE,
            size=12,
        )
        for n, profile in enumerate(profiles)
    ]
    data: list[Any] = []
    floors = {(n, b): (n + 1) * LANE - 6.0 for n, profile in enumerate(profiles) for b in range(len(profile.bins))}
    for name, fill, edge, pattern, codes in colours:
        x: list[float] = []
        base: list[float] = []
        heights: list[float] = []
        told: list[str] = []
        for n, profile in enumerate(profiles):
            for b, bin_ in enumerate(profile.bins):
                spent = _spent(profile, codes, b)
                if not spent:
                    continue
                size = spent / HOUR * HIGH
                x.append(bin_.start_minute + HOUR / 2)
                base.append(floors[n, b])
                heights.append(-size)
                floors[n, b] -= size
                told.append(f"{letter(n)} {safe(bin_.label)} {safe(name)}<br>{safe(brief_length(spent))}")
        data.append(
            go.Bar(
                name=safe(name),
                x=x,
                base=base,
                y=heights,
                width=HOUR - 4,
                marker={
                    "color": fill,
                    "pattern": {
                        "shape": pattern, "fgcolor": INK, "bgcolor": fill, "size": 6, "solidity": 0.25, "fgopacity": 0.35,
                    },
                    "line": {"color": "#ffffff" if fill == edge else edge, "width": 0.6},
                },
                hoverinfo="text",
                hovertext=told,
            )
        )  # fmt: skip
    hours = list(range(int(first), int(last) + 1, HOUR))
    axis = {
        "range": [first - 4, last + 4],
        "tickvals": hours,
        "ticktext": [time_of_day(hour)[:2] for hour in hours],
        "gridcolor": RULE,
        "zeroline": False,
        "tickfont": {"size": 12, "color": MUTED},
        "tickangle": 0,
        "fixedrange": True,
    }
    return framed(total, data, annotations=notes, xaxis=axis, margin={"b": AXIS, "l": 8, "r": 8}, hovermode="closest")


def _seen(profile: Profile) -> str:
    return brief_length(sum(b.observed_minutes for b in profile.bins))


def _table(profile: Profile, of: Of, caption: str) -> PlainTable:
    bins = [n for n, b in enumerate(profile.bins) if b.observed_minutes or any(b.minutes)]
    codes = [n for n in range(len(profile.codes)) if any(b.minutes[n] for b in profile.bins)]
    rows = [
        (
            sentence_case(clean(profile.labels[n])),
            *(minutes(profile.bins[b].minutes[n]) if profile.bins[b].minutes[n] else NOTHING for b in bins),
        )
        for n in codes
    ]
    seen = (sentence_case(of.seen), *(minutes(profile.bins[b].observed_minutes) for b in bins))
    return PlainTable(caption, ("Activity", *(clean(profile.bins[b].label) for b in bins)), (*rows, seen))
