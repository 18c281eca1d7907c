"""What every chart of a report is made of: the palette, the frame, labels made safe, and bars beside bars.

Vertical positions are pixels from the top of the drawing, so that labels stand above their bars at every width.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from shadowlog.analysis.results import Row
from shadowlog.domain.phrases import brief_length, brief_percent, length, number
from shadowlog.domain.text import clean

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
INK = "#1b2733"
MUTED = "#46525e"
RULE = "#d5dbe1"
PALE = "#eef1f4"
OFTEN = "#e69f00"
LASTED = "#0072b2"
#: Okabe and Ito's colours for all kinds of colour vision, in an order whose greys alternate.
SERIES = ("#0072b2", "#f0e442", "#d55e00", "#56b4e9", "#009e73", "#e69f00")
ALONE = ("#dfe7ee", "#5b6b7a")
"""Fill and edge of time without others."""
BARE = ("#ffffff", "#6b7782")
"""Fill and edge of what is not coded."""

WRAP = 44
MOST_LINES = 2
LINE = 17
BAR = 18
GAP = 12
HEADING = 42


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table as text: the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a legend: a colour with its edge and, where there is one, a pattern or a symbol."""

    name: str
    fill: str
    edge: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its finding as a title, what its numbers are shares of, and the same numbers as tables.

    `key` is the id of its place in a page.
    """

    key: str
    title: str
    caption: str
    figure: go.Figure
    tables: tuple[PlainTable, ...]
    signs: tuple[Sign, ...] = ()
    carries_numbers: bool = True
    """Whether its numbers are written in it; where they are not, its tables are printed with it."""

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.figure.layout.height)


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a chart: a label, and how often beside how long; `tint` is another fill and edge than the chart's."""

    label: str
    count: str
    count_share: float | None
    time: str
    time_share: float | None
    tint: tuple[str, str] | None = None


def safe(text: str) -> str:
    """Text that a chart draws as it stands: charts read a little HTML and fill in %{...}, which this takes away."""
    return escape(clean(text), quote=False).replace("%{", "&#37;{")


def wrapped(text: str, width: int = WRAP) -> list[str]:
    """The text in at most two safe lines, the rest cut with an ellipsis."""
    lines = textwrap.wrap(clean(text), width, max_lines=MOST_LINES, placeholder=" …") or [""]
    return [safe(line) for line in lines]


def framed(height: int, data: Sequence[Any], **layout: Any) -> go.Figure:
    """A figure of so many pixels with the house's type and no furniture; `height` is the drawing's, without margins."""
    margin = {"l": 0, "r": 0, "t": 4, "b": 4, "pad": 0, **layout.pop("margin", {})}
    settings: dict[str, Any] = {
        "template": "none",
        "height": height + margin["t"] + margin["b"],
        "margin": margin,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "dragmode": False,
        "barmode": "overlay",
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": MUTED, "font": {"size": 13, "color": INK}, "align": "left"},
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
    }
    return go.Figure(data=list(data), layout=settings | layout)


def label(lines: Sequence[str], top: float, x: float = 0, size: int = 13, color: str = INK) -> dict[str, Any]:
    """Text that stands at the left above what it names."""
    return {
        "text": "<br>".join(lines),
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "y",
        "yanchor": "top",
        "showarrow": False,
        "align": "left",
        "font": {"size": size, "color": color},
        "borderpad": 0,
        "bgcolor": "rgba(255,255,255,0.82)",
    }


def hidden_axis(most: float, domain: tuple[float, float] = (0, 1)) -> dict[str, Any]:
    """An axis that measures bars and is not drawn: the numbers stand beside the bars."""
    return {"range": [0, most * 1.35], "domain": list(domain), "visible": False, "fixedrange": True}


