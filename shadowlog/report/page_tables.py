"""The long tables of a report: every episode, the contacts, durations, and how much was covered."""

from __future__ import annotations

from shadowlog.analysis.results import EpisodeLine, Summary
from shadowlog.domain.text import clean
from shadowlog.report.charts import PlainTable, sentence_case
from shadowlog.report.figures import minutes, share
from shadowlog.report.phrases import NOTHING, at
from shadowlog.report.timeline import remarks

OWN_COLUMN = {"activity", "place"}
VIEWS = {"agree": "agrees", "amend": "amended", "dispute": "disputes", "strike": "struck out"}


def episode_table(summary: Summary) -> PlainTable:
    """Every episode in order: when, how long, who, what, where, the further codes, what was special, the head's view."""
    several = len(summary.observations) > 1
    viewed = any(line.verification for line in summary.lines)
    days = {about.id: about.date for about in summary.observations}
    columns = ("Start", "End", "Minutes", "Who", "What", "Where", "Also coded", "Remarks")
    rows = tuple(
        (
            (f"{days[line.observation]} " if several else "") + at(line.start_minute),
            at(line.end_minute) if line.duration_known else NOTHING,
            minutes(line.net_minutes) if line.duration_known else NOTHING,
            sentence_case(clean(line.who)),
            sentence_case(clean(line.what_label)),
            _where(line),
            "; ".join(clean(label) for dimension, _, _, label in line.codes if dimension not in OWN_COLUMN),
            "; ".join(remarks(line)),
            *([VIEWS.get(line.verification or "", NOTHING)] if viewed else []),
        )
        for line in summary.lines
    )
    return PlainTable("Every episode", (*columns, *(["Head's view"] if viewed else [])), rows)


def _where(line: EpisodeLine) -> str:
    room = f", {clean(line.room)}" if line.room else ""
    return f"{clean(line.place_label)}{room}" if line.place else room.removeprefix(", ")


def contact_table(summary: Summary) -> PlainTable:
    """Every fleeting contact in order."""
    several = len(summary.observations) > 1
    days = {about.id: about.date for about in summary.observations}
    rows = tuple(
        (
            (f"{days[line.observation]} " if several else "") + at(line.at_minute),
            clean(line.role_label),
            clean(line.place_label) if line.place else "",
        )
        for line in summary.contact_lines
    )
    return PlainTable("Fleeting contacts", ("At", "Who", "Where"), rows)


def coverage_table(summary: Summary) -> PlainTable:
    """How the stretch from start to end was covered."""
    rows = tuple(
        (sentence_case(part.label), minutes(part.minutes), share(part.share))
        for part in summary.coverage.parts
        if part.minutes
    )
    return PlainTable("How much of the day was covered", ("Coverage", "Minutes", "Of start to end"), rows)


def duration_tables(summary: Summary) -> tuple[PlainTable, ...]:
    """How long episodes were, by group and by activity; nothing is said of codes that did not occur."""
    columns = ("Episodes", "Mean", "Median", "Lower quartile", "Upper quartile", "Longest", "Total")
    made = []
    for table in summary.durations:
        rows = tuple(
            (
                sentence_case(clean(row.label)),
                str(row.durations.count),
                *(
                    NOTHING if value is None else minutes(value)
                    for value in (
                        row.durations.mean_minutes,
                        row.durations.median_minutes,
                        row.durations.lower_quartile_minutes,
                        row.durations.upper_quartile_minutes,
                        row.durations.longest_minutes,
                    )
                ),
                minutes(row.durations.total_minutes),
            )
            for row in table.rows
            if row.durations.count
        )
        if rows and table.dimension in {"role", "activity"}:
            made.append(PlainTable(f"Minutes an episode, by {clean(table.label).lower()}", ("Code", *columns), rows))
    return tuple(made)
