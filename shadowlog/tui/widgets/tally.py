"""The line of shares at the bottom: with whom the observed time has gone so far."""

from __future__ import annotations

from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.tally import Tally
from shadowlog.tui.widgets.panel import Line, Panel, width_of


def tally_line(sums: Tally, book: Codebook, width: int) -> Line:
    """Shares of the window, the largest first, as many as there is room for."""
    alone = set(book.flagged(ROLE, "alone"))
    line: list[tuple[str, str]] = []
    with_whom = False
    for role in sums.roles:
        percent = round(sums.share(role) * 100)
        label = book.label(ROLE, role).lower()
        first = role not in alone and not with_whom
        with_whom = with_whom or first
        words = f"with {label}" if first else label
        lead = " " if not line else " · "
        piece = [(f"{lead}{words} ", "quiet"), (f"{percent} %", "")]
        if width_of([*line, *piece]) > width:
            break
        line += piece
    return line


class TallyLine(Panel):
    """Shows the shares; repainted by the tick alone."""

    sums = Tally()
    book: Codebook | None = None

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line
        """The shares."""
        return [tally_line(self.sums, self.book, width)] if self.book else []
