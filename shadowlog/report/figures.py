"""The charts of a report, made from a Summary: each with the finding as its title and its numbers as tables."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.results import Row, Summary, Table
from shadowlog.domain.phrases import length, many, of_the_time, percent, time_of_day
from shadowlog.domain.text import clean
from shadowlog.report.charts import Chart, Pair, PlainTable, pair_figure, pairs, sentence_case
from shadowlog.report.page_tables import SHARES, is_coded, minutes, row_table, share
from shadowlog.report.strips import Strip, activity_strip, activity_title, who_strip, who_title
from shadowlog.report.timeline import strip_figure, strip_signs
from shadowlog.report.titles import finding_title, finding_title_durations, finding_title_who

Charts = tuple[Chart, ...]
ALONE_SIZE = frozenset({"alone"})


def _of(summary: Summary) -> tuple[str, str]:
    count, window = summary.episodes.count, summary.window.minutes
    return f"share of {many(count, 'episode', 'episodes')}", f"share of {length(window)} observed"


def pair_chart(
    summary: Summary, key: str, title: str, rows: Sequence[Row], caption: str, tables: Sequence[PlainTable]
) -> Charts:
    """How often beside how long, by the rows; nothing where no row is coded."""
    if not is_coded(rows):
        return ()
    figure = pair_figure(pairs(rows, ALONE_SIZE | set(summary.alone.codes)), *_of(summary))
    return (Chart(key, title, sentence_case(caption) + ".", figure, tuple(tables)),)


def day_charts(summary: Summary) -> Charts:
    """Each observation as two strips: by activity and by who."""
    made: list[Chart] = []
    for n, about in enumerate(summary.observations, 1):
        for what, strip, title, contacts in (
            ("activity", activity_strip(summary, about), activity_title, False),
            ("who", who_strip(summary, about), who_title, True),
        ):
            if not strip.lanes and not strip.blanks:
                continue
            by = "activity" if what == "activity" else "who was there"
            caption = (
                f"Local time ({clean(about.zone)}), one lane for each {'activity' if what == 'activity' else 'group'}, "
                "the longest time first."
            )
            if strip.blanks:
                caption += " Hatched: nothing was recorded there."
            if not summary.concurrent and any(line.concurrent for lane in strip.lanes for line in lane.lines):
                caption += " Beside something else: counted, but its time is left out, as in the tables."
            if what == "who" and any(len(line.roles) > 1 for lane in strip.lanes for line in lane.lines):
                caption += " An episode with several groups stands in each of their lanes for its whole length."
            figure = strip_figure(summary, strip, contacts)
            tables = (_strip_table(strip, by),)
            signs = strip_signs(strip)
            made.append(Chart(f"day-{what}-{n}", title(summary, strip), caption, figure, tables, signs))
    return tuple(made)


def _strip_table(strip: Strip, by: str) -> PlainTable:
    rows = tuple(
        (
            lane.name,
            str(len(lane.lines)),
            minutes(lane.minutes),
            time_of_day(min(line.start_minute for line in lane.lines)),
            time_of_day(max(line.end_minute for line in lane.lines)),
        )
        for lane in strip.lanes
    )
    first = "Activity" if by == "activity" else "Group"
    return PlainTable(f"The day by {by}", (first, "Episodes", "Minutes", "First began", "Last ended"), rows)


def who_charts(summary: Summary) -> Charts:
    """With whom, and with how many."""
    role = summary.table("role")
    tables = [row_table(role.rows, "With whom", "Group")]
    tables += [
        row_table(t.rows, t.label, "Group") for t in summary.rollups if t.dimension == "role" and is_coded(t.rows)
    ]
    who = f"{role.denominator}; {_rule(summary)}"
    if any(row.person_minutes for row in role.rows):
        who += "; person-minutes: time × people, where their number is known"
    sizes = summary.company.sizes
    company = row_table(sizes, "With how many people", "People with the head")
    return (
        *pair_chart(summary, "who", finding_title_who(summary), role.ranked, who, tables),
        *pair_chart(summary, "sizes", _sizes_title(summary), sizes, role.denominator, [company]),
    )


def _rule(summary: Summary) -> str:
    return {
        "full": "each group present gets the whole of an episode",
        "split": "an episode with several groups is split among them in equal parts",
        "main": "an episode with several groups goes to the first named",
    }[summary.who_rule.value]


def _sizes_title(summary: Summary) -> str:
    by = {row.code: row for row in summary.company.sizes}
    one = [row for code, row in by.items() if code == "1"]
    several = [row for code, row in by.items() if code in {"2", "3-8", "9+"}]

    if not summary.window.minutes:
        return "With how many people, in no time"

    def total(rows: Sequence[Row]) -> str:
        return percent(sum(row.time_share or 0 for row in rows))

    unknown = [row for code, row in by.items() if code == "unknown" and row.minutes]
    more = f", with a number nobody noted {total(unknown)}" if unknown else ""
    if not any(row.count or row.minutes for row in (*one, *several)):
        if unknown:
            return f"With a number nobody noted {total(unknown)} of the time"
        uncoded = [row for code, row in by.items() if code is None and row.count]
        return "With nobody, as far as who was there is coded" if uncoded else "With nobody at any time"
    return f"With one person {total(one)} of the time, with two or more {total(several)}{more}"


def what_charts(summary: Summary) -> Charts:
    """What the head did, and how short it was."""
    activity = summary.table("activity")
    tables = [row_table(activity.ranked, "What", "Activity")]
    tables += [
        row_table(t.rows, f"{t.label}: the same under broader headings", "Heading")
        for t in summary.rollups
        if t.dimension == "activity" and is_coded(t.rows)
    ]
    what = pair_chart(summary, "what", finding_title(activity), activity.ranked, activity.denominator, tables)
    return (*what, *_brevity_chart(summary))


def _brevity_chart(summary: Summary) -> Charts:
    told = summary.episodes
    if not told.durations.count:
        return ()
    lines = [
        Pair(
            f"{'Over' if b.over else 'Under'} {b.limit_minutes} minutes",
            str(b.count),
            b.count_share,
            length(b.minutes),
            b.time_share,
        )
        for b in told.brevity
    ]
    known = f"{many(told.durations.count, 'episode', 'episodes')} of known duration"
    figure = pair_figure(lines, f"share of {many(told.durations.count, 'episode', 'episodes')}", "share of their time")
    rows = tuple(
        (p.label, p.count, share(p.count_share), minutes(b.minutes), share(p.time_share))
        for p, b in zip(lines, told.brevity, strict=True)
    )
    table = PlainTable("How long episodes are", ("Length", *SHARES), rows)
    caption = f"Of {known}, {length(told.durations.total_minutes)} in all. The lines contain one another."
    return (Chart("brevity", finding_title_durations(told), caption, figure, (table,)),)


def where_charts(summary: Summary) -> Charts:
    """Where the head was, classrooms named in the title."""
    place, rows = summary.table("place"), summary.presence.rows
    tables = [row_table(rows, "Where", "Place"), row_table(place.ranked, "Where, place by place", "Place")]
    return pair_chart(summary, "where", _where_title(summary), rows, place.denominator, tables)


def _where_title(summary: Summary) -> str:
    told = summary.presence
    rooms = f" to {many(told.rooms, 'room', 'rooms')}" if told.rooms else ""
    classroom = told.row("classroom")
    spent = f", {length(classroom.minutes)} in all ({of_the_time(classroom.time_share)})"
    visits = f"{many(told.visits, 'classroom visit', 'classroom visits')}{rooms}{spent}"
    office = told.row("office")
    if not told.visits:
        visits = "No classroom visit"
    return f"{visits}; own office {percent(office.time_share)}" if office.minutes else visits


def further_tables(summary: Summary) -> tuple[tuple[str, PlainTable], ...]:
    """The codebook's other dimensions, where anything was coded: the finding, and the table.

    By which way leadership was distributed tags incidents; shares of it would be read as a score.
    """
    shown = {"role", "activity", "mode", "initiator", "place", "distribution"}
    found: list[Table] = [t for t in summary.tables if t.dimension not in shown and is_coded(t.rows)]
    return tuple((finding_title(t), row_table(t.rows, clean(t.label), "Code")) for t in found)
