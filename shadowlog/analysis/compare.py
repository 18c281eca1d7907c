"""Days, heads or observers on one axis: how often beside how long by code or by heading, and how sure that is over days.

No score and no test: single days are shown beside each other, a mean of heads only from three heads on.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, UNCODED, Basis, basis, share, weighted
from shadowlog.analysis.comparison import FEWEST_DAYS, FEWEST_HEADS, Across, Compared, Comparison, Group, Spread
from shadowlog.analysis.filters import NOTHING_VERIFIED, Choice, apart, chosen, of_version
from shadowlog.analysis.frame import column, dimensions, values
from shadowlog.analysis.frequency import heading_of, parts
from shadowlog.analysis.group_profiles import group_profiles, headed
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.profile import Filled, hours_by_observation
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook, shared_rollups
from shadowlog.domain.company import as_counted
from shadowlog.domain.terms import Record
from shadowlog.domain.text import named, shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput

RESAMPLES, SEED = 2_000, 1_979
"""How many bootstrap samples, and where their dice begin, so that the same days give the same interval."""


Parts = Mapping[str | None, float]
Pairs = Sequence[tuple[float, float]]
"""Part and whole of each day."""


@dataclass(frozen=True, slots=True)
class _Day:
    study: str
    head: str
    observer: str
    date: str
    window: int
    """ms."""
    episodes: int
    ms: Parts
    counts: Parts
    hours: Mapping[int, Filled]
    """By hour since local midnight; the codes are the headings of the profile."""


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
    if not books:
        raise BadInput("there is nothing to compare", "Name observations.")
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
    seen = {code for day in days for part in (day.ms, day.counts) for code, value in part.items() if value}
    strays = sorted(code for code in seen if code is not None and code not in dict(order))
    known = [*order, *((code, code) for code in strays), (None, UNCODED)]
    rows = [_compared(code, name, groups, days, Across(across)) for code, name in known if code in seen]
    told = [
        Group(name, len(these), sum(d.window for d in these) / MINUTE, sum(d.episodes for d in these))
        for name, these in groups
    ]
    dimension = _divides(schemes[0], by)
    rules = (by, dimension, label, Across(across), WhoRule(who_rule), concurrent)
    hours = [[day.hours for day in these] for _, these in groups]
    profiles = group_profiles(hours, known if dimension == ACTIVITY else _activities(schemes))
    return Comparison(*rules, tuple(told), tuple(rows), profiles, version, words, left_out, RESAMPLES, SEED)


def _divides(scheme: Codebook, by: str) -> str:
    """The dimension that is compared, or whose roll-up is."""
    return next((r.dimension for r in scheme.rollups if r.id == by), by)


def _activities(schemes: Sequence[Codebook]) -> Sequence[tuple[str | None, str]]:
    """The activities of one codebook in order; none where several are compared."""
    return [*((c.id, c.label) for c in schemes[0].codes(ACTIVITY)), (None, UNCODED)] if len(schemes) == 1 else []


Scheme = tuple[str, Sequence[tuple[str, str]]]
"""The label of a dimension or roll-up and its codes or headings, in order."""


def _headings(schemes: Sequence[Codebook], by: str) -> Scheme:
    """What is compared by; BadInput where there is none such, or where it is not the same in every scheme."""
    first, *others = schemes
    if others:
        names = ", ".join(f"{s.id} version {s.version}" for s in schemes)
        met = [rollup.id for rollup in shared_rollups(schemes)]
        cure = (
            f"Compare by one that they share: {', '.join(met)}." if met else "They share none: compare one at a time."
        )
        if not all(any(r.id == by for r in scheme.rollups) for scheme in schemes):
            raise BadInput(
                f"these observations use different codebooks ({names}), and {shown(by)} is no roll-up of all of them",
                cure,
            )
        if by not in met:
            raise BadInput(f"the codebooks ({names}) have different headings under {shown(by)}", cure)
    for rollup in first.rollups:
        if rollup.id == by:
            return rollup.label, rollup.headings
    for each in first.dimensions:
        if each.id == by:
            return each.label, tuple((c.id, c.label) for c in each.codes)
    there = ", ".join([*(d.id for d in first.dimensions), *(r.id for r in first.rollups)])
    raise BadInput(f"there is no dimension or roll-up {shown(by)}", f"There is: {there}.")


def _days(base: Basis, by: str) -> Iterable[_Day]:
    """One small line for each observation: what every further step is worked out from."""
    frames = base.frames
    windows = {
        line["obs"]: line["ms"]
        for line in values(frames.windows.group_by("obs").agg(ms=nw.col("ms").sum().cast(nw.Int64)))
    }
    dimension, mapping = _mapping(base, by)
    times = _by_observation(_times(base, dimension, mapping))
    counts = _by_observation(_counts(base, dimension, mapping))
    episodes = {
        line["obs"]: line["n"] for line in values(base.frames.episodes.group_by("obs").agg(n=nw.len().cast(nw.Int64)))
    }
    hours = hours_by_observation(base)
    for about in values(frames.observations.select("obs", "study", "head", "observer", "date")):
        obs = about["obs"]
        study, head, observer, date = (about[name] for name in ("study", "head", "observer", "date"))
        yield _Day(
            study,
            head,
            observer,
            date,
            windows.get(obs, 0),
            episodes.get(obs, 0),
            times.get(obs, {}),
            counts.get(obs, {}),
            headed(hours.get(obs, {}), mapping if dimension == ACTIVITY else None),
        )


def _mapping(base: Basis, by: str) -> tuple[str, Mapping[str, str] | None]:
    """The dimension compared, and for a roll-up which heading each of its codes has."""
    dimension = _divides(base.frames.scheme, by)
    if dimension == by:
        return by, None
    return dimension, {c.id: c.rollups[by] for c in base.frames.scheme.codes(dimension) if by in c.rollups}


def _by_observation(lines: Iterable[Mapping[str, Any]]) -> Mapping[str, Mapping[str | None, float]]:
    made: dict[str, dict[str | None, float]] = {}
    for line in lines:
        made.setdefault(line["obs"], {})[line["heading"]] = line["part"]
    return made


def _heading(dimension: str, mapping: Mapping[str, str] | None) -> nw.Expr:
    code = nw.col(column(dimension))
    if mapping is None:
        return code
    return code.replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=nw.String)


def _times(base: Basis, dimension: str, mapping: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Time by observation and heading, in ms."""
    frames = base.frames
    if dimension == ROLE:
        spot = ["obs", "spell", "piece", "lo", "ms"]
        slices = base.timed(frames.company).with_columns(heading=heading_of(mapping))
        lines = weighted(slices, spot, base.who_rule)
        return values(lines.group_by("obs", "heading").agg(part=(nw.col("ms") * nw.col("weight")).sum()))
    if dimension not in dimensions(frames.scheme):
        return []
    spells = base.timed(frames.spells).select("obs", "ms", heading=_heading(dimension, mapping))
    return values(spells.group_by("obs", "heading").agg(part=nw.col("ms").sum().cast(nw.Int64)))


