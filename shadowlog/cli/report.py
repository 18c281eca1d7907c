"""Writing the head's report: a day, a page to take away, or several days side by side; as HTML or PDF."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.look import WHO, WHO_HELP, free_name, record_of
from shadowlog.cli.options import HELP, OBSERVATION, PATH, as_version, opened, say
from shadowlog.cli.pages import made_page
from shadowlog.domain.text import named, shown
from shadowlog.domain.versions import Version

if TYPE_CHECKING:
    from shadowlog.domain.terms import Record
    from shadowlog.store.engine import Store


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
    version: str | None,
    force: bool,
    pdf: bool,
) -> None:
    """Write the head's report: one HTML page that needs no network, or with --pdf the same as a PDF.

    Several days of one head become one page that shows them day beside day.
    """
    with _uncollected():
        chosen = Version(version or Version.AMENDED)
        options = {"who_rule": who_rule, "version": chosen, "overwrite": force, "pdf": pdf}
        _report(observations, study, head, take_away, output, **options)


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
        records = [
            record_of(store, each, options["version"]) for each in observations or _days_of(store, study, head or "")
        ]
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
    heads = sorted({each.head for each in begun})
    if (wanted := named(head, heads)) is not None:
        return [each.id for each in begun if each.head == wanted]
    raise BadInput(
        f"there is no day of head {shown(head)}", f"There are days of: {', '.join(heads) or 'none'}.", "--head"
    )


def write_report(
    record: Record,
    output: Path | None = None,
    *,
    take_away: bool = False,
    who_rule: str = "split",
    version: Version = Version.AMENDED,
    overwrite: bool = False,
    pdf: bool = False,
) -> Path:
    """Write the report of a day, which is of this version; give its path.

    Without `output` it goes to the exports folder under a free name. Refused where a PDF is asked for and nothing here can
    make one.
    """
    from shadowlog.analysis.summary import summarise
    from shadowlog.report import page
    from shadowlog.report import take_away as leaflet

    result = summarise([record], who_rule=who_rule, version=version)
    _something_verified(version, result.episodes.count)
    if take_away:
        return _written(lambda: leaflet.take_away(result), leaflet.take_away_name(result), output, overwrite, pdf)
    return _written(lambda: page.page(result), page.page_name(result), output, overwrite, pdf)


def write_days(
    records: Sequence[Record],
    output: Path | None = None,
    *,
    who_rule: str = "split",
    version: Version = Version.AMENDED,
    overwrite: bool = False,
    pdf: bool = False,
) -> Path:
    """Write several days of one head side by side; give the path. Refused for days that cannot stand side by side."""
    from shadowlog.report.many_days import days_name, days_of, days_page

    told = days_of(records, who_rule, version)
    _something_verified(version, sum(day.episodes.count for day in told.days))
    return _written(lambda: days_page(told), days_name(told), output, overwrite, pdf)


def _something_verified(version: Version, episodes: int) -> None:
    from shadowlog.analysis.choice import NOTHING_VERIFIED
    from shadowlog.errors import BadInput

    if version is Version.VERIFIED and not episodes:
        raise BadInput(*NOTHING_VERIFIED)


def _written(made: Callable[[], str], name: str, output: Path | None, overwrite: bool, pdf: bool) -> Path:
    """Write a page, or print it, to the file named or to a free name in the exports folder; give the path."""
    from shadowlog import paths
    from shadowlog.exchange.files import check, save

    path = output or free_name((paths.exports() / name).with_suffix(".pdf" if pdf else ".html"))
    check(path, overwrite=overwrite)
    save({path: made_page(made, pdf=pdf)}, overwrite=overwrite)
    return path
