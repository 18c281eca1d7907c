"""The pattern of the day: minutes by activity in bins and school-day periods, and interactions an hour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, UNCODED, Basis, share
from shadowlog.analysis.frame import QUARTER, Lazy, column, values
from shadowlog.analysis.results import Bin, Profile, Rate
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.phrases import time_of_day

OUTSIDE = "outside these periods"


@dataclass
class Filled:
    """What fell into one bin: ms observed, ms by code of activity, interactions begun."""

    observed: int = 0
    ms: dict[str | None, int] = field(default_factory=dict)
    begun: int = 0

    def add(self, other: Filled) -> None:
        """Add what fell into another bin."""
        self.observed += other.observed
        self.begun += other.begun
        for code, ms in other.ms.items():
            self.ms[code] = self.ms.get(code, 0) + ms


def _coded(basis: Basis) -> Lazy:
    known = any(d.id == ACTIVITY for d in basis.frames.scheme.dimensions)
    code = nw.col(column(ACTIVITY)) if known else nw.lit(None, dtype=nw.String)
    return basis.frames.spells.select("obs", "s", "e", "concurrent", code=code)


def _begun(basis: Basis) -> Lazy:
    return basis.frames.episodes.filter(nw.col("kind") == "interaction").select("obs", "local")


def _filled(
    basis: Basis, crossed: Callable[[Lazy], Lazy], begun: Lazy, keys: Sequence[str]
) -> dict[tuple[Any, ...], Filled]:
    """The cells by `keys`, columns that `crossed` gives stretches of time and `begun` has."""
    c = nw.col
    cells: dict[tuple[Any, ...], Filled] = {}

    def cell_of(line: Mapping[str, Any]) -> Filled:
        return cells.setdefault(tuple(line[key] for key in keys), Filled())

    spells = crossed(_coded(basis)).group_by(*keys, "code", "concurrent").agg(t=c("ms").sum().cast(nw.Int64))
    apart = basis.frames.observed
    for line in values(spells):
        cell = cell_of(line)
        if apart is None and not line["concurrent"]:
            # The foreground with its gaps is the window: what it fills of a bin is what was observed of it.
            cell.observed += line["t"]
        if basis.concurrent or not line["concurrent"]:
            cell.ms[line["code"]] = cell.ms.get(line["code"], 0) + line["t"]
    if apart is not None:
        for line in values(crossed(apart.select("obs", "s", "e")).group_by(*keys).agg(t=c("ms").sum().cast(nw.Int64))):
            cell_of(line).observed += line["t"]
    for line in values(begun.group_by(*keys).agg(n=nw.len().cast(nw.Int64))):
        cell_of(line).begun += line["n"]
    return cells


def quarters(basis: Basis) -> Mapping[int, Filled]:
    """What fell into each quarter of an hour since local midnight; an episode is split over those it crosses."""
    return {number: cell for (number,), cell in _quarters(basis, ["bin"]).items()}


def hours_by_observation(basis: Basis) -> Mapping[str, Mapping[int, Filled]]:
    """What fell into each hour since local midnight of each observation, hours with nothing in them left out."""
    made: dict[str, dict[int, Filled]] = {}
    for (obs, number), cell in _quarters(basis, ["obs", "bin"]).items():
        made.setdefault(obs, {}).setdefault(number // 4, Filled()).add(cell)
    return made


def _quarters(basis: Basis, keys: Sequence[str]) -> Mapping[tuple[Any, ...], Filled]:
    c = nw.col

    def crossed(frame: Lazy) -> Lazy:
        return (
            frame.with_columns(first=c("s") // QUARTER, n=(c("e") - 1) // QUARTER - c("s") // QUARTER + 1)
            .join(basis.frames.steps, on="n", how="inner")
            .with_columns(bin=c("first") + c("k"))
            .with_columns(
                ms=nw.min_horizontal("e", (c("bin") + 1) * QUARTER) - nw.max_horizontal("s", c("bin") * QUARTER)
            )
        )

    begun = _begun(basis).with_columns(bin=c("local") // QUARTER)
    return _filled(basis, crossed, begun, keys)


def by_period(basis: Basis) -> dict[str | None, Filled]:
    """What fell into each school-day period (by label), and under None what fell outside all of them."""
    c = nw.col

    def crossed(frame: Lazy) -> Lazy:
        return (
            frame.join(basis.frames.periods, on="obs", how="inner")
            .with_columns(start=nw.max_horizontal("s", "lo"), end=nw.min_horizontal("e", "hi"))
            .filter(c("start") < c("end"))
            .with_columns(ms=c("end") - c("start"))
        )

    begun = (
        _begun(basis)
        .join(basis.frames.periods, on="obs", how="inner")
        .filter(c("local") >= c("lo"), c("local") < c("hi"))
    )
    return {label: cell for (label,), cell in _filled(basis, crossed, begun, ["label"]).items()}


def _profile(basis: Basis, minutes: int | None, cells: Iterable[tuple[str, float, float, Filled]]) -> Profile:
    chosen = list(cells)
    seen = {code for *_, cell in chosen for code, ms in cell.ms.items() if ms}
    order = [code.id for code in basis.frames.scheme.codes(ACTIVITY)]
    strays = sorted(code for code in seen if code is not None and code not in order)
    codes = tuple(code for code in [*order, *strays, None] if code in seen)
    label = basis.frames.scheme.label
    bins = tuple(
        Bin(name, lo, hi, cell.observed / MINUTE, tuple(cell.ms.get(code, 0) / MINUTE for code in codes))
        for name, lo, hi, cell in chosen
    )
    return Profile(minutes, ACTIVITY, codes, tuple(label(ACTIVITY, c) if c else UNCODED for c in codes), bins)


def _rate(label: str, lo: float, hi: float, cell: Filled) -> Rate:
    observed = cell.observed / MINUTE
    return Rate(label, lo, hi, observed, cell.begun, share(60 * cell.begun, observed))


def day(basis: Basis) -> tuple[tuple[Profile, ...], tuple[Rate, ...], tuple[Rate, ...]]:
    """The profiles (15, 30, 60 min and by period), interactions an hour by hour of the day, and by period."""
    fine = quarters(basis)
    profiles = []
    hours: list[tuple[str, float, float, Filled]] = []
    for minutes in (15, 30, 60):
        coarse = _coarser(fine, minutes // 15)
        hours = [(time_of_day(n * minutes), float(n * minutes), float((n + 1) * minutes), c) for n, c in coarse]
        profiles.append(_profile(basis, minutes, hours))
    periods = _periods(basis, fine)
    if periods:
        profiles.append(_profile(basis, None, periods))
    return tuple(profiles), tuple(_rate(*each) for each in hours), tuple(_rate(*each) for each in periods)


def _coarser(fine: Mapping[int, Filled], times: int) -> list[tuple[int, Filled]]:
    sums: dict[int, Filled] = {}
    if fine:
        # A bin without a minute in it still stands in the picture of the day.
        sums = {n: Filled() for n in range(min(fine) // times, max(fine) // times + 1)}
    for number, cell in fine.items():
        sums[number // times].add(cell)
    return sorted(sums.items())


def _periods(basis: Basis, fine: Mapping[int, Filled]) -> list[tuple[str, float, float, Filled]]:
    spans: dict[str, tuple[float, float]] = {}
    for line in values(basis.frames.periods):
        lo, hi = spans.get(line["label"], (line["lo"], line["hi"]))
        spans[line["label"]] = (min(lo, line["lo"]), max(hi, line["hi"]))
    if not spans:
        return []
    cells = by_period(basis)
    order = sorted(spans.items(), key=lambda item: item[1])
    made = [(label, lo / MINUTE, hi / MINUTE, cells.get(label, Filled())) for label, (lo, hi) in order]
    rest = Filled()
    for cell in fine.values():
        rest.add(cell)
    for *_, cell in made:
        rest.add(Filled(-cell.observed, {code: -ms for code, ms in cell.ms.items()}, -cell.begun))
    # Periods that overlap count the same minute twice; outside them there is never less than nothing.
    ms = {code: max(0, each) for code, each in rest.ms.items()}
    # What is outside lies anywhere in the day.
    first, last = (min(fine) * 15.0, max(fine) * 15.0 + 15) if fine else (made[0][1], made[-1][2])
    return [*made, (OUTSIDE, first, last, Filled(max(0, rest.observed), ms, max(0, rest.begun)))]
