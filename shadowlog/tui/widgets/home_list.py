"""The list of studies, heads and their observations with their state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from shadowlog.domain.almanac import date_of
from shadowlog.domain.phrases import apart, span
from shadowlog.domain.text import clean
from shadowlog.errors import ShadowlogError
from shadowlog.tui.ports import Listed
from shadowlog.tui.widgets.panel import Line, Panel, fit
from shadowlog.tui.widgets.says import wrapped

MARKS = {
    "planned": "○",
    "recording": "●",
    "draft": "◐",
    "with the head": "◑",
    "verified": "◉",
    "amended": "◉",
    "disputed": "◎",
    "released": "✓",
}

LEFT, WIDE = 34, 90
"""Cells for who and in which state; from so many cells on, how long it was stands beside when."""

WELCOME = (
    "Nothing here yet.",
    "",
    "g   a guided tour: the keys of a recording, in two minutes",
    "d   the demonstration study: a whole day to look at, in ten seconds",
    "n   a new observation: a head, an observer, consent, and then the day itself",
    "",
    "F1 shows every key.",
)


def when(listed: Listed, *, length: bool = True) -> str:
    """The day and the hours of an observation, in its own zone, and how long it was."""
    if listed.begun is None:
        day = date_of(listed.date) if listed.date else None
        return f"{day:%a} {day.day:>2} {day:%b %Y}" if day is not None else ""
    zone = ZoneInfo(listed.zone)
    begun = datetime.fromtimestamp(listed.begun / 1000, zone)
    text = f"{begun:%a} {begun.day:>2} {begun:%b %Y}  {begun:%H:%M}"
    if listed.ended is not None:
        ended = datetime.fromtimestamp(listed.ended / 1000, zone)
        text += f"–{ended:%H:%M}"
        if length:
            text += f"  {span(apart(listed.begun, listed.ended)):>8}"
    return text


def home_lines(listed: Sequence[Listed], chosen: int, width: int, height: int) -> tuple[list[Line], dict[int, int]]:
    """Draw the list under its studies; also say which line belongs to which observation."""
    lines: list[Line] = []
    where: dict[int, int] = {}
    study = None
    for n, each in enumerate(listed):
        if each.study != study:
            if lines:
                lines.append([])
            study = each.study
            lines.append([(fit(f" {clean(study)}", width), "strong")])
        where[len(lines)] = n
        count = "" if each.episodes is None else f"{each.episodes} episode{'' if each.episodes == 1 else 's'}"
        cells = f"  {each.head:<6}{each.label:<4}{each.observer:<5}{MARKS.get(each.state, ' ')} {each.state:<15}"
        wide = width >= WIDE
        rest = f"{when(each, length=wide):<{42 if wide else 31}}{count}"
        here = n == chosen
        tone = "mark" if here else "accent" if each.state == "recording" else ""
        lines.append(
            [
                (fit(("▸" if here else " ") + cells[1:], min(LEFT, width)), tone),
                (fit(rest, width - LEFT), "mark" if here else "quiet"),
            ]
        )
    at = next((line for line, n in where.items() if n == chosen), 0)
    first = max(0, min(at - height // 2, len(lines) - height))
    return lines[first : first + height], {line - first: n for line, n in where.items()}


def heads(width: int) -> Line:
    """What stands in each column."""
    wide = width >= WIDE
    day = f"{'day':<17}{'hours':<13}" + (f"{'length':>8}" if wide else "")
    words = f"  {'head':<6}{'no.':<4}{'by':<5}  {'state':<15}"
    return [(fit(words, min(LEFT, width)), "quiet"), (fit(day, width - LEFT), "quiet")]


class HomeList(Panel):
    """Shows the observations."""

    listed: Sequence[Listed] | None = None
    chosen = 0
    where: ClassVar[dict[int, int]] = {}
    trouble: ShadowlogError | None = None
    """Why the database cannot be opened."""

    def draw(self, width: int, height: int) -> list[Line]:
        """The list, or what to do first."""
        if self.trouble is not None:
            told = [(self.trouble.what, "alert"), ("", ""), (self.trouble.cure, "")]
            return [[], *[[(f"   {line}", tone)] for words, tone in told for line in wrapped(words, width - 6, 9)]]
        if self.listed is None:
            return [[(" opening …", "quiet")]]
        if not self.listed:
            return [[], *[[(f"   {text}", "")] for text in WELCOME]]
        lines, where = home_lines(self.listed, self.chosen, width, height - 1)
        self.where = {line + 1: n for line, n in where.items()}  # type: ignore[misc]
        return [heads(width), *lines]