def pairs(rows: Iterable[Row], alone: Collection[str] = ()) -> list[Pair]:
    """Rows of a table as lines of a chart; what holds neither an episode nor a minute is left out.

    `alone` are the codes for which nobody else is there.
    """
    return [
        Pair(
            sentence_case(row.label),
            number(row.count),
            row.count_share,
            short_length(row.minutes),
            row.time_share,
            BARE if row.code is None else ALONE if row.code in alone else None,
        )
        for row in rows
        if row.count or row.minutes
    ]


def short_length(minutes: float) -> str:
    """A length beside a bar: 12 s, 2.8 min, 7 h 40."""
    return length(minutes) if minutes < 1 else brief_length(minutes)


def sentence_case(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def pair_figure(lines: Sequence[Pair], often: str, lasted: str) -> go.Figure:
    """How often beside how long, on one scale; `often` and `lasted` say what the shares are shares of."""
    most = max((part for line in lines for part in (line.count_share, line.time_share) if part), default=0) * 100 or 1
    heads = (["<b>How often</b>", safe(often)], ["<b>How long</b>", safe(lasted)])
    notes = [label(heads[0], 0, 0), label(heads[1], 0, 0.52)]
    middles, top = [], float(HEADING + 8)
    counts = [f"{line.count} · {brief_percent(line.count_share)}" for line in lines]
    times = [f"{line.time} · {brief_percent(line.time_share)}" for line in lines]
    for line in lines:
        text = wrapped(line.label)
        notes.append(label(text, top))
        middle = top + LINE * len(text) + 3 + BAR / 2
        middles.append(middle)
        top = middle + BAR / 2 + GAP
    data = [
        _bars(middles, [line.count_share for line in lines], counts, lines, OFTEN, "x"),
        _bars(middles, [line.time_share for line in lines], times, lines, LASTED, "x2"),
    ]
    return framed(
        round(top),
        data,
        annotations=notes,
        xaxis=hidden_axis(most, (0, 0.48)),
        xaxis2=hidden_axis(most, (0.52, 1)) | {"anchor": "y"},
        meta={"axes": ["xaxis", "xaxis2"], "most": most, "part": 0.48, "room": room_beside([*counts, *times])},
    )


def room_beside(texts: Sequence[str]) -> float:
    """How many pixels the longest of the texts beside the bars needs."""
    return max((len(text) for text in texts), default=0) * 7.2 + 10


def _bars(
    middles: Sequence[float],
    shares: Sequence[float | None],
    told: Sequence[str],
    lines: Sequence[Pair],
    color: str,
    x: str,
) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=[(share or 0) * 100 for share in shares],
        y=list(middles),
        width=BAR,
        xaxis=x,
        yaxis="y",
        text=[safe(each) for each in told],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": INK, "size": 13},
        marker={
            "color": [line.tint[0] if line.tint else color for line in lines],
            "line": {
                "color": [line.tint[1] if line.tint else color for line in lines],
                "width": [1 if share else 0 for share in shares],
            },
        },
        hoverinfo="skip",
    )


def count_figure(lines: Sequence[tuple[str, float, str]], color: str = LASTED) -> go.Figure:
    """One bar a line: its label, its length and what is written beside it."""
    most = max((value for _, value, _ in lines), default=0) or 1
    notes, middles, top = [], [], 4.0
    for name, _, _ in lines:
        text = wrapped(name)
        notes.append(label(text, top))
        middles.append(top + LINE * len(text) + 3 + BAR / 2)
        top = middles[-1] + BAR / 2 + GAP
    bars = go.Bar(
        orientation="h",
        x=[value for _, value, _ in lines],
        y=middles,
        width=BAR,
        text=[safe(told) for _, _, told in lines],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": INK, "size": 13},
        marker={"color": color},
        hoverinfo="skip",
    )
    meta = {"axes": ["xaxis"], "most": most, "part": 1, "room": room_beside([told for _, _, told in lines])}
    return framed(round(top), [bars], annotations=notes, xaxis=hidden_axis(most), meta=meta)
