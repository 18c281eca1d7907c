"""Looking at what is recorded: list and show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, OBSERVATION, database, opened, say
from shadowlog.domain import versions
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.phrases import many
from shadowlog.domain.text import short_ends
from shadowlog.domain.versions import Version

if TYPE_CHECKING:
    from shadowlog.domain.day import Day
    from shadowlog.domain.terms import Record
    from shadowlog.store.engine import Store

WHO = click.Choice(["split", "full", "main"])
WHO_HELP = "Several groups present: equal parts (split), all of it each (full), the first named (main)."


def day_of(store: Store, prefix: str) -> tuple[Day, int]:
    """Give an observation's day and now on its timeline (ms); NotFound for none, Refused for one that has not begun."""
    from shadowlog.errors import Refused
    from shadowlog.store import journal, library

    day = journal.load(store, library.find(store, prefix))
    if not day.begun:
        raise Refused("That observation has not begun.", f"`shadowlog record {prefix}` begins it.")
    now = SystemClock().now()
    position = day.position(now)
    return day, day.watched(now.wall if position is None else position)


def record_of(store: Store, prefix: str, version: Version = Version.AMENDED) -> Record:
    """Give an observation's day in a version; raises what `day_of` raises."""
    day, now = day_of(store, prefix)
    return versions.record_of(day, version, now)


@click.command("list", context_settings=HELP, epilog="Example:  shadowlog list")
def list_() -> None:
    """List studies and their observations, each with its id and, in front, the end of it that other commands take."""
    from shadowlog.store import library

    if not database().exists():
        click.echo("Nothing is recorded yet. `shadowlog demo` makes an invented study to look at.")
        return
    with opened(writing=False) as store:
        studies, found = library.studies(store), library.observations(store)
    ends = short_ends([each.id for each in found])
    for study in studies:
        say(f"{study.name}  (records due for erasure on {study.retention})")
        for each in (o for o in found if o.study == study.id):
            episodes, state = many(each.episodes, "episode", "episodes"), each.stage or each.state
            line = f"  {ends[each.id]}  {each.date}  {each.head}  {each.observer}  {state:13}  {episodes:12}  {each.id}"
            say(line)
    if found:
        say(f"What stands in front names an observation: `shadowlog show {ends[found[0].id]}`.")
    if not studies:
        click.echo("No study yet. `shadowlog demo` makes an invented one to look at.")


@click.command("show", context_settings=HELP, epilog="Example:  shadowlog show 6a07 --history 10:42")
@click.argument("observation", type=OBSERVATION)
@click.option(
    "--history",
    "wanted",
    is_flag=False,
    flag_value="",
    metavar="[EPISODE]",
    help="Instead: all that was ever said of an episode, chosen by its time or the beginning of its id; of all without.",
)
def show(observation: str, wanted: str | None) -> None:
    """Show an observation episode by episode, with gaps, contacts and notes, as plain text."""
    from shadowlog.cli.day_text import day_lines
    from shadowlog.cli.history_text import history_lines

    with opened(writing=False) as store:
        day, now = day_of(store, observation)
    say("\n".join(day_lines(day.record(now)) if wanted is None else history_lines(day, now, wanted)))


def free_name(path: Path) -> Path:
    """Give the path, numbered if there is a file of that name: nothing is overwritten unasked."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
