"""Code pads: every code beside its key, folded into as many columns as the space needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from shadowlog.domain.codebook import Code
from shadowlog.tui.widgets.panel import Line, Panel, fit_label

MARK = "◀"


@dataclass(frozen=True, slots=True)
class Pad:
    """What a pad shows: codes in order, those that are current, and where the cursor stands while it has it."""

    codes: tuple[Code, ...]
    current: frozenset[str] = frozenset()
    cursor: int | None = None
    leader: str = ""
    """The first character of a two-character key, once pressed."""


def columns_for(count: int, height: int) -> int:
    """How many columns so many codes take."""
    return max(1, -(-count // max(1, height)))


def pad_lines(pad: Pad, width: int, height: int) -> list[Line]:
    """Draw a pad: column by column from top to bottom."""
    count = len(pad.codes)
    if not count:
        return []
    columns = columns_for(count, height)
    rows = -(-count // columns)
    each = width // columns
    sign = max(len(code.key) for code in pad.codes)
    lines: list[Line] = []
    for row in range(rows):
        line: list[tuple[str, str]] = []
        for column in range(columns):
            n = column * rows + row
            if n < count:
                line += _cell(pad, n, each if column < columns - 1 else width - each * (columns - 1), sign)
        lines.append(line)
    return lines


def _cell(pad: Pad, n: int, width: int, sign: int) -> Sequence[tuple[str, str]]:
    code = pad.codes[n]
    is_current = code.id in pad.current
    out_of_reach = bool(pad.leader) and not code.key.startswith(pad.leader)
    key_style = "faint" if out_of_reach else "accent"
    text_style = "faint" if out_of_reach else "strong" if is_current else ""
    if pad.cursor == n:
        key_style = text_style = "mark"
    text = fit_label(code.label, width - sign - 3)
    return (
        (f" {code.key:<{sign}} ", key_style),
        (text, text_style),
        (MARK if is_current else " ", "accent" if is_current else ""),
    )


class CodePad(Panel):
    """Shows a pad; a click on a code presses it."""

    pad = Pad(())

    class Pressed(Message):
        """A code was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def draw(self, width: int, height: int) -> list[Line]:
        """The pad."""
        return pad_lines(self.pad, width, height)

    def code_at(self, x: int, y: int) -> Code | None:
        """The code drawn at a cell."""
        width, height = self.content_size
        count = len(self.pad.codes)
        columns = columns_for(count, height)
        rows = -(-count // columns)
        column = min(x // max(1, width // columns), columns - 1)
        n = column * rows + y
        return self.pad.codes[n] if 0 <= y < rows and 0 <= n < count else None

    def on_click(self, event: events.Click) -> None:
        """A code is clicked: its key is pressed."""
        event.stop()
        offset = event.get_content_offset(self)
        code = self.code_at(offset.x, offset.y) if offset else None
        if code is not None and code.key:
            self.post_message(self.Pressed(code.key))

    def move(self, dx: int, dy: int) -> int:
        """Where the cursor comes to by so many columns and rows."""
        count = len(self.pad.codes)
        columns = columns_for(count, self.content_size.height)
        rows = -(-count // columns)
        return min(max((self.pad.cursor or 0) + dx * rows + dy, 0), count - 1)
