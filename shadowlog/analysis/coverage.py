"""How much of the stretch from start to end the record covers."""

from __future__ import annotations

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import values
from shadowlog.analysis.listing import Piece
from shadowlog.analysis.results import Break, Coverage, CoveragePart, Window
from shadowlog.domain.terms import Verification

KINDS = (
    ("full", "seen and heard"),
    ("partial", "seen, not heard"),
    ("closed", "behind a closed door"),
    ("uncoded", "who or what not named"),
    ("off", "off the record"),
    ("unseen", "not observed"),
    ("shadower", "with the shadower"),
)


MOST = 50
"""With more observations than this nobody draws their pieces."""


def window(basis: Basis) -> Window:
    """The window's minutes, what was taken out of the stretch or left blank in it, and, of no more than 50
    observations, their pieces.
    """
    c = nw.col
    frames, order = basis.frames, ["obs", "lo", "hi"]
    told = values(frames.observations.select(n=nw.len().cast(nw.Int64)))[0]["n"] <= MOST
    pieces = values(frames.windows.sort(*order)) if told else []
    breaks = values(frames.breaks.sort(*order, "why")) if told else []
    sums = values(frames.breaks.group_by("why").agg(t=c("ms").sum().cast(nw.Int64)))
    minutes = {line["why"]: line["t"] / MINUTE for line in sums}
    taken = {why: minutes.get(why.value, 0.0) for why in Break}
    return Window(
        minutes=basis.window / MINUTE,
        stretch_minutes=basis.window / MINUTE + sum(taken[why] for why in Break if why is not Break.GAP),
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
