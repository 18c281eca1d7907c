"""The breakdowns again, in plain Python and another way: the day is cut at every instant at which anything changes, and
each sliver is looked at by itself. Slow, short, and shares nothing with the frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import Codebook
from shadowlog.domain.terms import Episode, Party, Record, State, Stretch

MINUTE = 60_000


@dataclass
class Sliver:
    """A stretch of time in which nothing changes."""

    record: Record
    start: int
    end: int
    foreground: Stretch
    running: list[Episode] = field(default_factory=list)
    """What runs: the foreground's episode first, if it is one, then the concurrent ones."""

    @property
    def minutes(self) -> float:
        return (self.end - self.start) / MINUTE

    def local(self, instant: int) -> float:
        zone = ZoneInfo(self.record.observation.zone)
        first = datetime.fromtimestamp(self.record.start / 1000, zone)
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        return (instant / 1000 - midnight.timestamp()) / 60


def has(scheme: Codebook, dimension: str, each: str | None, flag: str) -> bool:
    return any(c.id == each and flag in c.flags for c in scheme.codes(dimension))


def shadowed(record: Record, episode: Episode) -> bool:
    scheme = record.observation.codebook
    return bool(episode.parties) and all(has(scheme, "role", p.role, "shadower") for p in episode.parties)


def apart(record: Record) -> Record:
    """The record in which the shadower is nobody's company."""
    scheme, made = record.observation.codebook, []
    for episode in record.episodes:
        parties = [p for p in episode.parties if not has(scheme, "role", p.role, "shadower")]
        if not shadowed(record, episode):
            if {has(scheme, "role", p.role, "alone") for p in parties} == {True}:
                parties = [Party(p.role, p.count, p.person, p.joined, None) for p in parties]
            episode = replace(episode, parties=tuple(parties))  # noqa: PLW2901
        made.append(episode)
    return replace(record, episodes=tuple(made))


def kept(record: Record) -> list[Episode]:
    return [e for e in record.episodes if not shadowed(record, e)]


def end_of(record: Record, stretch: Stretch) -> int:
    return record.end if stretch.end is None else stretch.end


def slivers(record: Record) -> Iterator[Sliver]:
    """The window of the record in slivers."""
    by_id = {e.id: e for e in record.episodes}
    cuts = {record.start, record.end}
    for each in (*record.track, *record.concurrent):
        cuts |= {each.start, end_of(record, each)}
    for episode in record.episodes:
        cuts |= {t for p in episode.parties for t in (p.joined, p.left) if t is not None}
    first = Sliver(record, record.start, record.start, Stretch("", 0, 0, State.GAP))
    base = record.start - round(first.local(record.start) * MINUTE)
    cuts |= set(range(base, record.end, 15 * MINUTE))
    cuts |= {base + m * MINUTE for p in record.observation.periods for m in (p.start, p.end)}
    order = sorted(t for t in cuts if record.start <= t <= record.end)
    for lo, hi in pairwise(order):
        piece = next(s for s in record.track if s.start <= lo and hi <= end_of(record, s))
        if piece.state in {State.OFF, State.UNSEEN}:
            continue
        top = by_id[piece.episode] if piece.episode else None
        if top and shadowed(record, top):
            continue
        beside = [
            by_id[s.episode] for s in record.concurrent if s.episode and s.start <= lo and hi <= end_of(record, s)
        ]
        running = [*([top] if top else []), *(e for e in beside if not shadowed(record, e))]
        yield Sliver(record, lo, hi, piece, running)


def present(sliver: Sliver, episode: Episode) -> list[tuple[str, int | None]]:
    """(role, count) of each party there during the sliver, in the order named."""
    return [
        (p.role, p.count)
        for p in episode.parties
        if (p.joined is None or p.joined <= sliver.start) and (p.left is None or p.left >= sliver.end)
    ]


def dealt(roles: list[str], rule: str) -> dict[str | None, float]:
    """The weight of each distinct role under the rule; all to None when nobody is named."""
    distinct = list(dict.fromkeys(roles))
    if not distinct:
        return {None: 1.0}
    if rule == "full":
        return dict.fromkeys(distinct, 1.0)
    if rule == "split":
        return dict.fromkeys(distinct, 1 / len(distinct))
    return {distinct[0]: 1.0}


def counted(sliver: Sliver, concurrent: bool) -> list[Episode | None]:
    """What the sliver's time belongs to: the foreground (None in a gap) and, if asked, what runs beside it."""
    if sliver.foreground.episode:
        top: list[Episode | None] = [sliver.running[0]]
        beside = sliver.running[1:]
    else:
        top, beside = [None], sliver.running
    return [*top, *(beside if concurrent else [])]


def codes_of(episode: Episode | None, dimension: str) -> str | None:
    return episode.codes.get(dimension) if episode else None


