"""A list to choose from with the keys of the codebook, or with arrows and Enter; it also holds those put together."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from shadowlog.tui.review_asks import Option
from shadowlog.tui.widgets.pads import columns_for
from shadowlog.tui.widgets.panel import Line, Panel, fit


class Chooser(Panel):
    """Shows options in columns. `above` is said over them."""

    class Pressed(Message):
        """An option was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    options: Sequence[Option] = ()
    at = 0
    above = ""
    leader = ""

    def _shape(self, height: int) -> tuple[int, int]:
        """How many columns, and rows in each, under the line above."""
        columns = columns_for(len(self.options), height - bool(self.above))
        return columns, -(-len(self.options) // columns)

    def draw(self, width: int, height: int) -> list[Line]:
        """The line above and the options, column by column."""
        if not self.options:
            return []
        columns, rows = self._shape(height)
        sign = max(len(option.key) for option in self.options)
        each = width // columns
        lines: list[Line] = [[(fit(f" {self.above}", width), "strong")]] if self.above else []
        for y in range(rows):
            line: list[tuple[str, str]] = []
            for x in range(columns):
                if (n := x * rows + y) < len(self.options):
                    option = self.options[n]
                    tone = "mark" if n == self.at else ""
                    reach = option.key.startswith(self.leader)
                    line += [
                        (f" {option.key:<{sign}} ", tone or ("accent" if reach else "faint")),
                        (fit(option.label, each - sign - 3) + " ", tone or ("" if reach else "faint")),
                    ]
            lines.append(line)
        return lines

    def move(self, key: str) -> bool:
        """Move the cursor by an arrow; whether the key was one."""
        _, rows = self._shape(self.content_size.height)
        step = {"up": -1, "down": 1, "left": -rows, "right": rows}.get(key)
        if step is None:
            return False
        if 0 <= self.at + step < len(self.options):
            self.at += step
        self.repaint()
        return True

    def on_click(self, event: events.Click) -> None:
        """An option is clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None or not self.options:
            return
        columns, rows = self._shape(self.content_size.height)
        y = offset.y - bool(self.above)
        n = offset.x // max(1, self.content_size.width // columns) * rows + y
        if 0 <= y < rows and n < len(self.options):
            self.post_message(self.Pressed(n))
