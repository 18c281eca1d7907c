"""The breakdowns of a day as lines of pieces: lanes, bars, the pattern of the day, what followed what. Numbers as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.phrases import bar, brief_length, brief_percent, height, time_of_day
from shadowlog.tui.widgets.panel import Line, fit, fit_label

if TYPE_CHECKING:
    from shadowlog.analysis.results import Bin, Profile, Row, Summary, Table

PAGES = ("the day", "how often, how long", "pattern of the day", "what followed what", "interruptions and lengths")
UNCODED = "uncoded"
SHOWN = 5
"""So many codes of a school-day period have a line of their own; the others share one."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: the page, which table, lanes by which dimension, bins of how many minutes (None: periods)."""

    page: int = 0
    table: int = 0
    lanes: str = ACTIVITY
    bins: int = 0


def page_lines(summary: Summary, look: Look, width: int) -> list[Line]:
    """The page as lines of at most so many cells."""
    makers = (_day, _table, _profile, _moves, _lengths)
    if not summary.window.minutes and not summary.episodes.count:
        return [[("Nothing was observed: there is nothing to break down.", "")]]
    return makers[look.page](summary, look, width)


def tables_of(summary: Summary) -> tuple[Table, ...]:
    """The tables that can be gone through: dimensions with anything coded, then roll-ups."""
    coded = [t for t in summary.tables if any(row.code is not None for row in t.used)]
    return (*coded, *summary.rollups)


def foot(summary: Summary, look: Look) -> str:
    """What the numbers of a page are of."""
    if look.page == 3:
        return "never across a gap · ! more often or less than expected: residual beyond 2"
    beside = f"concurrent time {'in it' if summary.concurrent else 'left out'}"
    rule = f"who: {summary.who_rule.value}"
    if look.page == 0:
        # Lanes overlap: nothing of them is split.
        rule = "" if look.lanes == ACTIVITY else "each group in its own lane, in full"
    elif look.page == 4 and any(line.concurrent for line in summary.lines):
        beside = "lengths are of all episodes, concurrent ones too"
    of = f"of {summary.episodes.count} episodes and {brief_length(summary.window.minutes)} observed"
    return " · ".join(part for part in (of, rule, beside) if part)


# The day


