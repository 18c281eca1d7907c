"""Tells pasted text from typed keys in what a terminal sends, whatever the pasted text holds."""

from __future__ import annotations

START, END = "\x1b[200~", "\x1b[201~"
LONGEST = 1_000_000
"""Characters of a paste that are kept; nothing here takes more."""
PATIENCE = 5
"""After so many idle waits (0.1 s each) a paste whose end never came is over, or every key would be lost in it."""


class PasteSplitter:
    """Cuts a stream into (is it pasted, text) pieces. A marker may come in parts."""

    def __init__(self) -> None:
        self._held = ""
        self._pasted: list[str] | None = None
        self._size = 0
        self._idle = 0

    def feed(self, text: str) -> list[tuple[bool, str]]:
        """Take what was read; give the pieces that are complete."""
        self._idle = 0
        pieces: list[tuple[bool, str]] = []
        text = self._held + text
        self._held = ""
        while text:
            marker = START if self._pasted is None else END
            before, found, text = text.partition(marker)
            if not found:
                cut = len(before) - _partial(before, marker)
                before, self._held = before[:cut], before[cut:]
            self._take(before, pieces)
            if found:
                pieces += self._turn()
        return pieces

    def idle(self) -> list[tuple[bool, str]]:
        """Nothing came for a while: half a marker was none, and a paste without an end is over."""
        self._idle += 1
        pieces: list[tuple[bool, str]] = []
        if self._held:
            held, self._held = self._held, ""
            self._take(held, pieces)
        if self._pasted is not None and self._idle >= PATIENCE:
            pieces += self._turn()
        return pieces

    def _take(self, text: str, pieces: list[tuple[bool, str]]) -> None:
        if not text:
            return
        if self._pasted is None:
            pieces.append((False, text))
        elif self._size < LONGEST:
            self._pasted.append(text[: LONGEST - self._size])
            self._size += len(text)

    def _turn(self) -> list[tuple[bool, str]]:
        if self._pasted is None:
            self._pasted, self._size = [], 0
            return []
        text, self._pasted = "".join(self._pasted), None
        return [(True, text)]


def _partial(text: str, marker: str) -> int:
    """How many characters at the end may be the beginning of the marker."""
    return next((n for n in range(min(len(marker) - 1, len(text)), 0, -1) if text.endswith(marker[:n])), 0)
