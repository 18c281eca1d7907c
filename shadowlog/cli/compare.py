"""Days, heads or observers side by side: in the terminal, as a page, as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from shadowlog.cli.choosing import choice_of, days_chosen, records, version_of
from shadowlog.cli.options import HELP, PATH, say
from shadowlog.cli.pages import made_page
from shadowlog.errors import BadInput


@click.command(
    "compare", context_settings=HELP, epilog="Example:  shadowlog compare --study Pilot --by horng --across heads"
)
@days_chosen
@click.option("--by", default="activity", show_default=True, help="A dimension, or a roll-up.")
@click.option(
    "--across",
    type=click.Choice(["days", "heads", "observers"]),
    default="days",
    show_default=True,
    help="What is compared.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@click.option("-o", "--output", type=PATH, help="Write it as an HTML page to this file.")
@click.option("--pdf", is_flag=True, help="With -o a PDF instead, printed by the Chromium on this machine.")
@click.option("--csv", "table", type=PATH, help="Write its numbers as a table to this file.")
@click.option("--force", is_flag=True, help="Overwrite the files if there are some.")
def compare(
    by: str,
    across: str,
    as_json: bool,
    output: Path | None,
    pdf: bool,
    table: Path | None,
    force: bool,
    **which: Any,
) -> None:
    """Set days, heads or observers side by side on one axis: how often beside how long, with ranges, the pattern of the
    day, and an interval over days. A mean of heads only from three on.

    Different codebooks are compared by a roll-up that all of them have, and by nothing else. The page names heads by their
    codes; slides for a room are made by `shadowlog present`.
    """
    from shadowlog.analysis import compare as analysis
    from shadowlog.analysis.plain import plain
    from shadowlog.exchange.files import check, save

    files = [path for path in (output, table) if path is not None]
    if as_json and files:
        raise BadInput("JSON goes to the terminal", "Leave --json out, or -o and --csv.", "--json")
    if pdf and output is None:
        raise BadInput("there is no page to print", "Name the file with -o.", "--pdf")
    check(*files, overwrite=force)
    days = records(which)
    choice, version = choice_of(which, [day.observation.codebook for day in days]), version_of(which)
    rules = {"concurrent": which["concurrent"], "choice": choice, "version": version}
    found = analysis.compare(days, by, across, which["who_rule"], **rules)
    if as_json:
        figures = plain(found)
        figures["record_version"] = figures.pop("version")
        told = {"format": "shadowlog-comparison", "version": 2, **figures}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))
        return
    if not files:
        from shadowlog.report.compare_text import comparison_text

        say(comparison_text(found))
        return
    made: dict[Path, bytes] = {}
    if output is not None:
        from shadowlog.report.compare_page import compare_page

        made[output] = made_page(lambda: compare_page(found), pdf=pdf)
    if table is not None:
        from shadowlog.exchange.compared import comparison_csv

        made[table] = comparison_csv(found).encode()
    save(made, overwrite=force)
    for path in made:
        say(f"Written: {path}")
