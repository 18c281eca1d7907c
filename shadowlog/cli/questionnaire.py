"""``shadowlog questionnaire``: what a school's own two-scale questionnaire says, and the observed days beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.look import WHO, WHO_HELP
from shadowlog.cli.options import HELP, OBSERVATION, PATH, as_version, say
from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.analysis.questionnaire import Result
    from shadowlog.analysis.results import Row, Summary
    from shadowlog.exchange.questionnaire import Read


@click.command(
    "questionnaire",
    context_settings=HELP,
    epilog="Example:  shadowlog questionnaire answers.csv --items items.csv --handed-out 40 --study Pilot",
)
@click.argument("file", type=PATH)
@click.option(
    "--items", type=PATH, required=True, help="The items file: item, section, text, minimum, maximum, heading."
)
@click.option("--handed-out", type=click.IntRange(1, 1_000_000), help="How many were handed out, for the return rate.")
@click.option("--against", "observations", type=OBSERVATION, multiple=True, help="A day to put beside; once or more.")
@click.option("--study", help="All days of this study beside; the beginning of its name will do.")
@click.option("--head", "heads", multiple=True, help="Those of this head; may be said several times.")
@click.option("--observer", "observers", multiple=True, help="Those of this observer.")
@click.option("--from", "since", help="Those from this day on, as 2026-11-24.")
@click.option("--to", "until", help="Those until this day.")
@as_version
@click.option("--who", "who_rule", type=WHO, default="split", show_default=True, help=WHO_HELP)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text; its fields are in docs/questionnaire.md.")
def questionnaire(file: Path, items: Path, handed_out: int | None, as_json: bool, **which: Any) -> None:
    """What teachers ticked in a school's own questionnaire: how it is now (X), how important it is (Y), and the gap.

    Nothing of it is kept. How the two files are made is in docs/questionnaire.md.
    """
    from shadowlog.analysis.questionnaire import reckon
    from shadowlog.exchange.questionnaire import read

    got = read(file, items)
    back = len(got.answers.given)
    if handed_out is not None and handed_out < back:
        raise BadInput(f"{back} came back, and no more can than were handed out", "Say how many were.", "--handed-out")
    result = reckon(got.answers, handed_out)
    summary = _days(which)
    beside = {} if summary is None else _beside(got, summary)
    if as_json:
        click.echo(json.dumps(_plain(result, beside, summary), indent=2, ensure_ascii=False, allow_nan=False))
        return
    from shadowlog.report.questionnaire_text import questionnaire_text

    say(questionnaire_text(result, beside, summary))


def _days(which: Mapping[str, Any]) -> Summary | None:
    """The days chosen; None where none were asked for."""
    asked = ("observations", "study", "heads", "observers", "since", "until")
    if not any(which[each] for each in asked):
        if which["version"]:
            raise BadInput("there are no days to have a version", "Name some with --against or --study.", "--as")
        return None
    from shadowlog.analysis.summary import summarise
    from shadowlog.cli.choosing import records, version_of

    return summarise(records(which), who_rule=which["who_rule"], version=version_of(which))


def _beside(got: Read, summary: Summary) -> dict[str, Row]:
    """What was observed of each item's heading; BadInput where the codebook of these days has no such heading."""
    from shadowlog.analysis.questionnaire import observed

    found: dict[str, Row] = {}
    for item in got.answers.items:
        if item.division is None:
            continue
        row = observed(item, summary)
        if row is None:
            tables = {t.rollup or t.dimension: t for t in (*summary.tables, *summary.rollups)}
            if item.division in tables:
                codes = [each.code for each in tables[item.division].rows if each.code is not None]
                what, there = f"{item.division} has no {shown(item.heading or '')}", ", ".join(codes)
            else:
                what, there = f"the codebook has no {shown(item.division)}", ", ".join(tables)
            raise BadInput(what, f"There is: {there}.", got.places[item.id])
        found[item.id] = row
    return found


def _plain(result: Result, beside: Mapping[str, Row], summary: Summary | None) -> dict[str, Any]:
    from shadowlog.analysis.plain import plain
    from shadowlog.analysis.questionnaire import FEWEST

    made: dict[str, Any] = {"format": "shadowlog-questionnaire", "version": 1, "fewest": FEWEST, **plain(result)}
    for each in made["items"]:
        row = beside.get(each["item"]["id"])
        each["observed"] = None if row is None else plain(row)
    made["days"] = None
    if summary is not None:
        made["days"] = {
            "record_version": summary.version.value,
            "observations": [each.id for each in summary.observations],
            "window_minutes": summary.window.minutes,
            "who_rule": summary.who_rule.value,
            "concurrent": summary.concurrent,
        }
    return made
