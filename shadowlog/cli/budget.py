"""``shadowlog budget``: how often, how long and how long between, by behaviour."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, OBSERVATION, as_version, opened, say, time_given
from shadowlog.domain.phrases import many

if TYPE_CHECKING:
    from shadowlog.analysis.budget import Budget

WORDS = ("n", "points", "no end", "total s", "mean s", "sd s", "gap mean s", "gap sd s", "share %")


@click.command(
    "budget", context_settings=HELP, epilog="Example:  shadowlog budget day.boris --by activity --by m_place"
)
@click.argument("sources", metavar="ID|FILE...", nargs=-1, required=True)
@click.option("--by", multiple=True, help="A dimension, once or more.  [default: activity]")
@click.option("--together", is_flag=True, help="All observations as one; gaps are never across two of them.")
@click.option("--end", help="A BORIS file: when observations without an end ended, as 16:00 in the file's own times.")
@as_version
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text; its fields are in docs/boris.md.")
def budget(
    sources: tuple[str, ...], by: tuple[str, ...], together: bool, end: str | None, version: str | None, as_json: bool
) -> None:
    """Time budget: count, total, mean, standard deviation (n - 1), gaps and share of the window, concurrent time in it.

    Of observations by their ids, or of a BORIS file as it stands, which is then read and not imported.
    """
    from shadowlog.errors import BadInput
    from shadowlog.paths import path_of

    files = [path for each in sources if (path := path_of(each, "ID|FILE")).is_file()]
    if files and len(sources) > 1:
        raise BadInput("a file is looked at by itself", "Import it, and name the observations.", str(files[0]))
    if files and version:
        raise BadInput("a file is looked at as it stands", "Leave it out, or import the file.", "--as")
    if end is not None and not files:
        raise BadInput("an observation has its own end", "Leave it out; a BORIS file may need it.", "--end")
    if files:
        found, names = _of_file(files[0], by, together, None if end is None else time_given(end))
    else:
        found, names = _of_days(sources, by, together, version)
    if as_json:
        told = _plain(found, names, None if files else found.version.value)
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))
        return
    say("\n".join(_lines(found, names, stored=not files)))


Names = dict[str, tuple[str, str]]
"""The head and a short name of each observation."""


def _of_days(ids: tuple[str, ...], by: tuple[str, ...], together: bool, version: str | None) -> tuple[Budget, Names]:
    from shadowlog.analysis.budget import budget as reckon
    from shadowlog.analysis.choice import of_version
    from shadowlog.analysis.filters import chosen
    from shadowlog.analysis.prepare import prepared
    from shadowlog.cli.look import record_of
    from shadowlog.domain.text import short_ends
    from shadowlog.domain.versions import Version
    from shadowlog.store import library

    wanted = Version(version or Version.AMENDED)
    with opened(writing=False) as store:
        records = [record_of(store, OBSERVATION.convert(each, None, None), wanted) for each in ids]
        ends = short_ends([each.id for each in library.observations(store)])
    names = {o.id: (o.head, ends[o.id]) for o in (record.observation for record in records)}
    frames, choice = prepared(records, wanted), of_version(None, wanted)
    frames = frames if choice is None else chosen(frames, choice)
    return reckon(frames, by or ("activity",), each=not together), names


def _of_file(path: Path, by: tuple[str, ...], together: bool, end: int | None) -> tuple[Budget, Names]:
    from shadowlog.analysis.budget import budget as reckon
    from shadowlog.domain.text import clean
    from shadowlog.errors import BadInput
    from shadowlog.exchange import boris
    from shadowlog.exchange.boris_coding import NO_SUBJECT
    from shadowlog.exchange.boris_frames import frames_of

    if not any(reader.claims(path) for reader in boris.READERS):
        raise BadInput("this is no file that a budget can be made of", "Name a BORIS file.", str(path))
    coding = boris.read_coding(path)
    look = frames_of(coding, end, path.name)
    for line in (*coding.unplaced, *look.unplaced):
        say(f"not placed: {line}", err=True)
    found = reckon(look.frames, by or ("activity",), each=not together)
    return found, {
        key: (clean(subject).strip() or NO_SUBJECT, clean(look.sittings[key])) for key, subject in look.subjects.items()
    }


def _plain(found: Budget, names: Names, version: str | None) -> dict[str, object]:
    rows = [{"head": names[row.observation][0] if row.observation else None, **asdict(row)} for row in found.rows]
    windows = [
        {"observation": obs, "name": names[obs][1] if obs else None, "seconds": seconds}
        for obs, seconds in found.windows.items()
    ]
    return {
        "format": "shadowlog-budget",
        "version": 2,
        "record_version": version,
        "dimensions": found.dimensions,
        "labels": found.labels,
        "windows": windows,
        "rows": rows,
    }


def _lines(found: Budget, names: Names, *, stored: bool) -> list[str]:
    from shadowlog.domain import versions

    several = len({name for _, name in names.values()}) > 1 and None not in found.windows
    table = [[*(["observation"] if several else []), "head", *found.labels, *WORDS]]
    for row in found.rows:
        figures = (row.total, row.mean, row.sd, row.gap_mean, row.gap_sd)
        told = ["–" if each is None else f"{each:.3f}" for each in figures]
        part = "–" if row.share is None else f"{100 * row.share:.1f}"
        head, name = names[row.observation] if row.observation else ("all", "")
        counts = (str(each) for each in (row.count, row.points, row.unknown))
        table.append([*([name] if several else []), head, *row.labels, *counts, *told, part])
    text = 1 + several + len(found.labels)
    widths = [max(len(line[n]) for line in table) for n in range(len(table[0]))]
    lines = [
        "  ".join(
            cell.ljust(w) if n < text else cell.rjust(w) for n, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in table
    ]
    seconds = sum(found.windows.values())
    as_such = f" {versions.WORDS[found.version]}" if stored else ""
    lasted = "of what is verified" if found.version is versions.Version.VERIFIED else "observed"
    about = (
        f"{many(len(names), 'observation', 'observations')}{as_such}, {seconds:.3f} s {lasted}; "
        "concurrent episodes are in it, so shares may pass 100 %"
    )
    return [about, "", *lines]
