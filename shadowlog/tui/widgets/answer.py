"""A line to type in, docked at the bottom. It never takes the focus, so that every key keeps its place in the order."""

from __future__ import annotations

from rich.cells import cell_len

from shadowlog.domain.text import clean
from shadowlog.tui.widgets.panel import Line, Panel, fit


class Editor:
    """Text of one line and a cursor; holds at most `longest` characters."""

    def __init__(self, text: str = "", longest: int = 40) -> None:
        self.text = text[:longest]
        self.cursor = len(self.text)
        self.longest = longest

    def insert(self, text: str) -> int:
        """Put cleaned text at the cursor; give how many characters did not fit."""
        # Cleaning costs more than cutting: a huge paste is cut first, with some to spare for what is stripped.
        most = self.longest * 4
        over = max(0, len(text) - most)
        text = clean(text[:most])
        room = self.longest - len(self.text)
        self.text = self.text[: self.cursor] + text[:room] + self.text[self.cursor :]
        self.cursor += len(text[:room])
        return over + max(0, len(text) - room)

    def press(self, key: str, character: str | None) -> bool:
        """Take a key; say whether it meant anything here."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        if key == "backspace":
            before = before[:-1]
        elif key == "delete":
            after = after[1:]
        elif key == "ctrl+u":
            before = ""
        elif key == "ctrl+w":
            before = before.rstrip()
            before = before[: before.rfind(" ") + 1]
        elif key in {"left", "right", "home", "end"}:
            steps = {"left": self.cursor - 1, "right": self.cursor + 1, "home": 0, "end": len(self.text)}
            self.cursor = min(max(steps[key], 0), len(self.text))
            return True
        elif character is not None and character.isprintable() and len(character) == 1:
            self.insert(character)
            return True
        else:
            return False
        self.text, self.cursor = before + after, len(before)
        return True


def editor_line(prompt: str, editor: Editor, width: int) -> Line:
    """Draw prompt, text and cursor; a long text is drawn from where the cursor is still seen."""
    room = max(4, width - cell_len(prompt) - 3)
    start, used = editor.cursor, 0
    while start and (used := used + cell_len(editor.text[start - 1])) < room:
        start -= 1
    before = editor.text[start : editor.cursor]
    under = editor.text[editor.cursor : editor.cursor + 1] or " "
    after = fit(editor.text[editor.cursor + 1 :], max(0, room - cell_len(before) - cell_len(under)))
    return [(f" {prompt} ", "accent"), (before, ""), (under, "mark"), (after, "")]


class AnswerLine(Panel):
    """Shows the line while something is asked."""

    prompt = ""
    editor: Editor | None = None

    def open(self, prompt: str, longest: int, text: str = "") -> None:
        """Ask."""
        self.prompt, self.editor = prompt, Editor(text, longest)
        self.display = True
        self.repaint()

    def close(self) -> None:
        """Hide the line."""
        self.editor = None
        self.display = False

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line
        """The line."""
        return [editor_line(self.prompt, self.editor, width)] if self.editor else []
