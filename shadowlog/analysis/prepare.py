"""Prepare frames once for every breakdown: clip to the window, net the episodes, slice by company. Any engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import narwhals as nw

from shadowlog.analysis.frame import Frames, Lazy, raw
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import Version

Keep = Callable[[Lazy], Lazy]
"""Computes a frame now, where its engine holds it: what is read more than once must not be planned more than once."""


def prepared(records: Sequence[Record], version: Version = Version.AMENDED) -> Frames:
    """The records, which are of this version, as prepared frames in memory; ShadowlogError if their codebooks differ.

    What is verified is chosen afterwards; until then these are the days as amended.
    """
    return prepare(raw(records, Version.AMENDED if version is Version.VERIFIED else version), in_memory)


def in_memory(frame: Lazy) -> Lazy:
    """The frame computed by Polars and kept in memory."""
    held: Lazy = nw.from_native(nw.to_native(frame).collect(engine="in-memory").lazy())
    return held


def prepare(frames: Frames, keep: Keep) -> Frames:
    """Clip the spells to the window, net the episodes, and slice each spell where a party joins or leaves."""
    c = nw.col
    recorded = keep(frames.spells.filter(~c("episode").is_null()).select("obs", "episode", "start", "end"))
    pieces = frames.windows.select("obs", "lo", "hi")
    spells = keep(
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
    episodes = keep(
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
    company = _company(spells, frames.parties, keep)
    parties = keep(frames.parties.with_columns(groups=nw.len().over(*keys).cast(nw.Int64)))
    return replace(frames, episodes=episodes, spells=spells, recorded=recorded, company=company, parties=parties)


def _company(spells: Lazy, parties: Lazy, keep: Keep) -> Lazy:
    c = nw.col
    spell = ["spell", "piece"]
    about = ["obs", "episode", "concurrent"]
    known = spells.select(*about, *spell, "start", "end")
    present = keep(
        parties.join(known.filter(~c("episode").is_null()), on=["obs", "episode"], how="inner")
        .with_columns(
            here=nw.max_horizontal("start", nw.coalesce("joined", "start")),
            gone=nw.min_horizontal("end", nw.coalesce("left", "end")),
        )
        .filter(c("here") < c("gone"))
        .select(*spell, "start", "end", "role", "position", "people", "here", "gone")
    )
    slices = keep(_slices(known, present, keep))
    named = keep(
        slices.join(present.drop("start", "end"), on=spell, how="inner")
        .filter(c("here") <= c("lo"), c("gone") >= c("hi"))
        .drop("here", "gone")
        .with_columns(groups=nw.len().over(*spell, "lo").cast(nw.Int64))
    )
    unnamed = slices.join(named.select(*spell, "lo"), on=[*spell, "lo"], how="anti").with_columns(
        role=nw.lit(None, dtype=nw.String),
        position=nw.lit(0, dtype=nw.Int64),
        people=nw.lit(None, dtype=nw.Int64),
        groups=nw.lit(1, dtype=nw.Int64),
    )
    order = [*about, *spell, "lo", "hi", "ms", "role", "position", "people", "groups"]
    return keep(nw.concat([named.select(*order), unnamed.select(*order)]))


def _slices(known: Lazy, present: Lazy, keep: Keep) -> Lazy:
    """The spells, cut where a party joins or leaves. Few spells are cut, so only those are sorted."""
    c = nw.col
    spell = ["spell", "piece"]
    moved = nw.concat([present.select(*spell, "start", "end", at=c(name)) for name in ("here", "gone")])
    inner = keep(moved.filter(c("at") > c("start"), c("at") < c("end")).select(*spell, "at").unique())
    whole = known.join(inner.select(*spell), on=spell, how="anti").rename({"start": "lo", "end": "hi"})
    divided = known.join(inner.select(*spell).unique(), on=spell, how="inner")
    cuts = nw.concat([inner, *(divided.select(*spell, at=c(name)) for name in ("start", "end"))])
    pieces = (
        cuts.with_columns(hi=c("at").shift(-1).over(*spell, order_by="at"))
        .filter(~c("hi").is_null())
        .rename({"at": "lo"})
        .join(known.drop("start", "end"), on=spell, how="inner")
    )
    order = ["obs", "episode", "concurrent", *spell, "lo", "hi"]
    return nw.concat([whole.select(*order), pieces.select(*order)]).with_columns(ms=c("hi") - c("lo"))
