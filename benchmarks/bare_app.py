"""The least a Textual app can do: it paints a line, and counts key presses. What shadowlog is measured against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App[None]):
    """A counter of key presses."""

    count = 0

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("READYMARK", id="line", markup=False)

    def on_key(self, event: Key) -> None:
        """Count."""
        if event.is_printable:
            self.count += 1
            self.query_one("#line", Static).update(f"COUNT{self.count:05}X")


if __name__ == "__main__":
    Bare().run()
