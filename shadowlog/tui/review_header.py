"""The line at the top of the review: whose day, which state, how much is to do, how much is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain.day import Day
from shadowlog.domain.review import Item, to_do
from shadowlog.domain.sentences import clock_time
from shadowlog.tui.ports import Listed
from shadowlog.tui.widgets.panel import Line, Panel, width_of


class ReviewHeader(Panel):
    """Shows the line."""

    left: Line = ()
    middle: Sequence[str] = ()
    right: Line = ()

    def show(self, listed: Listed, day: Day | None, items: Sequence[Item], saved: int | None, unsaved: int) -> None:
        """Say whose day this is and how it stands; `saved` is in ms, `unsaved` counts acts in memory only."""
        if day is None or not day.begun:
            self.tell(listed, ("opening" if day is None else "not begun",), ())
        else:
            count = len(day.episodes)
            _, doing = to_do(items)
            middle = (date_words(day), f"{clock_time(day.start, day.observation.zone)[:5]}–{self._until(day)}")
            more = (f"{count} episode{'' if count == 1 else 's'}", f"{doing} to do")
            self.tell(listed, (*middle, *more), kept(saved, day.observation.zone, unsaved))

    def tell(self, listed: Listed, middle: Sequence[str], right: Line) -> None:
        """Say whose day this is, then these, and at the right end that."""
        self.left = [(f" {listed.head}", "strong"), (f"  {listed.label}", "strong")]
        self.middle, self.right = middle, right
        self.repaint()

    def _until(self, day: Day) -> str:
        return clock_time(day.track[-1].at, day.observation.zone)[:5] if day.ended else "running"

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line
        """The line; what is kept stands at the right end."""
        middle = list(self.middle)
        while True:
            line = [*self.left, *((f"   {text}", "") for text in middle)]
            if width_of(line) + width_of(self.right) < width or len(middle) <= 2:
                break
            # Date and hours say least: Home said them too.
            del middle[0]
        gap = max(1, width - width_of(line) - width_of(self.right))
        return [[*line, (" " * gap, ""), *self.right]]


def date_words(day: Day) -> str:
    """The date of a day, in its own zone."""
    here = datetime.fromtimestamp(day.start / 1000, ZoneInfo(day.observation.zone))
    return f"{here:%a} {here.day} {here:%b %Y}"


def kept(saved: int | None, zone: str, unsaved: int) -> Line:
    """When something was kept last (ms); how many acts are in memory only, where there are any."""
    if unsaved:
        return [(f"NOT SAVED: {unsaved} ", "alert"), ("● ", "alert")]
    if saved is None:
        return [("nothing changed yet ", "quiet"), ("○ ", "quiet")]
    return [(f"saved {clock_time(saved, zone)} ", "quiet"), ("● ", "good")]
