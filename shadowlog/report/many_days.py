"""Several days of one head: each day a dot, the range between, the day profiles one below the other. No mean of few days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import FEWEST_DAYS
from shadowlog.analysis.prompts import Prompt, fitting
from shadowlog.analysis.results import ObservationInfo, Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.codebook import Codebook, shared_rollups
from shadowlog.domain.feedback import TYPICAL
from shadowlog.domain.phrases import day_words, length, many, number, of_the_time, time_of_day
from shadowlog.domain.standing import STANDS
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.terms import Record
from shadowlog.domain.text import clean
from shadowlog.domain.versions import MEANING, WORDS, Version
from shadowlog.errors import Refused
from shadowlog.report.beside import ALL, CHOSEN, Of
from shadowlog.report.charts import Chart, PlainTable, sentence_case
from shadowlog.report.dots import day_lines, dot_chart, letter, table_of
from shadowlog.report.method_words import RULES, UNIT
from shadowlog.report.multiples import HOUR, profiles_chart
from shadowlog.report.rendering import rendered
from shadowlog.report.session import state

OWN = ("role", "activity", "place", "mode", "initiator")
"""The dimensions of one codebook that are set side by side."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one head in the order of their dates, each with its own summary."""

    head: str
    days: tuple[Summary, ...]
    charts: tuple[Chart, ...]
    profiles: Chart | None
    left_out: tuple[str, ...] = ()
    """The days without anything verified, where only that is shown."""

    @property
    def about(self) -> tuple[ObservationInfo, ...]:
        """What each day is."""
        return tuple(day.observations[0] for day in self.days)


def days_of(records: Sequence[Record], who_rule: str = "split", version: Version = Version.AMENDED) -> Days:
    """The days set side by side, which are of this version.

    Refused for fewer than two, for days of several heads, for two records of the same hours, and for codebooks that share
    no roll-up with the same headings.
    """
    unlike = sorted({record.observation.head for record in records})
    if len(unlike) > 1:
        raise Refused(
            f"These days are of different heads: {', '.join(map(clean, unlike))}.",
            "A report is of one head; `shadowlog compare --across heads` sets heads side by side.",
        )
    every = sorted({record.observation.id: record for record in records}.values(), key=lambda r: (r.start, r.end))
    kept = [record for record in every if version is not Version.VERIFIED or _verified(record)]
    shown = {record.observation.id for record in kept}
    left_out = tuple(day_words(_date(record)) for record in every if record.observation.id not in shown)
    if left_out and len(kept) < 2:
        raise Refused(
            f"Of these days {len(kept) or 'none'} has anything that the head verified.",
            "Leave `--as verified` out, or look at the days with the head first.",
        )
    if len(kept) < 2:
        raise Refused("There is one day only.", "Several days take two at least; `shadowlog report` shows one.")
    for before, after in pairwise(kept):
        if after.start < before.end:
            raise Refused(
                f"Two of these records are of the same hours: {clean(before.observation.id)} and "
                f"{clean(after.observation.id)}.",
                "Name one of them; `shadowlog agreement` compares two observers of one day.",
            )
    divisions = _shared([record.observation.codebook for record in kept])
    days = tuple(summarise([record], who_rule=who_rule, version=version) for record in kept)
    dates = [day_words(day.observations[0].date) for day in days]
    charts = []
    for by in divisions:
        tables = [table_of(day, by) for day in days]
        if not any(row.code is not None and (row.count or row.minutes) for table in tables for row in table.rows):
            continue
        found = compare(kept, by, who_rule=who_rule, version=version) if len(kept) >= FEWEST_DAYS else None
        told = f"; {RULES[days[0].who_rule]}" if tables[0].dimension == "role" else ""
        lines = day_lines(days, by, found)
        charts.append(dot_chart(f"by-{by}", tables[0].label, lines, len(days), told, of=_of(version)))
    same = len(_ids([record.observation.codebook for record in kept])) == 1
    hours = [profile for day in days if (profile := day.profile(HOUR)) is not None]
    profiles = profiles_chart(hours, dates, of=_of(version)) if same else None
    return Days(kept[0].observation.head, days, tuple(charts), profiles, left_out)


def _verified(record: Record) -> bool:
    return any(each.verification in STANDS for each in record.episodes)


def _of(version: Version) -> Of:
    """What shares are of: of a verified day the time is that of what is verified."""
    return CHOSEN if version is Version.VERIFIED else ALL


def _date(record: Record) -> str:
    return datetime.fromtimestamp(record.start / 1000, ZoneInfo(record.observation.zone)).date().isoformat()


def _ids(books: Sequence[Codebook]) -> set[tuple[str, int]]:
    return {(book.id, book.version) for book in books}


def _shared(books: Sequence[Codebook]) -> list[str]:
    """What the days are broken down by: the dimensions of one codebook, or the roll-ups that all have alike."""
    if len(_ids(books)) == 1:
        known = {dimension.id for dimension in books[0].dimensions}
        return [by for by in OWN if by in known]
    alike = [rollup.id for rollup in shared_rollups(books)]
    if not alike:
        names = ", ".join(sorted(f"{clean(book.name)} version {book.version}" for book in books))
        raise Refused(
            f"These days use codebooks that do not meet ({names}): no roll-up has the same headings in all of them.",
            "Report the days of one codebook at a time.",
        )
    return alike


def days_page(told: Days) -> str:
    """The whole page as HTML text."""
    profiles = [told.profiles] if told.profiles else []
    return rendered(
        "days.html",
        f"{len(told.days)} days with head {clean(told.head)}",
        [*profiles, *told.charts],
        days=days_table(told),
        states=[
            (letter(n), day_words(about.date), state(told.days[n], about.id)) for n, about in enumerate(told.about)
        ],
        sentences=list(days_sentences(told)),
        profiles=profiles,
        parts=told.charts,
        prompts=shared_prompts(told),
        method=list(_method(told)),
        imported=any(about.consent == IMPORTED for about in told.about),
    )


