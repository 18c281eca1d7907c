"""BORIS files as days: a project, tabular events or aggregated events. One observation for each subject of each sitting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from shadowlog.domain.almanac import DATE_RULE
from shadowlog.domain.clock import Clock, SystemClock
from shadowlog.domain.phrases import many
from shadowlog.domain.recorder import fold
from shadowlog.domain.study import CODE, IMPORTED
from shadowlog.domain.terms import Observation
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput
from shadowlog.exchange.boris_book import scheme_of
from shadowlog.exchange.boris_coding import Basis, Bout, Coding, Sitting, Strays, by_subject
from shadowlog.exchange.boris_day import anchor, commands_of, personal
from shadowlog.exchange.boris_project import read_project
from shadowlog.exchange.boris_table import is_table, read_table
from shadowlog.exchange.local_time import possible_date
from shadowlog.exchange.registry import Arrival, Asked, Reader, Taken
from shadowlog.store.library import new_id

MOST_BOUTS = 200_000
"""The most occurrences of one subject in one observation."""


def is_project(path: Path) -> bool:
    """Whether a file is named as a BORIS project."""
    return path.name.casefold().endswith((".boris", ".boris.gz"))


def read_coding(path: Path) -> Coding:
    """Give the coding of any of the three kinds of file; raises as its reader."""
    return read_project(path) if is_project(path) else read_table(path)


def read(path: Path, asked: Asked, clock: Clock | None = None) -> Taken:
    """Give the days of a BORIS file; BadInput names what is wrong and where, NotFound a file that is not there."""
    return days_of(read_coding(path), path.name, asked, clock or SystemClock())


def days_of(coding: Coding, name: str, asked: Asked, clock: Clock) -> Taken:
    """Give a coding as days: one for each subject of each observation."""
    strays = Strays()
    scheme = scheme_of(coding, strays)
    present = [s for s in coding.subjects if any(b.subject == s for o in coding.sittings for b in o.bouts)]
    heads = heads_of(present, asked, name)
    said = clock.now()
    lines: list[str] = [
        f"codebook {scheme.codebook.id}, made of the ethogram: {many(len(coding.behaviours), 'behaviour', 'behaviours')}"
    ]
    drawn = frozenset(s for s in present if heads[s] not in {s, asked.head})
    lines += [f"head {heads[s]} is {shown(s) if s else 'whoever has no subject'}" for s in present]
    if drawn and asked.taken:
        lines.append(
            f"the study has {', '.join(sorted(asked.taken))} already; if one of them is meant, --head or the subject says so"
        )
    days: list[Arrival] = []
    endless = 0
    for sitting in coding.sittings:
        if not sitting.bouts:
            strays.add("observation without an event that could be placed")
            continue
        zero = anchor(sitting, asked.date, asked.zone)
        if zero is None:
            raise BadInput(
                "an observation has no date",
                f"Give it as --date. {DATE_RULE}",
                f"{clean(name)}: observations[{sitting.number}]",
            )
        window, open_end = sitting.window(asked.end, name)
        endless += open_end
        date, last = (possible_date(zero + each, asked.zone) for each in window)
        if date is None or last is None:
            raise BadInput(
                "an observation is on no day to shadow on",
                DATE_RULE,
                f"{clean(name)}: observations[{sitting.number}]",
            )
        for subject, bouts in by_subject(sitting, coding.subjects):
            if len(bouts) > MOST_BOUTS:
                raise BadInput(
                    f"holds more than {MOST_BOUTS} occurrences of one subject", "Import part of it.", clean(name)
                )
            observation = Observation(
                new_id(), asked.study, heads[subject], asked.observer, asked.zone, scheme.codebook, (), IMPORTED
            )
            told = commands_of(
                bouts, window, zero, scheme, author=asked.observer, said=said, new_id=new_id, notes=asked.notes
            )
            days.append(
                Arrival(
                    observation,
                    tuple(told),
                    fold(observation, told),
                    date.isoformat(),
                    (_line(sitting, heads[subject], bouts, window),),
                    drawn=subject in drawn,
                )
            )
    if not days:
        raise BadInput(
            "nothing in the file could be placed", "; ".join((*coding.unplaced, *strays.lines())), clean(name)
        )
    lines += _remarks(coding, asked, endless)
    left = (*coding.unplaced, *strays.lines())
    lines += [f"not placed: {each}" for each in left] or ["everything was placed"]
    lines.append(f"consent: {IMPORTED}")
    return Taken(tuple(days), tuple(lines))


def heads_of(subjects: Sequence[str], asked: Asked, name: str) -> dict[str, str]:
    """Give each subject a head's code: its own where it is one, and else the next that is free in file and study.

    Names never enter, so that nobody here can know whether a name is that of a head whom the study has.
    """
    if asked.head:
        if len(subjects) > 1:
            raise BadInput(
                f"the file has {len(subjects)} subjects, and --head names one",
                "Leave it out, or call the subjects by their codes in BORIS, as H01.",
                clean(name),
            )
        return dict.fromkeys(subjects, asked.head)
    found = {s: s for s in subjects if CODE.fullmatch(s)}
    taken, number = {*found.values(), *asked.taken}, 0
    for subject in subjects:
        while subject not in found:
            number += 1
            if (code := f"H{number:02d}") not in taken:
                found[subject] = code
    return found


def _line(sitting: Sitting, head: str, bouts: Sequence[Bout], window: tuple[int, int]) -> str:
    minutes = (window[1] - window[0]) / 60_000
    return f"{head}  {shown(sitting.name)}  {many(len(bouts), 'episode', 'episodes')} in {minutes:.1f} min"


def _remarks(coding: Coding, asked: Asked, endless: int) -> list[str]:
    bouts = [b for s in coding.sittings for b in s.bouts]
    missing = sum(b.end is None for b in bouts)
    kinds = Counter(s.basis for s in coding.sittings if s.bouts)
    lines = []
    if missing:
        lines.append(f"{many(missing, 'state has', 'states have')} no stop: counted, in no duration")
    if points := sum(b.point for b in bouts):
        lines.append(f"{many(points, 'point event', 'point events')}: counted, in no duration")
    if endless:
        lines.append(
            f"{many(endless, 'observation has', 'observations have')} no end: "
            f"{'its window ends with its' if endless == 1 else 'their windows end with their'} last event; --end says better"
        )
    if elapsed := kinds[Basis.ELAPSED]:
        lines.append(
            f"{many(elapsed, 'observation counts from its', 'observations count from their')} start: "
            "clock times follow from the date in the file"
        )
    comments = sum(len(b.comments) for b in bouts)
    if comments and not asked.notes:
        lines.append(f"{many(comments, 'comment was', 'comments were')} not taken; --notes takes them")
    elif found := personal(bouts) if asked.notes else 0:
        lines.append(
            f"{found} of {many(comments, 'comment looks as if it', 'comments look as if they')} named somebody: look {'it' if comments == 1 else 'them'} over"
        )
    return lines


READERS = (Reader("BORIS project", is_project, read), Reader("BORIS events", is_table, read))
