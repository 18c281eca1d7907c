"""The breakdowns of pattern again, in plain Python from the records: the day is walked spell by spell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shadowlog.domain.terms import Episode, Record, State, Stretch
from tests.analysis.oracle import counted, end_of, has, kept, present, shadowed, slivers

MINUTE = 60_000
Code = str | None


def runs(record: Record) -> Iterator[list[tuple[int, int, Episode]]]:
    """The stretches of foreground without a break, each as its spells (start, end, episode), neighbours of one joined."""
    by_id = {e.id: e for e in record.episodes}
    run: list[tuple[int, int, Episode]] = []
    for each in record.track:
        start, end = each.start, end_of(record, each)
        if start == end:
            continue
        episode = by_id.get(each.episode or "") if each.state is State.EPISODE else None
        if episode is None or shadowed(record, episode):
            if run:
                yield run
            run = []
        elif run and run[-1][2].id == episode.id:
            run[-1] = (run[-1][0], end, episode)
        else:
            run.append((start, end, episode))
    if run:
        yield run


def pairs(records: Sequence[Record], order: str, across: bool) -> dict[tuple[Code, Code], int]:
    """What followed what by activity."""
    found: Counter[tuple[Code, Code]] = Counter()
    for record in records:
        walked = list(runs(record))
        if order == "episodes":
            seen: set[str] = set()
            firsts = []
            for run in walked:
                first = []
                for start, end, episode in run:
                    if episode.id not in seen:
                        seen.add(episode.id)
                        first.append((start, end, episode))
                firsts.append(first)
            walked = firsts
        if across:
            walked = [[spell for run in walked for spell in run]]
        for run in walked:
            for (_, _, a), (_, _, b) in pairwise(run):
                if a.id != b.id:
                    found[a.codes.get("activity"), b.codes.get("activity")] += 1
    return dict(found)


def stretches(records: Sequence[Record]) -> list[float]:
    """The minutes of each stretch of known duration."""
    return [
        (end - start) / MINUTE
        for record in records
        for run in runs(record)
        for start, end, episode in run
        if episode.duration_known
    ]


def interactions(records: Sequence[Record]) -> Iterator[tuple[Record, Episode]]:
    for record in records:
        scheme = record.observation.codebook
        for episode in kept(record):
            if any(not has(scheme, "role", p.role, "alone") for p in episode.parties):
                yield record, episode


def persons(
    records: Sequence[Record], concurrent: bool
) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], float]]:
    """Interactions and minutes with each person of each head."""
    events: Counter[tuple[str, str]] = Counter()
    minutes: dict[tuple[str, str], float] = defaultdict(float)
    for record, episode in interactions(records):
        for person in {p.person for p in episode.parties if p.person}:
            events[record.observation.head, person] += 1
    for record in records:
        for sliver in slivers(record):
            for each in counted(sliver, concurrent):
                if each is None:
                    continue
                there = {
                    p.person
                    for p in each.parties
                    if p.person
                    and (p.joined is None or p.joined <= sliver.start)
                    and (p.left is None or p.left >= sliver.end)
                }
                for person in there:
                    minutes[record.observation.head, person] += sliver.minutes
    return events, minutes


def parties(records: Sequence[Record]) -> tuple[set[str], int, int]:
    """The roles met; the parties met; those of them with a person code."""
    met = [
        p
        for record, episode in interactions(records)
        for p in episode.parties
        if not has(record.observation.codebook, "role", p.role, "alone")
    ]
    return {p.role for p in met}, len(met), sum(p.person is not None for p in met)


def lens(records: Sequence[Record], dimension: str, concurrent: bool) -> tuple[dict[tuple[str, Code], float], ...]:
    """Episodes and minutes by (code, role), split."""
    counts: dict[tuple[str, Code], float] = defaultdict(float)
    minutes: dict[tuple[str, Code], float] = defaultdict(float)
    for record in records:
        for episode in kept(record):
            code = episode.codes.get(dimension)
            roles: list[Code] = list(dict.fromkeys(p.role for p in episode.parties))
            for role in (roles or [None]) if code else ():
                counts[code or "", role] += 1 / (len(roles) or 1)
        for sliver in slivers(record):
            for each in counted(sliver, concurrent):
                code = each.codes.get(dimension) if each else None
                there: list[Code] = list(dict.fromkeys(role for role, _ in present(sliver, each))) if each else []
                for who in (there or [None]) if code else ():
                    minutes[code or "", who] += sliver.minutes / (len(there) or 1)
    return counts, minutes


def at_marks(records: Sequence[Record], step: int) -> dict[str, list[Code]]:
    """By observation, the activity at every whole multiple of so many ms that lies in the window."""
    made: dict[str, list[Code]] = {}
    for record in records:
        by_id = {e.id: e for e in record.episodes}
        states = made.setdefault(record.observation.id, [])
        for at in range(-(-record.start // step) * step, record.end, step):
            piece = next(s for s in record.track if s.start <= at < end_of(record, s))
            if _in_window(record, piece):
                states.append(by_id[piece.episode].codes.get("activity") if piece.episode else None)
    return made


def _in_window(record: Record, piece: Stretch) -> bool:
    if piece.state in {State.OFF, State.UNSEEN}:
        return False
    return not any(e.id == piece.episode and shadowed(record, e) for e in record.episodes)
