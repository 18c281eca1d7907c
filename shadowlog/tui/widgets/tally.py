"""The line of shares at the bottom: who was there for how much of the observed time so far."""

from __future__ import annotations

from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.phrases import brief_percent
from shadowlog.domain.tally import Tally
from shadowlog.tui.widgets.panel import Line, Panel, width_of

RULE = " present, each in full:"


def tally_line(sums: Tally, book: Codebook, width: int) -> Line:
    """Shares of the window, the largest first, as many as there is room for; last the time with nobody named."""
    line: list[tuple[str, str]] = [(RULE, "quiet")] if sums.roles else []
    shares = [(book.label(ROLE, role).lower(), sums.share(role)) for role in sums.roles]
    if sums.uncoded:
        shares.append(("uncoded", sums.of_window(sums.uncoded)))
    for n, (label, share) in enumerate(shares):
        piece = [(f"{' ·' if n else ''} {label} ", "quiet"), (brief_percent(share), "")]
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
