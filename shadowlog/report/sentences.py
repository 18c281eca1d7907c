"""Findings in words, each computed from a Summary. Neutral: what was seen, never whether it was good."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.results import (
    Coverage,
    Durations,
    Interruptions,
    Row,
    Summary,
    Table,
)
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE
from shadowlog.domain.phrases import length, many, number, of_the_time, percent
from shadowlog.domain.text import clean
from shadowlog.domain.versions import Version
from shadowlog.report.pattern_words import stretch_sentence, switching_sentence

PURPOSE = "For reflection, not for appraisal."
MOST = "came most often"
NOUNS = {ROLE: "groups", ACTIVITY: "activities", PLACE: "places"}
"""What the codes of a dimension are called when they are counted."""
SINGULAR = {"groups": "group", "activities": "activity", "places": "place"}
RATED = 60
"""Minutes: of what was seen for less nothing is said "an hour"."""
TELLING = 0.05
"""A gap between how often and how long of this many parts of 1 is worth a sentence."""


def key_sentences(summary: Summary) -> list[str]:
    """What a day shows at a glance, the most general first; nothing is said of what was not recorded."""
    made = [
        _disputed(summary),
        _size(summary),
        _brevity(summary),
        *_with_whom(summary),
        _alone(summary),
        _pupils(summary),
        *_what(summary),
        *_places(summary),
        _planned(summary),
        _initiative(summary),
        interruption_sentence(summary.interruptions),
        resumed_sentence(summary.interruptions),
        switching_sentence(summary.switching),
        stretch_sentence(summary.stretches),
        coverage_sentence(summary.coverage),
    ]
    return [each for each in made if each]


def four_sentences(summary: Summary) -> list[str]:
    """The four that say most of a day: its size, with whom, doing what, and the first of what else there is to say."""
    who, what = _with_whom(summary), _what(summary)
    made = [
        _disputed(summary),
        _size(summary),
        who[0],
        what[0],
        interruption_sentence(summary.interruptions),
        *_places(summary)[::-1],
        _alone(summary),
        _brevity(summary),
        coverage_sentence(summary.coverage),
    ]
    return [each for each in made if each][:4]


def _disputed(summary: Summary) -> str:
    """That the head disputes everything that is told, where it is so."""
    views = [word.view for session in summary.sessions for word in session.words]
    whole = summary.version is Version.AMENDED and not summary.chosen and summary.episodes.count
    if not whole or views.count("dispute") < summary.episodes.count:
        return ""
    which = "the one episode" if summary.episodes.count == 1 else "every episode"
    return f"The head disputes {which}: what is told here is the observer's word."


def _size(summary: Summary) -> str:
    met, window = summary.interactions, summary.window.minutes
    if not summary.episodes.count:
        struck = sum(told.struck for told in summary.sessions)
        if summary.chosen:
            return "No episode is among what was chosen."
        return "The head struck out every episode." if struck else "No episode was recorded."
    spent = f" in {length(window)}{' of chosen time' if summary.chosen else ''}" if window else ""
    if not summary.coded(ROLE):
        recorded = many(summary.episodes.count, "episode", "episodes")
        return f"{recorded}{spent}. Who was there is nowhere coded, so interactions are not known."
    sentence = f"{many(met.count, 'interaction', 'interactions')}{spent}"
    if met.per_hour is not None and met.count and window >= RATED:
        sentence += f", {number(met.per_hour)} an hour{' observed' if summary.chosen or summary.version is Version.VERIFIED else ''}"
    sentence += _half(met.durations)
    if summary.contacts.count:
        sentence += f" {many(summary.contacts.count, 'fleeting contact', 'fleeting contacts')} came beside them."
    return sentence


def _half(durations: Durations) -> str:
    if durations.count < 2 or durations.median_minutes is None:
        return "."
    return f"; half of them lasted {length(durations.median_minutes)} or less."


def _brevity(summary: Summary) -> str:
    stats = summary.episodes
    short = next(b for b in stats.brevity if b.limit_minutes == 5)
    longest = stats.durations.longest_minutes
    if not stats.durations.count or longest is None:
        return ""
    count = stats.durations.count
    known = " of known duration" if stats.unknown_duration else ""
    if count == 1:
        return f"The one episode{known} took {length(longest)}."
    if not short.count:
        return f"None of the {count} episodes{known} took under 5 minutes; the longest took {length(longest)}."
    if short.count == count:
        whole = "Both" if count == 2 else f"All {count}"
        return f"{whole} episodes{known} took under 5 minutes; the longest took {length(longest)}."
    part = f", together {percent(short.time_share)} of their time" if short.time_share is not None else ""
    return (
        f"{percent(short.count_share)} of {f'the {count}' if known else f'all {count}'} episodes{known} took under 5 "
        f"minutes{part}; the longest took {length(longest)}."
    )


def leaders(rows: Sequence[Row], noun: str = "codes") -> tuple[Row, Row, str] | None:
    """The row with the most time, one with the most episodes, and in words all that have so many; `noun` is their name."""
    if not rows:
        return None
    longest, often = max(rows, key=lambda r: r.minutes), max(rows, key=lambda r: (r.count, r.minutes))
    equal = [clean(r.label) for r in rows if abs(r.count - often.count) < 1e-9]
    if len(equal) > 2:
        return longest, often, f"{len(equal)} {noun} {MOST}"
    if len(equal) == len(rows) == 2:
        return longest, often, f"{' and '.join(equal)} came equally often"
    return longest, often, f"{' and '.join(equal)} {MOST}"


def _only(noun: str) -> str:
    return f"The only {SINGULAR.get(noun, 'code')}{' met' if noun == NOUNS[ROLE] else ''}"


def _both(rows: Sequence[Row], among: str, noun: str) -> str:
    found = leaders(rows, noun)
    if found is None:
        return ""
    longest, often, said = found
    name, time, count = clean(longest.label), of_the_time(longest.time_share), percent(often.count_share)
    if len(rows) == 1:
        return f"{_only(noun)}: {name}, in {count} of the episodes and {time}."
    if said == f"{name} {MOST}":
        return f"{name} came first{among}, in {count} of the episodes and {time}."
    each = "" if said == f"{clean(often.label)} {MOST}" else "each "
    if longest.time_share is None:
        return f"{said[0].upper()}{said[1:]} ({each}{count} of the episodes); no time passed."
    time = percent(longest.time_share)
    return f"{name} took the most time{among} ({time}); {said} ({each}{count} of the episodes)."


def _contrast(rows: Sequence[Row]) -> str:
    """The row whose two shares differ most, if that is worth a sentence and not said already."""
    gaps = [
        (abs(r.time_share - r.count_share), r) for r in rows if r.time_share is not None and r.count_share is not None
    ]
    found = leaders(rows)
    if not gaps or found is None:
        return ""
    gap, row = max(gaps, key=lambda pair: pair[0])
    longest, often, _ = found
    if gap < TELLING or row.code == longest.code == often.code:
        return ""
    return f"{clean(row.label)}: {percent(row.count_share)} of the episodes, {of_the_time(row.time_share)}."


def coded_rows(table: Table, without: Sequence[str] = ()) -> list[Row]:
    return [row for row in table.used if row.code is not None and row.code not in without]


def _with_whom(summary: Summary) -> list[str]:
    rows = coded_rows(summary.table("role"), summary.alone.codes)
    return [_both(rows, " among those met", NOUNS[ROLE]), _contrast(rows)]


def _what(summary: Summary) -> list[str]:
    rows = coded_rows(summary.table("activity"))
    return [_both(rows, " among the activities", NOUNS[ACTIVITY]), _contrast(rows)]


def _alone(summary: Summary) -> str:
    alone = summary.alone
    if not alone.minutes:
        return ""
    inside = f", {length(alone.office_minutes)} of it in the own office" if alone.office_minutes else ""
    return f"Alone for {length(alone.minutes)}, {of_the_time(alone.time_share)}{inside}."


def _pupils(summary: Summary) -> str:
    company = summary.company
    if not company.pupil_minutes:
        return ""
    return f"Pupils were present for {length(company.pupil_minutes)}, {of_the_time(company.pupil_time_share)}."


def _places(summary: Summary) -> list[str]:
    made = []
    office = summary.presence.row("office")
    if office.minutes:
        made.append(f"In the own office for {length(office.minutes)}, {of_the_time(office.time_share)}.")
    if summary.presence.visits:
        visits = many(summary.presence.visits, "classroom visit", "classroom visits")
        minutes = summary.presence.row("classroom").minutes
        rooms = summary.presence.rooms
        told = f" to {many(rooms, 'room', 'rooms')}" if rooms else ""
        made.append(f"{visits}{told}, {length(minutes)} in all.")
    return made


def nobody(summary: Summary) -> str:
    """That nobody was met, of the episodes of which that is known."""
    count = summary.episodes.count
    unnamed = sum(row.count for row in summary.table(ROLE).rows if row.code is None)
    if not unnamed:
        return "Nobody was met"
    if not summary.coded(ROLE):
        return "Who was there was not coded"
    return f"Nobody was met in the {number(count - unnamed)} of {many(count, 'episode', 'episodes')} whose who is coded"


def none_planned(summary: Summary) -> str:
    """That nothing was in the diary, of the episodes of which that is known; "" where something was."""
    told = summary.planned
    if told.scheduled.count or not told.unscheduled.count:
        return ""
    if not told.uncoded.count:
        return "None of the episodes was in the diary"
    return f"None of the {many(told.unscheduled.count, 'episode', 'episodes')} coded so was in the diary"


def _planned(summary: Summary) -> str:
    diary, other = summary.planned.scheduled, summary.planned.unscheduled
    if not diary.count + other.count:
        return ""
    if none := none_planned(summary):
        return f"{none}."
    return f"In the diary: {percent(diary.count_share)} of the episodes, {of_the_time(diary.time_share)}."


def _initiative(summary: Summary) -> str:
    told = summary.initiative
    if told.head_count_share is None:
        return ""
    time = "" if told.head_time_share is None else f" ({percent(told.head_time_share)} of that time)"
    return (
        f"Of the {many(told.coded, 'episode', 'episodes')} coded as begun by the head or another person, the head began "
        f"{percent(told.head_count_share)}{time}."
    )


def interruption_sentence(told: Interruptions) -> str:
    """How many interruptions, how often, and how much of the day they touched; empty without any."""
    if not told.count:
        return ""
    rated = told.per_hour is not None and 60 * told.count >= RATED * told.per_hour
    hourly = f", {number(told.per_hour or 0)} an hour" if rated else ""
    return (
        f"{many(told.count, 'interruption', 'interruptions')}{hourly}, {length(told.minutes)} in all; "
        f"{percent(told.interrupted_share)} of the episodes were interrupted."
    )


def resumed_sentence(told: Interruptions) -> str:
    """What became of what was interrupted; empty without any."""
    soon, later, never = told.resumed_within_10, told.resumed_later, told.never_resumed
    if not soon + later + never:
        return ""
    parts = [(soon, "taken up again within 10 minutes"), (later, "later"), (never, "not taken up again on that day")]
    said = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"What was interrupted: {said}."


def coverage_sentence(coverage: Coverage) -> str:
    """How much of the day the record names; empty when there was no time at all."""
    full = coverage.part("full")
    if full.share is None:
        return ""
    rest = [f"{percent(p.share)} {p.label}" for p in coverage.parts if p.kind != "full" and p.minutes]
    whole = "no time" if not full.minutes else f"{percent(full.share) if rest else 'all'} of the time"
    return f"Who and what are named for {whole}{'; ' + ', '.join(rest) if rest else ''}."
