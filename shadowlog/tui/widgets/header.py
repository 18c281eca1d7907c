"""The line at the top: whose day, the clock, how long it was observed, how much is kept and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain.phrases import span
from shadowlog.domain.sentences import clock_time
from shadowlog.tui.widgets.panel import Line, Panel, width_of


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header says; `wall`, `saved` in ms since the epoch, `window` in ms."""

    head: str
    label: str
    zone: str
    wall: int
    window: int = 0
    episodes: int = 0
    saved: int | None = None
    waiting: int = 0
    """How many acts are in memory only, once a write has failed."""
    state: str = ""


def heading_line(heading: Heading, width: int) -> Line:
    """The header as a line; the date goes first where there is little room."""
    here = datetime.fromtimestamp(heading.wall / 1000, ZoneInfo(heading.zone))
    date = f"{here:%a} {here.day} {here:%b}"
    episodes = f"{heading.episodes} episode{'' if heading.episodes == 1 else 's'}"
    left = [(f" {heading.head}", "strong"), (f"  {heading.label}", "strong")]
    if heading.waiting:
        last: Line = [(f"NOT SAVED: {heading.waiting} ", "alert"), ("●", "alert")]
    elif heading.saved is None:
        last = [(heading.state or "nothing saved yet", "quiet"), (" ○", "quiet")]
    else:
        last = [(f"saved {clock_time(heading.saved, heading.zone)} ", "quiet"), ("●", "good")]
    middle = [date, f"{here:%H:%M:%S}", f"window {span(heading.window)}", episodes]
    while True:
        gap = "   "
        line = [
            *left,
            *[(gap + text, "strong" if text == middle[-3:-2][0] else "") for text in middle],
            (gap, ""),
            *last,
        ]
        if width_of(line) <= width or len(middle) <= 3:
            return line
        del middle[0]


class Header(Panel):
    """Shows a heading."""

    heading: Heading | None = None

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line
        """The header."""
        return [heading_line(self.heading, width)] if self.heading else []
