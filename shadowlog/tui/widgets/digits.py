"""Digits large enough to be read at arm's length, drawn from block characters."""

from __future__ import annotations

from collections.abc import Mapping

# Five rows of three dots each; the colon and the point are one dot wide.
_DOTS: Mapping[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    ".": (" ", " ", " ", " ", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
}
_HALVES = {("#", "#"): "█", ("#", " "): "▀", (" ", "#"): "▄", (" ", " "): " "}


def large(text: str) -> list[str]:
    """Give five rows, two cells a dot: 6 cells a digit, 2 a colon, 2 between."""
    return ["  ".join("".join(dot * 2 for dot in _DOTS[c][row]) for c in text).replace("#", "█") for row in range(5)]


def clock(text: str, width: int) -> list[str]:
    """Give the largest rows that fit: all large, seconds small beside large hours and minutes, or all small."""
    rows = large(text)
    if len(rows[0]) > width and text.count(":") == 2:
        start, _, seconds = text.rpartition(":")
        beside = ["", "", *(f" {row}" for row in small(seconds))]
        rows = [f"{row}{each}" for row, each in zip(large(start), beside, strict=True)]
    return rows if max(len(row) for row in rows) <= width else small(text)


def small(text: str) -> list[str]:
    """Give three rows, two dots a cell from top to bottom: 3 cells a digit, 1 a colon, 1 between."""
    rows = [" ".join(_DOTS[c][row] for c in text) for row in range(5)]
    rows.append(" " * len(rows[0]))
    return ["".join(_HALVES[a, b] for a, b in zip(rows[n], rows[n + 1], strict=True)) for n in (0, 2, 4)]


def running(ms: int) -> str:
    """Give a duration as 00:24, and as 1:02:24 from an hour on."""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
