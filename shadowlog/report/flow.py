"""The charts of how the day ran: the profile, who began it, planned or not, interruptions."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.results import Interruptions, Profile, Rate, Row, Summary
from shadowlog.domain.phrases import NOTHING, brief_percent, length, many, number, of_the_time, percent
from shadowlog.domain.text import clean
from shadowlog.report.charts import Chart, PlainTable, count_figure, sentence_case
from shadowlog.report.figures import Charts, pair_chart
from shadowlog.report.page_tables import minutes, row_table, share
from shadowlog.report.sentences import interruption_sentence, none_planned
from shadowlog.report.stack import drawn_profile, profile_figure, profile_signs
from shadowlog.report.titles import finding_title, finding_title_profile, finding_title_rates


def profile_charts(summary: Summary) -> Charts:
    """How the day ran: activities by period or half hour, and how thick the interactions came."""
    made: list[Chart] = []
    profile = drawn_profile(summary)
    if profile is not None and any(b.observed_minutes for b in profile.bins):
        unit = "school-day period" if profile.bin_minutes is None else f"{profile.bin_minutes} minutes"
        caption = f"Minutes by activity in each {unit}; an episode is split over those it crosses."
        title = finding_title_profile(profile)
        made.append(
            Chart(
                "profile", title, caption, profile_figure(profile), (_profile_table(profile),), profile_signs(profile)
            )
        )
    rates = summary.rates_by_period or summary.rates_by_hour
    if any(rate.count for rate in rates):
        made.append(_rates_chart(rates))
    return tuple(made)


def _profile_table(profile: Profile) -> PlainTable:
    """Whichever is fewer across the page, bins or activities; what has no minute is left out."""
    bins = [b for b in profile.bins if b.observed_minutes or any(b.minutes)]
    codes = [n for n in range(len(profile.codes)) if any(b.minutes[n] for b in bins)]
    caption = "Minutes by activity over the day"
    if len(bins) <= len(codes):
        columns = ("Activity", *(clean(b.label) for b in bins))
        rows = [
            (
                sentence_case(clean(profile.labels[n])),
                *(minutes(b.minutes[n]) if b.minutes[n] else NOTHING for b in bins),
            )
            for n in codes
        ]
        return PlainTable(caption, columns, (*rows, ("Observed", *(minutes(b.observed_minutes) for b in bins))))
    columns = ("When", "Observed", *(sentence_case(clean(profile.labels[n])) for n in codes))
    by_bin = (
        (
            clean(b.label),
            minutes(b.observed_minutes),
            *(minutes(b.minutes[n]) if b.minutes[n] else NOTHING for n in codes),
        )
        for b in bins
    )
    return PlainTable(caption, columns, tuple(by_bin))


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
        *pair_chart(summary, "began", _began_title(summary), initiator.ranked, initiator.denominator, began),
        *pair_chart(summary, "planned", _planned_title(summary), rows, mode.denominator, tables),
        *pair_chart(
            summary,
            "interruptions",
            interruption_sentence(stopped).removesuffix("."),
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
    time = "" if told.head_time_share is None else f", and {percent(told.head_time_share)} of that time"
    return (
        f"Of {many(told.coded, 'episode', 'episodes')} that the head or another began, the head began "
        f"{percent(told.head_count_share)}{time}"
    )


def _planned_title(summary: Summary) -> str:
    told = summary.planned.scheduled
    if none := none_planned(summary):
        return none
    return f"In the diary: {percent(told.count_share)} of the episodes, {of_the_time(told.time_share)}"


def _resumed_title(told: Interruptions, total: int) -> str:
    wait, back = told.median_minutes_until_resumed, total - told.never_resumed
    if not back or wait is None:
        return "The head did not go back to what was interrupted on that day"
    if total == 1:
        return f"The head went back to what was interrupted after {length(wait)}"
    half = f"; half of the times within {length(wait)}" if back > 1 else f", after {length(wait)}"
    return f"{back} of {total} times the head went back to what was interrupted{half}"


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
    caption = f"Of {many(total, 'interruption', 'interruptions')} of an episode that is in this report."
    return (Chart("resumed", _resumed_title(told, total), caption, count_figure(lines), (table,)),)
