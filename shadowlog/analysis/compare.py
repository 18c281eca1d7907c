"""Days, heads or observers on one axis: shares of time by code or by heading, their ranges, and how sure a mean over days is.

No score and no test: single days are shown beside each other, a mean of heads only from three heads on.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, UNCODED, Basis, basis, share, weighted
from shadowlog.analysis.filters import NOTHING_VERIFIED, Choice, apart, chosen, of_version
from shadowlog.analysis.frame import column, dimensions, values
from shadowlog.analysis.frequency import heading_of
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.company import as_counted
from shadowlog.domain.terms import Record
from shadowlog.domain.text import named, shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput

FEWEST_HEADS = 3
FEWEST_DAYS = 3
RESAMPLES, SEED = 2_000, 1_979
"""How many bootstrap samples, and where their dice begin, so that the same days give the same interval."""


class Across(StrEnum):
    """What is set side by side."""

    DAYS = "days"
    HEADS = "heads"
    OBSERVERS = "observers"


@dataclass(frozen=True, slots=True)
class Group:
    """One of those compared: its days and the observed time."""

    label: str
    days: int
    window_minutes: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One code or heading: each group's share of its observed time, in the order of the groups."""

    code: str | None
    label: str
    shares: tuple[float | None, ...]
    lowest: float | None
    highest: float | None
    mean: float | None
    """Of the heads' shares, each head once; None below three heads and wherever heads are not compared."""
    interval: tuple[float, float] | None
    """95 % of the share over all days, by resampling days; None below three days."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares of time side by side."""

    by: str
    label: str
    across: Across
    who_rule: WhoRule
    concurrent: bool
    groups: tuple[Group, ...]
    rows: tuple[Compared, ...]
    version: Version
    chosen: tuple[str, ...]
    left_out: tuple[str, ...]
    """The observations (date, head, observer) without any time that was chosen."""
    resamples: int
    seed: int


Ms = Mapping[str | None, float]


@dataclass(frozen=True, slots=True)
class _Day:
    study: str
    head: str
    observer: str
    date: str
    window: int
    ms: Ms


def compare(
    records: Sequence[Record],
    by: str,
    across: str = Across.DAYS,
    who_rule: str = "split",
    *,
    concurrent: bool = False,
    choice: Choice | None = None,
    version: Version = Version.AMENDED,
) -> Comparison:
    """Compare by a dimension or a roll-up. Several codebooks are taken together only by a roll-up that all of them have.

    `version` is that of the records. BadInput for what there is none of, for nothing to compare, and for codebooks that share no such roll-up.
    """
    choice = of_version(choice, version)
    books: dict[tuple[str, int], list[Record]] = {}
    for record in map(as_counted, records):
        books.setdefault((record.observation.codebook.id, record.observation.codebook.version), []).append(record)
    schemes = [each[0].observation.codebook for each in books.values()]
    by = named(by, [r.id for s in schemes for r in s.rollups] + [d.id for s in schemes for d in s.dimensions]) or by
    label, order = _headings(schemes, by)
    days: list[_Day] = []
    words: tuple[str, ...] = ()
    for each in books.values():
        frames = prepared(each, version)
        frames = frames if choice is None else chosen(frames, choice)
        words = frames.chosen
        days += _days(basis(frames, WhoRule(who_rule), concurrent), by)
    every = sorted(days, key=lambda d: (d.date, d.head, d.observer))
    days = [day for day in every if day.window]
    left_out = tuple(f"{day.date} {day.head} {day.observer}" for day in every if not day.window)
    if not days and choice is not None and choice.verified:
        raise BadInput(*NOTHING_VERIFIED)
    if not days:
        raise BadInput(
            "there is no observed time to compare", "Name observations with time on record, or choose less narrowly."
        )
    groups = _groups(days, Across(across))
    seen = {code for day in days for code, ms in day.ms.items() if ms}
    strays = sorted(code for code in seen if code is not None and code not in dict(order))
    known = [*order, *((code, code) for code in strays), (None, UNCODED)]
    rows = [_compared(code, name, groups, days, Across(across)) for code, name in known if code in seen]
    told = [Group(name, len(these), sum(d.window for d in these) / MINUTE) for name, these in groups]
    rules = (by, label, Across(across), WhoRule(who_rule), concurrent)
    return Comparison(*rules, tuple(told), tuple(rows), version, words, left_out, RESAMPLES, SEED)


