"""``shadowlog demo``: the invented demonstration study, and the one with days that may be shown in a workshop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, PATH, database, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.store.engine import Store


def make_demo(store: Store) -> list[str]:
    """Make the demonstration study, unless it is there; give the ids of its observations."""
    from shadowlog.exchange.demo import demo_days
    from shadowlog.store import library
    from shadowlog.store.intake import take_in

    clock = SystemClock()
    here = {each.id for each in library.observations(store)}
    ids = []
    for day in demo_days():
        if day.observation.id not in here:
            date = day.date.isoformat()
            take_in(store, day.observation, day.commands, date=date, clock=clock, imported=False)
        ids.append(day.observation.id)
    return ids


def make_workshop(store: Store) -> bool:
    """Make the workshop demonstration, all of it or nothing, unless it is there; say whether it was made now."""
    from shadowlog.exchange.demo_workshop import LAYERS, STUDY, VISITS, workshop_days
    from shadowlog.store import library
    from shadowlog.store.intake import take_in

    theirs = {study.id for study in library.studies(store) if study.name == STUDY}
    here = {(each.head, each.date) for each in library.observations(store) if each.study in theirs}
    if here >= {(visit.head, visit.day.isoformat()) for visit in VISITS}:
        return False
    clock = SystemClock()
    with store.write():
        for made in workshop_days():
            if (made.observation.head, made.date.isoformat()) not in here:
                date = made.date.isoformat()
                take_in(
                    store,
                    made.observation,
                    made.commands,
                    date=date,
                    clock=clock,
                    imported=False,
                    layers=LAYERS,
                    day=made.day,
                )
    return True


@click.command("demo", context_settings=HELP, epilog="Example:  shadowlog demo --no-tui")
@click.option("--no-tui", is_flag=True, help="Print a summary and write a report instead of opening the home screen.")
@click.option(
    "--workshop", is_flag=True, help="Instead: a second invented study, of days that were released, and its slides."
)
@click.option("-o", "--output", type=PATH, help="With --workshop: the file of the slides; else one in exports/.")
def demo(no_tui: bool, workshop: bool, output: Path | None) -> None:
    """Make the demonstration study (three invented heads, some days each) and look at it.

    With --workshop: five invented heads whose days were gone through and released, and slides of them.
    """
    if workshop:
        _workshop(output)
        return
    if output is not None:
        raise BadInput("the demonstration without --workshop writes no slides", "Add --workshop.", "--output")
    with opened(writing=True) as store:
        ids = make_demo(store)
    if not no_tui:
        from shadowlog.cli.screens import home

        home(database())
        return
    from shadowlog.analysis.summary import summarise
    from shadowlog.cli.look import record_of
    from shadowlog.cli.report import write_report
    from shadowlog.report.words import report_text

    with opened(writing=False) as store:
        record = record_of(store, ids[0])
    say(report_text(summarise([record])))
    say(f"\nReport: {write_report(record)}")
    click.echo(f"Study: {record.observation.study}, {len(ids)} days. `shadowlog list` shows them.")


def _workshop(output: Path | None) -> None:
    """Make the workshop demonstration, write its slides under a free name, and say how to go on."""
    from shadowlog.cli.look import free_name
    from shadowlog.cli.present import write_slides
    from shadowlog.exchange.demo_workshop import HEADS, STUDY, VISITS
    from shadowlog.store import library

    with opened(writing=True) as store:
        made = make_workshop(store)
        say(f"{'Made' if made else 'There already'}: the study {STUDY}.")
        say(f"{len(HEADS)} invented heads, {len(VISITS)} days. The heads went through every row and released the days.")
        study = library.find_study(store, STUDY)
        write_slides(store, study.id, free_name(output) if output and output.is_file() else output)
        alike = [each.name for each in library.studies(store) if each.name.casefold().startswith("workshop")]
    short = "Workshop" if alike == [STUDY] else f'"{STUDY}"'
    say("Open that file in a browser: ? shows the keys, F fills the screen, P opens the presenter's window.")
    say("To go on:")
    onward = (
        ("the sets that were shown", f"present --study {short} --sets"),
        ("the same slides, and their numbers as a table", f"present --study {short} --set last --csv numbers.csv"),
        ("keep what a room guessed, as S in the slides saves it", f"workshop FILE --study {short}"),
        ("the days, each with its id", "list"),
    )
    widest = max(len(command) for _, command in onward)
    for what, command in onward:
        say(f"  shadowlog {command:{widest}}   {what}")
