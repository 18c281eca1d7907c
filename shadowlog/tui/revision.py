"""What becomes of a codebook while it is edited: every state since it was opened, so that any edit can be taken back."""

from __future__ import annotations

from dataclasses import replace

from shadowlog.domain.codebook import Codebook


class Revision:
    """A codebook as it is kept and as it would be; `copy` is a new one, not kept yet."""

    def __init__(self, kept: Codebook, copy: Codebook | None = None) -> None:
        self._kept: Codebook | None = kept if copy is None else None
        self._states = [kept if copy is None else copy]
        self._at = 0

    @property
    def book(self) -> Codebook:
        """The codebook as it would be."""
        return self._states[self._at]

    @property
    def new(self) -> bool:
        """Whether it was never kept."""
        return self._kept is None

    @property
    def dirty(self) -> bool:
        """Whether there is something to keep."""
        return self.book != self._kept

    def take(self, book: Codebook) -> None:
        """Go on to another state; what was taken back before is gone."""
        self._states[self._at + 1 :] = [book]
        self._at += 1

    def undo(self) -> bool:
        """Go back one state; False where there is none."""
        self._at, before = max(0, self._at - 1), self._at
        return self._at != before

    def redo(self) -> bool:
        """Go forward one state; False where there is none."""
        self._at, before = min(len(self._states) - 1, self._at + 1), self._at
        return self._at != before

    def kept(self, book: Codebook) -> None:
        """The codebook is kept, under the version that it has now; so are the states before, should they be gone back to."""
        self._kept = book
        self._states = [replace(each, version=book.version) for each in self._states]
