"""A time budget as coders of behaviour know it: how often, how long, and how long between, by behaviour.

Total, mean and standard deviation (n - 1) are of net seconds, over episodes of known duration; a gap goes from the latest
end so far to the next start of the same codes, never across observations. Concurrent episodes are in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import share
from shadowlog.analysis.frame import Frames, column, dimensions, values
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.text import shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput

SECOND = 1000


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One combination of codes. Seconds are None where no duration or gap is known, deviations also where only one is."""

    observation: str | None
    """None where all observations are taken together."""
    codes: tuple[str | None, ...]
    """In the order of the budget's dimensions; None is uncoded."""
    labels: tuple[str, ...]
    count: int
    unknown: int
    """Of them without a known end."""
    points: int
    """Of them with no duration at all: events at an instant."""
    total: float | None
    mean: float | None
    sd: float | None
    gaps: int
    """How many gaps; where one runs when the next begins there is none, nor after an end that is not known."""
    gap_mean: float | None
    gap_sd: float | None
    share: float | None
    """Total / window; rows may overlap, so the shares may pass 1."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The rows of a budget by some dimensions; those that occur, in the order of observations and of the codebook."""

    dimensions: tuple[str, ...]
    labels: tuple[str, ...]
    windows: Mapping[str | None, float]
    """Observed seconds by observation; by None where they are taken together."""
    rows: tuple[BudgetRow, ...]
    version: Version
    """Which version of the days it is of; of verified episodes the window is their own time."""


def budget(frames: Frames, by: Sequence[str] = (ACTIVITY,), *, each: bool = True) -> Budget:
    """Give the budget of prepared frames by some dimensions but role, one for each observation or one of all together.

    BadInput, naming those there are, for a dimension that the codebook lacks.
    """
    known = dimensions(frames.scheme)
    for dimension in by:
        if dimension not in known:
            there = ", ".join(known) or "none"
            raise BadInput(f"the codebook has no dimension {shown(dimension)} to reckon by", f"There are: {there}.")
    names = [column(d) for d in by]
    windows = _windows(frames, each=each)
    lines = values(_figures(_marked(frames, names), names, each=each))
    ranks = [{code.id: n for n, code in enumerate(frames.scheme.codes(d))} for d in by]
    order = {obs: n for n, obs in enumerate(windows)}

    def rank(line: Mapping[str, Any]) -> tuple[Any, ...]:
        codes = [line[name] for name in names]
        places = (found.get(code, len(found)) for code, found in zip(codes, ranks, strict=True))
        return order[line["obs"] if each else None], *(
            (n, c is None, c or "") for n, c in zip(places, codes, strict=True)
        )

    rows = tuple(_row(frames, by, line, windows, each=each) for line in sorted(lines, key=rank))
    labels = {d.id: d.label for d in frames.scheme.dimensions}
    return Budget(tuple(by), tuple(labels[d] for d in by), windows, rows, frames.version)


def _windows(frames: Frames, *, each: bool) -> dict[str | None, float]:
    summed = frames.windows.group_by("obs").agg(ms=nw.col("ms").sum().cast(nw.Int64))
    found = {line["obs"]: line["ms"] / SECOND for line in values(summed)}
    if not each:
        return {None: sum(found.values())}
    return {line["obs"]: found.get(line["obs"], 0.0) for line in values(frames.observations.select("obs"))}


def _marked(frames: Frames, names: Sequence[str]) -> Any:
    """The episodes with their seconds where known, and the gap before each in ms."""
    c = nw.col
    points = frames.scheme.flagged(ACTIVITY, "point")
    point = c(column(ACTIVITY)).is_in(list(points)).fill_null(value=False) if points else nw.lit(value=False)
    columns = dict.fromkeys(["obs", "episode", "start", "end", "net", "known", *names])
    keys, order = ["obs", *names], ["start", "end", "episode"]
    marked = frames.episodes.with_columns(point=point).select(*columns, "point")
    timed = c("known") & ~c("point")
    return (
        marked.with_columns(
            until=nw.when(c("point")).then(c("start")).otherwise(nw.when(c("known")).then(c("end"))),
            length=nw.when(timed).then(c("net")),
        )
        .with_columns(latest=c("until").cum_max().over(*keys, order_by=order))
        .with_columns(
            latest=c("latest").shift(1).over(*keys, order_by=order),
            before=c("until").shift(1).over(*keys, order_by=order),
        )
        .with_columns(
            gap=nw.when(~c("before").is_null(), c("start") >= c("latest")).then(c("start") - c("latest")),
        )
    )


def _figures(marked: Any, names: Sequence[str], *, each: bool) -> Any:
    c = nw.col
    keys = ["obs", *names] if each else [*names]
    counted: Any = marked if keys else marked.with_columns(obs=nw.lit(""))
    return counted.group_by(*(keys or ["obs"])).agg(
        n=nw.len().cast(nw.Int64),
        timed=c("length").count().cast(nw.Int64),
        points=c("point").cast(nw.Int64).sum().cast(nw.Int64),
        total=c("length").sum().cast(nw.Int64),
        mean=c("length").mean(),
        sd=c("length").std(ddof=1),
        gaps=c("gap").count().cast(nw.Int64),
        gap_mean=c("gap").mean(),
        gap_sd=c("gap").std(ddof=1),
    )


def _row(
    frames: Frames, by: Sequence[str], line: Mapping[str, Any], windows: Mapping[str | None, float], *, each: bool
) -> BudgetRow:
    codes = tuple(line[column(d)] for d in by)
    observation = line["obs"] if each else None
    total = line["total"] / SECOND if line["timed"] else None
    return BudgetRow(
        observation,
        codes,
        tuple(frames.scheme.label(d, code) for d, code in zip(by, codes, strict=True)),
        line["n"],
        line["n"] - line["timed"] - line["points"],
        line["points"],
        total,
        _seconds(line["mean"], line["timed"]),
        _seconds(line["sd"], line["timed"] - 1),
        line["gaps"],
        _seconds(line["gap_mean"], line["gaps"]),
        _seconds(line["gap_sd"], line["gaps"] - 1),
        None if total is None else share(total, windows[observation]),
    )


def _seconds(ms: float | None, enough: int) -> float | None:
    return None if ms is None or enough < 1 else ms / SECOND
