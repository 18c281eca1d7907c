"""Where two observers differ, as lines of pieces: a list to talk about, and both versions of one stretch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from shadowlog.analysis.agreement_words import clock, figure_lines, length
from shadowlog.analysis.told import UNCODED, Span, Told, label, meeting
from shadowlog.domain.text import clean
from shadowlog.tui.widgets.panel import Line, fit, fit_label
from shadowlog.tui.widgets.says import wrapped

if TYPE_CHECKING:
    from shadowlog.analysis.agreement import Agreement, Disagreement
    from shadowlog.domain.terms import Record

AROUND = 5 * 60_000
"""ms shown before and after a stretch, so that both see where in the day they are."""
DETAIL = 9
"""Lines of both versions, under the list."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one day, and what became of comparing them."""

    one: Record
    other: Record
    found: Agreement


def shown(found: Agreement, dimension: str, by_clock: bool) -> list[Disagreement]:
    """The differences in one dimension, or in all; the longest first, or by the clock."""
    chosen = [each for each in found.disagreements if dimension in {"", each.dimension}]
    return sorted(chosen, key=lambda each: each.start) if by_clock else chosen


def figures(found: Agreement) -> list[Line]:
    """Everything but the list."""
    return [[(line, "")] for line in figure_lines(found)]


def talk(pair: Pair, chosen: Sequence[Disagreement], at: int, width: int, height: int) -> list[Line]:
    """The list of differences and, below, both versions of the one under the cursor."""
    if not chosen:
        return [[(fit("Nothing to talk about: no difference lasts longer than the tolerance.", width), "")]]
    detailed = height > DETAIL + 2
    room = max(1, height - 1 - (DETAIL + 1 if detailed else 0))
    first = max(0, min(at - room // 2, len(chosen) - room))
    names = [clean(pair.found.first_observer), clean(pair.found.second_observer)]
    each = max(8, (width - 38) // 2)
    title = f"  {'from':<10}{'for':>10}  {'in':<10}  {fit(names[0], each)}  {fit(names[1], each)}"
    lines: list[Line] = [[(fit(title, width), "quiet")]] if height > 1 else []
    for n, line in enumerate(chosen[first : first + room], first):
        tone = "mark" if n == at else ""
        said = "  ".join(fit_label(clean(words), each) for words in (line.first, line.second))
        head = f"{clock(line.start_minute):<10}{length(line.minutes):>10}  {fit(clean(line.label), 10)}"
        lines.append([(fit(f"{'▸' if n == at else ' '} {head}  {said}", width), tone)])
    if not detailed:
        return lines
    lines += [[]] * (height - DETAIL - len(lines))
    return [*lines, *versions(pair, chosen[at], width)]


def versions(pair: Pair, about: Disagreement, width: int) -> list[Line]:
    """What each observer has around a stretch, in the dimension they differ in, one above the other, and the whole coding."""
    offset = round(pair.found.offset_seconds * 1000)
    told = (Told.of(pair.one, 0), Told.of(pair.other, offset))
    lo, hi = about.start - AROUND, about.end + AROUND
    names = max(cell_len(clean(name)) for name in (pair.found.first_observer, pair.found.second_observer))
    left = min(names + 2, width // 2)
    room = max(1, width - left)
    cell = (hi - lo) / room
    head = f"{clock(about.start_minute)}, {length(about.minutes)}, {about.label.lower()}"
    marks = [" "] * room
    for n in range(int(AROUND / cell), max(int(AROUND / cell) + 1, round((about.end - lo) / cell))):
        marks[min(n, room - 1)] = "▔"
    lines: list[Line] = [[(fit(head, width), "strong")]]
    for each, observer in zip(told, (pair.found.first_observer, pair.found.second_observer), strict=True):
        book = each.record.observation.codebook
        spans = [(a, b, label(book, about.dimension, code)) for a, b, code in each.spans(about.dimension)]
        lines.append([(fit(clean(observer), left), "quiet"), (_blocks(meeting(spans, lo, hi), lo, cell, room), "lane")])
    lines.append([(" " * left, ""), ("".join(marks), "accent")])
    middle = (about.start + about.end) // 2
    for each, observer in zip(told, (pair.found.first_observer, pair.found.second_observer), strict=True):
        words = wrapped(whole(each, middle), room, 2)
        for n, line in enumerate([*words, ""][:2]):
            lines.append([(fit("" if n else clean(observer), left), "quiet"), (fit(line, room), "")])
    return lines


def _blocks(spans: Iterable[Span], lo: int, cell: float, room: int) -> str:
    """Spans as blocks with their words in them, where there is room; what was not observed is empty."""
    drawn, filled = "", 0
    for start, end, words in spans:
        begin, until = max(round((start - lo) / cell), filled), min(round((end - lo) / cell), room)
        if until > begin:
            drawn += " " * (begin - filled) + "▏" + fit(words, until - begin - 1)
            filled = until
    return fit(drawn, room)


def whole(told: Told, at: int) -> str:
    """Everything that an observer has at an instant: since when, who, what, and each other dimension that is coded."""
    book = told.record.observation.codebook
    said: list[str] = []
    for dimension in book.dimensions:
        for _, _, code in meeting(told.spans(dimension.id), at, at + 1):
            if code != UNCODED:
                said.append(label(book, dimension.id, code))
    for stretch, episode in told.stretches:
        end = told.record.end if stretch.end is None else stretch.end
        if stretch.start + told.offset <= at < end + told.offset:
            since = clock(told.clock.minute(stretch.start + told.offset))
            until = clock(told.clock.until(stretch.start + told.offset, end + told.offset))
            state = "" if episode is not None else "nothing named"
            return f"{since}–{until}  {clean(' · '.join(said)) or state or 'nobody, nothing'}"
    return "not observed"
