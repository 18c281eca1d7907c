"""In and out: import and export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import (
    HELP,
    OBSERVATION,
    PATH,
    as_version,
    database,
    day_given,
    opened,
    say,
    study_given,
    time_given,
    zone_given,
)
from shadowlog.domain.clock import SystemClock
from shadowlog.errors import BadInput, NotFound

if TYPE_CHECKING:
    from shadowlog.domain.study import Study
    from shadowlog.domain.terms import Observation
    from shadowlog.store.engine import Store


@click.command(
    "import",
    context_settings=HELP,
    epilog="Example:  shadowlog import day.csv --study Pilot --head H01 --observer O1 --date 2007-04-27",
)
@click.argument("file", type=PATH)
@click.option("--study", help="The study's name; made if missing. Needed for all but a JSON.")
@click.option("--head", help="The head's code, as H01. Needed for a CSV.")
@click.option("--observer", help="The observer's code, as O1. Needed for all but a JSON.")
@click.option("--date", help="The day, as 2007-04-27. Needed for a CSV.")
@click.option("--zone", help="The time zone of the times in the file; else the machine's.")
@click.option("--mapping", type=PATH, help="A mapping file (TOML); else chosen by the header.")
@click.option("--codebook", "scheme", help="A preset or a TOML file, in place of the one the mapping names.")
@click.option("--end", help="BORIS: when observations without an end ended, as 16:00 in the file's own times.")
@click.option("--notes", is_flag=True, help="BORIS: take the comments, as notes.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
def import_(
    file: Path,
    study: str | None,
    head: str | None,
    observer: str | None,
    date: str | None,
    zone: str | None,
    mapping: Path | None,
    scheme: str | None,
    end: str | None,
    notes: bool,
    dry_run: bool,
) -> None:
    """Read a timed day (CSV), a lossless JSON or a BORIS file. All of it or nothing; the last line is the new id.

    Study and head are made if they are missing. Consent is recorded as "imported, not asked": such a day can be looked
    at, and is not released. What is read of BORIS, and how, is in docs/boris.md.
    """
    from shadowlog.cli.arrivals import Source, from_csv, from_json, heads_in, refuse_known
    from shadowlog.exchange.registry import Asked, Taken, reader_for

    if not file.is_file():
        raise NotFound(f"There is no file {file}.", "Name a CSV of a timed day, a lossless JSON or a BORIS file.")
    found: Taken | None = None
    if file.suffix.lower() == ".json":
        taken = from_json(file)
    elif reader := reader_for(file):
        if missing := [name for name, value in {"--study": study, "--observer": observer}.items() if not value]:
            raise BadInput(
                f"a {reader.name} file says nothing of {', '.join(missing)}", "Give them as options.", str(file)
            )
        if mapping or scheme:
            what = f"a {reader.name} file brings its codebook along"
            raise BadInput(what, "Leave --mapping and --codebook out.", str(file))
        _code_given("--head", head or "H01")
        _code_given("--observer", observer or "")
        found = reader.read(
            file,
            Asked(
                study_given(study or ""),
                observer or "",
                zone_given(zone),
                head or "",
                day_given(date) if date else None,
                time_given(end) if end else None,
                notes,
                taken=heads_in(study or ""),
            ),
        )
    else:
        given = {"--study": study, "--head": head, "--observer": observer, "--date": date}
        if missing := [name for name, value in given.items() if not value]:
            raise BadInput(f"a CSV says nothing of {', '.join(missing)}", "Give them as options.", str(file))
        source = Source(study_given(study or ""), head or "", observer or "", day_given(date or ""), zone_given(zone))
        taken = from_csv(file, source, mapping=mapping, scheme=scheme)
    days = (taken,) if found is None else found.days
    lines = taken.lines if found is None else (*found.lines, *(line for day in days for line in day.lines))
    if dry_run:
        if database().exists():
            with opened(writing=False) as store:
                refuse_known(store, days)
        say("\n".join([*lines, "Dry run: nothing was written."]))
        return
    from shadowlog.store.intake import take_in

    clock = SystemClock()
    with opened(writing=True) as store, store.write():
        refuse_known(store, days)
        ids = [take_in(store, d.observation, d.commands, date=d.date, clock=clock, day=d.day) for d in days]
    say("\n".join([*lines, *ids]))


def _code_given(option: str, code: str) -> None:
    from shadowlog.domain.study import CODE

    if not CODE.fullmatch(code):
        raise BadInput("a code is letters and digits", "As H01 or O1; names never enter.", option)


@click.command("export", context_settings=HELP, epilog="Example:  shadowlog export 6a07 --to csv -o tables/")
@click.argument("observations", type=OBSERVATION, nargs=-1, metavar="OBSERVATION...")
@click.option("--study", help="All days of a study that have begun, in place of observations named one by one.")
@click.option(
    "--to",
    "form",
    type=click.Choice(["csv", "json", "parquet", "traminer"]),
    required=True,
    help="Tidy tables; everything (one observation); a data set for `shadowlog summary --data`; a state a minute.",
)
@as_version
@click.option("-o", "--output", type=PATH, help="A folder, or a file (json); else in exports/.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export(
    observations: tuple[str, ...],
    study: str | None,
    form: str,
    version: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Write observations for other programs: tidy CSV tables with a dictionary, lossless JSON, a Parquet data set, or
    state sequences for TraMineR (its formats STS and SPELL, with a script that reads them). The tables of a --study hold
    what was kept of its workshops, too: who was there, guesses, hands, aids and barriers, and what the sets were made of.

    The lossless JSON is the whole journal, so every version is in it. The data set holds no notes and no room labels; what
    is in it, and which programs read it, is in docs/engines.md.
    """
    from shadowlog import paths
    from shadowlog.cli.look import free_name, record_of
    from shadowlog.domain.versions import Version
    from shadowlog.exchange import lossless, parquet, tidy, traminer
    from shadowlog.store import journal, library

    if bool(observations) == bool(study):
        raise BadInput("say which observations", "Name them by their ids, or all of a study with --study.")
    if form == "json" and version:
        raise BadInput("a lossless JSON is the whole journal: every version is in it", "Leave it out.", "--as")
    chosen = Version(version or Version.AMENDED)
    with opened(writing=False) as store:
        whole = library.find_study(store, study) if study else None
        ids = _begun(store, whole) if whole else [library.find(store, each) for each in observations]
        if form == "json" and len(ids) != 1:
            raise BadInput("a lossless JSON holds one observation", "Name one; the other forms take several.")
        records = [record_of(store, each, chosen) for each in ids]
        commands = journal.commands(store, ids[0]) if form == "json" else ()
    first = records[0].observation
    name = _slug(first) if len(records) == 1 else f"{len(records)}-observations"
    if form == "json":
        target = output or free_name(paths.exports() / f"{name}.json")
        lossless.write(first, commands, target, overwrite=force)
    elif form == "csv":
        target = output or free_name(paths.exports() / name)
        tidy.write(records, target, overwrite=force, version=chosen, study=whole)
    elif form == "traminer":
        target = output or free_name(paths.exports() / f"{name}-sequences")
        traminer.write(records, target, overwrite=force, version=chosen)
    else:
        target = output or free_name(paths.exports() / f"{name}-data")
        parquet.write(records, target, overwrite=force, version=chosen)
    say(f"Written: {target}")


def _begun(store: Store, study: Study) -> list[str]:
    """The ids of a study's days that have begun; NotFound if it has none."""
    from shadowlog.store import library

    ids = [each.id for each in library.observations(store, study.id) if each.started is not None]
    if not ids:
        raise NotFound(f"No day of the study {study.name} has begun.", "`shadowlog list` shows its observations.")
    return ids


def _slug(observation: Observation) -> str:
    """A name of letters, digits and hyphens, so that it stays in the folder it is put into."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"{observation.head}-{observation.id}").strip("-")[:80] or "day"
