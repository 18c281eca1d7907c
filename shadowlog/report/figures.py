"""The charts of a report, made from a Summary: each with the finding as its title and its numbers as tables."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.results import Rate, Row, Summary, Table
from shadowlog.domain.text import clean
from shadowlog.report.charts import Chart, Pair, PlainTable, count_figure, pair_figure, pairs, sentence_case
from shadowlog.report.phrases import NOTHING, at, brief_percent, length, many, number, percent
from shadowlog.report.sentences import (
    finding_title,
    finding_title_durations,
    finding_title_interruptions,
    finding_title_profile,
    finding_title_rates,
    finding_title_who,
)
from shadowlog.report.stack import drawn_profile, profile_figure, profile_signs
from shadowlog.report.timeline import (
    Strip,
    activity_strip,
    activity_title,
    strip_figure,
    strip_signs,
    who_strip,
    who_title,
)

Charts = tuple[Chart, ...]
SHARES = ("Episodes", "Of episodes", "Minutes", "Of time")


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


def _of(summary: Summary) -> tuple[str, str]:
    count, window = summary.episodes.count, summary.window.minutes
    return f"share of {many(count, 'episode', 'episodes')}", f"share of {length(window)} observed"


def _pair_chart(
    summary: Summary, key: str, title: str, rows: Sequence[Row], caption: str, tables: Sequence[PlainTable]
) -> Charts:
    if not is_coded(rows):
        return ()
    return (Chart(key, title, sentence_case(caption) + ".", pair_figure(pairs(rows), *_of(summary)), tuple(tables)),)


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
                "the longest time first; hatched: nothing was recorded there."
            )
            if what == "who":
                caption += " An episode with several groups stands in each of their lanes for its whole length."
            figure = strip_figure(summary, strip, contacts)
            tables = (_strip_table(strip, by),)
            signs = strip_signs(summary, strip, contacts)
            made.append(Chart(f"day-{what}-{n}", title(summary, strip), caption, figure, tables, signs))
    return tuple(made)


def _strip_table(strip: Strip, by: str) -> PlainTable:
    rows = tuple(
        (
            lane.name,
            str(len(lane.lines)),
            minutes(sum(line.net_minutes for line in lane.lines)),
            at(min(line.start_minute for line in lane.lines)),
            at(max(line.end_minute for line in lane.lines)),
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
    sizes = summary.company.sizes
    company = row_table(sizes, "With how many people", "People with the head")
    return (
        *_pair_chart(summary, "who", finding_title_who(summary), role.ranked, who, tables),
        *_pair_chart(summary, "sizes", _sizes_title(summary), sizes, role.denominator, [company]),
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

    def total(rows: Sequence[Row]) -> str:
        return percent(sum(row.time_share or 0 for row in rows)) if summary.window.minutes else "no time"

    return f"With one person {total(one)} of the time, with two or more {total(several)}"


def what_charts(summary: Summary) -> Charts:
    """What the head did, and how short it was."""
    activity = summary.table("activity")
    tables = [row_table(activity.ranked, "What", "Activity")]
    tables += [
        row_table(t.rows, f"{t.label}: the same under broader headings", "Heading")
        for t in summary.rollups
        if t.dimension == "activity" and is_coded(t.rows)
    ]
    what = _pair_chart(summary, "what", finding_title(activity), activity.ranked, activity.denominator, tables)
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
    figure = pair_figure(lines, f"share of {known}", "share of their time")
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
    return _pair_chart(summary, "where", _where_title(summary), rows, place.denominator, tables)


def _where_title(summary: Summary) -> str:
    told = summary.presence
    rooms = f" to {many(told.rooms, 'room', 'rooms')}" if told.rooms else ""
    classroom = told.row("classroom")
    spent = f", {length(classroom.minutes)} in all ({percent(classroom.time_share)} of the time)"
    visits = f"{many(told.visits, 'classroom visit', 'classroom visits')}{rooms}{spent}"
    office = told.row("office")
    if not told.visits:
        visits = "No classroom visit"
    return f"{visits}; own office {percent(office.time_share)}" if office.minutes else visits


def profile_charts(summary: Summary) -> Charts:
    """How the day ran: activities by period or half hour, and how thick the interactions came."""
    made: list[Chart] = []
    profile = drawn_profile(summary)
    if profile is not None and any(b.observed_minutes for b in profile.bins):
        rows = tuple(
            (clean(b.label), minutes(b.observed_minutes), *(minutes(m) for m in b.minutes)) for b in profile.bins
        )
        columns = ("When", "Observed", *(sentence_case(clean(each)) for each in profile.labels))
        unit = "school-day period" if profile.bin_minutes is None else f"{profile.bin_minutes} minutes"
        caption = f"Minutes by activity in each {unit}; an episode is split over those it crosses."
        table = PlainTable("Minutes by activity over the day", columns, rows)
        title = finding_title_profile(profile)
        made.append(Chart("profile", title, caption, profile_figure(profile), (table,), profile_signs(profile)))
    rates = summary.rates_by_period or summary.rates_by_hour
    if any(rate.count for rate in rates):
        made.append(_rates_chart(rates))
    return tuple(made)


def _rates_chart(rates: Sequence[Rate]) -> Chart:
    seen = [rate for rate in rates if rate.observed_minutes]
    lines = [
        (
            sentence_case(r.label),
            r.per_hour or 0,
            f"{number(r.per_hour or 0)} an hour · {r.count} in {length(r.observed_minutes)}",
        )
        for r in seen
    ]
    rows = tuple(
        (
            sentence_case(clean(r.label)),
            minutes(r.observed_minutes),
            str(r.count),
            NOTHING if r.per_hour is None else f"{r.per_hour:.1f}",
        )
        for r in seen
    )
    table = PlainTable("Interactions over the day", ("When", "Observed", "Interactions", "An hour"), rows)
    caption = "Interactions that began in each, for every hour observed in it."
    return Chart("rates", finding_title_rates(rates), caption, count_figure(lines), (table,))


def began_charts(summary: Summary) -> Charts:
    """Who began it, planned or not, interruptions and what became of what they interrupted."""
    initiator, mode, planned = summary.table("initiator"), summary.table("mode"), summary.planned
    rows = [
        _named(planned.scheduled, "In the diary"),
        _named(planned.unscheduled, "Not in the diary"),
        _named(planned.uncoded, "uncoded"),
    ]
    tables = [row_table(rows, "Planned or not", "Planned"), row_table(mode.rows, "Mode by mode", "Mode")]
    began = [row_table(initiator.rows, "Who began it", "Begun by")]
    stopped = summary.interruptions
    by_whom = [row_table(stopped.by_role.rows, "Interrupted by", "Group")]
    return (
        *_pair_chart(summary, "began", _began_title(summary), initiator.ranked, initiator.denominator, began),
        *_pair_chart(summary, "planned", _planned_title(summary), rows, mode.denominator, tables),
        *_pair_chart(
            summary,
            "interruptions",
            finding_title_interruptions(stopped),
            stopped.by_role.ranked,
            stopped.by_role.denominator,
            by_whom,
        ),
        *_resumed_chart(summary),
    )


def _named(row: Row, name: str) -> Row:
    return Row(row.code, name, row.count, row.count_share, row.minutes, row.time_share, row.ratio)


def _began_title(summary: Summary) -> str:
    told = summary.initiative
    if told.head_count_share is None:
        return finding_title(summary.table("initiator"))
    return (
        f"Of what the head or another began, the head began {percent(told.head_count_share)}, and "
        f"{percent(told.head_time_share)} of that time"
    )


def _planned_title(summary: Summary) -> str:
    told = summary.planned.scheduled
    return f"In the diary: {percent(told.count_share)} of the episodes, {percent(told.time_share)} of the time"


def _resumed_chart(summary: Summary) -> Charts:
    told = summary.interruptions
    total = told.resumed_within_10 + told.resumed_later + told.never_resumed
    if not total:
        return ()
    found = (
        ("Taken up again within 10 minutes", told.resumed_within_10),
        ("Taken up again later", told.resumed_later),
        ("Not taken up again on that day", told.never_resumed),
    )
    lines = [(name, float(count), f"{count} · {brief_percent(count / total)}") for name, count in found]
    rows = tuple((name, str(count), share(count / total)) for name, count in found)
    table = PlainTable("What became of what was interrupted", ("What became of it", "Times", "Of all times"), rows)
    wait = told.median_minutes_until_resumed
    title = f"{total - told.never_resumed} of {many(total, 'time', 'times')} the head went back to it"
    if wait is not None:
        title += f"; half of them within {length(wait)}"
    caption = f"Of {many(total, 'interruption', 'interruptions')} of an episode that is in this report."
    return (Chart("resumed", title, caption, count_figure(lines), (table,)),)


def further_tables(summary: Summary) -> tuple[tuple[str, PlainTable], ...]:
    """The codebook's other dimensions, where anything was coded: the finding, and the table."""
    shown = {"role", "activity", "mode", "initiator", "place"}
    found: list[Table] = [t for t in summary.tables if t.dimension not in shown and is_coded(t.rows)]
    return tuple((finding_title(t), row_table(t.rows, clean(t.label), "Code")) for t in found)
