"""The rows of the page that a head fills in at home: the day as it stands, each with what the head said of it before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowlog.domain.codebook import PLACE, Codebook
from shadowlog.domain.company import is_quiet
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import comment
from shadowlog.domain.phrases import brief_length, many
from shadowlog.domain.review import Item, items, named
from shadowlog.domain.sealing import marks
from shadowlog.domain.sentences import clock_time, state_words
from shadowlog.domain.terms import Episode
from shadowlog.domain.text import clean

WORDS = {"agree": "agreed", "amend": "amended", "dispute": "disputed", "strike": "struck out"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the day; one without `mark` is only shown."""

    id: str
    at: str
    minutes: str
    who: str
    what: str
    more: str = ""
    notes: tuple[str, ...] = ()
    before: str = ""
    """What the head said of it before, in words."""
    mark: str = ""
    roles: tuple[str, ...] = ()
    activity: str = ""
    closed: bool = False
    quiet: bool = False
    """Whether no words are kept of it: behind a closed door, or beside somebody who asked not to be recorded."""
    noted: bool = False


def lines_of(day: Day) -> Iterator[Line]:
    """The day row by row; what is no episode is there to be seen."""
    known, book = marks(day), day.observation.codebook
    for item in items(day, day.track[-1].at):
        if item.episode is not None:
            yield _episode_line(day, item, item.episode, known[item.id])
        else:
            who, what = named(book, item)
            label = clean(who) or (state_words(item.state).capitalize() if item.state else "Note on the day")
            yield Line(
                id="",
                at=_times(day, item),
                minutes="" if item.length is None else brief_length(item.length / 60_000),
                who=label,
                what=clean(what) if item.contact else "",
                notes=_notes(item),
            )


def _episode_line(day: Day, item: Item, episode: Episode, mark: str) -> Line:
    book = day.observation.codebook
    who, what = named(book, item)
    view = episode.verification
    words = clean(comment(day, item.id), lines=True)
    return Line(
        id=item.id,
        at=_times(day, item),
        minutes="" if item.length is None else brief_length(item.length / 60_000),
        who=clean(who) if episode.parties else "Nobody named",
        what=clean(what) if episode.closed or episode.what else "not coded",
        more=" · ".join(_more(book, item, episode)),
        notes=_notes(item),
        before="" if view is None else f"{WORDS[view.value]}{f': {words}' if words else ''}",
        mark=mark,
        roles=tuple(dict.fromkeys(p.role for p in episode.parties)),
        activity=episode.what or "",
        closed=episode.closed,
        quiet=is_quiet(book, episode),
        noted=any(note.text for note in item.notes),
    )


def _more(book: Codebook, item: Item, episode: Episode) -> Iterator[str]:
    if episode.place:
        yield clean(book.label(PLACE, episode.place)) + (f", {clean(episode.room)}" if episode.room else "")
    if len(item.spells) > 1:
        yield f"interrupted {many(len(item.spells) - 1, 'time', 'times')}"
    if episode.interrupts is not None:
        yield "an interruption"
    if episode.concurrent:
        yield "while something else went on"
    if not episode.duration_known:
        yield "its end is not known"


def _times(day: Day, item: Item) -> str:
    start, end = (clock_time(at, day.observation.zone)[:5] for at in (item.start, item.end))
    return start if start == end else f"{start}–{end}"


def _notes(item: Item) -> tuple[str, ...]:
    said: Sequence[str] = [clean(note.text, lines=True) for note in item.notes]
    return tuple(text for text in said if text)
