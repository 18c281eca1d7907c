"""A panel draws lines of (text, style) pieces itself and repaints only the lines that became others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from shadowlog.domain.text import clean

Piece = tuple[str, str]
"""Text and the name of its style: one of STYLES, or "" for plain text. The text is drawn as it is, never as markup."""
Line = Sequence[Piece]

MOST_STRIPS = 300
STYLES = ("strong", "quiet", "faint", "accent", "alert", "good", "mark", "lane")


def fit(text: str, width: int) -> str:
    """Give the text in exactly so many cells, with an ellipsis where it is cut."""
    if width <= 0:
        return ""
    if not text.isprintable():
        # What came in was cleaned there; what is drawn is cleaned again, whatever way it came.
        text = clean(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def width_of(line: Line) -> int:
    """How many cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def _changed(old: Sequence[Line], new: Sequence[Line], height: int) -> Iterator[tuple[int, int]]:
    """The runs [start, end) of lines that became others: a run is painted at once, which costs as much as one line."""
    start: int | None = None
    for y in range(height + 1):
        same = y == height or (old[y] if y < len(old) else ()) == (new[y] if y < len(new) else ())
        if same and start is not None:
            yield start, y
            start = None
        elif not same and start is None:
            start = y


class Panel(Widget):
    """Draws itself line by line. A subclass gives `draw`; `repaint` asks for it again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{name}" for name in STYLES}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes, markup=False)
        self._drawn: list[Line] = []
        self._drawn_for: tuple[int, int] = (-1, -1)
        self._drawn_at: Size | None = None
        self._styles_by_name: dict[str, Style] = {}
        self._strips: dict[tuple[Piece, ...], Strip] = {}

    def draw(self, width: int, height: int) -> list[Line]:
        """Give the lines for a space of so many cells; fewer lines leave the rest empty."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Draw again and refresh the lines that changed."""
        width, height = self.content_size
        if width <= 0 or height <= 0 or self._drawn_for != (width, height):
            self.refresh()
            self._drawn_for = (-1, -1)
            return
        old, self._drawn = self._drawn, self.draw(width, height)
        for start, end in _changed(old, self._drawn, height):
            self.refresh(Region(0, start, width, end - start))

    def render_line(self, y: int) -> Strip:
        """Give one line as Textual wants it."""
        if self._drawn_for == (-1, -1) or self._drawn_at != self.size:
            width, height = self.content_size
            if self._drawn_for != (width, height):
                self._drawn = self.draw(width, height)
                self._drawn_for = (width, height)
                self._strips.clear()
            self._drawn_at = self.size
        width = self._drawn_for[0]
        # Most lines stood on the screen before, a row higher: they are not made again.
        line = tuple(self._drawn[y]) if y < len(self._drawn) else ()
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            segments = [Segment(text, self._style(name)) for text, name in line]
            strip = self._strips[line] = Strip(segments).adjust_cell_length(width, self._style(""))
        return strip

    def notify_style_update(self) -> None:
        """Another theme: draw everything again."""
        super().notify_style_update()
        self._drawn_for = (-1, -1)
        self._styles_by_name.clear()
        self._strips.clear()

    def _style(self, name: str) -> Style:
        found = self._styles_by_name.get(name)
        if found is None:
            # Asking the style sheet anew for every line is most of the time that a repaint takes.
            found = self.get_component_rich_style(f"panel--{name}") if name else self.rich_style
            self._styles_by_name[name] = found
        return found
