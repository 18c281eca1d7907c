"""Alone, where, and with how many people."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import Lazy, column, values
from shadowlog.analysis.results import Alone, Company, Presence, Row, Table
from shadowlog.analysis.visits import VISIT, stays
from shadowlog.domain.codebook import PLACE, ROLE

PLACES = (
    ("office", "own office"),
    ("classroom", "classrooms"),
    ("around", "around the school"),
    ("offsite", "off site"),
)
SIZES = (("1", "one person"), ("2", "two people"), ("3-8", "3 to 8 people"), ("9+", "more than 8 people"))
NO_SIZE = ("unknown", "number not known")


def alone(basis: Basis) -> Alone:
    """Time with a role flagged alone, and the part of it in places flagged office; the same under every who rule."""
    scheme = basis.frames.scheme
    office = list(scheme.flagged(PLACE, "office"))
    slices = _present(basis, scheme.flagged(ROLE, "alone"))
    if office:
        places = basis.frames.spells.filter(nw.col(column(PLACE)).is_in(office)).select(
            "spell", "piece", office=nw.lit(1)
        )
        slices = slices.join(places, on=["spell", "piece"], how="left")
    else:
        slices = slices.with_columns(office=nw.lit(0))
    sums = {"t": nw.col("ms").sum(), "inside": (nw.col("ms") * nw.col("office")).sum()}
    found = values(slices.select(**{name: each.cast(nw.Int64) for name, each in sums.items()}))[0]
    ms, inside = found["t"] or 0, found["inside"] or 0
    return Alone(
        codes=scheme.flagged(ROLE, "alone"),
        count=basis.many(kind="alone"),
        minutes=ms / MINUTE,
        time_share=share(ms, basis.window),
        office_minutes=inside / MINUTE,
        office_time_share=share(inside, basis.window),
    )


def _present(basis: Basis, roles: Sequence[str]) -> Lazy:
    """The slices of time in which one of the roles is present, each once."""
    there = basis.timed(basis.frames.company).filter(nw.col("role").is_in(list(roles)))
    return there.select("spell", "piece", "lo", "ms").unique()


def _total(slices: Lazy) -> int:
    return int(values(slices.select(t=nw.col("ms").sum().cast(nw.Int64)))[0]["t"] or 0)


def presence(basis: Basis, place: Table) -> Presence:
    """Where the head was by the places' flags, and the visits to classrooms with their rooms."""
    scheme = basis.frames.scheme
    counts: dict[str | None, float] = {}
    ms: dict[str | None, float] = {}
    for row in place.rows:
        flag = next((f for f, _ in PLACES if scheme.is_flagged(PLACE, row.code, f)), "elsewhere" if row.code else None)
        counts[flag] = counts.get(flag, 0) + row.count
        ms[flag] = ms.get(flag, 0) + row.minutes * MINUTE
    visits, rooms = _visits(basis)
    return Presence(basis.rows([*PLACES, ("elsewhere", "elsewhere in school")], counts, ms), visits, rooms)


def _visits(basis: Basis) -> tuple[int, int | None]:
    c = nw.col
    if not basis.frames.scheme.flagged(PLACE, "classroom"):
        return 0, None
    there = stays(basis.frames.spells, basis.frames.scheme)
    visits = values(there.select("obs", VISIT).unique().select(n=nw.len().cast(nw.Int64)))[0]["n"]
    heads = basis.frames.observations.select("obs", "study", "head")
    named = there.filter(~c("room").is_null()).join(heads, on="obs", how="inner")
    rooms = values(named.select("study", "head", "room").unique())
    if any((each["study"], each["head"]) in basis.frames.apart for each in rooms):
        return visits, None
    return visits, len(rooms) or None


def company(basis: Basis, role: Table) -> Company:
    """Time with pupils present, episodes by the number of people, person-minutes."""
    ms = _total(_present(basis, basis.frames.scheme.flagged(ROLE, "pupils")))
    return Company(
        pupil_minutes=ms / MINUTE,
        pupil_time_share=share(ms, basis.window),
        sizes=_sizes(basis),
        person_minutes=sum(row.person_minutes or 0 for row in role.rows),
        unknown_size=basis.many(kind="interaction", sizeless=True),
    )


def _sizes(basis: Basis) -> tuple[Row, ...]:
    c = nw.col
    n = c("people")
    size = (
        nw.when(c("kind") == "alone")
        .then(nw.lit("alone"))
        .when(n.is_null())
        .then(nw.lit("unknown"))
        .when(n == 1)
        .then(nw.lit("1"))
        .when(n == 2)
        .then(nw.lit("2"))
        .when(n <= 8)
        .then(nw.lit("3-8"))
        .otherwise(nw.lit("9+"))
    )
    counted, coded = (
        frame.filter(~c("kind").is_null()).with_columns(size=size)
        for frame in (basis.frames.episodes, basis.frames.timed_episodes)
    )
    keys = ["obs", "episode"]
    numbers = values(counted.group_by("size").agg(n=nw.len().cast(nw.Int64)))
    timed = basis.timed(basis.frames.spells).select(*keys, "ms").join(coded.select(*keys, "size"), on=keys, how="left")
    times = values(timed.group_by("size").agg(t=c("ms").sum().cast(nw.Int64)))
    counts: dict[str | None, float] = {line["size"]: line["n"] for line in numbers}
    counts[None] = basis.episodes - sum(counts.values())
    ms = {line["size"]: line["t"] for line in times}
    return basis.rows([("alone", "alone"), *SIZES, NO_SIZE], counts, ms)
