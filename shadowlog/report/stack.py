"""The day profile as stacked bars: a bar a period (or half hour), its parts the activities."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from shadowlog.analysis.results import Profile, Summary
from shadowlog.domain.phrases import brief_length, time_of_day
from shadowlog.report.charts import (
    BARE,
    GAP,
    INK,
    LINE,
    MUTED,
    SERIES,
    Sign,
    framed,
    label,
    safe,
    sentence_case,
    wrapped,
)

BAR = 24
LEAST = 0.1
"""Minutes: what is shorter has no outline, which would be wider than itself."""
PATTERNS = ("", "", "/", "", "", ".")
#: Text that can be read on each of the colours of the series.
ON = ("#ffffff", INK, INK, INK, INK, INK)
REST = "Everything else"


def drawn_profile(summary: Summary) -> Profile | None:
    """The profile that a page draws: by period where the school day has them, else by half hour."""
    return summary.profile(None) or summary.profile(30)


def _series(profile: Profile) -> list[tuple[str, str, str, str, str, list[float]]]:
    """(name, colour, edge, pattern, colour of text on it, minutes by bin): the longest six, the rest, the uncoded."""
    columns = [[bin_.minutes[n] for bin_ in profile.bins] for n in range(len(profile.codes))]
    coded = [n for n, code in enumerate(profile.codes) if code is not None and any(columns[n])]
    order = sorted(coded, key=lambda n: -sum(columns[n]))
    few = order if len(order) <= len(SERIES) + 1 else order[: len(SERIES)]
    few, rest = few[: len(SERIES)], order[len(few[: len(SERIES)]) :]
    made = [
        (sentence_case(profile.labels[n]), SERIES[i], SERIES[i], PATTERNS[i], ON[i], columns[n])
        for i, n in enumerate(few)
    ]
    if rest:
        name = REST if len(rest) > 1 else sentence_case(profile.labels[rest[0]])
        made.append((name, "#c3cad1", "#c3cad1", "", INK, _summed(columns, rest, len(profile.bins))))
    bare = [n for n, code in enumerate(profile.codes) if code is None and any(columns[n])]
    if bare:
        made.append(("Uncoded", *BARE, "", INK, _summed(columns, bare, len(profile.bins))))
    return made


def _summed(columns: Sequence[Sequence[float]], which: Sequence[int], bins: int) -> list[float]:
    return [sum(columns[n][b] for n in which) for b in range(bins)]


def profile_signs(profile: Profile) -> tuple[Sign, ...]:
    """What the colours of the stacked bars mean."""
    return tuple(Sign(name, fill, edge, pattern) for name, fill, edge, pattern, _, _ in _series(profile))


def profile_figure(profile: Profile) -> go.Figure:
    """Minutes by activity in each bin, the day running down the page; parts of 5 minutes and more are labelled."""
    notes, middles, top = [], [], 4.0
    kept = [n for n, bin_ in enumerate(profile.bins) if bin_.observed_minutes or sum(bin_.minutes)]
    for n in kept:
        bin_ = profile.bins[n]
        # The last bin of a school day is the time outside its periods: it has no from and to of its own.
        outside = profile.bin_minutes is None and n == len(profile.bins) - 1
        span = "" if outside else f"{time_of_day(bin_.start_minute)}–{time_of_day(bin_.end_minute)} · "
        name = bin_.label if profile.bin_minutes is None else ""
        rest = f'<span style="color:{MUTED}">{span}{safe(brief_length(bin_.observed_minutes))} observed</span>'
        text = [wrapped(name)[0], rest] if len(name) > 24 else [f"{safe(name)} {rest}".strip()]
        notes.append(label(text, top, size=12))
        middles.append(top + LINE * len(text) + 3 + BAR / 2)
        top = middles[-1] + BAR / 2 + GAP
    data = [
        go.Bar(
            orientation="h",
            name=safe(name),
            x=[minutes[n] for n in kept],
            y=middles,
            width=BAR,
            marker={
                "color": fill,
                "pattern": {
                    "shape": pattern,
                    "fgcolor": INK,
                    "bgcolor": fill,
                    "size": 6,
                    "solidity": 0.25,
                    "fgopacity": 0.35,
                },
                "line": {
                    "color": "#ffffff" if fill == edge else edge,
                    "width": [1 if minutes[n] >= LEAST else 0 for n in kept],
                },
            },
            text=[f"{minutes[n]:.0f}" if minutes[n] >= 5 else "" for n in kept],
            textposition="inside",
            insidetextanchor="middle",
            constraintext="both",
            textangle=0,
            insidetextfont={"color": on, "size": 12},
            hoverinfo="text",
            hovertext=[f"{safe(name)}<br>{safe(brief_length(minutes[n]))}" for n in kept],
        )
        for name, fill, edge, pattern, on, minutes in _series(profile)
    ]
    most = max((sum(profile.bins[n].minutes) for n in kept), default=0) or 1
    axis = {"range": [0, most * 1.01], "visible": False, "fixedrange": True}
    return framed(round(top), data, annotations=notes, xaxis=axis, barmode="stack", hovermode="closest")