def _counts(base: Basis, dimension: str, mapping: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Episodes by observation and heading; of several groups each counts as the who rule says."""
    if dimension == ROLE:
        named = parts(base).with_columns(heading=heading_of(mapping))
        lines = weighted(named, ["obs", "episode"], base.who_rule)
        return values(lines.group_by("obs", "heading").agg(part=nw.col("weight").sum()))
    if dimension not in dimensions(base.frames.scheme):
        return []
    episodes = base.frames.episodes.select("obs", heading=_heading(dimension, mapping))
    return values(episodes.group_by("obs", "heading").agg(part=nw.len().cast(nw.Int64)))


def _groups(days: Sequence[_Day], across: Across) -> list[tuple[str, list[_Day]]]:
    if across is Across.DAYS:
        return [(f"{day.date} {day.head} {day.observer}", [day]) for day in days]
    found: dict[tuple[str, str], list[_Day]] = {}
    for day in days:
        found.setdefault((day.head if across is Across.HEADS else day.observer, day.study), []).append(day)
    names = apart(found)
    return [(names[key], these) for key, these in sorted(found.items())]


def _compared(
    code: str | None, label: str, groups: Sequence[tuple[str, list[_Day]]], days: Sequence[_Day], across: Across
) -> Compared:
    def often(day: _Day) -> tuple[float, float]:
        return day.counts.get(code, 0), day.episodes

    def lasted(day: _Day) -> tuple[float, float]:
        return day.ms.get(code, 0), day.window

    return Compared(
        code,
        label,
        *(
            _spread([[of(day) for day in these] for _, these in groups], [of(day) for day in days], across)
            for of in (often, lasted)
        ),
    )


def _spread(groups: Sequence[Pairs], days: Pairs, across: Across) -> Spread:
    """The share of each group from the parts and wholes of its days, and the interval from those of all days."""
    shares = tuple(share(sum(part for part, _ in these), sum(whole for _, whole in these)) for these in groups)
    known = [each for each in shares if each is not None]
    several = across is Across.HEADS and len(known) >= FEWEST_HEADS
    counted = [pair for pair in days if pair[1]]
    return Spread(
        shares,
        min(known, default=None),
        max(known, default=None),
        sum(known) / len(known) if several else None,
        bootstrap(counted) if len(counted) >= FEWEST_DAYS else None,
    )


def bootstrap(days: Pairs, resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float]:
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
