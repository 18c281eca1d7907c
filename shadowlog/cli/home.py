"""The head at home: a page to fill in, and the answers it saves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, OBSERVATION, PATH, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.phrases import many
from shadowlog.errors import NotFound, Refused

if TYPE_CHECKING:
    from shadowlog.domain.commands import Command
    from shadowlog.domain.day import Changes, Day
    from shadowlog.exchange.answers import Answers, Heard
    from shadowlog.store.engine import Store


@click.command("page", context_settings=HELP, epilog="Example:  shadowlog page 6a07 -o for-the-head.html")
@click.argument("observation", type=OBSERVATION)
@click.option("-o", "--output", type=PATH, help="The file; else one in exports/.")
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def page(observation: str, output: Path | None, force: bool) -> None:
    """Write the page that the head fills in at home: one HTML file that needs no network and saves a file of answers.

    The first page of a day hands the day over to its head; `shadowlog show ID --history` says when. A day that still
    runs has no page.
    """
    from shadowlog import paths
    from shadowlog.cli.look import free_name
    from shadowlog.exchange.files import prepared, save
    from shadowlog.store import journal

    with opened(writing=False) as store:
        day, command, _ = _with_head(store, observation)
        # A day that is with its head already is only read, so that its page can be written while another is recorded.
        if command is None:
            name, text = _page(store, day)
    if command is None:
        target = output or free_name(paths.exports() / name)
        save({target: text.encode()}, overwrite=force)
    else:
        with opened(writing=True) as store:
            day, command, changes = _with_head(store, observation)
            name, text = _page(store, day)
            target = output or free_name(paths.exports() / name)
            # A page that cannot be written hands nothing over.
            with prepared({target: text.encode()}, overwrite=force):
                if command is not None:
                    journal.append(store, day.observation.id, command, changes)
        say(f"The day is now with {day.observation.head}.")
    say(f"Written: {target}")


def _with_head(store: Store, prefix: str) -> tuple[Day, Command | None, Changes]:
    """Give a day as it is with its head, and what has yet to be said for it to be so; Refused for one that runs."""
    from shadowlog.cli.look import day_of
    from shadowlog.domain.feedback import HandOver
    from shadowlog.domain.recorder import step
    from shadowlog.store import library

    day, now = day_of(store, prefix)
    if not day.ended:
        raise Refused("The day has not ended.", "The head gets a page of a day that is over; X twice ends it.")
    if HandOver.__name__ in day.feedback:
        return day, None, ()
    at, said = max(now, day.track[-1].at), SystemClock().now()
    command = HandOver(id=library.new_id(), at=at, author=day.observation.observer, said=said)
    after, changes = step(day, command)
    return after, command, changes


def _page(store: Store, day: Day) -> tuple[str, str]:
    """Give the name of a day's page and its text."""
    from shadowlog.analysis.summary import summarise
    from shadowlog.domain.versions import Version, record_of
    from shadowlog.report.home import home_page, sheet_of
    from shadowlog.store import library

    summary = summarise([record_of(day, Version.AMENDED, day.track[-1].at)])
    sheet = sheet_of(day, summary, library.releasable(store, day.observation.id))
    return f"{sheet.name}-home.html", home_page(day, sheet)


@click.command("answers", context_settings=HELP, epilog="Example:  shadowlog answers H01-2026-11-03-answers.json")
@click.argument("file", type=PATH)
@click.option("--dry-run", is_flag=True, help="Show what would be said; write nothing.")
@click.option("--as-typed", is_flag=True, help="Take words that look as if they held a name as they are.")
def answers(file: Path, dry_run: bool, as_typed: bool) -> None:
    """Take in the answers that a head's page saved: all of the file or nothing.

    Every answer becomes an entry of the day's journal, said by the head at the time it was given; the observer's word
    stays. The same file twice says nothing twice. A file that was changed, or that is of another day or database, is
    refused; so is one with a word on a row that was put right since the page was written. Words that look as if they held
    a name are shown first, and taken with --as-typed. docs/answers.md has the format.
    """
    from shadowlog.exchange.answers import read
    from shadowlog.store import journal

    given = read(file)
    with opened(writing=not dry_run) as store:
        found = _heard(store, given)
        for line in () if as_typed else found.doubtful:
            say(f"Looks as if it held {line}")
        if found.doubtful and not as_typed and not dry_run:
            raise Refused(
                f"{many(len(found.doubtful), 'answer', 'answers')} may name somebody, and nothing was imported.",
                "Names never enter: have it written anew, or say --as-typed if it names nobody.",
            )
        if not dry_run:
            with store.write():
                for command, changes in found.told:
                    journal.append(store, given.file.observation, command, changes)
    for line in found.words:
        say(line)
    if found.known:
        say(f"Imported before: {many(found.known, 'answer', 'answers')}.")
    for line in found.late:
        say(f"Left out: {line}.")
    if dry_run:
        say("Dry run: nothing was written.")
    elif found.told:
        say(f"Imported: {many(len(found.words), 'entry', 'entries')} of {found.day.observation.head}'s.")
    else:
        say("Nothing in that file is new: nothing was said.")


def _heard(store: Store, given: Answers) -> Heard:
    from shadowlog.exchange.answers import heard
    from shadowlog.store import journal, library

    id_ = given.file.observation
    if all(each.id != id_ for each in library.observations(store)):
        raise NotFound("That file is of a day that is not in this database.", "Name its database with --db.")
    day = journal.load(store, id_)
    known = {command.id for command in journal.commands(store, id_)}
    return heard(given, day, library.releasable(store, id_), known, SystemClock())
