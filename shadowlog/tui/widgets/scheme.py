"""The areas of the screen of one codebook: which it is, its codes, and what is said of one of them."""

from __future__ import annotations

from typing import ClassVar

from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import Codebook
from shadowlog.tui.scheme_lines import field_lines, heading_line, spot_lines
from shadowlog.tui.widgets.panel import Line, Panel, fit


class Heading(Panel):
    """Shows which codebook this is, and what becomes of an edit."""

    book: Codebook | None = None
    version = 1
    state = ""
    tone = "quiet"

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - two lines
        """Two lines."""
        if self.book is None:
            return []
        return [heading_line(self.book, self.version, width), [(fit(f" {self.state}", width), self.tone)]]


class Codes(Panel):
    """Shows everything in the codebook, a line each."""

    book: Codebook | None = None
    chosen = e.Spot(e.SCHEME)
    here = True
    where: ClassVar[dict[int, e.Spot]] = {}

    def draw(self, width: int, height: int) -> list[Line]:
        """The lines."""
        if self.book is None:
            return []
        lines, where = spot_lines(self.book, self.chosen, width, height, here=self.here)
        self.where = dict(where)  # type: ignore[misc]
        return lines


class Said(Panel):
    """Shows all that is said of the chosen code."""

    book: Codebook | None = None
    spot = e.Spot(e.SCHEME)
    field: int | None = None

    def draw(self, width: int, height: int) -> list[Line]:
        """The lines, scrolled so that the chosen field is seen."""
        if self.book is None:
            return []
        lines = field_lines(self.book, self.spot, self.field, width)
        at = next((n for n, line in enumerate(lines) if line and line[0][0].startswith("▸")), 0)
        first = max(0, min(at - height // 2, len(lines) - height))
        return lines[first : first + height]
