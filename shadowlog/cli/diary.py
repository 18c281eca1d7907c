"""What the head has planned for the day: read from the diary, typed, shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, OBSERVATION, PATH, opened, say
from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.domain.codebook import Codebook
    from shadowlog.domain.diary import Planned


@click.command("diary", context_settings=HELP, epilog='Example:  shadowlog diary 6a07 --from head.ics --code "2 9 e"')
@click.argument("observation", type=OBSERVATION)
@click.option("--from", "file", type=PATH, help="An .ics export of the head's diary: the events of the day are kept.")
@click.option("--add", "typed", multiple=True, help='An event, as "10:30-11:00 9 e": times, who, what, where.')
@click.option("--code", "coded", multiple=True, help='Codes for an event by its number, as "2 9 e".')
@click.option("--drop", "dropped", multiple=True, metavar="NUMBER", help="Leave out the event of this number.")
@click.option("--clear", is_flag=True, help="Begin with an empty diary.")
@click.option("--dry-run", is_flag=True, help="Only show what would be kept.")
def diary(
    observation: str,
    file: Path | None,
    typed: tuple[str, ...],
    coded: tuple[str, ...],
    dropped: tuple[str, ...],
    *,
    clear: bool,
    dry_run: bool,
) -> None:
    """Show what is planned for the day of an observation, or plan it; the record screen offers it when it is due.

    Times and codes are kept. Titles stand in the head's diary with people's names: they are shown here once, to be coded,
    and never kept.
    """
    from shadowlog.domain import diary as planning
    from shadowlog.domain.clock import SystemClock
    from shadowlog.exchange.ics import read_diary
    from shadowlog.store import library

    changes = bool(file or typed or coded or dropped or clear)
    with opened(writing=False) as store:
        id_ = library.find(store, observation)
        plan = next(study.observations[id_] for study in library.studies(store) if id_ in study.observations)
        book = library.codebook(store, plan.codebook)
    # Before the database is held for writing: a long diary holds no recording up.
    entries, whole_days = ([], 0) if file is None else read_diary(file, dt.date.fromisoformat(plan.date), plan.zone)
    with opened(writing=changes and not dry_run) as store:
        events = [] if clear else list(library.diary(store, id_))
        titles: dict[tuple[int, int], str] = {}
        for entry in entries:
            times = (entry.event.start, entry.event.end)
            titles[times] = f"{titles[times]}; {entry.title}" if times in titles else entry.title
            if times not in {(e.start, e.end) for e in events}:
                events.append(entry.event)
        events += [planning.parsed(text, book) for text in typed]
        events = list(planning.checked(events))
        for text in coded:
            number, _, words = text.strip().partition(" ")
            n = _number(number, len(events))
            role, codes = planning.coded(words.split(), book)
            events[n] = replace(events[n], role=role, codes=codes)
        gone = {_number(number, len(events)) for number in dropped}
        events = [event for n, event in enumerate(events) if n not in gone]
        if changes and not dry_run:
            library.keep_diary(store, id_, events, author=plan.observer, clock=SystemClock())
    if whole_days:
        what = "event that lasts" if whole_days == 1 else "events that last"
        say(f"Left out: {whole_days} {what} the whole day; it has no time at which it could be offered.")
    if not events:
        say(f"Nothing is planned for {plan.date}.")
    for n, event in enumerate(events, 1):
        title = titles.get((event.start, event.end), "")
        say(f"{n:>3}  {event.times:<12} {words_of(event, book):<50} {f'(not kept: {title})' if title else ''}".rstrip())


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or not 1 <= int(text) <= most:
        raise BadInput(f"There is no event {shown(text, 20)}", f"Events have the numbers 1 to {most}." if most else "")
    return int(text) - 1


def words_of(event: Planned, book: Codebook) -> str:
    """Who, what and where of an event in the words of the codebook, as far as they are named."""
    from shadowlog.domain.codebook import ROLE

    named = [book.label(ROLE, event.role)] if event.role is not None else []
    return ", ".join([*named, *(book.label(dimension, code) for dimension, code in event.codes.items())])