def _headings(schemes: Sequence[Codebook], by: str) -> tuple[str, Sequence[tuple[str, str]]]:
    """The label and the codes or headings, in order; the same in every scheme."""
    found = []
    for scheme in schemes:
        rollups = {r.id: (r.label, tuple(r.headings)) for r in scheme.rollups}
        coded = {d.id: (d.label, tuple((c.id, c.label) for c in d.codes)) for d in scheme.dimensions}
        if by not in rollups and (by not in coded or len(schemes) > 1):
            there = ", ".join([*(coded if len(schemes) == 1 else ()), *rollups])
            names = ", ".join(f"{s.id} version {s.version}" for s in schemes)
            if len(schemes) > 1:
                raise BadInput(
                    f"these observations use different codebooks ({names}), and {shown(by)} is no roll-up of all of them",
                    f"Compare by a shared roll-up; {scheme.id} has: {there or 'none'}.",
                )
            raise BadInput(f"there is no dimension or roll-up {shown(by)}", f"There is: {there}.")
        found.append(rollups.get(by) or coded[by])
    if any(each[1] != found[0][1] for each in found):
        raise BadInput(
            f"the codebooks have different headings under {shown(by)}", "Compare those of one codebook at a time."
        )
    return found[0] if found else ("", ())


def _days(base: Basis, by: str) -> Iterable[_Day]:
    """One small line for each observation: what every further step is worked out from."""
    frames = base.frames
    windows = {
        line["obs"]: line["ms"]
        for line in values(frames.windows.group_by("obs").agg(ms=nw.col("ms").sum().cast(nw.Int64)))
    }
    times: dict[str, dict[str | None, float]] = {}
    for line in _times(base, by):
        times.setdefault(line["obs"], {})[line["heading"]] = line["ms"]
    for about in values(frames.observations.select("obs", "study", "head", "observer", "date")):
        obs = about["obs"]
        study, head, observer, date = (about[name] for name in ("study", "head", "observer", "date"))
        yield _Day(study, head, observer, date, windows.get(obs, 0), times.get(obs, {}))


def _times(base: Basis, by: str) -> list[dict[str, Any]]:
    frames, scheme = base.frames, base.frames.scheme
    rollup = next((r for r in scheme.rollups if r.id == by), None)
    dimension = rollup.dimension if rollup else by
    mapping = None
    if rollup:
        mapping = {c.id: c.rollups[by] for c in scheme.codes(dimension) if by in c.rollups}
    if dimension == ROLE:
        spot = ["obs", "spell", "piece", "lo", "ms"]
        slices = base.timed(frames.company).with_columns(heading=heading_of(mapping))
        lines = weighted(slices, spot, base.who_rule)
        return values(lines.group_by("obs", "heading").agg(ms=(nw.col("ms") * nw.col("weight")).sum()))
    if dimension not in dimensions(scheme):
        return []
    code = nw.col(column(dimension))
    if mapping is not None:
        code = code.replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=nw.String)
    spells = base.timed(frames.spells).select("obs", "ms", heading=code)
    return values(spells.group_by("obs", "heading").agg(ms=nw.col("ms").sum().cast(nw.Int64)))


def _groups(days: Sequence[_Day], across: Across) -> list[tuple[str, list[_Day]]]:
    if across is Across.DAYS:
        return [(f"{day.date} {day.head} {day.observer}", [day]) for day in days]
    found: dict[tuple[str, str], list[_Day]] = {}
    for day in days:
        found.setdefault((day.head if across is Across.HEADS else day.observer, day.study), []).append(day)
    names = apart(found)
    return [(names[key], these) for key, these in sorted(found.items())]


def _pooled(days: Sequence[_Day], code: str | None) -> float | None:
    return share(sum(day.ms.get(code, 0) for day in days), sum(day.window for day in days))


def _compared(
    code: str | None, label: str, groups: Sequence[tuple[str, list[_Day]]], days: Sequence[_Day], across: Across
) -> Compared:
    shares = tuple(_pooled(these, code) for _, these in groups)
    known = [each for each in shares if each is not None]
    several = across is Across.HEADS and len(known) >= FEWEST_HEADS
    return Compared(
        code,
        label,
        shares,
        min(known, default=None),
        max(known, default=None),
        sum(known) / len(known) if several else None,
        bootstrap([(day.ms.get(code, 0), day.window) for day in days]) if len(days) >= FEWEST_DAYS else None,
    )


def bootstrap(days: Sequence[tuple[float, float]], resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the share over days (part, whole), days drawn with replacement.

    The percentile method of Efron 1979, Annals of Statistics 7, 1-26, on the ratio of sums; percentiles are linear between
    neighbours.
    """
    dice = random.Random(seed)  # noqa: S311, resampling, nothing secret
    found = []
    for _ in range(resamples):
        drawn = dice.choices(days, k=len(days))
        found.append(sum(part for part, _ in drawn) / sum(whole for _, whole in drawn))
    found.sort()
    return _percentile(found, 0.025), _percentile(found, 0.975)


def _percentile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
