"""Readers of other programs' files: plain functions in one table, to which an installed package can add its own.

A package adds a reader as an entry point of the group `shadowlog.readers`: a `Reader`, under any name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.domain.terms import Observation

GROUP = "shadowlog.readers"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said beside the file; "" or None where nothing was said."""

    study: str
    observer: str
    zone: str
    head: str = ""
    date: dt.date | None = None
    end: int | None = None
    """Where observations without an end ended, in ms of the file's own times."""
    notes: bool = False
    """Comments become notes."""
    mapping: Path | None = None
    taken: frozenset[str] = frozenset()
    """The heads' codes that the study has already."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A day that was read: what is to be kept, and what to tell of it."""

    observation: Observation
    commands: tuple[Command, ...]
    day: Day
    """What the commands come to."""
    date: str
    lines: tuple[str, ...]
    drawn: bool = False
    """The head's code was drawn here: the file names nobody by a code."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A whole file: its days, and what to tell of it, among it everything that could not be placed and why."""

    days: tuple[Arrival, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, whether a file looks like it (its beginning is enough), and how it is read."""

    name: str
    claims: Callable[[Path], bool]
    read: Callable[[Path, Asked], Taken]
    """Raises BadInput with the place for what is wrong; nothing is written."""


def readers() -> tuple[Reader, ...]:
    """Give every reader: those that ship, then those that installed packages add."""
    from shadowlog.exchange import boris

    added = (point.load() for point in entry_points(group=GROUP))
    return (*boris.READERS, *(each for each in added if isinstance(each, Reader)))


def reader_for(path: Path) -> Reader | None:
    """Give the first reader that claims a file; None where none does."""
    return next((each for each in readers() if each.claims(path)), None)
