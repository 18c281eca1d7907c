"""What followed what, how often the head switched, and for how long at a stretch nothing did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import Lazy, column, values
from shadowlog.analysis.patterns import Order, Stretches, StretchLimit, Switching, Transitions
from shadowlog.domain.codebook import ACTIVITY

LONG = (23, 30)
"""Minutes at a stretch that are counted as long."""

Pairs = Mapping[tuple[str | None, str | None], int]
Matrix = tuple[tuple[float, ...], ...]


def coded(basis: Basis, dimension: str) -> Lazy:
    """The foreground spells with the code of a dimension (obs, episode, start, end, code)."""
    known = any(d.id == dimension for d in basis.frames.scheme.dimensions)
    code = nw.col(column(dimension)) if known else nw.lit(None, dtype=nw.String)
    foreground = basis.frames.spells.filter(~nw.col("concurrent"))
    return foreground.select("obs", "episode", "start", "end", code=code)


def pairs(basis: Basis, dimension: str, order: Order = Order.SPELLS, *, across: bool = False) -> Pairs:
    """How often a code came straight before another, None for an episode without one, within each observation.

    `spells`: each spell and the next; an interruption is a move to it, and going back a move back. `episodes`: each
    episode once, by its first start; going back is no move. A gap, time off the record or not observed, and talk with
    the shadower part two spells, unless `across`; two episodes are parted if they began on two sides of it. Concurrent
    episodes and those of no length are in no move.
    """
    c = nw.col
    spells = coded(basis, dimension)
    if across:
        spells = spells.filter(~c("episode").is_null())
    lines = _before(spells, "episode", "end", "code")
    parted = c("episode").is_null() | c("before_episode").is_null() | (c("before_end") != c("start"))
    if order is Order.EPISODES:
        flag = nw.when(parted.fill_null(value=True)).then(nw.lit(1)).otherwise(nw.lit(0))
        runs = lines.with_columns(flag=flag).with_columns(run=c("flag").cum_sum().over("obs", order_by="start"))
        firsts = (
            runs.filter(~c("episode").is_null())
            .with_columns(first=c("start").min().over("obs", "episode"))
            .filter(c("start") == c("first"))
            .select("obs", "episode", "start", "code", "run")
        )
        lines = _before(firsts, "episode", "code", "run")
        parted = c("before_run") != c("run")
    moved = lines.filter(
        ~c("episode").is_null(), ~c("before_episode").is_null(), c("episode") != c("before_episode")
    ).with_columns(parted=parted)
    if not across:
        moved = moved.filter(~c("parted"))
    found = values(moved.group_by("before_code", "code").agg(n=nw.len().cast(nw.Int64)))
    return {(line["before_code"], line["code"]): line["n"] for line in found}


def _before(lines: Lazy, *names: str) -> Lazy:
    return lines.with_columns(
        **{f"before_{name}": nw.col(name).shift(1).over("obs", order_by="start") for name in names}
    )


def transitions(
    basis: Basis, dimension: str = ACTIVITY, order: Order = Order.SPELLS, *, across: bool = False
) -> Transitions:
    """What followed what by the codes of a dimension; `order` and `across` as in `pairs`."""
    return tabled(basis, dimension, pairs(basis, dimension, order, across=across), order, across=across)


def tabled(basis: Basis, dimension: str, found: Pairs, order: Order, *, across: bool) -> Transitions:
    """Pairs as a table over the codes that occur, in the scheme's order."""
    scheme = basis.frames.scheme
    named = {(a, b): n for (a, b), n in found.items() if a is not None and b is not None}
    seen = {code for pair in named for code in pair}
    order_of = [c.id for c in scheme.codes(dimension)]
    codes = tuple(c for c in [*order_of, *sorted(seen - set(order_of))] if c in seen)
    counts = tuple(tuple(named.get((a, b), 0) for b in codes) for a in codes)
    labels = {d.id: d.label for d in scheme.dimensions}
    return Transitions(
        dimension=dimension,
        label=labels.get(dimension, dimension.capitalize()),
        order=order,
        across=across,
        total=sum(named.values()),
        unnamed=sum(found.values()) - sum(named.values()),
        codes=codes,
        labels=tuple(scheme.label(dimension, code) for code in codes),
        counts=counts,
        shares=tuple(tuple(share(n, sum(line)) for n in line) for line in counts),
        expected=expected(counts),
        residuals=adjusted_residuals(counts),
        g2=likelihood_ratio(counts),
    )


def expected(counts: Sequence[Sequence[int]]) -> Matrix:
    """Line total x column total / total of each cell: what independence gives. Bakeman and Quera 2011."""
    lines, columns, total = _margins(counts)
    return tuple(tuple(share(r * c, total) or 0.0 for c in columns) for r in lines)


