"""Rows of a Summary as tables of text, and the long tables: episodes, contacts, durations, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.results import EpisodeLine, Row, Summary
from shadowlog.domain.phrases import NOTHING, number, time_of_day
from shadowlog.domain.text import clean
from shadowlog.report.charts import PlainTable, sentence_case
from shadowlog.report.strips import remarks

SHARES = ("Episodes", "Of episodes", "Minutes", "Of time")
OWN_COLUMN = {"activity", "place"}
VIEWS = {"agree": "agrees", "amend": "amended", "dispute": "disputes", "strike": "struck out"}


def share(part: float | None) -> str:
    """A share for a table: one decimal, a dash where there is nothing to divide by."""
    return NOTHING if part is None else f"{part * 100:.1f} %"


def minutes(value: float) -> str:
    """Minutes for a table: one decimal."""
    return f"{value:.1f}"


def row_table(rows: Sequence[Row], caption: str, first: str) -> PlainTable:
    """Rows as a table; people x minutes is a column of its own where the rows have it."""
    used = [row for row in rows if row.count or row.minutes]
    people = any(row.person_minutes is not None for row in used)
    cells = tuple(
        (
            sentence_case(clean(row.label)),
            number(row.count),
            share(row.count_share),
            minutes(row.minutes),
            share(row.time_share),
            *([NOTHING if row.person_minutes is None else minutes(row.person_minutes)] if people else []),
        )
        for row in used
    )
    return PlainTable(caption, (first, *SHARES, *(["Person-minutes"] if people else [])), cells)


def is_coded(rows: Sequence[Row]) -> bool:
    """Whether any row but the uncoded one holds something."""
    return any(row.code is not None and (row.count or row.minutes) for row in rows)


def episode_table(summary: Summary) -> PlainTable:
    """Every episode in order: when, how long, who, what, where, the further codes, what was special, the head's view."""
    several = len(summary.observations) > 1
    viewed = any(line.verification for line in summary.lines)
    days = {about.id: about.date for about in summary.observations}
    columns = ("Start", "End", "Minutes", "Who", "What", "Where", "Also coded", "Remarks")
    rows = tuple(
        (
            (f"{days[line.observation]} " if several else "") + time_of_day(line.start_minute),
            time_of_day(line.end_minute) if line.duration_known else NOTHING,
            minutes(line.net_minutes) if line.duration_known else NOTHING,
            sentence_case(clean(line.who)),
            sentence_case(clean(line.what_label)),
            _where(line),
            "; ".join(clean(label) for dimension, _, _, label in line.codes if dimension not in OWN_COLUMN),
            "; ".join(remarks(line)),
            *([_view(summary, line)] if viewed else []),
        )
        for line in summary.lines
    )
    return PlainTable("Every episode", (*columns, *(["Head's view"] if viewed else [])), rows)


def _view(summary: Summary, line: EpisodeLine) -> str:
    """The head's view, with the head's own words where there are any: they stand beside the observer's."""
    told = summary.session(line.observation)
    word = told.word(line.id) if told else None
    said = f": “{clean(word.comment, lines=True)}”" if word and word.comment.strip() else ""
    return f"{VIEWS.get(line.verification or '', NOTHING)}{said}"


def _where(line: EpisodeLine) -> str:
    room = f", {clean(line.room)}" if line.room else ""
    return f"{clean(line.place_label)}{room}" if line.place else room.removeprefix(", ")


def contact_table(summary: Summary) -> PlainTable:
    """Every fleeting contact in order."""
    several = len(summary.observations) > 1
    days = {about.id: about.date for about in summary.observations}
    rows = tuple(
        (
            (f"{days[line.observation]} " if several else "") + time_of_day(line.at_minute),
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
