"""A subject's bouts of one BORIS observation as commands: what an observer would have said to the recorder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from shadowlog.domain import codebook_json
from shadowlog.domain import commands as c
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.clock import Instant
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.text import clean
from shadowlog.exchange.boris_book import Scheme
from shadowlog.exchange.boris_coding import Basis, Bout, Sitting


@dataclass(frozen=True, slots=True)
class Layers:
    """The bouts of a day: one line of which no two overlap, and all that ran beside it or has no duration."""

    foreground: tuple[Bout, ...]
    beside: tuple[Bout, ...]


def layers(bouts: Sequence[Bout]) -> Layers:
    """Lay the bouts out: whichever starts first is in the foreground, the longest of those that start together."""
    line: list[Bout] = []
    beside: list[Bout] = []
    until: int | None = None
    for bout in sorted(bouts, key=lambda b: (b.start, -((b.end or b.start) - b.start))):
        timed = bout.end is not None and not bout.point
        if timed and bout.end is not None and (until is None or bout.start >= until):
            line.append(bout)
            until = bout.end
        else:
            beside.append(bout)
    return Layers(tuple(line), tuple(beside))


def anchor(sitting: Sitting, date: dt.date | None, zone: str) -> int | None:
    """Give the instant (ms since the epoch) from which the observation's times count; None where no date is known."""
    if sitting.basis is Basis.EPOCH:
        return 0
    day = sitting.begun.date() if sitting.begun else date
    if day is None:
        return None
    time = sitting.begun.time() if sitting.begun and sitting.basis is Basis.ELAPSED else dt.time()
    return round(dt.datetime.combine(day, time, ZoneInfo(zone)).timestamp() * 1000)


def commands_of(
    bouts: Sequence[Bout],
    window: tuple[int, int],
    zero: int,
    scheme: Scheme,
    *,
    author: str,
    said: Instant,
    new_id: Callable[[], str],
    notes: bool = False,
) -> list[c.Command]:
    """Give the commands that make a day of bouts; `window` and bouts are in ms after the instant `zero`.

    A bout that overlaps the foreground is a concurrent episode. One whose stop is missing, and a point, is counted, in
    no duration: it stands at its start, and the foreground goes on as if it were not there.
    """

    def envelope(at: int) -> dict[str, Any]:
        return {"id": new_id(), "at": zero + at, "author": author, "said": said}

    laid = layers(bouts)
    coded: dict[tuple[str, tuple[str, ...]], Mapping[str, str]] = {}

    def started(bout: Bout, concurrent: bool) -> tuple[str, c.Start]:
        key = (bout.code, bout.modifiers)
        if key not in coded:
            coded[key] = scheme.codes(*key)
        episode = new_id()
        return episode, c.Start(episode=episode, codes=coded[key], concurrent=concurrent, **envelope(bout.start))

    made: list[c.Command] = [c.Begin(codebook=codebook_json.digest(scheme.codebook), **envelope(window[0]))]
    remarks: list[tuple[str, Bout]] = []
    for bout, following in [*pairwise(laid.foreground), *((b, None) for b in laid.foreground[-1:])]:
        episode, command = started(bout, concurrent=False)
        made.append(command)
        remarks.append((episode, bout))
        end = window[1] if bout.end is None else bout.end
        if end < (window[1] if following is None else following.start):
            made.append(c.Pause(**envelope(end)))
    for bout in laid.beside:
        episode, command = started(bout, concurrent=True)
        known = bout.end is not None and not bout.point
        end = bout.start if bout.end is None else bout.end
        made += (command, c.EndConcurrent(end_known=known, **envelope(end)))
        remarks.append((episode, bout))
    if notes:
        for episode, at, text in told(remarks):
            made.append(c.AddNote(note=new_id(), episode=episode, text=text, **envelope(at)))
    made.append(c.End(**envelope(window[1])))
    return made


def told(remarks: Sequence[tuple[str, Bout]]) -> Iterator[tuple[str, int, str]]:
    """The comments on bouts as (episode, ms, text), cleaned; the rest of one that is too long for a note is another."""
    for episode, bout in remarks:
        for at, comment in bout.comments:
            text = clean(comment, lines=True).strip()
            for part in range(0, len(text), LONGEST_TEXT):
                yield episode, at, text[part : part + LONGEST_TEXT]


def personal(bouts: Sequence[Bout]) -> int:
    """How many comments look as if they named somebody."""
    return sum(bool(looks_personal(text)) for bout in bouts for _, text in bout.comments)
