"""A timed day as commands: what an observer would have said to the recorder, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from shadowlog.domain import codebook_json
from shadowlog.domain import commands as c
from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import new_day, step
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.terms import Observation, Party, Period
from shadowlog.errors import BadInput, Refused
from shadowlog.exchange.timed_day import TimedDay, TimedEpisode


def observation_of(
    day: TimedDay,
    codebook: Codebook,
    *,
    id_: str,
    study: str,
    head: str,
    observer: str,
    periods: tuple[Period, ...] = (),
) -> Observation:
    """Give the observation that a timed day is of; its consent says that nobody was asked."""
    return Observation(id_, study, head, observer, day.zone, codebook, periods, IMPORTED)


def commands_of(
    day: TimedDay,
    observation: Observation,
    author: str,
    clock: Clock,
    new_id: Callable[[], str],
    name: str = "the table",
) -> list[c.Command]:
    """Give the commands that make a timed day; `clock` says when it is imported, `name` what messages call the table.

    The day begins with the first row. A row that ends before the next one starts leaves a gap; one that interrupts
    suspends the row before, which is never resumed, since no row says that it was. A last row without an end is counted,
    in no duration. What a row says it was about is a note on it. BadInput names the line of a row that breaks a rule.
    """
    return told_day(day, observation, author, clock, new_id, name)[0]


def told_day(
    day: TimedDay,
    observation: Observation,
    author: str,
    clock: Clock,
    new_id: Callable[[], str],
    name: str = "the table",
) -> tuple[list[c.Command], Day]:
    """Give the commands that make a timed day and the day they come to; as `commands_of`."""
    said = clock.now()
    book = observation.codebook
    made: list[c.Command] = []
    recorded = new_day(observation)
    for line, command in _told(day, book, author, said, new_id):
        try:
            recorded, _ = step(recorded, command)
        except Refused as refusal:
            raise BadInput(refusal.what, refusal.cure, f"{name}:{line}") from refusal
        made.append(command)
    return made, recorded


def _told(
    day: TimedDay, book: Codebook, author: str, said: Instant, new_id: Callable[[], str]
) -> Iterator[tuple[int, c.Command]]:
    def envelope(at: int) -> dict[str, Any]:
        return {"id": new_id(), "at": at, "author": author, "said": said}

    rows = day.episodes
    yield rows[0].line, c.Begin(codebook=codebook_json.digest(book), **envelope(day.start))
    for row, following in [*pairwise(rows), (rows[-1], None)]:
        episode = new_id()
        yield (
            row.line,
            c.Start(
                episode=episode,
                parties=parties_of(row, book),
                codes=dict(row.codes),
                suspends=row.interrupts,
                unsure=row.unsure,
                **envelope(row.start),
            ),
        )
        if text := note_of(row, book):
            yield row.line, c.AddNote(note=new_id(), episode=episode, text=text, **envelope(row.start))
        if following is None:
            yield row.line, c.End(end_known=day.end_known, **envelope(day.end))
        elif row.end is not None and row.end < following.start:
            yield row.line, c.Pause(**envelope(row.end))


def parties_of(row: TimedEpisode, book: Codebook) -> tuple[Party, ...]:
    """Give who was there. A size is set only where the row says it: for one group, or for groups of one each.

    With several groups and a larger total the shares are unknown, and stay so. Alone is one, as it is when recorded.
    """
    if len(row.roles) == 1 and book.is_flagged(ROLE, row.roles[0], "alone"):
        return (Party(row.roles[0]),)
    if len(row.roles) == 1:
        return (Party(row.roles[0], row.people),)
    each = 1 if row.people == len(row.roles) else None
    return tuple(Party(role, each) for role in row.roles)


def note_of(row: TimedEpisode, book: Codebook) -> str:
    """Give the row's note; a total that no party can carry is kept there in words, never spread over the groups."""
    silent = any(book.is_flagged(ROLE, role, "no_note") for role in row.roles)
    if row.people is None or len(row.roles) == 1 or row.people == len(row.roles) or silent:
        return row.note
    total = f"{row.people} people in all"
    return f"{row.note} ({total})" if row.note else total
