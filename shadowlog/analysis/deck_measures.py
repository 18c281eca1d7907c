"""Single numbers of each head: where they are found, whom they are about, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from shadowlog.analysis.basis import share
from shadowlog.analysis.deck_shape import Measure
from shadowlog.analysis.disclosure import Cell
from shadowlog.analysis.gate import people, timed
from shadowlog.analysis.results import Summary
from shadowlog.domain.codebook import MODE, PLACE, ROLE
from shadowlog.domain.terms import Episode, Party, Record

BRIEF = 5
"""Minutes."""
Part = Callable[[Record], Collection[str]]
"""The episodes of a record, by their ids, that a number is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of each head. It is about whoever was in any one of its parts, of which the smallest counts."""

    id: str
    label: str
    unit: str
    value: Callable[[Summary], float | None]
    """None where nobody coded it."""
    parts: tuple[Part, ...] = ()
    """None at all: it is about nobody else."""
    counted: Callable[[Summary], float] | None = None
    """In the unit in which it adds up to others: minutes or numbers, where it does."""


def an_hour(count: float, summary: Summary) -> float | None:
    """So many an hour of the time that the head agreed to."""
    return share(60 * count, summary.window.minutes)


def _lengths(record: Record) -> dict[str, float]:
    """The net length of each episode of known duration, in minutes."""
    known = {each.id: 0.0 for each in record.episodes if each.duration_known}
    for stretch in (*record.track, *record.concurrent):
        if stretch.episode in known and stretch.end:
            known[stretch.episode] += (stretch.end - stretch.start) / 60_000
    return known


def _every(record: Record) -> Collection[str]:
    return [each.id for each in record.episodes]


def _brief(record: Record) -> Collection[str]:
    return [id_ for id_, minutes in _lengths(record).items() if minutes < BRIEF]


def _longer(record: Record) -> Collection[str]:
    return [id_ for id_, minutes in _lengths(record).items() if minutes >= BRIEF]


def _flagged(record: Record, dimension: str, flag: str, wanted: bool) -> Collection[str]:
    """The episodes with a code of a dimension that carries a flag, or with one that does not."""
    book = record.observation.codebook
    return [
        each.id
        for each in record.episodes
        if (code := each.codes.get(dimension)) is not None and book.is_flagged(dimension, code, flag) is wanted
    ]


def _unplanned(record: Record) -> Collection[str]:
    return timed(record) & {*_flagged(record, MODE, "scheduled", wanted=False)}


def _planned(record: Record) -> Collection[str]:
    return timed(record) & {*_flagged(record, MODE, "scheduled", wanted=True)}


def _interrupters(record: Record) -> Collection[str]:
    return [each.id for each in record.episodes if each.interrupts is not None]


def _interrupted(record: Record) -> Collection[str]:
    return [each.interrupts for each in record.episodes if each.interrupts is not None]


def _in_classrooms(record: Record) -> Collection[str]:
    return _flagged(record, PLACE, "classroom", wanted=True)


MEASURES: tuple[Asked, ...] = (
    Asked(
        "interactions",
        "Interactions",
        "an hour",
        lambda s: an_hour(s.interactions.count, s) if s.coded(ROLE) else None,
        (_every,),
        lambda s: s.interactions.count,
    ),
    Asked("brief", "Episodes under 5 minutes", "%", lambda s: s.episodes.share(BRIEF), (_brief, _longer)),
    Asked(
        "alone",
        "Time alone",
        "%",
        lambda s: s.alone.time_share if s.coded(ROLE) else None,
        counted=lambda s: s.alone.minutes,
    ),
    Asked(
        "unplanned",
        "Time not in the diary",
        "%",
        lambda s: s.planned.unscheduled.time_share if s.coded(MODE) else None,
        (_unplanned, _planned),
    ),
    Asked(
        "interruptions",
        "Interruptions",
        "an hour",
        lambda s: an_hour(s.interruptions.count, s),
        (_interrupters, _interrupted),
    ),
    Asked(
        "classrooms",
        "Classroom visits",
        "a day",
        lambda s: s.presence.visits / len(s.observations) if s.coded(PLACE) else None,
        (_in_classrooms,),
    ),
)


def measure_cells(told: Sequence[Summary], seen: Sequence[Sequence[Record]]) -> list[Cell]:
    """A cell for each number of each head."""
    cells = []
    for n, (summary, days) in enumerate(zip(told, seen, strict=True)):
        for each in MEASURES:
            value = each.counted(summary) if each.counted else each.value(summary) or 0.0
            known = each.value(summary) is not None
            counted = each.id == "interactions"
            cells.append(Cell(_id(each, n), value, _about(each, days) if known else 0, counted))
    return cells


def _about(asked: Asked, days: Sequence[Record]) -> int:
    """The fewest people that any part of a number is about; parts with nobody in them say nothing of anybody."""
    found = (people(days, _within(part)) for part in asked.parts)
    return min((each for each in found if each), default=0)


def _within(part: Part) -> Callable[[Record, Episode], Iterable[Party]]:
    chosen: dict[int, Collection[str]] = {}

    def who(record: Record, episode: Episode) -> Iterable[Party]:
        return episode.parties if episode.id in chosen.setdefault(id(record), {*part(record)}) else ()

    return who


def _id(asked: Asked, n: int) -> str:
    return f"measure {asked.id} {n}"


def measures(told: Sequence[Summary], hidden: Collection[str]) -> tuple[Measure, ...]:
    """What is shown of them, without those of which nothing is."""
    made = []
    for each in MEASURES:
        out = tuple(_id(each, n) in hidden for n in range(len(told)))
        found = tuple(None if gone else each.value(summary) for summary, gone in zip(told, out, strict=True))
        if any(value is not None for value in found):
            values = tuple(None if value is None else round(value, 3) for value in found)
            made.append(Measure(each.id, each.label, each.unit, values, out))
    return tuple(made)
