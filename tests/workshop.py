"""A study whose days were verified and released, as a workshop needs it: the demonstration's heads, asked and agreed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from shadowlog.cli import run
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import fold
from shadowlog.exchange.demo import DemoDay, demo_days
from shadowlog.exchange.demo_talk import Afterwards
from shadowlog.exchange.demo_workshop import LAYERS
from shadowlog.store import journal, library
from shadowlog.store.engine import Store, open_store
from shadowlog.store.intake import take_in

DAYS = Path(__file__).parent / "data" / "days"


def talked(made: DemoDay, layers: Collection[str] = ("workshop", "incidents"), phase: str = "widening") -> Afterwards:
    """A day that its head agreed to in every row, and released for these layers."""
    return agreed(fold(made.observation, made.commands), layers, phase)


def agreed(day: Day, layers: Collection[str] = ("workshop", "incidents"), phase: str = "widening") -> Afterwards:
    """What is said of any day that its head agreed to in every row, and released for these layers."""
    talk = Afterwards(day)
    talk.hand_over()
    talk.agree_to_rest()
    talk.say(f.Phase, phase=phase)
    if layers:
        talk.say(f.Release, layers=tuple(layers))
    return talk


def kept(store: Store, talk: Afterwards, made: DemoDay) -> Day:
    """Take a day in with what was said of it, as one that came from elsewhere: nobody was asked yet."""
    told = [command for command, _ in talk.told]
    date = made.date.isoformat()
    take_in(store, made.observation, [*made.commands, *told], date=date, clock=FakeClock(), day=talk.day)
    return talk.day


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


REAL = ("03", "04", "08", "11", "20")
"""The real days in tests/data/days; their heads are known by those numbers."""


def imported(path: Path) -> None:
    """The five real days in a database as they come: nobody was asked for anything."""
    for number in REAL:
        about = ("--study", "Real", "--head", f"H{number}", "--observer", "O1", "--date", "2007-04-27")
        assert run(["--db", str(path), "import", str(DAYS / f"day-{number}.csv"), *about]) == 0


def asked(path: Path) -> None:
    """The heads of the real days agree to a workshop, go through every row and release the days."""
    with open_store(path, writing=True) as store:
        (found,) = library.studies(store)
        for each in library.observations(store, found.id):
            ask(store, found.id, each.head)
            for command, changes in agreed(journal.load(store, each.id)).told:
                journal.append(store, each.id, command, changes)
