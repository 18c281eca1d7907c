"""Everything about one item of the day: its fields on the left, what was said of it on the right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from shadowlog.domain.codebook import PLACE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.history import History, company
from shadowlog.domain.phrases import apart, span
from shadowlog.domain.review import DETAILS, Item, marks, named
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.text import clean
from shadowlog.tui.widgets.panel import Line, Panel, fit
from shadowlog.tui.widgets.says import wrapped

LABEL = 9
MOST = 12
"""So many lines one field or one act may take here; the history by itself shows all of it."""


def when(at: int, zone: str) -> str:
    """An instant (ms) as local day and time."""
    here = datetime.fromtimestamp(at / 1000, ZoneInfo(zone))
    return f"{here.day} {here:%b %H:%M:%S}"


def facts(day: Day, item: Item) -> Iterator[tuple[str, str]]:
    """Give the fields of an item as (name, words)."""
    observation = day.observation
    book, zone = observation.codebook, observation.zone
    each = item.episode
    naming, doing = named(book, item)
    if each is None:
        yield "what", ", ".join(part for part in (doing, naming) if part)
        place = item.contact.place if item.contact else None
        if place:
            yield "place", book.label(PLACE, place)
    else:
        yield "who", company(observation, each.parties)
        yield "what", doing
    if item.state is not None:
        net = "" if item.lasted is None else f", {span(item.lasted)}"
        of = f" net of {span(apart(item.start, item.end))}" if len(item.spells) > 1 and item.lasted is not None else ""
        yield "when", f"{_bounds(item.start, item.end, zone, running=item.running)}{net}{of}"
        if len(item.spells) > 1:
            yield "spells", " · ".join(_bounds(s.start, s.end or item.end, zone) for s in item.spells)
    if each is not None:
        if each.entered is not None:
            yield "entered", f"{when(each.entered, zone)}, a late entry"
        yield from _codes(book, item)
        interrupted = day.episodes.get(each.interrupts or "")
        if interrupted is not None:
            yield "during", company(observation, interrupted.parties)
    if told := marks(item, zone):
        yield "marks", ", ".join(mark.words for mark in told)
    for note in item.notes:
        yield "★ note" if note.incident else "note", f"{clock_time(note.at, zone)} {note.text}".strip()


def _bounds(start: int, end: int, zone: str, *, running: bool = False) -> str:
    if start == end:
        return clock_time(start, zone)
    return f"{clock_time(start, zone)}–{'running' if running else clock_time(end, zone)}"


def _codes(book: Codebook, item: Item) -> Iterator[tuple[str, str]]:
    each = item.episode
    if each is None:
        return
    names = {"place": "place", "mode": "mode", "initiator": "began", "medium": "medium"}
    known = (*DETAILS, *(d.id for d in book.dimensions if d.id not in {*DETAILS, "role", "activity"}))
    for dimension in known:
        if dimension in each.codes or (dimension == PLACE and each.room):
            words = book.label(dimension, each.codes[dimension]) if dimension in each.codes else ""
            room = f"room {each.room}" if dimension == PLACE and each.room else ""
            label = names.get(dimension, book.dimension(dimension).label.lower())
            yield label, ", ".join(part for part in (words, room) if part)


def field_lines(day: Day, item: Item, width: int) -> list[Line]:
    """Draw the fields."""
    lines: list[Line] = []
    for name, words in facts(day, item):
        for n, text in enumerate(folded(words, width - LABEL - 1, MOST)):
            lines.append([(fit(f" {name}" if n == 0 else "", LABEL), "quiet"), (fit(text, width - LABEL), "")])
    return lines


def history_lines(told: History, zone: str, width: int, most: int = MOST) -> list[Line]:
    """Draw what was said of an episode: the first word on top, the newest act next to it."""
    lines: list[Line] = [[(fit(text, width), "strong")] for text in folded(f"first word: {told.first}", width, most)]
    for each in reversed(told.told):
        why = f"  because: {each.reason}" if each.reason else ""
        text = f"{when(each.said, zone)} {each.author}  {each.words}{why}"
        tone = "accent" if each.later else "quiet"
        lines += [[(fit(part, width), tone)] for part in _hung(text, width, most)]
    return lines


def folded(words: str, width: int, most: int) -> list[str]:
    """Break cleaned words, and words too long for a line, into lines of so many cells."""
    pieces = []
    for word in clean(words).split(" "):
        while cell_len(word) > width > 0:
            pieces.append(word[: max(1, width // 2 if cell_len(word[:width]) > width else width)])
            word = word[len(pieces[-1]) :]  # noqa: PLW2901 - what is left of the word
            if len(pieces) > most * 40:
                break
        pieces.append(word)
    return wrapped(" ".join(pieces), width, most)


def _hung(words: str, width: int, most: int) -> list[str]:
    first, *rest = folded(words, width - 2, most)
    return [first, *(f"  {line}" for line in rest)]


class Detail(Panel):
    """Shows an item and its history."""

    day: Day | None = None
    item: Item | None = None
    told: History | None = None
    nothing = ""

    def draw(self, width: int, height: int) -> list[Line]:
        """Fields on the left, history on the right."""
        if self.day is None or self.item is None:
            return [[(fit(f" {self.nothing}", width), "quiet")]]
        left = width * 42 // 100
        here = field_lines(self.day, self.item, left)
        zone = self.day.observation.zone
        there = history_lines(self.told, zone, width - left - 3) if self.told is not None else []
        if len(there) > height:
            there = [*there[: height - 1], [(fit("… h shows all of it", width - left - 3), "quiet")]]
        if len(here) > height:
            here = [*here[: height - 1], [(fit(" … h shows all of it", left), "quiet")]]
        return [
            [
                *(here[y] if y < len(here) else [(" " * left, "")]),
                (" │ ", "faint"),
                *(there[y] if y < len(there) else []),
            ]
            for y in range(min(height, max(len(here), len(there), 1)))
        ]
