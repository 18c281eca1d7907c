"""One Summary: every breakdown one report needs, so that no two reports of a day can disagree; and its JSON."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.analysis.allocation import initiative, planned, rollups, tables
from shadowlog.analysis.basis import Basis, basis
from shadowlog.analysis.coverage import coverage, window
from shadowlog.analysis.duration import duration_tables, durations, episode_stats, interactions
from shadowlog.analysis.frequency import contacts
from shadowlog.analysis.interruption import interruptions
from shadowlog.analysis.lines import contact_lines, episode_lines, note_lines, observation_infos
from shadowlog.analysis.plain import to_json
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.presence import alone, company, presence
from shadowlog.analysis.profile import day
from shadowlog.analysis.results import Summary, WhoRule
from shadowlog.domain.codebook import INITIATOR, MODE, PLACE, ROLE
from shadowlog.domain.company import as_counted
from shadowlog.domain.terms import Record

__all__ = ["summarise", "to_json"]


def summarise(records: Sequence[Record], who_rule: str = "split", concurrent: bool = False) -> Summary:
    """Every breakdown of one day or of several together.

    `who_rule` is full, split or main (ValueError otherwise); `concurrent` puts the time of concurrent episodes in.
    ShadowlogError if the observations use different codebooks.
    """
    records = tuple(map(as_counted, records))
    return _summary(basis(prepared(records), WhoRule(who_rule), concurrent), records)


def _summary(base: Basis, records: Sequence[Record]) -> Summary:
    by_code = tables(base)
    named = {table.dimension: table for table in by_code}
    seen = window(base, records)
    profiles, by_hour, by_period = day(base)
    lasted = durations(base)
    return Summary(
        observations=observation_infos(base, records),
        who_rule=base.who_rule,
        concurrent=base.concurrent,
        window=seen,
        episodes=episode_stats(base, lasted),
        interactions=interactions(base, lasted),
        contacts=contacts(base, records),
        tables=by_code,
        rollups=rollups(base, by_code),
        durations=duration_tables(base, lasted),
        rates_by_hour=by_hour,
        rates_by_period=by_period,
        interruptions=interruptions(base),
        planned=planned(base, named[MODE]),
        initiative=initiative(named[INITIATOR]),
        alone=alone(base),
        presence=presence(base, named[PLACE]),
        company=company(base, named[ROLE]),
        profiles=profiles,
        coverage=coverage(base, seen),
        lines=episode_lines(base, records),
        contact_lines=contact_lines(records),
        notes=note_lines(records),
    )
