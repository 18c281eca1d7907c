"""A Summary as a plain-text report for the terminal: sentences, tables with frequency beside time, the day, the method."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence

from shadowlog.analysis.results import DurationTable, Profile, Rate, Row, Summary
from shadowlog.domain.phrases import (
    bar,
    brief_length,
    brief_percent,
    day_words,
    fitted,
    height,
    length,
    many,
    number,
    time_of_day,
)
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS, Version
from shadowlog.report.method_words import method_lines
from shadowlog.report.pattern_words import (
    lens_lines,
    moves_title,
    reach_sentence,
    spread_sentences,
    telling_moves,
    with_whom,
)
from shadowlog.report.sentences import PURPOSE, key_sentences
from shadowlog.report.titles import (
    finding_title,
    finding_title_durations,
    finding_title_interruptions,
    finding_title_profile,
    finding_title_rates,
    finding_title_who,
)

__all__ = ["key_sentences", "method_lines", "report_text"]

NARROWEST = 72
LABEL = 24
WIDE_LABEL = 31
OFTEN = 11
LASTED = 14

Pair = tuple[str, float, float | None, float, float | None]
"""A label, a count and its share, minutes and their share."""


def report_text(summary: Summary, width: int = 80, bars: bool = True) -> str:
    """The whole report as lines of at most `width` columns (72 at least); without `bars` nothing is drawn."""
    width = max(width, NARROWEST)
    parts = [_cover(summary, width), _section("The day in words", _bulleted(key_sentences(summary), width))]
    if summary.episodes.count or summary.window.minutes:
        parts += _tables(summary, width, bars)
    parts += [
        _incidents(summary, width),
        _section("How to read this", _bulleted(method_lines(summary), width)),
        [PURPOSE],
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts if part) + "\n"


def tables_text(summary: Summary, names: Sequence[str], width: int = 80, bars: bool = True) -> str:
    """Only the tables by these dimensions or roll-ups, each with its denominators and the lengths of its episodes."""
    width = max(width, NARROWEST)
    parts = []
    durations = {each.dimension: each for each in summary.durations}
    for name in names:
        table = next(t for t in (*summary.tables, *summary.rollups) if name == (t.rollup or t.dimension))
        about = [
            *(f"Only: {clean(words)}" for words in summary.chosen),
            f"The day {WORDS[summary.version]}; {table.denominator}; who: {table.who_rule.value}",
        ]
        lines = [line for each in about for line in _wrapped(each, width)]
        parts.append([*_section(clean(table.label), lines), "", *_rows(table.ranked, width, bars)])
        if table.rollup is None and name in durations:
            parts.append(_lengths(durations[name], width))
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts) + "\n"


def _lengths(table: DurationTable, width: int) -> list[str]:
    heads = ("n", "mean", "median", "middle half", "longest")
    room = width - 50
    lines = [f"{'':{room}}{heads[0]:>5}{heads[1]:>10}{heads[2]:>10}{heads[3]:>15}{heads[4]:>10}"]
    for row in table.rows:
        told = row.durations
        if not told.count:
            continue
        mean, median, low, high, most = (
            brief_length(each or 0)
            for each in (
                told.mean_minutes,
                told.median_minutes,
                told.lower_quartile_minutes,
                told.upper_quartile_minutes,
                told.longest_minutes,
            )
        )
        half = f"{low.removesuffix(' min')}-{high}"
        lines.append(f"{fitted(clean(row.label), room)}{told.count:>5}{mean:>10}{median:>10}{half:>15}{most:>10}")
    return lines


def _tables(summary: Summary, width: int, bars: bool) -> list[list[str]]:
    told = summary.interruptions
    who = _wrapped(finding_title_who(summary), width)
    interrupted = _wrapped(finding_title_interruptions(told), width)
    by_whom = _rows(told.by_role.ranked, width, bars) if told.count else []
    rates = summary.rates_by_period or summary.rates_by_hour if summary.coded("role") else ()
    return [
        _section("Who", [*who, *_rows(summary.table("role").ranked, width, bars)]),
        _section("With how many people", _rows(summary.company.sizes, width, bars)),
        _section("What", _table(summary, "activity", width, bars)),
        _section("Where", _rows(summary.presence.rows, width, bars)),
        _section("Planned or not", _table(summary, "mode", width, bars)),
        _section("Who began it", _table(summary, "initiator", width, bars)),
        _section("How long episodes are", _brevity(summary, width, bars)),
        _section("Interruptions, by whom", [*interrupted, *by_whom]),
        _section("The day", _profile(summary, width, bars)),
        _rates("Interactions by period", rates, width, bars),
        _section("What followed what", _moves(summary, width)),
        _section("Reach and spread", _bulleted(_reach(summary), width)),
        _section("Who leads", _pairs(lens_lines(summary.leading), width, bars)),
        _section("Influence on learning", _influence(summary, width, bars)),
        _section("Looked at every 5 minutes instead", _interval(summary, width)),
        _section("How much was covered", _coverage(summary, width, bars)),
    ]


def _cover(summary: Summary, width: int) -> list[str]:
    lines = []
    heads = sorted({clean(o.head) for o in summary.observations})
    if len(summary.observations) > 5:
        dates = sorted(o.date for o in summary.observations)
        lines.append(
            f"{len(summary.observations)} observations of {many(len(heads), 'head', 'heads')}, "
            f"{day_words(dates[0])} to {day_words(dates[-1])}"
        )
    for each in summary.observations if not lines else ():
        times = f"{time_of_day(each.start_minute)} to {time_of_day(each.end_minute)}{', still running' if each.running else ''}"
        lines.append(f"Head {clean(each.head)}, {day_words(each.date)}, {times}")
    codebooks = {f"{clean(o.codebook_name)}, version {o.codebook_version}" for o in summary.observations}
    observers = sorted({clean(o.observer) for o in summary.observations})
    lines += [f"Only: {clean(words)}" for words in summary.chosen]
    if twice := _observed_twice(summary):
        lines.append(f"Recorded by more than one observer, and added up here: {', '.join(twice)}")
    if observers:
        lines.append(f"{'Observer' if len(observers) == 1 else 'Observers'} {', '.join(observers)}")
        lines.append(f"Codebook {', '.join(sorted(codebooks))}")
        lines.append(f"{_verified(summary)} {PURPOSE}")
    else:
        lines.append(f"No observation. {PURPOSE}")
    return [each for line in lines for each in _wrapped(line, width)]


def _observed_twice(summary: Summary) -> list[str]:
    """The days (date and head) that more than one observation is of."""
    days = Counter((o.date, o.study, o.head) for o in summary.observations)
    return [f"{date} {clean(head)}" for (date, _, head), n in sorted(days.items()) if n > 1]


def _verified(summary: Summary) -> str:
    if summary.version is Version.RECORDED:
        return "As recorded, before any word of the head."
    return f"{WORDS[summary.version].capitalize()}. {_head_said(summary)}"


def _head_said(summary: Summary) -> str:
    count, left, disputed = summary.episodes.count, summary.coverage.unverified, summary.coverage.disputed
    if not count:
        return "There is nothing to verify."
    if left == count:
        return "Not yet verified by the head."
    if left or disputed:
        also = f" and disputes {disputed}" if disputed else ""
        stands = count - left - disputed - summary.coverage.struck
        return f"The head agreed to or changed {stands} of {many(count, 'episode', 'episodes')}{also}."
    return "Verified by the head."


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [title.upper(), *lines] if lines else []


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    whole = text.replace(" %", "\u00a0%")  # a percentage is not torn apart at the end of a line
    lines = textwrap.wrap(whole, width, initial_indent=first, subsequent_indent=rest)
    return [line.replace("\u00a0%", " %") for line in lines]


def _bulleted(sentences: Iterable[str], width: int) -> list[str]:
    return [line for sentence in sentences for line in _wrapped(sentence, width, "- ", "  ")]


def _table(summary: Summary, dimension: str, width: int, bars: bool) -> list[str]:
    table = summary.table(dimension)
    return [*_wrapped(finding_title(table), width), *_rows(table.ranked, width, bars)]


def _rows(rows: Iterable[Row], width: int, bars: bool) -> list[str]:
    used = [row for row in rows if row.count or row.minutes]
    return _pairs([(r.label, r.count, r.count_share, r.minutes, r.time_share) for r in used], width, bars)


def _pairs(lines: Sequence[Pair], width: int, bars: bool) -> list[str]:
    """Label, count, its share and bar, time, its share and bar: the two halves side by side and on one scale."""
    most = max((part for _, _, often, _, lasted in lines for part in (often, lasted) if part), default=0) or 1
    room = min(16, (width - WIDE_LABEL - OFTEN - LASTED - 4) // 2) if bars else 0
    label = width - OFTEN - LASTED - 4 - 2 * room
    made = [f"{'':{label}}{'how often':>{OFTEN}} {'':{room}}  {'how long':>{LASTED}}"]
    for name, count, often, minutes, lasted in lines:
        first = f"{number(count):>5} {brief_percent(often):>5}"
        second = f"{brief_length(minutes):>8} {brief_percent(lasted):>5}"
        drawn = [bar(part / most if part else None, room) for part in (often, lasted)]
        made.append(f"{fitted(clean(name), label)}{first} {drawn[0]:{room}}  {second} {drawn[1]}")
    return made if lines else []


def _coverage(summary: Summary, width: int, bars: bool) -> list[str]:
    room = width - LABEL - 17
    return [
        f"{fitted(part.label, LABEL)}{brief_length(part.minutes):>9} {brief_percent(part.share):>5} "
        f"{bar(part.share, room) if bars else ''}"
        for part in summary.coverage.parts
        if part.minutes
    ]


def _brevity(summary: Summary, width: int, bars: bool) -> list[str]:
    told = summary.episodes
    if not told.durations.count:
        return []
    lines: list[Pair] = [
        (f"{'over' if b.over else 'under'} {b.limit_minutes} minutes", b.count, b.count_share, b.minutes, b.time_share)
        for b in told.brevity
    ]
    return [*_wrapped(finding_title_durations(told), width), *_pairs(lines, width, bars)]


def _moves(summary: Summary, width: int) -> list[str]:
    """The moves that came more than once: how often, of how many from there, and by chance."""
    told = summary.transitions
    if not told.total:
        return []
    lines = _wrapped(moves_title(told), width)
    room = (width - 30) // 2
    for n, move in enumerate(telling_moves(told)):
        if not n:
            lines.append(f"{'':{2 * room + 3}}{'times':>6}{'of those':>11}{'by chance':>10}")
        names = f"{fitted(clean(move.before), room)} → {fitted(clean(move.after), room)}"
        lines.append(f"{names}{move.count:>6}{brief_percent(move.share):>11}{move.expected:>10.1f}")
    return lines


def _reach(summary: Summary) -> list[str]:
    return [each for each in (reach_sentence(summary.reach), *spread_sentences(summary)) if each]


def _influence(summary: Summary, width: int, bars: bool) -> list[str]:
    lines = lens_lines(summary.influence)
    if summary.influence is None or not lines:
        return []
    return [*_pairs(lines, width, bars), *_bulleted(with_whom(summary.influence), width)]


def _interval(summary: Summary, width: int) -> list[str]:
    """What sampling would have made of the time, beside what it was; only where some mark was."""
    view = summary.interval_view
    lines = [f"{'':{width - 38}}{'at the marks':>14}{'how long':>11}{'difference':>13}"]
    for row in view.rows:
        if not row.marks and not row.time_share:
            continue
        # Of the rounded figures, so that the three of a line agree with each other.
        marked, lasted = (round((share or 0) * 100, 1) for share in (row.mark_share, row.time_share))
        apart = round(marked - lasted, 1)
        gap = f"{apart:+.1f}" if apart else "0.0"
        shares = f"{f'{marked:.1f} %':>14}{f'{lasted:.1f} %':>11}{f'{gap} points':>13}"
        lines.append(f"{fitted(clean(row.label), width - 38)}{shares}")
    return lines if view.marks else []


def _rates(title: str, rates: Sequence[Rate], width: int, bars: bool) -> list[str]:
    seen = [rate for rate in rates if rate.observed_minutes]
    most = max((rate.per_hour or 0 for rate in seen), default=0)
    room = width - LABEL - 36
    lines = [f"{'':{LABEL}}{'observed':>10}{'number':>9}{'an hour':>10}"]
    for rate in seen:
        hourly = number(rate.per_hour or 0)
        drawn = bar((rate.per_hour or 0) / most, room) if bars and most else ""
        numbers = f"{length(rate.observed_minutes):>10}{rate.count:>9}{hourly:>10}"
        lines.append(f"{fitted(clean(rate.label), LABEL)}{numbers}  {drawn}")
    return _section(title, [*_wrapped(finding_title_rates(rates), width), *lines]) if seen else []


def _profile(summary: Summary, width: int, bars: bool) -> list[str]:
    """The activities over the day: in the finest bins that fit, or without bars as minutes of each hour."""
    made = [p for p in summary.profiles if p.bin_minutes is not None and p.bins]
    room = width - LABEL - 1
    cell = 1 if bars else 4
    fitting = [p for p in made if len(p.bins) * cell <= room and (bars or p.bin_minutes == 60)]
    if not fitting:
        return []
    return [
        *_wrapped(finding_title_profile(fitting[0]), width),
        *_day(fitting[0], bars, max(1, len(summary.observations))),
    ]


def _day(profile: Profile, bars: bool, days: int) -> list[str]:
    """The profile's codes over the day; a column is full where an activity filled the bin of each of so many days."""
    step = profile.bin_minutes or 60
    full = step * days
    marks = [(n, b) for n, b in enumerate(profile.bins) if not b.start_minute % (60 if step < 60 or not bars else 360)]
    axis = "".ljust(LABEL + 1)
    for n, each in marks:
        axis = f"{axis:{LABEL + 1 + n * (1 if bars else 4)}}{'' if bars else '  '}{each.label[:2]}"
    lines = [axis]
    totals = [(sum(b.minutes[n] for b in profile.bins), n) for n in range(len(profile.codes))]
    for _, n in sorted(totals, key=lambda pair: (profile.codes[pair[1]] is None, -pair[0])):
        cells = [each.minutes[n] for each in profile.bins]
        drawn = "".join(height(m / full) if bars else f"{f'{m:.0f}' if m else '.':>4}" for m in cells)
        lines.append(f"{fitted(clean(profile.labels[n]), LABEL)} {drawn}")
    return lines


def _incidents(summary: Summary, width: int) -> list[str]:
    """The starred notes with their times; of several days also with date and head."""
    days = {each.id: f"{each.date} {clean(each.head)}  " for each in summary.observations}
    lines = []
    for note in summary.incidents:
        when = (days[note.observation] if len(days) > 1 else "") + time_of_day(note.at_minute)
        told = f"{when}  {clean(note.text) or '(no words)'}"
        lines += _wrapped(told, width, "* ", " " * (len(when) + 4))
    return _section("Incidents to talk about", lines)
