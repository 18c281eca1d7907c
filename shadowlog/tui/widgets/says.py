"""One line that says something: what an act did, what is waited for, what is asked, what is wrong."""

from __future__ import annotations

from rich.cells import cell_len

from shadowlog.tui.widgets.panel import Line, Panel, fit


def wrapped(words: str, width: int, lines: int) -> list[str]:
    """Break words into at most so many lines of so many cells; the last takes what is left."""
    if cell_len(words) > width and lines > 1:
        # Two spaces part two thoughts: there is the better break.
        first, thought, rest = words.partition("  ")
        if thought and cell_len(first) <= width:
            return [first, *wrapped(rest, width, lines - 1)]
    found: list[str] = [""]
    for word in words.split(" "):
        if len(found) < lines and found[-1] and cell_len(found[-1]) + 1 + cell_len(word) > width:
            found.append(word)
        else:
            found[-1] += f" {word}" if found[-1] else word
    return found


class Says(Panel):
    """Shows one line of words, drawn as they are."""

    words = ""
    tone = ""

    def say(self, words: str, tone: str = "") -> None:
        """Say something else."""
        self.words, self.tone = words, tone
        self.repaint()

    def draw(self, width: int, height: int) -> list[Line]:
        """The words, over as many lines as there are."""
        return [[(fit(f" {line}", width), self.tone)] for line in wrapped(self.words, width - 2, height)]