@dataclass
class Answer:
    """What the breakdowns should say."""

    window: float = 0
    count: int = 0
    interactions: int = 0
    minutes: dict[tuple[str, str | None], float] = field(default_factory=lambda: defaultdict(float))
    counts: dict[tuple[str, str | None], float] = field(default_factory=lambda: defaultdict(float))
    headings: dict[str | None, float] = field(default_factory=lambda: defaultdict(float))
    heading_counts: dict[str | None, float] = field(default_factory=lambda: defaultdict(float))
    person_minutes: float = 0
    pupils: float = 0
    alone: float = 0
    alone_office: float = 0
    quarters: dict[tuple[int, str | None], float] = field(default_factory=lambda: defaultdict(float))
    observed: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    begun: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    periods: dict[tuple[str, str | None], float] = field(default_factory=lambda: defaultdict(float))
    coverage: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    net: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    """In ms, so that a limit of so many minutes is met exactly."""
    sizes: dict[str | None, float] = field(default_factory=lambda: defaultdict(float))


def size_of(record: Record, episode: Episode | None) -> str | None:
    if episode is None or not episode.parties:
        return None
    scheme = record.observation.codebook
    others = [p for p in episode.parties if not has(scheme, "role", p.role, "alone")]
    if not others:
        return "alone"
    if any(p.count is None for p in others):
        return "unknown"
    total = sum(p.count or 0 for p in others)
    return "unknown" if total < 1 else str(total) if total < 3 else "3-8" if total < 9 else "9+"


def coverage_of(episode: Episode | None) -> str:
    if episode is None:
        return "uncoded"
    if episode.closed or episode.codes.get("observed") == "closed":
        return "closed"
    if not episode.parties or "activity" not in episode.codes:
        return "uncoded"
    return "partial" if episode.codes.get("observed") == "partial" else "full"


def answer(records: Sequence[Record], rule: str, concurrent: bool) -> Answer:
    """Every figure that is a sum over time or over episodes."""
    made = Answer()
    for record in records:
        for sliver in slivers(record):
            _time(made, sliver, rule, concurrent)
        for stretch in record.track:
            minutes = (end_of(record, stretch) - stretch.start) / MINUTE
            talk = any(e.id == stretch.episode and shadowed(record, e) for e in record.episodes)
            if talk or stretch.state in {State.OFF, State.UNSEEN}:
                made.coverage["shadower" if talk else stretch.state.value] += minutes
        for episode in kept(record):
            _episode(made, record, episode, rule)
    return made


def _time(made: Answer, sliver: Sliver, rule: str, concurrent: bool) -> None:
    record, minutes = sliver.record, sliver.minutes
    scheme = record.observation.codebook
    quarter = int(sliver.local(sliver.start) // 15)
    made.window += minutes
    made.observed[quarter] += minutes
    made.coverage[coverage_of(counted(sliver, False)[0])] += minutes
    for each in sliver.running:
        made.net[record.observation.id, each.id] += sliver.end - sliver.start
    for episode in counted(sliver, concurrent):
        there = present(sliver, episode) if episode else []
        roles = [role for role, _ in there]
        for role, weight in dealt(roles, rule).items():
            made.minutes["role", role] += weight * minutes
        groups = {c.id: c.rollups.get("groups") for c in scheme.codes("role")}
        mapped = list(dict.fromkeys(groups.get(role) for role in roles))
        for heading, weight in _deal_headings(mapped, rule).items():
            made.headings[heading] += weight * minutes
        for dimension in scheme.dimensions:
            if dimension.id != "role":
                made.minutes[dimension.id, codes_of(episode, dimension.id)] += minutes
        is_alone = [has(scheme, "role", role, "alone") for role in roles]
        made.person_minutes += sum(
            minutes * (n or 0) for (_, n), no_one in zip(there, is_alone, strict=True) if not no_one
        )
        made.pupils += minutes * any(has(scheme, "role", role, "pupils") for role in roles)
        made.alone += minutes * any(is_alone)
        office = has(scheme, "place", codes_of(episode, "place"), "office")
        made.alone_office += minutes * (any(is_alone) and office)
        made.quarters[quarter, codes_of(episode, "activity")] += minutes
        made.sizes[size_of(record, episode)] += minutes
        for period in record.observation.periods:
            if period.start <= sliver.local(sliver.start) < period.end:
                made.periods[period.label, codes_of(episode, "activity")] += minutes


def _deal_headings(mapped: list[str | None], rule: str) -> dict[str | None, float]:
    if not mapped:
        return {None: 1.0}
    if rule == "main":
        return {mapped[0]: 1.0}
    return dict.fromkeys(mapped, 1.0 if rule == "full" else 1 / len(mapped))


def _episode(made: Answer, record: Record, episode: Episode, rule: str) -> None:
    scheme = record.observation.codebook
    made.count += 1
    roles = [p.role for p in episode.parties]
    for role, weight in dealt(roles, rule).items():
        made.counts["role", role] += weight
    groups = {c.id: c.rollups.get("groups") for c in scheme.codes("role")}
    for heading, weight in _deal_headings(list(dict.fromkeys(groups.get(r) for r in roles)), rule).items():
        made.heading_counts[heading] += weight
    for dimension in scheme.dimensions:
        if dimension.id != "role":
            made.counts[dimension.id, episode.codes.get(dimension.id)] += 1
    if any(not has(scheme, "role", role, "alone") for role in roles):
        made.interactions += 1
        spells = [s.start for s in (*record.track, *record.concurrent) if s.episode == episode.id]
        first = min(spells, default=record.end)
        made.begun[int(Sliver(record, 0, 0, record.track[0]).local(first) // 60)] += 1
