"""``shadowlog replay``, hidden: records a day anew, one commit an act, for tests of the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.errors import BadInput, NotFound

if TYPE_CHECKING:
    from shadowlog.domain.commands import Command
    from shadowlog.domain.terms import Observation
    from shadowlog.store.engine import Store

SWITCH = "SHADOWLOG_TEST_SYNCHRONOUS"
"""Makes this command, and no other, wait less for the disk: a test of power cuts must fail under it."""

Told = tuple["Observation", str, tuple["Command", ...]]


@click.command("replay", hidden=True, context_settings=HELP, epilog="Example:  shadowlog replay day.json --n 20")
@click.argument("source", metavar="[FILE|ID]", required=False)
@click.option("--n", "count", type=click.IntRange(min=1), help="Say so many acts more, then end; else all there are.")
def replay(source: str | None, count: int | None) -> None:
    """Record a lossless JSON, or an invented day by its id, anew; without either, the invented days one after another.

    Each act is one commit and is then acknowledged on stdout. What the database holds already is passed over, so that a
    second run goes on where the first one stopped.
    """
    days = list(_days(source))
    with opened(writing=True) as store:
        _weaken(store)
        left = sys.maxsize if count is None else count
        for day in days:
            left -= _record(store, day, left)


def _days(source: str | None) -> Iterator[Told]:
    from shadowlog.cli.arrivals import from_json
    from shadowlog.exchange.demo import demo_days
    from shadowlog.paths import path_of

    file = path_of(source, "SOURCE") if source else Path()
    if source and file.is_file():
        taken = from_json(file)
        yield taken.observation, taken.date, taken.commands
        return
    found = [each for each in demo_days() if each.observation.id.startswith(source or "")]
    if not found:
        raise NotFound("There is neither a file nor an invented day of that name.", "Name a lossless JSON.")
    for each in found:
        yield each.observation, each.date.isoformat(), each.commands


def _weaken(store: Store) -> None:
    wanted = os.environ.get(SWITCH)
    if wanted is None:
        return
    if wanted not in {"NORMAL", "OFF"}:
        raise BadInput(f"{SWITCH} is NORMAL or OFF", "Take it out of the environment.", SWITCH)
    store.driver.execute(f"PRAGMA synchronous={wanted}").fetchall()
    say(f"{SWITCH}={wanted}: what is acknowledged now can be lost in a power cut.", err=True)


def _record(store: Store, told: Told, most: int) -> int:
    """Say what of a day is not there yet, so many acts at most; give how many were said."""
    from shadowlog.domain.recorder import step
    from shadowlog.store import journal, library
    from shadowlog.store.intake import take_in

    observation, date, commands = told
    if most <= 0:
        return 0
    if all(each.id != observation.id for each in library.observations(store)):
        take_in(store, observation, (), date=date, clock=SystemClock())
    day = journal.load(store, observation.id)
    rest = commands[len(journal.commands(store, observation.id)) :][:most]
    for command in rest:
        day, changes = step(day, command)
        journal.append(store, observation.id, command, changes)
        sys.stdout.write(f"ACK {command.id}\n")
        sys.stdout.flush()
    return len(rest)
