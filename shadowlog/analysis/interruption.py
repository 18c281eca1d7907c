"""What interrupted what, and what became of it. Neutral words: heads have called interruptions time invested."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from shadowlog.analysis.allocation import ms_by_role
from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import Frames, Lazy, values
from shadowlog.analysis.frequency import counts_by_role
from shadowlog.analysis.results import Interruptions
from shadowlog.domain.codebook import ROLE

SOON = 10 * MINUTE
"""Resumed within this many ms counts as soon."""


def interruptions(basis: Basis) -> Interruptions:
    """Interrupters: number, per hour, by whom, time; what they interrupted: its share, and the time until resumed.

    The time until resumed runs from the interrupter's first start to the next spell of the episode it suspended.
    """
    c = nw.col
    frames = basis.frames
    interrupters = frames.episodes.filter(~c("interrupts").is_null())
    timed_ones = frames.timed_episodes.filter(~c("interrupts").is_null())
    keys = ["obs", "episode"]
    counted = values(interrupters.select(n=nw.len().cast(nw.Int64)))[0]["n"]
    company = frames.company.join(timed_ones.select(*keys), on=keys, how="semi")
    timed = basis.timed(frames.spells.join(timed_ones.select(*keys), on=keys, how="semi"))
    ms = values(timed.select(t=c("ms").sum().cast(nw.Int64)))[0]["t"] or 0
    suspended = interrupters.select("obs", at=c("start"), by=c("episode"), episode=c("interrupts")).join(
        frames.episodes.select(*keys), on=keys, how="semi"
    )
    by_episode = suspended.group_by(*keys).agg(n=nw.len().cast(nw.Int64))
    told = values(by_episode.select(interrupted=nw.len().cast(nw.Int64), times=c("n").sum().cast(nw.Int64)))[0]
    back = _back(frames, suspended)
    scheme = frames.scheme
    codes = [(code.id, code.label) for code in scheme.codes(ROLE) if "shadower" not in code.flags]
    rows = basis.rows(codes, counts_by_role(basis, episodes=interrupters), ms_by_role(basis, company=company))
    return Interruptions(
        count=counted,
        per_hour=basis.per_hour(counted),
        minutes=ms / MINUTE,
        time_share=share(ms, basis.window),
        interrupted=told["interrupted"],
        interrupted_share=share(told["interrupted"], basis.episodes),
        by_role=basis.table(ROLE, "Interrupted by", rows, denominator="interrupters only; " + basis.denominator()),
        resumed_within_10=back["soon"] or 0,
        resumed_later=back["n"] - (back["soon"] or 0),
        never_resumed=(told["times"] or 0) - back["n"],
        median_minutes_until_resumed=back["median"] / MINUTE if back["n"] else None,
    )


def _back(frames: Frames, suspended: Lazy) -> dict[str, Any]:
    """How many of the suspended were resumed (n), how many of them soon, and the median ms until then."""
    c = nw.col
    waits = (
        frames.recorded.select("obs", "episode", "start", "end")
        .join(suspended, on=["obs", "episode"], how="inner")
        # What was interrupted in its first instant has a spell of no length there: that is no return to it.
        .filter((c("start") >= c("at")) & (c("end") > c("at")))
        .group_by("obs", "by")
        .agg(wait=(c("start") - c("at")).min())
    )
    soon = (c("wait") <= SOON).cast(nw.Int64).sum().cast(nw.Int64)
    return values(waits.select(n=nw.len().cast(nw.Int64), soon=soon, median=c("wait").median()))[0]
