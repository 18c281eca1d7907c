"""How much of the stretch from start to end the record covers."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import values
from shadowlog.analysis.listing import Piece
from shadowlog.analysis.results import Break, Coverage, CoveragePart, Window
from shadowlog.domain.terms import Record, Verification

KINDS = (
    ("full", "seen and heard"),
    ("partial", "seen, not heard"),
    ("closed", "behind a closed door"),
    ("uncoded", "who or what not named"),
    ("off", "off the record"),
    ("unseen", "not observed"),
    ("shadower", "with the shadower"),
)


def window(basis: Basis, records: Sequence[Record]) -> Window:
    """The window's minutes and pieces, and what was taken out of the stretch or left blank in it."""
    order = ["obs", "lo"]
    pieces = values(basis.frames.windows.sort(*order))
    breaks = values(basis.frames.breaks.sort(*order))
    taken = {why: sum(line["ms"] for line in breaks if line["why"] == why.value) / MINUTE for why in Break}
    return Window(
        minutes=basis.window / MINUTE,
        stretch_minutes=sum(r.end - r.start for r in records) / MINUTE,
        off_minutes=taken[Break.OFF],
        unseen_minutes=taken[Break.UNSEEN],
        shadower_minutes=taken[Break.SHADOWER],
        gap_minutes=taken[Break.GAP],
        pieces=tuple(_piece(line, None) for line in pieces),
        breaks=tuple(_piece(line, Break(line["why"])) for line in breaks),
    )


def _piece(line: dict[str, int | str], why: Break | None) -> Piece:
    lo, hi, s, e, ms = (int(line[k]) for k in ("lo", "hi", "s", "e", "ms"))
    return Piece(str(line["obs"]), why, lo, hi, s / MINUTE, e / MINUTE, ms / MINUTE)


def coverage(basis: Basis, seen: Window) -> Coverage:
    """Full, partial, closed, off, not observed, with the shadower, uncoded: minutes and shares of the whole stretch."""
    c = nw.col
    foreground = basis.frames.spells.filter(~c("concurrent"))
    found = values(foreground.group_by("coverage").agg(t=c("ms").sum().cast(nw.Int64)))
    minutes = {line["coverage"]: line["t"] / MINUTE for line in found}
    full, partial, closed, uncoded = (minutes.get(k, 0.0) for k in ("full", "partial", "closed", "uncoded"))
    ordered = (full, partial, closed, uncoded, seen.off_minutes, seen.unseen_minutes, seen.shadower_minutes)
    return Coverage(
        stretch_minutes=seen.stretch_minutes,
        parts=tuple(
            CoveragePart(kind, label, minutes, share(minutes, seen.stretch_minutes))
            for (kind, label), minutes in zip(KINDS, ordered, strict=True)
        ),
        late=basis.many(late=True),
        unsure=basis.many(unsure=True),
        unverified=basis.many(verification=None),
        disputed=basis.many(verification=Verification.DISPUTE.value),
        struck=basis.many(verification=Verification.STRIKE.value),
        amended=basis.many(amended=True),
        incomplete=basis.many(coverage="uncoded"),
    )
