"""The newest rows of the day, as many as fit: read from the end, so that a long day costs no more than a short one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeVar, cast

from shadowlog.domain.codebook import MEDIUM, MODE, PLACE, ROLE
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.domain.phrases import apart, span
from shadowlog.domain.sentences import NO_WHAT, clock_time, everyone, state_words, what, who
from shadowlog.domain.terms import Episode, State, Stretch
from shadowlog.tui.widgets.panel import Line, Panel, fit, fit_label, fit_names, shared, short_of

T = TypeVar("T")
MARKS = 4
"""Cells for the marks at the end of a row."""
LOOKED_AT = 200
"""So many notes are looked at for the marks of the rows on screen."""


class Row(NamedTuple):
    """One row: a spell, a gap, a concurrent span or a fleeting contact."""

    at: int
    id: str
    stretch: Stretch | None = None
    contact: str | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What the log shows: the day as painted, now (ms), what is not on disk, and how far it is scrolled back."""

    day: Day
    at: int
    unsaved: frozenset[str] = frozenset()
    """Ids of commands, episodes and contacts that are in memory only."""
    back: int = 0
    focused: bool = False


def rows(day: Day) -> Iterator[Row]:
    """Every row, the newest first, without reading more of the day than is asked for."""
    spells = (
        Row(s.start, s.id, stretch=s)
        for s in day.newest()
        if s.state is not State.GAP or s.end is None or s.end - s.start >= 1000
    )
    contacts = (Row(c.at, c.id, contact=c.id) for c in _newest(day.contacts))
    beside = (Row(s.start, s.id, stretch=s, beside=True) for s in _newest(day.spans))
    # Later ones first; of those that began together the concurrent one and the contact stand above.
    heads = [iter(contacts), iter(beside), iter(spells)]
    fronts = [next(h, None) for h in heads]
    while True:
        best = max((n for n in range(3) if fronts[n] is not None), key=lambda n: (_at(fronts[n]), -n), default=None)
        if best is None:
            return
        found = fronts[best]
        if found is not None:
            yield found
        fronts[best] = next(heads[best], None)


def _newest(table: Mapping[str, T]) -> Iterator[T]:
    # A day's tables are plain dicts: read from the end without a copy.
    return (table[key] for key in reversed(cast("dict[str, T]", table)))


def _at(row: Row | None) -> int:
    return row.at if row is not None else -1


def touched(command: Command) -> set[str]:
    """The ids by which a row knows that a command changed it."""
    names = ("id", "episode", "contact", "target", "note")
    return {value for name in names if isinstance(value := getattr(command, name, None), str)}


Memo = dict[str, tuple[object, Line]]
"""Rows drawn before, by id: what they were drawn from, and the line."""


def log_lines(view: View, width: int, height: int, memo: Memo | None = None) -> list[Line]:
    """Draw the log, the newest row on top; rows of which nothing changed are taken from `memo`, which is brought up."""
    shown = list(islice(rows(view.day), view.back, view.back + height))
    flags, widths = _flags(view.day, shown), (width, *_widths(view.day, shown, width))
    known: Memo = {} if memo is None else dict(memo)
    lines: list[Line] = []
    if memo is not None:
        memo.clear()
    for n, row in enumerate(shown):
        cursor = view.focused and n == 0
        made_from = _made_from(view, row, widths, flags, cursor=cursor)
        before = known.get(row.id)
        line = before[1] if before and before[0] == made_from else _line(view, row, widths, flags, cursor=cursor)
        lines.append(line)
        if memo is not None:
            memo[row.id] = (made_from, line)
    return lines


def _made_from(view: View, row: Row, widths: tuple[int, ...], flags: Mapping[str, str], *, cursor: bool) -> object:
    """Everything that a row's line is made from; what runs is made from the instant too."""
    episode = row.stretch.episode if row.stretch else None
    running = view.at if row.stretch is not None and row.stretch.end is None else 0
    known = view.day.episodes[episode] if episode else None
    suspended = episode in view.day.live.suspended
    lasts = episode is not None and view.day.lasts(episode)
    unsaved = bool({row.id, row.contact, episode} & view.unsaved)
    return (row, known, widths, flags.get(episode or ""), cursor, running, suspended, lasts, unsaved)


def _flags(day: Day, shown: list[Row]) -> dict[str, str]:
    """Stars and notes of the episodes on screen; notes older than the oldest row are not looked at."""
    oldest = min((row.at for row in shown), default=0)
    found: dict[str, str] = {}
    for note in islice(_newest(day.notes), LOOKED_AT):
        # A note may be entered long after the instant it belongs to: the newest are looked at, whenever they were.
        if note.at < oldest:
            continue
        if note.episode is not None:
            mark = "★" if note.incident else "¶"
            found[note.episode] = "".join(sorted({*found.get(note.episode, ""), mark}, reverse=True))
    return found


