"""What stands on a slide: dots, bars and columns in percent of their axis, words, and what is asked of the room."""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.report.fitting import LARGE, wide

MACBEATH = "after MacBeath, Oduro and Waterhouse, Distributed Leadership: A Developmental Process"


@dataclass(frozen=True, slots=True)
class Dot:
    """A head on an axis (percent): its letter, where it is, and where the letter is drawn so that none covers another."""

    letter: str
    at: float
    drawn: float
    lane: int = 0


@dataclass(frozen=True, slots=True)
class DotRow:
    """A line of dots with its range; `said` tells it to who does not see it."""

    label: str
    dots: tuple[Dot, ...]
    low: float | None
    width: float
    said: str

    @property
    def lanes(self) -> int:
        """How many lanes of letters stand above one another."""
        return 1 + max((dot.lane for dot in self.dots), default=0)


@dataclass(frozen=True, slots=True)
class BarRow:
    """How often beside how long, in percent of the longest bar, None where it is left out, and in words."""

    label: str
    often: float | None
    often_said: str
    long: float | None
    long_said: str

    @property
    def said(self) -> str:
        """The row for who does not see it."""
        return f"{self.label}: how often, {self.often_said}; how long, {self.long_said}"


@dataclass(frozen=True, slots=True)
class Column:
    """A number as a column: how high in percent of the highest, None where it is not told, and in words."""

    height: float | None
    said: str


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A head's day as columns, one for each part of it."""

    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what it asks, what it reveals, and what the presenter may ask of the room."""

    kind: str
    id: str
    question: str
    prompt: str = ""
    source: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[DotRow, ...] | tuple[BarRow, ...] | tuple[PatternRow, ...] = ()
    axis: tuple[tuple[float, str], ...] = ()
    most: float = 0
    unit: str = ""
    finding: str = ""
    text: str = ""

    @property
    def large(self) -> bool:
        """Whether its story is short enough for larger letters."""
        return wide(self.text) <= LARGE

    @property
    def reveals(self) -> bool:
        """Whether something stays covered until it is asked for."""
        return self.kind in {"dots", "beside", "pattern"}