def adjusted_residuals(counts: Sequence[Sequence[int]]) -> tuple[tuple[float | None, ...], ...]:
    """(n - e) / sqrt(e (1 - line share) (1 - column share)): about standard normal under independence.

    Haberman 1973; for lagged sequences Allison and Liker 1982, Bakeman and Quera 2011.
    """
    lines, columns, total = _margins(counts)
    return tuple(
        tuple(_residual(n, r, c, total) for n, c in zip(line, columns, strict=True))
        for line, r in zip(counts, lines, strict=True)
    )


def _residual(n: int, line: int, column_: int, total: int) -> float | None:
    room = line * column_ * (total - line) * (total - column_)
    # (n - rc/N) / sqrt(rc/N (1 - r/N) (1 - c/N)), in whole numbers until the root is taken.
    return (n * total - line * column_) * sqrt(total / room) if room else None


def likelihood_ratio(counts: Sequence[Sequence[int]]) -> float | None:
    """G2 = 2 sum n ln(n / e) over the cells that hold something; None for an empty table. Bakeman and Quera 2011."""
    lines, columns, total = _margins(counts)
    if not total:
        return None
    parts = (
        n * log(n * total / (r * c))
        for line, r in zip(counts, lines, strict=True)
        for n, c in zip(line, columns, strict=True)
        if n
    )
    return max(0.0, 2 * sum(parts))


def yules_q(counts: Sequence[Sequence[int]]) -> tuple[tuple[float | None, ...], ...]:
    """(ad - bc) / (ad + bc) of each cell against all others; None where that is 0 / 0. Yule 1900; Bakeman and Quera 2011."""
    lines, columns, total = _margins(counts)
    return tuple(
        tuple(_yule(n, r - n, c - n, total - r - c + n) for n, c in zip(line, columns, strict=True))
        for line, r in zip(counts, lines, strict=True)
    )


def _yule(a: int, b: int, c: int, d: int) -> float | None:
    return share(a * d - b * c, a * d + b * c)


def _margins(counts: Sequence[Sequence[int]]) -> tuple[list[int], list[int], int]:
    lines = [sum(line) for line in counts]
    return lines, [sum(column_) for column_ in zip(*counts, strict=True)], sum(lines)


def switching(basis: Basis, moves: Transitions) -> Switching:
    """Moves and changes of activity, and both per hour of the window: 60 n / T."""
    total = moves.total + moves.unnamed
    same = sum(moves.counts[i][i] for i in range(len(moves.codes)))
    changes = moves.total - same
    return Switching(total, changes, moves.unnamed, basis.per_hour(total), basis.per_hour(changes))


def stretches(basis: Basis) -> Stretches:
    """How often the head stayed with one episode for at least 23 and 30 minutes without a switch, and the longest time.

    A stretch ends where another episode begins, at a gap, and at the edge of the window. Concurrent episodes end none.
    """
    c = nw.col
    keys = ["obs", "episode"]
    # The spells of one episode that touch are one stretch: something of no length stood between them.
    lines = _before(coded(basis, ACTIVITY).drop("code"), "episode", "end")
    same = (c("before_episode") == c("episode")) & (c("before_end") == c("start"))
    runs = lines.with_columns(flag=nw.when(same.fill_null(value=False)).then(nw.lit(0)).otherwise(nw.lit(1)))
    runs = runs.with_columns(run=c("flag").cum_sum().over("obs", order_by="start"))
    unknown = basis.frames.timed_episodes.filter(~c("known")).select(*keys)
    whole = (
        runs.filter(~c("episode").is_null())
        .join(unknown, on=keys, how="anti")
        .group_by(*keys, "run")
        .agg(ms=(c("end") - c("start")).sum().cast(nw.Int64))
    )
    aims = {f"n{limit}": nw.when(c("ms") >= limit * MINUTE).then(nw.lit(1)).otherwise(nw.lit(0)) for limit in LONG}
    long = {f"t{limit}": nw.when(c("ms") >= limit * MINUTE).then(c("ms")).otherwise(nw.lit(0)) for limit in LONG}
    sums = {name: c(name).sum().cast(nw.Int64) for name in (*aims, *long)}
    told = values(
        whole.with_columns(**aims, **long).select(
            n=nw.len().cast(nw.Int64), longest=c("ms").max().cast(nw.Int64), **sums
        )
    )[0]
    return Stretches(
        told["n"],
        told["longest"] / MINUTE if told["n"] else None,
        tuple(_limit(basis, limit, told[f"n{limit}"] or 0, told[f"t{limit}"] or 0) for limit in LONG),
    )


def _limit(basis: Basis, limit: int, count: int, ms: int) -> StretchLimit:
    return StretchLimit(limit, count, ms / MINUTE, share(ms, basis.window))
