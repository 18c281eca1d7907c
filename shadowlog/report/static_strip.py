"""The day's strip as plain numbers, for a picture that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from shadowlog.domain.phrases import time_of_day
from shadowlog.report.strips import Strip, kind

WIDTH = 960
LANE = 34
MOST = 2_000
"""Spells beyond this number are left to the tables: a picture without script has no business being heavy."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from the left, in pixels, with what it is."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One lane: its label, its place from the top, and what is in it."""

    label: str
    y: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A strip in pixels."""

    width: int
    height: int
    lines: tuple[Line, ...]
    blanks: tuple[Box, ...]
    hours: tuple[tuple[float, str], ...]


def picture(strip: Strip) -> Picture:
    """Place the strip's spells and hours in a picture 960 pixels wide."""
    start, end = strip.about.start_minute, max(strip.about.end_minute, strip.about.start_minute + 5)

    def x(minute: float) -> float:
        return round((minute - start) / (end - start) * WIDTH, 1)

    def box(lo: float, hi: float, what: str) -> Box:
        return Box(x(lo), max(round(x(hi) - x(lo), 1), 0.8), what)

    heavy = sum(len(line.spells) for lane in strip.lanes for line in lane.lines) > MOST
    lines = tuple(
        Line(
            f"{lane.name} · {lane.total}",
            n * LANE,
            tuple(box(s.start_minute, s.end_minute, kind(line)) for line in lane.lines for s in line.spells),
        )
        for n, lane in enumerate(() if heavy else strip.lanes)
    )
    hours = range(ceil(start / 60), floor(end / 60) + 1)
    return Picture(
        WIDTH,
        len(lines) * LANE + 24,
        lines,
        tuple(box(lo, hi, why.value) for why, lo, hi in strip.blanks),
        tuple((x(hour * 60), time_of_day(hour * 60)) for hour in hours),
    )
