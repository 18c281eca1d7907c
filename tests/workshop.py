"""A study whose days were verified and released, as a workshop needs it: the demonstration's heads, asked and agreed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import FakeClock, Instant
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import fold, step
from shadowlog.domain.terms import Verification
from shadowlog.exchange.demo import DemoDay, demo_days
from shadowlog.store import journal, library
from shadowlog.store.engine import Store, open_store
from shadowlog.store.intake import take_in

LAYERS = ("observed", "feedback", "workshop", "incidents")
EVENING = 86_400_000


class Evening:
    """What is said of a day with its head, a day later, and what it comes to."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.told: list[tuple[c.Command, Any]] = []

    def say(self, kind: type[c.Command], author: str = "", **fields: Any) -> None:
        """Say something, as the head unless told otherwise."""
        end = self.day.track[-1].at
        at = end + len(self.told) * 1_000
        by = {"id": f"{self.day.observation.id[-4:]}-{len(self.told):04}", "at": end, "author": author or self.head}
        command = kind(**{**fields, **by, "said": Instant(at + EVENING, 0, "boot-e")})
        self.day, changes = step(self.day, command)
        self.told.append((command, changes))

    @property
    def head(self) -> str:
        """The head's code."""
        return self.day.observation.head


def talked(made: DemoDay, layers: Collection[str] = ("workshop", "incidents"), phase: str = "widening") -> Evening:
    """A day that its head agreed to in every row, and released for these layers."""
    return agreed(fold(made.observation, made.commands), layers, phase)


def agreed(day: Day, layers: Collection[str] = ("workshop", "incidents"), phase: str = "widening") -> Evening:
    """What is said of any day that its head agreed to in every row, and released for these layers."""
    evening = Evening(day)
    evening.say(f.HandOver, evening.day.observation.observer)
    for episode in list(evening.day.episodes):
        evening.say(c.Verify, episode=episode, view=Verification.AGREE)
    evening.say(f.Phase, phase=phase)
    if layers:
        evening.say(f.Release, layers=tuple(layers))
    return evening


def kept(store: Store, evening: Evening, made: DemoDay) -> Day:
    """Take a day in with what was said of it, and with the consent of its head."""
    take_in(store, made.observation, made.commands, date=made.date.isoformat(), clock=FakeClock())
    for command, changes in evening.told:
        journal.append(store, made.observation.id, command, changes)
    return evening.day


def ask(store: Store, study_id: str, head: str, layers: Collection[str] = LAYERS) -> None:
    """Record the consent of a head."""
    library.record_consent(
        store, study_id, head=head, date="2026-10-01", wording="1", how="in writing", layers=layers, author="S1",
        clock=FakeClock(),
    )  # fmt: skip


def study(path: Path) -> list[DemoDay]:
    """The demonstration's days in a database, all verified and released, their heads' consent on record."""
    days = demo_days()
    with open_store(path, writing=True) as store:
        for made in days:
            kept(store, talked(made), made)
        (found,) = library.studies(store)
        for head in sorted({made.observation.head for made in days}):
            ask(store, found.id, head)
    return days
