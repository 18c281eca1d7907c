"""What interrupted what, and what became of it. Neutral words: heads have called interruptions time invested."""

from __future__ import annotations

from statistics import median

import narwhals as nw

from shadowlog.analysis.allocation import ms_by_role
from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import values
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
    keys = ["obs", "episode"]
    company = frames.company.join(interrupters.select(*keys), on=keys, how="inner")
    counted = values(interrupters.select(n=nw.len().cast(nw.Int64)))[0]["n"]
    timed = basis.timed(frames.spells.join(interrupters.select(*keys), on=keys, how="inner"))
    ms = values(timed.select(t=c("ms").sum().cast(nw.Int64)))[0]["t"] or 0
    suspended = interrupters.select("obs", at=c("start"), by=c("episode"), episode=c("interrupts")).join(
        frames.episodes.select(*keys), on=keys, how="inner"
    )
    later = (
        suspended.join(frames.recorded.select(*keys, "start", "end"), on=keys, how="inner")
        # What was interrupted in its first instant has a spell of no length there: that is no return to it.
        .filter((c("start") >= c("at")) & (c("end") > c("at")))
        .group_by("obs", "by")
        .agg(back=c("start").min())
    )
    waits = values(suspended.join(later, on=["obs", "by"], how="left").select("obs", "episode", "at", "back"))
    resumed = [line["back"] - line["at"] for line in waits if line["back"] is not None]
    interrupted = len({(line["obs"], line["episode"]) for line in waits})
    scheme = frames.scheme
    codes = [(code.id, code.label) for code in scheme.codes(ROLE) if "shadower" not in code.flags]
    rows = basis.rows(codes, counts_by_role(basis, episodes=interrupters), ms_by_role(basis, company=company))
    soon = sum(wait <= SOON for wait in resumed)
    return Interruptions(
        count=counted,
        per_hour=basis.per_hour(counted),
        minutes=ms / MINUTE,
        time_share=share(ms, basis.window),
        interrupted=interrupted,
        interrupted_share=share(interrupted, basis.episodes),
        by_role=basis.table(ROLE, "Interrupted by", rows, denominator="interrupters only; " + basis.denominator()),
        resumed_within_10=soon,
        resumed_later=len(resumed) - soon,
        never_resumed=len(waits) - len(resumed),
        median_minutes_until_resumed=median(resumed) / MINUTE if resumed else None,
    )