def _day(summary: Summary, look: Look, width: int) -> list[Line]:
    from shadowlog.analysis.results import Break

    left = min(28, width // 3)
    room = max(1, width - left - 9)
    pieces = (*summary.window.pieces, *summary.window.breaks)
    first = min(p.start_minute for p in pieces)
    last = max(p.end_minute for p in pieces)
    cell = max((last - first) / room, 1 / 60)
    lines: list[Line] = [[("swim lanes by ", "quiet"), ("what" if look.lanes == ACTIVITY else "who", "strong")], []]
    lines.append([(" " * left, ""), (_hours(first, cell, room), "quiet")])
    lanes: dict[str, list[float]] = {}
    stars, cuts = [" "] * room, [" "] * room
    for line in summary.lines:
        labels = (line.what_label,) if look.lanes == ACTIVITY else line.role_labels or (UNCODED,)
        for label in labels if not line.concurrent or summary.concurrent else ():
            lane = lanes.setdefault(label or UNCODED, [0.0] * room)
            for spell in line.spells:
                _spread(lane, spell.start_minute - first, spell.end_minute - first, cell)
        if line.interrupts and 0 <= (at := int((line.start_minute - first) / cell)) < room:
            cuts[at] = "!"
    for note in summary.incidents:
        if 0 <= (at := int((note.at_minute - first) / cell)) < room:
            stars[at] = "*"
    blank, gaps = [0.0] * room, [0.0] * room
    for each in summary.window.breaks:
        for into in (blank, gaps) if each.why is Break.GAP else (blank,):
            _spread(into, each.start_minute - first, each.end_minute - first, cell)
    if any(gaps):
        lanes.setdefault(UNCODED, [0.0] * room)
    ranked = sorted(lanes.items(), key=lambda item: (item[0] == UNCODED, -sum(item[1])))
    lines.append([(fit("most of each moment", left), "quiet"), (_ribbon([lane for _, lane in ranked], blank), "")])
    for n, (label, coded) in enumerate(ranked):
        # The letters above tell gaps from episodes; how much is uncoded is said with them, as on the other pages.
        lane = [sum(both) for both in zip(coded, gaps, strict=True)] if label == UNCODED else coded
        drawn = "".join(height(m / cell) for m in lane)
        name = f"{LETTERS[n % 26]} {fit_label(label, left - 3)} "
        lines.append([(name, ""), (drawn, "lane"), (f"{brief_length(sum(lane)):>9}", "quiet")])
    for name, row, tone in (
        ("interruption begins", "".join(cuts), "accent"),
        ("incident", "".join(stars), "accent"),
        ("gap, off, not observed", "".join("×" if m > cell / 2 else " " for m in blank), "quiet"),
    ):
        if row.strip():
            lines.append([(fit(name, left), "quiet"), (row, tone)])
    return lines


def _ribbon(lanes: Sequence[Sequence[float]], blank: Sequence[float]) -> str:
    """A letter a cell: that of the lane with the most minutes in it, a point for a gap and the like."""
    drawn = ""
    for n, away in enumerate(blank):
        most = max(range(len(lanes)), key=lambda lane: lanes[lane][n], default=None)
        minutes = 0.0 if most is None else lanes[most][n]
        drawn += LETTERS[most % 26] if most is not None and minutes and minutes >= away else "·" if away else " "
    return drawn


def _spread(lane: list[float], start: float, end: float, cell: float) -> None:
    for n in range(max(0, int(start / cell)), min(len(lane), int(end / cell) + 1)):
        lane[n] += max(0.0, min(end, (n + 1) * cell) - max(start, n * cell))


def _hours(first: float, cell: float, room: int) -> str:
    """Clock times along the lanes: hours, or quarters of an hour where there is room for them."""
    axis = [" "] * room
    step = next((each for each, cells in ((15, 7), (60, 4), (360, 4)) if each / cell >= cells), 1440)
    minute = (int(first) // step + 1) * step
    while (at := int((minute - first) / cell)) < room:
        words = time_of_day(minute) if step < 60 else f"{minute // 60 % 24:02d}"
        if at + len(words) <= room:
            axis[at : at + len(words)] = words
        minute += step
    return "".join(axis)


# Tables


def _table(summary: Summary, look: Look, width: int) -> list[Line]:
    known = tables_of(summary)
    if not known:
        return [[("Nothing is coded yet.", "")]]
    table = known[look.table % len(known)]
    rows = table.ranked
    lines: list[Line] = [
        [("by ", "quiet"), (table.label, "strong"), (f"   {look.table % len(known) + 1} of {len(known)}", "quiet")],
        [],
    ]
    lines += [[(_stacked(rows, width), "lane")], []]
    label = min(34, width // 3)
    room = max(4, (width - label - 32) // 2)
    most = max((part for row in rows for part in (row.count_share, row.time_share) if part), default=0) or 1
    lines.append([(f"{'':{label + 2}}{'how often':>12} {'':{room}} {'how long':>15}", "quiet")])
    for n, row in enumerate(rows):
        often = f"{row.count:>6.1f}".replace(".0", "  ") + f"{brief_percent(row.count_share):>6}"
        lasted = f"{brief_length(row.minutes):>9}{brief_percent(row.time_share):>6}"
        bars = [fit(bar(part / most if part else None, room), room) for part in (row.count_share, row.time_share)]
        name = f"{LETTERS[n % 26]} {fit_label(row.label, label)}"
        lines.append([(name, ""), (often, ""), (" " + bars[0], "quiet"), (f" {lasted} ", ""), (bars[1], "lane")])
    return lines


def _stacked(rows: Sequence[Row], width: int) -> str:
    """One bar of all time, each part named by its letter: it needs no colour."""
    total = sum(row.minutes for row in rows)
    if not total:
        return ""
    drawn, done = "", 0.0
    for n, row in enumerate(rows):
        done += row.minutes
        upto = round(done / total * width)
        if (cells := upto - len(drawn)) > 0:
            drawn += LETTERS[n % 26].upper() + ("█" if n % 2 else "▒") * (cells - 1)
    return drawn


# The pattern of the day


def _profile(summary: Summary, look: Look, width: int) -> list[Line]:
    made = [p for p in summary.profiles if p.bins]
    if not made:
        return [[("Nothing was observed.", "")]]
    profile = made[look.bins % len(made)]
    by = "school-day period" if profile.bin_minutes is None else f"{profile.bin_minutes} minutes"
    lines: list[Line] = [[("minutes in each ", "quiet"), (by, "strong")], []]
    left = min(28, width // 3)
    return [*lines, *(_periods(profile, left, width) if profile.bin_minutes is None else _bins(profile, left, width))]


def _ranked(profile: Profile) -> list[int]:
    sums = [sum(b.minutes[n] for b in profile.bins) for n in range(len(profile.codes))]
    return sorted(range(len(sums)), key=lambda n: (profile.codes[n] is None, -sums[n]))


def _bins(profile: Profile, left: int, width: int) -> list[Line]:
    step = profile.bin_minutes or 60
    room = max(1, width - left - 9)
    each = max(1, min(4, room // len(profile.bins)))
    shown: Sequence[Bin] = profile.bins[: room // each]
    axis = [" "] * (len(shown) * each + 2)
    for n, one in enumerate(shown):
        if one.start_minute % (60 if step * 3 // each < 60 else 120) == 0:
            axis[n * each : n * each + 2] = time_of_day(one.start_minute)[:2]
    lines: list[Line] = [[(" " * left, ""), ("".join(axis), "quiet")]]
    for n in _ranked(profile):
        drawn = "".join(height(b.minutes[n] / step) * each for b in shown)
        total = sum(b.minutes[n] for b in profile.bins)
        lines.append(
            [
                (fit_label(profile.labels[n], left - 1) + " ", ""),
                (drawn, "lane"),
                (f" {brief_length(total):>8}", "quiet"),
            ]
        )
    if len(shown) < len(profile.bins):
        lines.append([(f"and {len(profile.bins) - len(shown)} bins more: choose longer ones", "quiet")])
    return lines


def _periods(profile: Profile, left: int, width: int) -> list[Line]:
    lines: list[Line] = []
    order = _ranked(profile)
    for each in profile.bins:
        if not each.observed_minutes:
            continue
        span = f"{time_of_day(each.start_minute)}-{time_of_day(each.end_minute)}"
        lines.append(
            [(fit(each.label, left), "strong"), (f" {span}  {brief_length(each.observed_minutes)} observed", "quiet")]
        )
        found = sorted(((profile.labels[n], each.minutes[n]) for n in order if each.minutes[n]), key=lambda f: -f[1])
        shown, rest = found[:SHOWN], found[SHOWN:]
        if rest:
            shown.append((f"{len(rest)} others", sum(minutes for _, minutes in rest)))
        for label, minutes in shown:
            part = minutes / each.observed_minutes
            numbers = f"{brief_length(minutes):>9}{brief_percent(part):>6} "
            name = "  " + fit_label(label, left - 2)
            lines.append([(name, ""), (numbers, ""), (bar(part, max(0, width - left - 16)), "lane")])
    return lines


# What followed what


def _moves(summary: Summary, look: Look, width: int) -> list[Line]:
    del look
    told = summary.transitions
    if not told.total:
        return [[("No two episodes followed each other without a gap.", "")]]
    label = (width - 36) // 2
    lines: list[Line] = [
        [(f"{told.total} moves from one to the next", "strong"), (f", by {told.label.lower()}", "quiet")],
        [],
        [
            (
                f"{fit('first', label)}   {fit('then', label)}{'n':>5}{'of first':>10}{'expected':>9}{'resid.':>7}",
                "quiet",
            )
        ],
    ]
    for move in told.moves:
        residual = "–" if move.residual is None else f"{move.residual:+.1f}"
        tone = "strong" if move.telling else ""
        mark = " !" if move.telling else ""
        numbers = f"{move.count:>5}{brief_percent(move.share):>10}{move.expected:>9.1f}{residual:>7}"
        lines.append([(f"{fit_label(move.before, label)} → {fit_label(move.after, label)}{numbers}{mark}", tone)])
    return lines


# Interruptions and lengths


def _lengths(summary: Summary, look: Look, width: int) -> list[Line]:
    del look
    told, lasted, switching = summary.interruptions, summary.episodes, summary.switching
    lines: list[Line] = [[("interruptions", "strong")]]
    hourly = "" if told.per_hour is None else f", {told.per_hour:.1f} an hour"
    lines.append(
        [
            (
                f"  {told.count} of {lasted.count} episodes interrupted another{hourly}; {brief_length(told.minutes)} in all",
                "",
            )
        ]
    )
    if told.count:
        wait = told.median_minutes_until_resumed
        median = "" if wait is None else f"; median {brief_length(wait)} later"
        later = f"  resumed within 10 min: {told.resumed_within_10}, later: {told.resumed_later}"
        lines.append([(f"{later}, not: {told.never_resumed}{median}", "")])
        label = min(34, width // 3)
        lines += [
            [(f"    {fit_label(row.label, label)}{row.count:>6.1f}  {brief_length(row.minutes):>9}", "quiet")]
            for row in told.by_role.ranked
        ]
    if switching.changes_per_hour is not None:
        lines += [[], [("switching", "strong")]]
        lines.append([(f"  {switching.changes_per_hour:.1f} changes of what is done an hour", "")])
    if (held := summary.stretches).longest_minutes is not None:
        long = ", ".join(f"{each.count} of {each.limit_minutes} min or more" for each in held.limits)
        lines.append([(f"  longest without a switch {brief_length(held.longest_minutes)}; {long}", "")])
    lines += [[], [("lengths of episodes", "strong")]]
    for each in lasted.brevity:
        name = f"{'over' if each.over else 'under'} {each.limit_minutes} minutes"
        room = max(4, (width - 48) // 2)
        bars = [fit(bar(part, room), room) for part in (each.count_share, each.time_share)]
        numbers = (
            f"{each.count:>5}{brief_percent(each.count_share):>6} ",
            f" {brief_length(each.minutes):>9}{brief_percent(each.time_share):>6} ",
        )
        lines.append([(f"  {name:<16}{numbers[0]}", ""), (bars[0], "quiet"), (numbers[1], ""), (bars[1], "lane")])
    return lines


def lanes_after(lanes: str) -> str:
    """The other way to draw lanes."""
    return ROLE if lanes == ACTIVITY else ACTIVITY
