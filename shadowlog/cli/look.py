"""Looking at what is recorded: list, show, summary, report."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.options import HELP, OBSERVATION, PATH, as_version, database, opened, say
from shadowlog.domain import versions
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.phrases import many
from shadowlog.domain.text import short_ends, shown
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


@click.command("report", context_settings=HELP, epilog="Example:  shadowlog report 6a07 -o day.html")
@click.argument("observations", type=OBSERVATION, nargs=-1, metavar="[OBSERVATION]...")
@click.option("--study", help="Every day of this study, by the beginning of its name; with --head.")
@click.option("--head", help="Every day of this head, as H01.")
@click.option("--take-away", is_flag=True, help="One A4 page of a day instead, for the head to take away.")
@click.option("-o", "--output", type=PATH, help="The file; else one in exports/.")
@click.option("--who", "who_rule", type=WHO, default="split", show_default=True, help=WHO_HELP)
@as_version
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
@click.option("--pdf", is_flag=True, help="A PDF instead, printed by the Chromium on this machine.")
def report(
    observations: tuple[str, ...],
    study: str | None,
    head: str | None,
    take_away: bool,
    output: Path | None,
    who_rule: str,
    force: bool,
    pdf: bool,
) -> None:
    """Write the head's report: one HTML page that needs no network, or with --pdf the same as a PDF.

    Several days of one head become one page that shows them day beside day.
    """
    with _uncollected():
        _report(observations, study, head, take_away, output, who_rule=who_rule, overwrite=force, pdf=pdf)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave cycles of garbage alone for the second that this takes; looking for them is a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _report(
    observations: tuple[str, ...],
    study: str | None,
    head: str | None,
    take_away: bool,
    output: Path | None,
    **options: Any,
) -> None:
    if not observations and head is None:
        from shadowlog.errors import BadInput

        raise BadInput("say which day", "Name an observation, or say --head (and --study); `shadowlog list` has them.")
    with opened(writing=False) as store:
        records = [record_of(store, each) for each in observations or _days_of(store, study, head or "")]
    if len(records) == 1:
        say(f"Written: {write_report(records[0], output, take_away=take_away, **options)}")
        return
    if take_away:
        from shadowlog.errors import Refused

        raise Refused(f"A take-away is of one day, and these are {len(records)}.", "Name one observation.")
    say(f"Written: {write_days(records, output, **options)}")


def _days_of(store: Store, study: str | None, head: str) -> list[str]:
    """The observations of a head that have begun, of one study or of all; BadInput where there is none."""
    from shadowlog.errors import BadInput
    from shadowlog.store import library

    within = None if study is None else library.find_study(store, study).id
    begun = [each for each in library.observations(store, within) if each.started is not None]
    if found := [each.id for each in begun if each.head == head]:
        return found
    heads = ", ".join(sorted({each.head for each in begun})) or "none"
    raise BadInput(f"there is no day of head {shown(head)}", f"There are days of: {heads}.", "--head")


def write_report(
    record: Record,
    output: Path | None = None,
    *,
    take_away: bool = False,
    who_rule: str = "split",
    overwrite: bool = False,
    pdf: bool = False,
) -> Path:
    """Write the report of a day; give its path. Without `output` it goes to the exports folder under a free name.

    What the head struck out is off the record in it. Refused where a PDF is asked for and nothing here can make one.
    """
    from shadowlog.analysis.summary import summarise
    from shadowlog.domain.versions import without_struck
    from shadowlog.report import page
    from shadowlog.report import take_away as leaflet

    result = summarise([without_struck(record)], who_rule=who_rule)
    if take_away:
        return _written(lambda: leaflet.take_away(result), leaflet.take_away_name(result), output, overwrite, pdf)
    return _written(lambda: page.page(result), page.page_name(result), output, overwrite, pdf)


def write_days(
    records: Sequence[Record],
    output: Path | None = None,
    *,
    who_rule: str = "split",
    overwrite: bool = False,
    pdf: bool = False,
) -> Path:
    """Write several days of one head side by side; give the path. Refused for days that cannot stand side by side."""
    from shadowlog.domain.versions import without_struck
    from shadowlog.report.many_days import days_name, days_of, days_page

    told = days_of([without_struck(record) for record in records], who_rule)
    return _written(lambda: days_page(told), days_name(told), output, overwrite, pdf)


def _written(made: Callable[[], str], name: str, output: Path | None, overwrite: bool, pdf: bool) -> Path:
    """Write a page, or print it, to the file named or to a free name in the exports folder; give the path."""
    from shadowlog import paths
    from shadowlog.exchange.files import folder
    from shadowlog.report.pdf import browser, printed
    from shadowlog.report.placing import free, put

    program = browser(os.environ) if pdf else None

    def write(path: Path) -> Path:
        free(path, overwrite)
        text = made()
        put(text.encode() if program is None else printed(text, program), path, overwrite)
        return path

    if output is not None:
        return write(output)
    with folder(paths.exports()):
        return write(free_name((paths.exports() / name).with_suffix(".html" if program is None else ".pdf")))


def free_name(path: Path) -> Path:
    """Give the path, numbered if there is a file of that name: nothing is overwritten unasked."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
