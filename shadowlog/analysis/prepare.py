"""Prepare frames once for every breakdown: clip to the window, net the episodes, slice by company. Any engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw
import polars as pl

from shadowlog.analysis.frame import Frames, Lazy, raw
from shadowlog.domain.terms import Record


def prepared(records: Sequence[Record]) -> Frames:
    """The records as prepared frames in memory; ShadowlogError if their codebooks differ."""
    return in_memory(prepare(raw(records)))


def in_memory(frames: Frames) -> Frames:
    """The same frames, computed now and all at once (Polars)."""
    names = [name for name in Frames.__slots__ if name != "scheme"]
    done = pl.collect_all([nw.to_native(getattr(frames, name)) for name in names], engine="in-memory")
    return Frames(
        frames.scheme, **{name: nw.from_native(frame.lazy()) for name, frame in zip(names, done, strict=True)}
    )


def prepare(frames: Frames) -> Frames:
    """Clip the spells to the window, net the episodes, and slice each spell where a party joins or leaves."""
    c = nw.col
    recorded = frames.spells.filter(~c("episode").is_null()).select("obs", "episode", "start", "end")
    pieces = frames.windows.select("obs", "lo", "hi")
    spells = (
        frames.spells.join(pieces, on="obs", how="inner")
        .filter(c("start") < c("hi"), c("end") > c("lo"))
        .with_columns(start=nw.max_horizontal("start", "lo"), end=nw.min_horizontal("end", "hi"), piece=c("lo"))
        .filter(c("start") < c("end"))
        .with_columns(ms=c("end") - c("start"), s=c("start") - c("midnight"), e=c("end") - c("midnight"))
        .drop("lo", "hi", "midnight")
    )
    nets = spells.filter(~c("episode").is_null()).group_by("obs", "episode").agg(net=c("ms").sum().cast(nw.Int64))
    spans = recorded.group_by("obs", "episode").agg(
        start=c("start").min(), end=c("end").max(), spells=nw.len().cast(nw.Int64)
    )
    keys = ["obs", "episode"]
    episodes = (
        frames.episodes.join(spans, on=keys, how="left")
        .join(nets, on=keys, how="left")
        .with_columns(
            start=nw.coalesce("start", "fallback"),
            end=nw.coalesce("end", "fallback"),
            net=c("net").fill_null(0),
            spells=c("spells").fill_null(0),
        )
        .with_columns(local=c("start") - c("midnight"), elapsed=c("end") - c("start"))
        .drop("midnight", "fallback")
    )
    company = _company(spells, frames.parties)
    return replace(frames, episodes=episodes, spells=spells, recorded=recorded, company=company)


def _company(spells: Lazy, parties: Lazy) -> Lazy:
    c = nw.col
    spell = ["spell", "piece"]
    about = ["obs", "episode", "concurrent"]
    known = spells.select(*about, *spell, "start", "end")
    present = (
        parties.join(known.filter(~c("episode").is_null()), on=["obs", "episode"], how="inner")
        .with_columns(
            here=nw.max_horizontal("start", nw.coalesce("joined", "start")),
            gone=nw.min_horizontal("end", nw.coalesce("left", "end")),
        )
        .filter(c("here") < c("gone"))
        .select(*spell, "role", "position", "people", "here", "gone")
    )
    edges = [known.select(*spell, at=c(name)) for name in ("start", "end")]
    edges += [present.select(*spell, at=c(name)) for name in ("here", "gone")]
    slices = (
        nw.concat(edges)
        .unique()
        .with_columns(hi=c("at").shift(-1).over(*spell, order_by="at"))
        .filter(~c("hi").is_null())
        .rename({"at": "lo"})
        .join(known.select(*about, *spell), on=spell, how="inner")
        .with_columns(ms=c("hi") - c("lo"))
    )
    named = (
        slices.join(present, on=spell, how="inner")
        .filter(c("here") <= c("lo"), c("gone") >= c("hi"))
        .drop("here", "gone")
    )
    unnamed = slices.join(named.select(*spell, "lo"), on=[*spell, "lo"], how="anti").with_columns(
        role=nw.lit(None, dtype=nw.String),
        position=nw.lit(0, dtype=nw.Int64),
        people=nw.lit(None, dtype=nw.Int64),
    )
    order = [*about, *spell, "lo", "hi", "ms", "role", "position", "people"]
    return nw.concat([named.select(*order), unnamed.select(*order)])
