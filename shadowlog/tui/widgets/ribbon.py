"""The day so far: an hour ruler, a ribbon of activity letters, and a lane for each of the busiest roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.day import Day, Switch
from shadowlog.domain.tally import Tally, added, ordered, presence
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


class Cells:
    """Time (ms) in each cell of a scale: by letter, and by role."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.letters: list[dict[str, int]] = [{} for _ in range(scale.cells)]
        self.roles: dict[str, list[int]] = {}

    def copy(self) -> Cells:
        """The same, apart."""
        other = Cells(self.scale)
        other.letters = [dict(cell) for cell in self.letters]
        other.roles = {role: list(row) for role, row in self.roles.items()}
        return other

    def add(self, day: Day, stretch: Stretch, end: int) -> None:
        """Spread one stretch, until `end` (ms), over the cells."""
        scale = self.scale
        episode = day.episodes[stretch.episode] if stretch.episode is not None else None
        letter = _letter(day, stretch, episode)
        here = presence(episode, stretch, end) if episode is not None else ()
        rows = [self.roles.setdefault(role, [0] * scale.cells) for role in here]
        per = (scale.end - scale.start) / scale.cells
        first = max(0, int(scale.at(stretch.start)))
        last = min(scale.cells - 1, int(scale.at(max(end - 1, stretch.start))))
        for n in range(first, last + 1):
            left = scale.start + n * per
            part = max(0, int(min(end, left + per) - max(stretch.start, left)))
            self.letters[n][letter] = self.letters[n].get(letter, 0) + part
            for row in rows:
                row[n] += part


def _letter(day: Day, stretch: Stretch, episode: Episode | None) -> str:
    if episode is None:
        return {State.OFF: "▒", State.UNSEEN: "░"}.get(stretch.state, "·")
    if episode.closed:
        return "▪"
    book = day.observation.codebook
    known = episode.what is not None and book.has(ACTIVITY, episode.what)
    return (book.code(ACTIVITY, episode.what or "").key[:1] if known else "") or "?"


def ribbon_lines(day: Day, sums: Tally, cells: Cells, width: int, height: int) -> list[Line]:
    """Draw ruler, ribbon, and as many lanes as there is room for."""
    gutter = gutter_of(width)
    scale = cells.scale
    book = day.observation.codebook
    roles = [role for role in sums.roles if role in cells.roles][: max(0, height - 2)]
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


def gutter_of(width: int) -> int:
    """How many cells the names at the left take."""
    return 18 if width >= 100 else 12


def _eighths(ms: int, per: float) -> str:
    # Whoever was there at all is seen.
    return EIGHTHS[min(7, max(1, round(ms * 8 / per)))] if ms else " "


def _ruler(scale: Scale, zone: str) -> str:
    row = [" "] * scale.cells
    hours = (scale.end - scale.start) // HOUR
    # A day that was left open for long has more hours than there is room for.
    every = next((n for n in (1, 2, 3, 6, 12) if hours * 4 <= scale.cells * n), 24)
    for instant in range(scale.start, scale.end, HOUR * every):
        at = round(scale.at(instant))
        for n, c in enumerate(datetime.fromtimestamp(instant / 1000, ZoneInfo(zone)).strftime("%H")):
            if at + n < scale.cells:
                row[at + n] = c
    return "".join(row)


class SoFar:
    """Sums and cells of a day that grows: what has ended is added up once, and again only if it became another."""

    def __init__(self) -> None:
        self._track: tuple[Switch, ...] = ()
        self._edge = 0
        self._episodes: list[Episode | None] = []
        self._sums = Tally()
        self._cells: Cells | None = None

    def tally(self, day: Day, now: int) -> Tally:
        """The same as `tally(day, now)`."""
        self._catch_up(day, self._cells.scale if self._cells else None)
        return ordered(added(self._sums, day, self._running(day, now))) if day.begun else Tally()

    def cells(self, day: Day, now: int, scale: Scale) -> Cells:
        """The day so far over the cells of a scale."""
        cells = self._catch_up(day, scale)
        running = self._running(day, now)
        if running.state is not State.END:
            cells = cells.copy()
            cells.add(day, running, running.end or now)
        return cells

    def _running(self, day: Day, now: int) -> Stretch:
        last = day.track[-1]
        end = last.at if last.state is State.END else max(now, last.at)
        return Stretch(last.id, last.at, end, last.state, last.episode)

    def _catch_up(self, day: Day, scale: Scale | None) -> Cells:
        done = len(self._track)
        same = len(day.track) > done and day.track[:done] == self._track and day.track[done].at == self._edge
        same = same and [day.episodes.get(s.episode or "") for s in self._track] == self._episodes
        if not same or (scale is not None and (self._cells is None or self._cells.scale != scale)):
            done, self._track, self._episodes, self._sums = 0, (), [], Tally()
            self._cells = Cells(scale) if scale is not None else None
        for n in range(done, len(day.track) - 1):
            switch, end = day.track[n], day.track[n + 1].at
            stretch = Stretch(switch.id, switch.at, end, switch.state, switch.episode)
            self._sums = added(self._sums, day, stretch)
            if self._cells is not None:
                self._cells.add(day, stretch, end)
            self._episodes.append(day.episodes.get(switch.episode or ""))
        self._track, self._edge = day.track[:-1], day.track[-1].at
        return self._cells or Cells(Scale(0, 1, 1))


class Ribbon(Panel):
    """Shows the day so far; repainted by the tick alone."""

    so_far: SoFar | None = None
    day: Day | None = None
    at = 0

    def draw(self, width: int, height: int) -> list[Line]:
        """The ribbon; before the day has begun, nothing."""
        if self.day is None or self.so_far is None or not self.day.begun:
            return []
        scale = scale_of(self.day, self.at, width - gutter_of(width) - 1)
        cells = self.so_far.cells(self.day, self.at, scale)
        return ribbon_lines(self.day, self.so_far.tally(self.day, self.at), cells, width, height)
