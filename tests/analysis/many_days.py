"""Days by the thousand, made at one stroke with Polars: what no list of records could hold in memory.

Each day has 100 foreground spells: eight in a hundred are gaps, every seventh episode is interrupted and resumed after
the interrupter, some parties join late or leave early, some are unknown in number, every twentieth day has two pieces
of window, and every 25th spell has a concurrent one beside it. Times are whole ms; nothing depends on a random state.
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw
import polars as pl

from shadowlog.analysis.frame import QUARTER, Frames, Lazy, column, dimensions, steps
from shadowlog.analysis.prepare import in_memory, prepare
from shadowlog.domain.codebook import Codebook

DAY = 100
"""Foreground spells a day."""
EIGHT = 8 * 3_600_000
FIRST = 1_795_478_400_000
"""Midnight of Tuesday 24 November 2026 (UTC)."""


def chance(*salted: object, of: int = 1000) -> pl.Expr:
    """A number below `of` that depends on the spell and the salt alone."""
    return (pl.struct("n").hash(hash_of(*salted)) % of).cast(pl.Int64)


def hash_of(*salted: object) -> int:
    return sum((place + 1) * ord(letter) for place, letter in enumerate(repr(salted)))


def pick(codes: list[str], salt: str, most: int = 1000) -> pl.Expr:
    """One of the codes, or null where the die falls at `most` or beyond."""
    known = dict(enumerate(codes))
    code = chance(salt, of=len(codes)).replace_strict(known, return_dtype=pl.String)
    return pl.when(chance(salt, "coded") < most).then(code)


def many(spells: int, scheme: Codebook, first: int = 0) -> Frames:
    """Prepared frames in memory of that many foreground spells, beginning with day number `first`."""
    return prepare(unprepared(spells, scheme, first), in_memory)


def parts(spells: int, scheme: Codebook, each: int = 1_000_000) -> Iterator[Frames]:
    """The same in parts, so that no more than one is in memory."""
    for start in range(0, spells, each):
        yield many(min(each, spells - start), scheme, start // DAY)


def unprepared(spells: int, scheme: Codebook, first: int = 0) -> Frames:
    """Frames as `raw` makes them of records: nothing clipped, nothing netted."""
    lengths = _lengths(spells, first)
    days = _days(lengths)
    track = _track(lengths, days, scheme)
    heads = days.select(
        "obs", "study", "head", "observer", "date", "zone", "consent", "midnight", "lo", "hi", "running"
    )
    gaps = track.filter(pl.col("gap")).select(
        *("obs", pl.lit("gap").alias("why"), pl.col("start").alias("lo"), pl.col("end").alias("hi")),
        *_local("start", "end"),
    )
    own = track.filter(~pl.col("gap"))
    beside = own.filter(pl.col("n") % 25 == 3).with_columns(
        episode=pl.format("{}c", "episode"), concurrent=True, end=pl.col("end") + 60_000, n=pl.col("n") + 10**12
    )
    beside = _coded(beside.drop(cs_codes(scheme)), scheme).with_columns(spell=pl.col("spell") + spells, interrupts=_NO)
    every = pl.concat([track, beside.select(track.columns)])
    episodes = pl.concat([own.filter(~pl.col("resumed")), beside.select(track.columns)])
    names = [column(d) for d in dimensions(scheme)]
    longest = int(every.select((pl.col("end") - pl.col("start")).max()).item())
    empty = pl.DataFrame({"obs": []}, schema={"obs": pl.String})
    return Frames(
        scheme,
        observations=_lazy(heads),
        windows=_lazy(_windows(days)),
        breaks=_lazy(pl.concat([gaps, _off(days)])),
        episodes=_lazy(
            episodes.select(
                *("obs", "episode", "kind", "room", "interrupts", "coverage", "verification"),
                *("people", "midnight", pl.col("end").alias("fallback"), "concurrent", "known", "late", "unsure"),
                *("amended", *names),
            )
        ),
        spells=_lazy(
            every.select(
                "obs", "episode", "room", "coverage", "spell", "start", "end", "midnight", "concurrent", *names
            )
        ),
        recorded=_lazy(empty),
        company=_lazy(empty),
        parties=_lazy(_parties(episodes)),
        contacts=_lazy(
            own.filter(pl.col("n") % 9 == 0).select(
                *(
                    "obs",
                    pl.format("{}k", "episode").alias("contact"),
                    pick(["pupils", "teachers"], "met").alias("role"),
                ),
                *(
                    pl.col(column("place")).alias("place"),
                    pl.col("start").alias("at"),
                    (pl.col("start") - pl.col("midnight")).alias("local"),
                ),
            )
        ),
        periods=_lazy(
            pl.concat(
                days.select(
                    "obs", label=pl.lit(label), lo=pl.lit(lo * 60_000, pl.Int64), hi=pl.lit(hi * 60_000, pl.Int64)
                )
                for label, lo, hi in (("before school", 0, 520), ("lessons", 520, 720), ("lunch", 720, 780))
            )
        ),
        steps=steps(longest // QUARTER + 2),
    )


_NO = pl.lit(None, pl.String)


def cs_codes(scheme: Codebook) -> list[str]:
    return [column(d) for d in dimensions(scheme)]


def _lazy(lines: pl.DataFrame) -> Lazy:
    return nw.from_native(lines.lazy())


def _lengths(spells: int, first: int) -> pl.DataFrame:
    """Each spell's number, its day, its place in the day, and how long it is: mostly short, some of an hour."""
    spread = pl.lit(30_000) + chance("short", of=240_000)
    long = pl.lit(600_000) + chance("long", of=3_600_000)
    return (
        pl.DataFrame({"n": pl.int_range(first * DAY, first * DAY + spells, dtype=pl.Int64, eager=True)})
        .with_columns(day=pl.col("n") // DAY, place=pl.col("n") % DAY)
        .with_columns(ms=pl.when(chance("kind") < 60).then(long).otherwise(spread).cast(pl.Int64))
        .with_columns(until=pl.col("ms").cum_sum().over("day"))
    )


def _days(lengths: pl.DataFrame) -> pl.DataFrame:
    day = pl.col("day")
    return (
        lengths.group_by("day", maintain_order=True)
        .agg(total=pl.col("until").max())
        .with_columns(
            obs=pl.format("day {}", "day"),
            study=pl.format("study {}", day % 7),
            head=pl.format("H{}", day // 5 % 40),
            observer=pl.format("O{}", day % 3),
            zone=pl.lit("Europe/London"),
            consent=pl.lit("invented"),
            midnight=FIRST + day % 1000 * 86_400_000,
            running=pl.lit(value=False),
        )
        .with_columns(lo=pl.col("midnight") + EIGHT)
        .with_columns(
            hi=pl.col("lo") + pl.col("total"), date=pl.from_epoch("midnight", time_unit="ms").dt.date().cast(pl.String)
        )
    )


def _track(lengths: pl.DataFrame, days: pl.DataFrame, scheme: Codebook) -> pl.DataFrame:
    """The foreground. A spell at place 2 of seven is interrupted by the next and resumed at place 4."""
    place = pl.col("place") % 7
    interrupted = place.is_in([2, 3, 4]) & (pl.col("place") < DAY - 5)
    origin = pl.when(interrupted & (place == 4)).then(pl.col("n") - 2).otherwise(pl.col("n"))
    lines = (
        lengths.join(days.select("day", "obs", "midnight", "lo"), on="day")
        .with_columns(
            start=pl.col("lo") + pl.col("until") - pl.col("ms"),
            end=pl.col("lo") + pl.col("until"),
            spell=pl.col("n") - pl.col("n").min(),
            gap=(chance("gap") < 80) & ~interrupted,
            resumed=interrupted & (place == 4),
            interrupts=pl.when(interrupted & (place == 3)).then(pl.format("e{}", pl.col("n") - 1)),
            concurrent=pl.lit(value=False),
            n=origin,
        )
        .with_columns(episode=pl.when(~pl.col("gap")).then(pl.format("e{}", "n")))
        .drop("lo", "ms", "until", "place", "day")
    )
    return _coded(lines, scheme)


def _coded(lines: pl.DataFrame, scheme: Codebook) -> pl.DataFrame:
    codes = {
        column(d.id): pl.when(pl.col("episode").is_not_null()).then(pick([c.id for c in d.codes], d.id, 900))
        for d in scheme.dimensions
        if d.id != "role"
    }
    role = [c.id for c in scheme.codes("role") if "shadower" not in c.flags]
    return lines.with_columns(
        **codes,
        role=pick(role, "role", 950),
        people=pl.when(chance("people") < 800).then(1 + chance("number", of=12)),
        room=pl.when((chance("room") < 300) & ~pl.col("gap")).then(pl.format("R{}", chance("which", of=30))),
        verification=pick(["agree", "dispute"], "said", 300),
        known=chance("known") < 980,
        late=chance("late") < 50,
        unsure=chance("unsure") < 50,
        amended=chance("amended") < 50,
    ).with_columns(
        kind=pl.when(pl.col("role") == "alone")
        .then(pl.lit("alone"))
        .when(pl.col("role").is_not_null())
        .then(pl.lit("interaction")),
        people=pl.when(pl.col("role").is_not_null() & (pl.col("role") != "alone")).then(pl.col("people")),
        coverage=pl.when(pl.col("gap") | pl.col("role").is_null() | pl.col(column("activity")).is_null())
        .then(pl.lit("uncoded"))
        .otherwise(pl.lit("full")),
    )


def _parties(episodes: pl.DataFrame) -> pl.DataFrame:
    """The first party of each episode; a second one beside every third, which joins late or leaves early."""
    half = (pl.col("start") + pl.col("end")) // 2
    no = pl.lit(None, pl.Int64)
    order = ["obs", "episode", "role", "person", "position", "people", "joined", "left"]
    first = episodes.filter(pl.col("role").is_not_null()).with_columns(
        person=pl.when(chance("person") < 300).then(pl.format("T{}", chance("whose", of=40))),
        position=pl.lit(0, pl.Int64),
        joined=no,
        left=no,
    )
    second = first.filter(pl.col("kind") == "interaction", pl.col("n") % 3 == 0).with_columns(
        role=pick(["pupils", "parents", "teachers"], "second"),
        person=_NO,
        position=pl.lit(1, pl.Int64),
        people=pl.when(chance("crowd") < 500).then(1 + chance("crowds", of=5)),
        joined=pl.when(chance("move") < 100).then(half),
        left=pl.when(chance("move") > 900).then(half),
    )
    return pl.concat([first.select(order), second.select(order)])


def _local(lo: str, hi: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    midnight = pl.col("midnight")
    return (pl.col(lo) - midnight).alias("s"), (pl.col(hi) - midnight).alias("e"), (pl.col(hi) - pl.col(lo)).alias("ms")


def _split(days: pl.DataFrame) -> pl.DataFrame:
    """Every twentieth day, with ten minutes off the record from an hour after its start."""
    cut = days.filter(pl.col("day") % 20 == 7)
    return cut.with_columns(off=pl.col("lo") + 3_600_000, on=pl.col("lo") + 4_200_000).filter(
        pl.col("on") < pl.col("hi")
    )


def _windows(days: pl.DataFrame) -> pl.DataFrame:
    split = _split(days)
    whole = days.join(split.select("obs"), on="obs", how="anti")
    pieces = [whole, split.with_columns(hi=pl.col("off")), split.with_columns(lo=pl.col("on"))]
    return pl.concat([each.select("obs", "lo", "hi", *_local("lo", "hi")) for each in pieces])


def _off(days: pl.DataFrame) -> pl.DataFrame:
    split = _split(days).with_columns(lo=pl.col("off"), hi=pl.col("on"))
    return split.select("obs", pl.lit("off").alias("why"), "lo", "hi", *_local("lo", "hi"))
