"""What did not change is not rendered again."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Still(Widget):
    """Keeps its rendered lines until something of it changes.

    Where the top and the bottom of a screen change together, Textual asks every widget between for its lines; working
    out colours, borders and titles of those that did not change is most of what a paint takes.
    """

    _kept: tuple[Region, list[Strip]] | None = None

    def _set_dirty(self, *regions: Region) -> None:
        # Every change of content, size, style or theme comes through here.
        self._kept = None
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the lines of a region, or give those of before."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = (crop, super().render_lines(crop))
        return self._kept[1]