def days_name(told: Days) -> str:
    """The file name: head and first and last date, nothing in it but letters, digits and hyphens."""
    dates = [about.date for about in told.about]
    slug = re.sub(r"[^A-Za-z0-9]+", "-", f"{told.head}-{dates[0]}-to-{dates[-1]}").strip("-")[:80]
    return f"{slug or 'days'}-report.html"


def days_table(told: Days) -> PlainTable:
    """Which letter is which day, and its size."""
    rows = tuple(
        (
            letter(n),
            day_words(about.date),
            f"{time_of_day(about.start_minute)} to {time_of_day(about.end_minute)}",
            length(about.window_minutes),
            clean(about.observer),
            str(day.episodes.count),
            str(day.interactions.count),
        )
        for n, (about, day) in enumerate(zip(told.about, told.days, strict=True))
    )
    columns = ("Day", "Date", "From and to", _of(told.days[0].version).record, "Observer", "Episodes", "Interactions")
    return PlainTable("The days", columns, rows)


def days_sentences(told: Days) -> Iterator[str]:
    """What these days show, as ranges with the days at their ends; nothing is said of what was not recorded."""
    days = told.days
    whole = sum(about.window_minutes for about in told.about)
    first, last = told.about[0].date, told.about[-1].date
    spread = f"on {day_words(first)}" if first == last else f"from {day_words(first)} to {day_words(last)}"
    lasted = "of what is verified" if days[0].version is Version.VERIFIED else "on record"
    yield f"{len(days)} days {spread}, {length(whole)} {lasted} together."
    makers: tuple[tuple[str, Callable[[Summary], float | None], Callable[[float], str]], ...] = (
        ("Interactions", lambda d: d.interactions.count, number),
        ("Interactions an hour", lambda d: d.interactions.per_hour, number),
        ("The median episode", lambda d: d.episodes.durations.median_minutes, length),
        ("Alone", _alone, of_the_time),
        ("With pupils", _pupils, of_the_time),
        ("In the diary", _planned, of_the_time),
        ("Classroom visits", _visits, number),
        ("Interruptions", lambda d: d.interruptions.count, number),
    )
    for name, take, words in makers:
        if sentence := ranged(name, [take(day) for day in days], words):
            yield sentence
    for n, day in enumerate(days):
        session = day.session(told.about[n].id)
        for rated in session.typical if session else ():
            if rated.by_head:
                yield f"How typical day {letter(n)} was, the head: {rated.rating} of {TYPICAL}."


def _alone(day: Summary) -> float | None:
    return day.alone.time_share if day.alone.codes else None


def _pupils(day: Summary) -> float | None:
    return day.company.pupil_time_share


def _planned(day: Summary) -> float | None:
    planned = day.planned
    return planned.scheduled.time_share if planned.scheduled.count + planned.unscheduled.count else None


def _visits(day: Summary) -> float | None:
    return float(day.presence.visits) if any(r.count or r.minutes for r in day.presence.rows if r.code) else None


def ranged(name: str, values: Sequence[float | None], words: Callable[[float], str]) -> str:
    """The lowest and the highest day and their letters; empty where nothing is known or nothing was on any day."""
    known = [(value, letter(n)) for n, value in enumerate(values) if value is not None]
    if not any(value for value, _ in known):
        return ""
    low, high = min(known)[0], max(value for value, _ in known)
    missing = "" if len(known) == len(values) else f", on the {many(len(known), 'day', 'days')} where it is known"
    if words(low) == words(high):
        on = "" if len(known) == 1 else " on each day"
        return f"{name}: {words(low)}{on}{missing}."
    lows = [which for value, which in known if words(value) == words(low)]
    highs = [which for value, which in known if words(value) == words(high)]
    return f"{name}: {words(low)} ({', '.join(lows)}) to {words(high)} ({', '.join(highs)}){missing}."


def shared_prompts(told: Days) -> list[Prompt]:
    """The questions that every one of these days asks."""
    each = [{prompt.id for prompt in fitting(day)} for day in told.days]
    common = set.intersection(*each)
    return [prompt for prompt in fitting(told.days[0]) if prompt.id in common]


def _method(told: Days) -> Iterator[str]:
    version = told.days[0].version
    if told.left_out:
        yield f"Left out, because nothing of it is verified: {'; '.join(told.left_out)}."
    yield f"The days {WORDS[version]}: {MEANING[version]}."
    yield UNIT
    of = _of(version)
    yield f"Each day is shown by itself, by its own {of.episodes} and its own {of.time}; nothing is averaged over the days."
    if len(told.days) < FEWEST_DAYS:
        yield "Fewer than three days: no interval. Two days show that days differ, not how they usually are."
    else:
        yield (
            "The 95 % interval is of the share over all days taken together, by resampling whole days. With so few days "
            "it is a hint of how much days differ, not a measure of this head."
        )
    books = sorted({f"{clean(a.codebook_name)}, version {a.codebook_version}" for a in told.about})
    if len(books) == 1:
        yield f"Codebook: {books[0]}."
    else:
        yield f"The days use different codebooks ({'; '.join(books)}) and are compared by the headings that these share."
    yield sentence_case(f"who ({told.days[0].who_rule.value}): {RULES[told.days[0].who_rule]}.")
    yield "Concurrent time is left out of the charts. Uncoded is time or an episode that nobody named; it is not time alone."
    yield "Being watched changes a day: read these as pictures to talk about, not as a measure."
