"""``shadowlog demo``: the invented demonstration study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, database, opened, say
from shadowlog.domain.clock import SystemClock

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


@click.command("demo", context_settings=HELP, epilog="Example:  shadowlog demo --no-tui")
@click.option("--no-tui", is_flag=True, help="Print a summary and write a report instead of opening the home screen.")
def demo(no_tui: bool) -> None:
    """Make the demonstration study (three invented heads, some days each) and look at it."""
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