def _line(view: View, row: Row, widths: tuple[int, ...], flags: Mapping[str, str], *, cursor: bool) -> Line:
    day, (width, *columns) = view.day, widths
    time = clock_time(row.at, day.observation.zone)
    tone = "mark" if cursor else ""
    saved = not ({row.id, row.contact, row.stretch.episode if row.stretch else None} & view.unsaved)
    tail = "" if saved else "not yet saved"
    if row.contact is not None:
        label = day.observation.codebook.label(ROLE, day.contacts[row.contact].role)
        text = fit(f"contact: {label}", width - 22 - len(tail))
        return [
            (f" {time} ", tone or "quiet"),
            (f"{'·':>7}   ", tone or "quiet"),
            (text, tone or "quiet"),
            (tail, "alert"),
        ]
    stretch = row.stretch
    if stretch is None:
        return []
    running = stretch.end is None
    end = view.at if stretch.end is None else stretch.end
    length = f"{span(apart(stretch.start, end)):>8}"
    if stretch.episode is None:
        text = fit(state_words(stretch.state), width - 21 - len(tail))
        return [
            (f" {time}{length} ", tone or "faint"),
            ("▸ " if running else "  ", tone or "faint"),
            (text, tone or "faint"),
            (tail, "alert"),
        ]
    episode = day.episodes[stretch.episode]
    suspended = stretch.episode in day.live.suspended
    mark = "+" if row.beside else "▶" if running else "‖" if suspended else " "
    marks = flags.get(episode.id, "") + ("?" if episode.unsure else "")
    pieces = _columns(day, episode, tuple(columns), marks, len(tail))
    head = [
        (f" {time}", tone or ("strong" if running else "quiet")),
        (f"{length} ", tone or ("strong" if running else "")),
    ]
    return [*head, (f"{mark} ", tone or "accent"), *[(t, tone or s) for t, s in pieces], (tail, "alert")]


def _words(day: Day, episode: Episode) -> tuple[str, str, str, str]:
    """Who, what, place with room, and mode with medium."""
    book = day.observation.codebook
    present = who if day.lasts(episode.id) else everyone
    place = book.label(PLACE, episode.place) if episode.place else ""
    if episode.room:
        place = f"{place} {episode.room}"
    mode = book.label(MODE, episode.codes.get(MODE)) if episode.codes.get(MODE) else ""
    medium = episode.codes.get(MEDIUM)
    by = book.label(MEDIUM, medium) if medium and not book.is_flagged(MEDIUM, medium, "default") else ""
    words = "  ".join(word for word in (mode.lower(), by.lower()) if word)
    return present(book, episode.parties), what(book, episode), place, words


def _widths(day: Day, shown: list[Row], width: int) -> tuple[int, ...]:
    """The columns for who, what and, where there is room for them, place and mode; by what stands in them."""
    left = width - 21 - MARKS
    named = [_words(day, day.episodes[row.stretch.episode]) for row in shown if row.stretch and row.stretch.episode]
    if left >= 80:
        first, second = left * 26 // 100, left * 28 // 100
        third = (left - first - second) * 45 // 100
        widths = [first, second, third, left - first - second - third]
    else:
        widths = [left * 45 // 100, left - left * 45 // 100]
    wanted = [max((short_of(each[n]) + 2 for each in named), default=0) for n in range(len(widths))]
    return tuple(shared(widths, wanted, [n for n in (1, 0, 2, 3) if n < len(widths)]))


def _columns(day: Day, episode: Episode, widths: tuple[int, ...], marks: str, less: int) -> Line:
    """Who, what, and as much of place, mode and medium as there is room for, and the marks; `less` cells in all."""
    naming, doing, *rest = _words(day, episode)
    *before, last = widths
    sizes = [*before, last - less]
    pieces: list[tuple[str, str]] = [
        (fit_names(naming, sizes[0] - 2) + "  ", "" if episode.parties else "accent"),
        (fit_label(doing, sizes[1] - 2) + "  ", "accent" if doing == NO_WHAT else ""),
    ]
    pieces += [(fit(fit(text, size - 2), size), "quiet") for text, size in zip(rest, sizes[2:], strict=False)]
    return [*pieces, (fit(f" {marks}", MARKS), "accent")]


class Log(Panel):
    """Shows the newest rows."""

    view: View | None = None
    memo: Memo

    def on_mount(self) -> None:
        """Nothing is drawn yet."""
        self.memo = {}

    def draw(self, width: int, height: int) -> list[Line]:
        """The log."""
        return log_lines(self.view, width, height, self.memo) if self.view and self.view.day.begun else []
