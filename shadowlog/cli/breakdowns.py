"""Breaking down what is recorded: one observation, several, a head, a study, a data set, or a part of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.choosing import choice_of, days_chosen, progress, records, version_of
from shadowlog.cli.options import HELP, say
from shadowlog.domain.text import by_beginning, named, shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.analysis.choice import Choice
    from shadowlog.analysis.frame import Frames
    from shadowlog.analysis.results import Summary

GROUPS = ("observation", "head", "observer", "date", "study")


@click.command(
    "summary", context_settings=HELP, epilog="Example:  shadowlog summary --study Pilot --head H01 --by mode"
)
@days_chosen
@click.option("--data", help="In place of the database: a data set that `export --to parquet` wrote, or a pattern.")
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="What breaks a data set down; see docs/engines.md.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    help="Only the table by a dimension or roll-up; or a line for each observation, head, observer, date or study.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text; its fields are in docs/summary.md.")
@click.option("--bars/--no-bars", default=True, help="Bars in block characters.")
@click.option("--width", type=click.IntRange(72, 200), default=80, show_default=True, help="Columns of the text.")
def summary(
    data: str | None, engine: str, by: tuple[str, ...], as_json: bool, bars: bool, width: int, **which: Any
) -> None:
    """Break observations down: who, what, when, for how long; how often beside how long.

    Name observations, or say --study, --head, --observer, or name a data set with --data.
    """
    from shadowlog.analysis.choice import NOTHING_VERIFIED
    from shadowlog.analysis.plain import plain, to_json

    by = tuple(named(each, GROUPS) or each for each in by)
    result, groups = _broken_down(data, engine, [each for each in by if each in GROUPS], which)
    if result.version is Version.VERIFIED and not result.episodes.count:
        raise BadInput(*NOTHING_VERIFIED)
    known = {t.rollup or t.dimension: t for t in (*result.tables, *result.rollups)}
    tables = []
    for name in (each for each in by if each not in GROUPS):
        if (found := named(name, known)) is None:
            raise BadInput(
                f"there is nothing to break down by {shown(name)}", f"There is: {', '.join([*known, *GROUPS])}."
            )
        tables.append(found)
    if as_json:
        made: Any = to_json(result)
        if by:
            lasting = {t.dimension: t for t in result.durations}
            made = {
                "record_version": result.version.value,
                "chosen": list(result.chosen),
                "tables": [plain(known[name]) for name in tables],
                "durations": [plain(lasting[name]) for name in tables if name in lasting],
                "groups": {
                    name: {label: to_json(each, lists=False) for label, each in these} for name, these in groups.items()
                },
            }
        click.echo(json.dumps(made, indent=2, ensure_ascii=False, allow_nan=False))
        return
    from shadowlog.report.compare_text import groups_text
    from shadowlog.report.words import report_text, tables_text

    if not by:
        say(report_text(result, width=width, bars=bars))
        return
    told = [groups_text(name, these) for name, these in groups.items()]
    if tables:
        told.append(tables_text(result, tables, width=width, bars=bars))
    say("\n".join(told))


Groups = dict[str, list[tuple[str, "Summary"]]]


def _broken_down(data: str | None, engine: str, by: Sequence[str], which: Mapping[str, Any]) -> tuple[Summary, Groups]:
    from shadowlog.analysis.choice import of_version
    from shadowlog.analysis.dataset import failures_told, open_dataset, summarise_dataset
    from shadowlog.analysis.prepare import prepared
    from shadowlog.analysis.summary import summarise
    from shadowlog.paths import path_of

    rules = {"who_rule": which["who_rule"], "concurrent": which["concurrent"]}
    if data is None:
        days, version = records(which), version_of(which)
        choice = choice_of(which, [days[0].observation.codebook])
        with progress() as told:
            told(f"{len(days)} observations")
            result = summarise(days, choice=choice, version=version, **rules)
            if not result.observations:
                raise BadInput("no observation is chosen so", "Choose less narrowly.")
            choice = of_version(choice, version) or choice
            return result, _grouped(prepared(days, version) if by else None, by, choice, rules, told)
    if which["observations"]:
        raise BadInput("say what to break down", "Name observations, or a data set with --data, not both.")
    with progress() as told:
        told("opening")
        data = str(path_of(data, "--data"))
        frames = open_dataset(data, engine)
        with failures_told(data):
            choice = replace(
                choice_of(which, [frames.scheme]),
                studies=_studies(frames, which["study"]),
                verified=_verified(frames, which["version"]),
            )
        result = summarise_dataset(data, engine, told=told, choice=choice, **rules)
        if not result.observations:
            raise BadInput("no observation is chosen so", "Choose less narrowly.")
        with failures_told(data):
            return result, _grouped(frames if by else None, by, choice, rules, told)


def _verified(frames: Frames, version: str | None) -> bool:
    """Whether only what is verified is chosen of a data set; BadInput for a version that it does not hold."""
    from shadowlog.domain.versions import WORDS, Version

    if version in {None, frames.version.value}:
        return False
    if version == Version.VERIFIED and frames.version is Version.AMENDED:
        return True
    raise BadInput(
        f"the data set holds the days {WORDS[frames.version]}", f"Export it again with `--as {version}`.", "--as"
    )


def _studies(frames: Frames, name: str | None) -> tuple[str, ...]:
    """The study of a data set that is named, or whose name begins so; a name that is not there is left as it is."""
    from shadowlog.analysis.frame import values

    if name is None:
        return ()
    found = by_beginning(name, (line["study"] for line in values(frames.observations.select("study"))))
    if len(found) > 1:
        raise BadInput(f"more than one study begins so: {'; '.join(found)}", "Give more.", "--study")
    return tuple(found) or (name,)


def _grouped(
    frames: Any, by: Sequence[str], choice: Choice, rules: Mapping[str, Any], told: Callable[[str], None]
) -> Groups:
    from shadowlog.analysis.filters import chosen, grouped
    from shadowlog.analysis.summary import summarise_frames

    if frames is None:
        return {}
    part = chosen(frames, choice)
    made: Groups = {}
    for name in by:
        made[name] = []
        for label, these in grouped(part, name):
            told(label)
            made[name].append((label, summarise_frames(these, **rules)))
    return made
