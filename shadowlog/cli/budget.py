"""``shadowlog budget``: how often, how long and how long between, by behaviour."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, OBSERVATION, opened, say, zone_given

if TYPE_CHECKING:
    from shadowlog.analysis.budget import Budget
    from shadowlog.domain.terms import Record

WORDS = ("n", "unknown", "total s", "mean s", "sd s", "gap mean s", "gap sd s", "share %")


@click.command(
    "budget", context_settings=HELP, epilog="Example:  shadowlog budget day.boris --by activity --by m_place"
)
@click.argument("sources", metavar="ID|FILE...", nargs=-1, required=True)
@click.option("--by", multiple=True, help="A dimension, once or more.  [default: activity]")
@click.option("--together", is_flag=True, help="All observations as one; gaps are never across two of them.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text; its fields are in docs/boris.md.")
def budget(sources: tuple[str, ...], by: tuple[str, ...], together: bool, as_json: bool) -> None:
    """Time budget: count, total, mean, standard deviation (n - 1), gaps and share of the window, concurrent time in it.

    Of observations by their ids, or of a BORIS file as it stands, which is then read and not imported.
    """
    from shadowlog.analysis.budget import budget as reckon
    from shadowlog.analysis.prepare import prepared

    records = [record for source in sources for record in _records(source)]
    found = reckon(prepared(records), by or ("activity",), each=not together)
    if as_json:
        click.echo(json.dumps(_plain(found, records), indent=2, ensure_ascii=False, allow_nan=False))
        return
    say("\n".join(_lines(found, records)))


def _records(source: str) -> list[Record]:
    from shadowlog.exchange.registry import Asked, reader_for

    path = Path(source)
    if path.is_file() and (reader := reader_for(path)):
        taken = reader.read(path, Asked("-", "O1", zone_given(None)))
        for line in taken.lines:
            say(line, err=True)
        return [each.day.record(each.day.live.last) for each in taken.days]
    from shadowlog.cli.look import record_of

    with opened(writing=False) as store:
        return [record_of(store, OBSERVATION.convert(source, None, None))]


def _plain(found: Budget, records: list[Record]) -> dict[str, object]:
    heads = {r.observation.id: r.observation.head for r in records}
    rows = [{"head": heads.get(row.observation or ""), **asdict(row)} for row in found.rows]
    windows = [{"observation": obs, "seconds": seconds} for obs, seconds in found.windows.items()]
    return {
        "format": "shadowlog-budget",
        "version": 1,
        "dimensions": found.dimensions,
        "labels": found.labels,
        "windows": windows,
        "rows": rows,
    }


def _lines(found: Budget, records: list[Record]) -> list[str]:
    heads = {r.observation.id: r.observation.head for r in records}
    table = [["head", *found.labels, *WORDS]]
    for row in found.rows:
        figures = (row.total, row.mean, row.sd, row.gap_mean, row.gap_sd)
        told = ["–" if each is None else f"{each:.3f}" for each in figures]
        part = "–" if row.share is None else f"{100 * row.share:.1f}"
        head = heads[row.observation] if row.observation else "all"
        table.append([head, *row.labels, str(row.count), str(row.unknown), *told, part])
    text = 1 + len(found.labels)
    widths = [max(len(line[n]) for line in table) for n in range(len(table[0]))]
    lines = [
        "  ".join(
            cell.ljust(w) if n < text else cell.rjust(w) for n, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in table
    ]
    seconds = sum(found.windows.values())
    about = f"{len(records)} observations, {seconds:.3f} s observed; concurrent episodes are in it, so shares may pass 100 %"
    return [about, "", *lines]
