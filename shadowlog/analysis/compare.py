"""Days, heads or observers on one axis: how often beside how long by code or by heading, and how sure that is over days.

No score and no test: single days are shown beside each other, a mean of heads only from three heads on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shadowlog.analysis.basis import MINUTE, UNCODED, basis, share
from shadowlog.analysis.bootstrap import RESAMPLES, SEED, Pairs, bootstrap
from shadowlog.analysis.choice import NOTHING_VERIFIED, Choice, as_written, of_version
from shadowlog.analysis.compared_days import Day, days_of, divides
from shadowlog.analysis.comparison import FEWEST_DAYS, FEWEST_HEADS, Across, Compared, Comparison, Group, Spread
from shadowlog.analysis.filters import apart, picked
from shadowlog.analysis.frame import Frames, local_date, values
from shadowlog.analysis.group_profiles import group_profiles
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.codebook import ACTIVITY, Codebook, shared_rollups
from shadowlog.domain.company import as_counted
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Record
from shadowlog.domain.text import named, shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput


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
    parts, choice = _chosen([prepared(each, version) for each in books.values()], choice)
    found = [(frames.scheme, days_of(basis(frames, WhoRule(who_rule), concurrent), by)) for frames in parts]
    days = sorted(
        (day for _, these in found for day in these if day.window), key=lambda d: (d.date, d.head, d.observer)
    )
    if not days and choice is not None and choice.verified:
        raise BadInput(*NOTHING_VERIFIED)
    if not days:
        raise BadInput(
            "there is no observed time to compare", "Name observations with time on record, or choose less narrowly."
        )
    # A codebook none of whose days is compared need not meet the others.
    schemes = [scheme for scheme, these in found if any(day.window for day in these)]
    label, order = _headings(schemes, by)
    told_apart = {day.obs for day in days}
    left_out = tuple(
        f"{_name(record)}: {_why(record, choice)}"
        for record in sorted((r for these in books.values() for r in these), key=_name)
        if record.observation.id not in told_apart
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
    dimension = divides(schemes[0], by)
    rules = (by, dimension, label, Across(across), WhoRule(who_rule), concurrent)
    hours = [[day.hours for day in these] for _, these in groups]
    profiles = group_profiles(hours, known if dimension == ACTIVITY else _activities(schemes))
    words = () if choice is None else choice.words(*schemes)
    return Comparison(
        *rules,
        tuple(told),
        tuple(rows),
        profiles,
        version,
        words,
        choice is not None and bool(choice.periods),
        choice is not None and choice.of_episodes,
        left_out,
        RESAMPLES,
        SEED,
    )


def _chosen(books: Sequence[Frames], choice: Choice | None) -> tuple[Sequence[Frames], Choice | None]:
    """What is chosen of each codebook's days, those of which no day is chosen left out, and the choice as it is written.

    BadInput for what there is none of in any, and for headings of a roll-up that is not the same in all that are left.
    """
    if choice is None:
        return books, None
    choice = as_written(choice, books)
    wanted = [frames for frames in books if any(choice.takes(*each) for each in _abouts(frames))]
    schemes = [frames.scheme for frames in wanted]
    shared = [rollup.id for rollup in shared_rollups(schemes)] if schemes else []
    for rollup in choice.headings:
        if rollup not in shared:
            names = ", ".join(f"{s.id} version {s.version}" for s in schemes)
            raise BadInput(
                f"the codebooks ({names}) do not have the same headings under {shown(rollup)}, so that none can be chosen",
                f"Choose by one that they share: {', '.join(shared) or 'none'}; or name the days of one codebook.",
            )
    return [picked(frames, choice) for frames in wanted], choice


def _abouts(frames: Frames) -> Iterable[tuple[str, str, str, str]]:
    for line in values(frames.observations.select("study", "head", "observer", "date")):
        yield line["study"], line["head"], line["observer"], line["date"]


def _name(record: Record) -> str:
    about = record.observation
    return f"{local_date(record)} {about.head} {about.observer}"


def _why(record: Record, choice: Choice | None) -> str:
    """Why a day that was given is in no group."""
    about = record.observation
    if choice is None:
        return "no observed time"
    if not choice.takes(about.study, about.head, about.observer, local_date(record)):
        return "not among the days chosen"
    if choice.verified and not any(each.verification in STANDS for each in record.episodes):
        return "nothing of it is verified"
    return "no time of what is chosen" if choice.periods or choice.of_episodes else "no observed time"


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


def _groups(days: Sequence[Day], across: Across) -> list[tuple[str, list[Day]]]:
    if across is Across.DAYS:
        return [(f"{day.date} {day.head} {day.observer}", [day]) for day in days]
    found: dict[tuple[str, str], list[Day]] = {}
    for day in days:
        found.setdefault((day.head if across is Across.HEADS else day.observer, day.study), []).append(day)
    names = apart(found)
    return [(names[key], these) for key, these in sorted(found.items())]


def _compared(
    code: str | None, label: str, groups: Sequence[tuple[str, list[Day]]], days: Sequence[Day], across: Across
) -> Compared:
    def often(day: Day) -> tuple[float, float]:
        return day.counts.get(code, 0), day.episodes

    def lasted(day: Day) -> tuple[float, float]:
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
