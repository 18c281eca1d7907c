"""The head's report: one Summary as one HTML page that needs no network, and prints."""

from __future__ import annotations

import re

from shadowlog.analysis.prompts import DEPTHS
from shadowlog.analysis.results import Summary
from shadowlog.domain.study import IMPORTED
from shadowlog.report.figures import further_tables
from shadowlog.report.method_words import method_lines
from shadowlog.report.page_tables import contact_table, coverage_table, duration_tables, episode_table
from shadowlog.report.rendering import rendered
from shadowlog.report.sections import cover, doubts, heading, lines_of, parts, pictures, questions, remark, verification
from shadowlog.report.sentences import key_sentences
from shadowlog.report.session import sessions_told


def page(summary: Summary) -> str:
    """The whole page as HTML text; the same summary always gives the same page."""
    made, lines = parts(summary), lines_of(summary)
    return rendered(
        "page.html",
        heading(summary),
        [chart for part in made for chart in part.charts],
        cover=[cover(summary, about) for about in summary.observations],
        verified=verification(summary),
        sentences=key_sentences(summary),
        day=made[0],
        pictures=pictures(summary),
        parts=made[1:],
        further=further_tables(summary),
        durations=duration_tables(summary),
        incidents=[remark(summary, note, lines) for note in summary.incidents],
        remarks=[remark(summary, note, lines) for note in summary.notes if not note.incident],
        struck=any(told.struck for told in summary.sessions),
        prompts=questions(summary),
        told=sessions_told(summary),
        depths=DEPTHS,
        method=method_lines(summary),
        coverage=coverage_table(summary),
        doubts=doubts(summary),
        episodes=episode_table(summary),
        contacts=contact_table(summary),
        imported=any(about.consent == IMPORTED for about in summary.observations),
    )


def page_name(summary: Summary) -> str:
    """The file name of a report, as H01-2026-11-24-report.html: nothing in it but letters, digits and hyphens."""
    if not summary.observations:
        return "empty-report.html"
    first, more = summary.observations[0], len(summary.observations) - 1
    name = f"{first.head}-{first.date}" + (f"-and-{more}-more" if more else "")
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:80]
    return f"{slug or 'day'}-report.html"
