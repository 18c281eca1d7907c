"""A comparison as CSV: a line for each share and for each part of an hour, with the letters of no chart in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from shadowlog.analysis.comparison import Comparison
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.exchange.tidy import cell

HEADER = (
    "across", "group", "days", "window_minutes", "episodes", "by", "code", "label", "measure", "hour", "value",
    "lowest", "highest", "mean_of_heads", "interval_low", "interval_high",
    "who_rule", "concurrent", "record_version", "choice",
)  # fmt: skip
"""Measures: "share of episodes" and "share of time" (parts of 1) with what is the same for all groups of that heading beside
them, and "minutes" in an hour of the clock, summed over the group's days. The rules and what is chosen stand in every line, so
that a table that was taken out of its folder still says what it is of. docs/compare.md explains each column."""


def comparison_csv(found: Comparison) -> str:
    """Give a comparison as CSV; an empty cell is one that does not apply or that there is not."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in _rows(found):
        writer.writerow([cell(value) for value in row])
    return text.getvalue()


def _rows(found: Comparison) -> Iterator[tuple[object, ...]]:
    # A profile is by the headings that are compared, where they divide activities.
    divided = found.by if found.dimension == ACTIVITY else ACTIVITY
    rules = (found.who_rule.value, found.concurrent, found.version.value, "; ".join(found.chosen) or None)
    for n, group in enumerate(found.groups):
        about = (found.across.value, group.label, group.days, round(group.window_minutes, 6), group.episodes)
        for row in found.rows:
            for measure, spread in (("share of episodes", row.often), ("share of time", row.lasted)):
                ends = (spread.lowest, spread.highest, spread.mean, *(spread.interval or (None, None)))
                yield *about, found.by, row.code, row.label, measure, None, spread.shares[n], *ends, *rules
        for profile in found.profiles[n : n + 1]:
            for each in profile.bins:
                for code, label, minutes in zip(profile.codes, profile.labels, each.minutes, strict=True):
                    yield *about, divided, code, label, "minutes", each.label, minutes, *[None] * 5, *rules
