"""A panel draws lines of (text, style) pieces itself and repaints only the lines that became others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from shadowlog.domain.text import clean
from shadowlog.tui.widgets.still import Still

Piece = tuple[str, str]
"""Text and the name of its style: one of STYLES, or "" for plain text. The text is drawn as it is, never as markup."""
Line = Sequence[Piece]

FRAME = 6
"""The columns that the frame of a screen of words takes, with its scroll bar."""
MOST_ROWS = 300
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


def fit_label(label: str, width: int) -> str:
    """Give a code's label in exactly so many cells; one that is too long is tried with a shorter "and" first."""
    return fit(label if cell_len(label) <= width else label.replace(" and ", " & "), width)


def fit_names(naming: str, width: int) -> str:
    """Give those who were there in exactly so many cells: too many are the first named whole and how many more."""
    names = naming.split(" + ")
    if cell_len(naming) <= width or len(names) == 1:
        return fit_label(naming, width)
    for count in range(len(names) - 1, 0, -1):
        short = f"{' + '.join(names[:count])} + {len(names) - count} more"
        if cell_len(short) <= width:
            return fit(short, width)
    rest = f" +{len(names) - 1}"
    return fit(fit_label(names[0], width - len(rest)).rstrip() + rest, width)


def short_of(label: str) -> int:
    """How many cells a code's label takes where it is written short."""
    return cell_len(label.replace(" and ", " & "))


def shared(widths: Sequence[int], wanted: Sequence[int], order: Sequence[int]) -> list[int]:
    """Give columns their widths: one that needs more takes what others leave, the first of `order` first.

    The sum stays, and where nothing is cut every column stays as it is.
    """
    found = list(widths)
    spare = [max(0, width - want) for width, want in zip(widths, wanted, strict=True)]
    for n in order:
        need = wanted[n] - widths[n]
        for giver in reversed(order):
            given = max(0, min(need, spare[giver]))
            spare[giver] -= given
            found[giver] -= given
            found[n] += given
            need -= given
    return found


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


class _Frame(NamedTuple):
    """What stands around the content: whole rows above and below, and the ends of the rows between."""

    top: list[Strip]
    bottom: list[Strip]
    left: Strip
    right: Strip


class Panel(Still):
    """Draws itself line by line. A subclass gives `draw`; `repaint` asks for it again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{name}" for name in STYLES}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes, markup=False)
        self._drawn: list[Line] = []
        self._drawn_for: tuple[int, int] = (-1, -1)
        self._styles_by_name: dict[str, Style] = {}
        self._rows: dict[tuple[Piece, ...], Strip] = {}
        self._frame: _Frame | None = None

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
        """Give one line of the content as Textual wants it."""
        size = (self.content_size.width, self.content_size.height)
        if self._drawn_for != size:
            self._drawn = self.draw(*size)
            self._drawn_for = size
        line = self._drawn[y] if y < len(self._drawn) else ()
        segments = [Segment(text, self._style(name)) for text, name in line]
        return Strip(segments).adjust_cell_length(size[0], self._style(""))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the rows of a region, borders and all; a row that stood there before, or elsewhere, is not made again."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = (crop, self._render_rows(crop))
        return self._kept[1]

    def _render_rows(self, crop: Region) -> list[Strip]:
        width, height = self.outer_size
        gutter = self.styles.gutter
        if crop != Region(0, 0, width, height) or height <= gutter.height:
            return super().render_lines(crop)
        if self._frame is None:
            self._rows.clear()
            first = super().render_lines(Region(0, gutter.top, width, 1))[0]
            self._frame = _Frame(
                super().render_lines(Region(0, 0, width, gutter.top)),
                super().render_lines(Region(0, height - gutter.bottom, width, gutter.bottom)),
                first.crop(0, gutter.left),
                first.crop(width - gutter.right, width),
            )
        frame = self._frame
        return [*frame.top, *(self._row(y, frame) for y in range(height - gutter.height)), *frame.bottom]

    def _row(self, y: int, frame: _Frame) -> Strip:
        # Most rows stood on the screen before, one line higher.
        line = tuple(self._drawn[y]) if y < len(self._drawn) else ()
        row = self._rows.get(line)
        if row is None:
            if len(self._rows) > MOST_ROWS:
                self._rows.clear()
            content = self.render_line(y)
            for each in self.get_line_filters():
                content = content.apply_filter(each, self.background_colors[1])
            row = self._rows[line] = Strip.join([frame.left, content, frame.right])
        return row

    def _set_dirty(self, *regions: Region) -> None:
        if not regions:
            self._frame = None
        super()._set_dirty(*regions)

    def notify_style_update(self) -> None:
        """Another theme: draw everything again."""
        super().notify_style_update()
        self._drawn_for = (-1, -1)
        self._styles_by_name.clear()

    def _style(self, name: str) -> Style:
        found = self._styles_by_name.get(name)
        if found is None:
            # Asking the style sheet anew for every line is most of the time that a repaint takes.
            found = self.get_component_rich_style(f"panel--{name}") if name else self.rich_style
            self._styles_by_name[name] = found
        return found
