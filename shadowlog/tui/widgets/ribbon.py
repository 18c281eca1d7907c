"""The day so far: an hour ruler, a ribbon of activity letters, and a lane for each of the busiest roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.day import Day
from shadowlog.domain.tally import Tally, presence
from shadowlog.domain.terms import Episode, State, Stretch
from shadowlog.tui.widgets.panel import Line, Panel, fit

EIGHTHS = " ▁▂▃▄▅▆▇"
# A full cell stops an eighth short, so that lanes stay apart.
HOUR = 3_600_000
LEAST_HOURS = 8


@dataclass(frozen=True, slots=True)
class Scale:
    """Which stretch of time [start, end) in ms the cells stand for."""

    start: int
    end: int
    cells: int

    def at(self, instant: int) -> float:
        """The place of an instant, in cells."""
        return (instant - self.start) * self.cells / (self.end - self.start)


def scale_of(day: Day, now: int, cells: int) -> Scale:
    """From the hour in which the day began to the end of the school day, or of the hour that runs."""
    zone = ZoneInfo(day.observation.zone)
    begun = datetime.fromtimestamp(day.start / 1000, zone)
    start = begun.replace(minute=0, second=0, microsecond=0)
    midnight = begun.replace(hour=0, minute=0, second=0, microsecond=0)
    planned = [midnight + timedelta(minutes=period.end) for period in day.observation.periods]
    last = max([start + timedelta(hours=LEAST_HOURS), *planned])
    end = round(last.timestamp() * 1000)
    first = round(start.timestamp() * 1000)
    hours = -(-(max(end, now + 1) - first) // HOUR)
    return Scale(first, first + hours * HOUR, max(1, cells))


@dataclass(slots=True)
class Cells:
    """Time (ms) in each cell: by letter, and by role."""

    letters: list[dict[str, int]]
    roles: Mapping[str, list[int]] = field(default_factory=dict)


def gathered(day: Day, now: int, scale: Scale, roles: tuple[str, ...]) -> Cells:
    """Spread the track over the cells."""
    cells = Cells([{} for _ in range(scale.cells)], {role: [0] * scale.cells for role in roles})
    signs = {code.id: code.key[:1] for code in day.observation.codebook.codes(ACTIVITY)}
    per = (scale.end - scale.start) / scale.cells
    for stretch in day.stretches(max(now, day.track[-1].at)):
        end = now if stretch.end is None else stretch.end
        episode = day.episodes[stretch.episode] if stretch.episode is not None else None
        letter = _letter(stretch, episode, signs)
        here = [p for p in presence(episode, stretch, end) if p in cells.roles] if episode is not None else []
        n = max(0, int(scale.at(stretch.start)))
        while n < scale.cells:
            left = scale.start + n * per
            part = int(min(end, left + per) - max(stretch.start, left))
            if part <= 0 and left >= end:
                break
            cells.letters[n][letter] = cells.letters[n].get(letter, 0) + max(part, 0)
            for role in here:
                cells.roles[role][n] += max(part, 0)
            n += 1
    return cells


def _letter(stretch: Stretch, episode: Episode | None, signs: Mapping[str, str]) -> str:
    if episode is None:
        return {State.OFF: "▒", State.UNSEEN: "░"}.get(stretch.state, "·")
    if episode.closed:
        return "▪"
    return signs.get(episode.what or "", "") or "?"


def ribbon_lines(day: Day, now: int, sums: Tally, width: int, height: int) -> list[Line]:
    """Draw ruler, ribbon, and as many lanes as there is room for."""
    gutter = 18 if width >= 100 else 12
    scale = scale_of(day, now, width - gutter - 1)
    book = day.observation.codebook
    roles = tuple(list(sums.roles)[: max(0, height - 2)])
    cells = gathered(day, now, scale, roles)
    per = (scale.end - scale.start) / scale.cells
    letters = "".join(max(cell, key=lambda c: cell[c]) if cell else " " for cell in cells.letters)
    lines: list[Line] = [
        [(" " * gutter, ""), (_ruler(scale, day.observation.zone), "quiet")],
        [(fit(" what", gutter), "quiet"), (letters, "")],
    ]
    for role in roles:
        row = "".join(_eighths(ms, per) for ms in cells.roles[role])
        lines.append([(fit(f" {book.label(ROLE, role)}", gutter - 1) + " ", "quiet"), (row, "lane")])
    return lines


def _eighths(ms: int, per: float) -> str:
    # Whoever was there at all is seen.
    return EIGHTHS[min(7, max(1, round(ms * 8 / per)))] if ms else " "


def _ruler(scale: Scale, zone: str) -> str:
    row = [" "] * scale.cells
    for instant in range(scale.start, scale.end, HOUR):
        at = round(scale.at(instant))
        for n, c in enumerate(datetime.fromtimestamp(instant / 1000, ZoneInfo(zone)).strftime("%H")):
            if at + n < scale.cells:
                row[at + n] = c
    return "".join(row)


class Ribbon(Panel):
    """Shows the day so far; repainted by the tick alone."""

    day: Day | None = None
    at = 0
    sums = Tally()

    def draw(self, width: int, height: int) -> list[Line]:
        """The ribbon; before the day has begun, nothing."""
        if self.day is None or not self.day.begun:
            return []
        return ribbon_lines(self.day, self.at, self.sums, width, height)
