"""The screens: home, and ``shadowlog record``. Hands the terminal program what it may not import itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import (
    HELP,
    OBSERVATION,
    database,
    day_given,
    local_zone,
    opened,
    second_folder,
    study_given,
    zone_given,
)

"""Columns that the frame of the summary screen leaves at 80."""

if TYPE_CHECKING:
    from shadowlog.domain.terms import Record
    from shadowlog.store.engine import Store


def home(path: Path, observation: str | None = None, after_crash: str = "ask") -> None:
    """Run the terminal program on a database; with `observation` it opens on that one's record screen."""
    from shadowlog.cli.fault_log import note
    from shadowlog.cli.running import chosen, run_app
    from shadowlog.domain.clock import SystemClock
    from shadowlog.tui.app import ShadowlogApp
    from shadowlog.tui.desk import StoreDesk

    clock, options = SystemClock(), chosen()
    desk = StoreDesk(
        path,
        clock,
        write_report=_report,
        summary_text=_summary,
        make_demo=_demonstration,
        zone=local_zone(),
        backups=second_folder(),
        unforeseen=note,
    )
    run_app(
        ShadowlogApp(desk, clock=clock, observation=observation, after_crash=after_crash, invented=_invented, **options)
    )


@click.command("record", context_settings=HELP, epilog="Example:  shadowlog record 6a07")
@click.argument("observation", type=OBSERVATION, required=False)
@click.option("--new", is_flag=True, help="Plan an observation first, from the options below, and record it.")
@click.option("--study", help="The study's name; founded if missing.")
@click.option("--head", help="The head's code, as H01.")
@click.option("--observer", help="The observer's code, as O1.")
@click.option(
    "--codebook", "scheme", default="default", show_default=True, help="As `shadowlog codebook list` calls it."
)
@click.option("--consent", help='How the head agreed beforehand, as "signed form". Without it nothing is recorded.')
@click.option("--consent-date", help="When, as 2026-11-20; today unless said.")
@click.option(
    "--layer", "layers", multiple=True, default=["observed", "feedback"], show_default=True, help="Agreed to."
)
@click.option("--wording", default="1", show_default=True, help="Which version of the consent wording.")
@click.option("--zone", help="The time zone; else the machine's.")
@click.option(
    "--after-crash",
    type=click.Choice(["ask", "keep", "end"]),
    default="ask",
    show_default=True,
    help="What to do with an episode that ran when the program died: ask, keep it running, end it at the last key.",
)
def record(
    observation: str | None,
    new: bool,
    study: str | None,
    head: str | None,
    observer: str | None,
    scheme: str,
    consent: str | None,
    consent_date: str | None,
    layers: tuple[str, ...],
    wording: str,
    zone: str | None,
    after_crash: str,
) -> None:
    """Record an observation: the one named, else the one that is open, else choose or plan one on the home screen."""
    path = database()
    if new:
        from shadowlog.errors import BadInput

        given = {"--study": study, "--head": head, "--observer": observer, "--consent": consent}
        if missing := [name for name, value in given.items() if not value]:
            raise BadInput(f"a new observation needs {', '.join(missing)}", "Give them, or plan it on the home screen.")
        from shadowlog.domain.clock import SystemClock
        from shadowlog.domain.text import clean
        from shadowlog.store.intake import RETENTION_YEARS
        from shadowlog.tui.desk import planned
        from shadowlog.tui.ports import Consent, Plan

        today = dt.datetime.now().astimezone().date()
        agreed = today if consent_date is None else day_given(consent_date, "--consent-date")
        plan = Plan(
            study=study_given(study or ""),
            head=head or "",
            observer=observer or "",
            codebook=scheme,
            consent=Consent(agreed.isoformat(), clean(wording), clean(consent or ""), tuple(layers)),
            retention=f"{today.year + RETENTION_YEARS}-{today:%m}-01",
            periods=(),
            zone=zone_given(zone),
            date=today.isoformat(),
        )
        with opened(writing=True) as store:
            observation = planned(store, plan, SystemClock())
    elif path.exists():
        observation = _open_one(observation)
    elif observation is not None:
        from shadowlog.errors import NotFound

        raise NotFound(f"There is no database {path}.", "`shadowlog record --new` makes one.")
    home(path, observation, after_crash)


def _open_one(prefix: str | None) -> str | None:
    """The observation named, else the newest that is being recorded, else the newest planned, else none."""
    from shadowlog.store import library

    with opened(writing=False) as store:
        if prefix is not None:
            return library.find(store, prefix)
        found = library.observations(store)
    for state in ("recording", "planned"):
        if these := [each.id for each in found if each.state == state]:
            return these[-1]
    return None


def _report(store: Store, observation: str) -> str:
    from shadowlog.cli.look import record_of
    from shadowlog.cli.report import write_report

    return str(write_report(record_of(store, observation)))


def _summary(store: Store, observation: str, width: int) -> str:
    from shadowlog.analysis.summary import summarise
    from shadowlog.cli.look import record_of
    from shadowlog.report.words import report_text

    return report_text(summarise([record_of(store, observation)]), width=width)


def _invented() -> Record:
    from shadowlog.cli.train import invented_day

    return invented_day()


def _demonstration(store: Store) -> None:
    from shadowlog.cli.demo import make_demo

    make_demo(store)
