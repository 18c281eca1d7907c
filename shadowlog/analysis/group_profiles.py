"""The day profiles of groups of days on one clock: minutes by heading in each hour, summed over the days of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shadowlog.analysis.basis import MINUTE
from shadowlog.analysis.profile import Filled
from shadowlog.analysis.shapes import Bin, Profile
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.phrases import time_of_day

HOUR = 60
Hours = Mapping[int, Filled]
"""What fell into each hour since local midnight."""


def headed(hours: Hours, mapping: Mapping[str, str] | None) -> Hours:
    """The hours with their activities under the headings of a roll-up; as they are where there is none."""
    if mapping is None:
        return hours
    made = {}
    for hour, cell in hours.items():
        ms: dict[str | None, int] = {}
        for code, part in cell.ms.items():
            heading = mapping.get(code or "")
            ms[heading] = ms.get(heading, 0) + part
        made[hour] = Filled(cell.observed, ms, cell.begun)
    return made


def group_profiles(groups: Sequence[Sequence[Hours]], known: Sequence[tuple[str | None, str]]) -> tuple[Profile, ...]:
    """A profile of each group, with every hour from the first to the last of all groups; none where nothing is `known`.

    `known` are the codes with their labels, in order; a code that is not among them is called by itself.
    """
    seen = sorted({hour for days in groups for day in days for hour in day})
    if not seen or not known:
        return ()
    every = {code for days in groups for day in days for cell in day.values() for code in cell.ms}
    strays = sorted(code for code in every if code is not None and code not in dict(known))
    order = [*known[:-1], *((code, code) for code in strays), known[-1]]
    return tuple(_profile(days, order, range(seen[0], seen[-1] + 1)) for days in groups)


def _profile(days: Sequence[Hours], order: Sequence[tuple[str | None, str]], hours: range) -> Profile:
    cells = {hour: Filled() for hour in hours}
    for day in days:
        for hour, cell in day.items():
            cells[hour].add(cell)
    used = [(code, label) for code, label in order if any(cell.ms.get(code) for cell in cells.values())]
    bins = tuple(
        Bin(
            time_of_day(hour * HOUR),
            float(hour * HOUR),
            float((hour + 1) * HOUR),
            cell.observed / MINUTE,
            tuple(cell.ms.get(code, 0) / MINUTE for code, _ in used),
        )
        for hour, cell in cells.items()
    )
    return Profile(HOUR, ACTIVITY, tuple(code for code, _ in used), tuple(label for _, label in used), bins)
