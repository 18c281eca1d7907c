"""The findings of tables as titles, each computed from a Summary. Neutral: what was seen, never whether it was good."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shadowlog.analysis.results import EpisodeStats, Interruptions, Profile, Rate, Summary, Table
from shadowlog.domain.phrases import length, many, number, of_the_time, percent
from shadowlog.domain.text import clean
from shadowlog.report.sentences import MOST, NOUNS, coded_rows, leaders, nobody

CLOCK = re.compile(r"\d\d:\d\d.*")


def finding_title(table: Table, without: Sequence[str] = (), among: str = "") -> str:
    """The finding of a table as a title: what came first in time and in number, and `among` what.

    `without` leaves codes out. Where most of the time is uncoded that is said first: what nobody named could be anybody's.
    """
    rows = coded_rows(table, without)
    found = leaders(rows, NOUNS.get(table.dimension, "codes"))
    if found is None:
        return f"{clean(table.label)}: nothing coded"
    longest, often, said = found
    name, count = clean(longest.label), percent(often.count_share)
    uncoded = next((row for row in table.used if row.code is None), None)
    if uncoded is not None and (uncoded.time_share or 0) > (longest.time_share or 0):
        most = percent(longest.time_share)
        return f"Uncoded: {percent(uncoded.time_share)} of the time; of the rest most was {name} ({most})"
    if said == f"{name} {MOST}":
        return f"{name}{',' if among else ''}{among}: {count} of the episodes, {of_the_time(longest.time_share)}"
    each = "" if said == f"{clean(often.label)} {MOST}" else "each "
    if longest.time_share is None:
        return f"{said[0].upper()}{said[1:]} ({each}{count} of the episodes)"
    return f"{name} took the most time{among} ({percent(longest.time_share)}), {said} ({each}{count})"


def finding_title_who(summary: Summary) -> str:
    """The finding by group, being alone left out."""
    role, alone = summary.table("role"), summary.alone
    if alone.minutes and not coded_rows(role, alone.codes):
        return f"{nobody(summary)}; alone for {length(alone.minutes)} ({of_the_time(alone.time_share)})"
    return finding_title(role, alone.codes, " among those met" if any(r.code in alone.codes for r in role.used) else "")


def finding_title_durations(told: EpisodeStats) -> str:
    """The median beside the mean and the longest."""
    durations = told.durations
    if durations.median_minutes is None or durations.mean_minutes is None or durations.longest_minutes is None:
        return "No duration is known"
    return (
        f"Median {length(durations.median_minutes)}, mean {length(durations.mean_minutes)}, "
        f"longest {length(durations.longest_minutes)}"
    )


def finding_title_profile(profile: Profile) -> str:
    """The activity with the most time in one bin of the day profile, and when that was."""
    cells = [
        (minutes, bin_, label)
        for bin_ in profile.bins
        for minutes, label, code in zip(bin_.minutes, profile.labels, profile.codes, strict=True)
        if code is not None and minutes
    ]
    if not cells:
        return "No activity is coded"
    minutes, when, label = max(cells, key=lambda cell: cell[0])
    outside = profile.bin_minutes is None and when is profile.bins[-1]
    place = "" if outside else "in " if profile.bin_minutes is None else "from "
    observed = length(when.observed_minutes)
    return f"The fullest block: {clean(label)}, {length(minutes)} of the {observed} observed {place}{clean(when.label)}"


def finding_title_rates(rates: Sequence[Rate]) -> str:
    """When interactions came thickest, in hours or periods observed for at least 10 minutes."""
    known = [r for r in rates if r.per_hour is not None and r.observed_minutes >= 10]
    if not any(r.count for r in rates):
        return "No interactions to place in the day"
    if not any(r.count for r in known):
        return "Interactions began only in parts of the day that were observed for under 10 minutes"
    most = max(known, key=lambda r: r.per_hour or 0)
    least = min(known, key=lambda r: r.per_hour or 0)
    title = f"Most interactions began {_within(most)}: {number(most.per_hour or 0)} an hour"
    fewest = f"{title}; fewest {_within(least)}: {number(least.per_hour or 0)}"
    return title if most.per_hour == least.per_hour else fewest


def _within(rate: Rate) -> str:
    """In a period of the school day by its name, or in the hour from a time."""
    label = clean(rate.label)
    return f"in the hour from {label}" if CLOCK.fullmatch(label) else f"in {label}"


def finding_title_interruptions(told: Interruptions) -> str:
    """How many interruptions and how many were taken up again."""
    if not told.count:
        return "No interruption was recorded"
    resumed = told.resumed_within_10 + told.resumed_later
    asked = resumed + told.never_resumed
    ends = f"; {resumed} of {asked} times the head went back to what was interrupted" if asked else ""
    return f"{many(told.count, 'interruption', 'interruptions')}{ends}"
