"""One Summary: every breakdown one report needs, so that no two reports of a day can disagree; and its JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from shadowlog.analysis.allocation import initiative, planned, rollups, tables
from shadowlog.analysis.basis import basis
from shadowlog.analysis.choice import Choice, of_version
from shadowlog.analysis.coverage import coverage, window
from shadowlog.analysis.duration import duration_tables, durations, episode_stats, interactions
from shadowlog.analysis.filters import chosen
from shadowlog.analysis.frame import Frames, values
from shadowlog.analysis.frequency import contacts
from shadowlog.analysis.interruption import interruptions
from shadowlog.analysis.lenses import INFLUENCE, LEAD, lens
from shadowlog.analysis.lines import contact_lines, episode_lines, note_lines, observation_infos
from shadowlog.analysis.plain import to_json
from shadowlog.analysis.prepare import in_memory, prepared
from shadowlog.analysis.presence import alone, company, presence
from shadowlog.analysis.profile import day
from shadowlog.analysis.reach import reach
from shadowlog.analysis.results import Summary, WhoRule
from shadowlog.analysis.sampling import interval_view, sequence_figures
from shadowlog.analysis.sequence import stretches, switching, transitions
from shadowlog.analysis.session import compared, session
from shadowlog.analysis.spread import concentrations, entropies
from shadowlog.domain.codebook import INITIATOR, MODE, PLACE, ROLE
from shadowlog.domain.company import as_counted
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import Version

__all__ = ["summarise", "summarise_frames", "to_json"]


def kept(frames: Frames) -> Frames:
    """The frames computed now by Polars and held: what was chosen is read by every breakdown."""
    return replace(
        frames,
        observations=in_memory(frames.observations),
        windows=in_memory(frames.windows),
        breaks=in_memory(frames.breaks),
        episodes=in_memory(frames.episodes),
        spells=in_memory(frames.spells),
        recorded=in_memory(frames.recorded),
        company=in_memory(frames.company),
        parties=in_memory(frames.parties),
        contacts=in_memory(frames.contacts),
        observed=None if frames.observed is None else in_memory(frames.observed),
        present=None if frames.present is None else in_memory(frames.present),
    )


def _quietly(_breakdown: str) -> None:
    """Tell nobody."""


def summarise(
    records: Sequence[Record],
    who_rule: str = "split",
    concurrent: bool = False,
    choice: Choice | None = None,
    version: Version = Version.AMENDED,
) -> Summary:
    """Every breakdown of one day or of several together, or of what is chosen of them.

    `version` is that of the records; of the verified one only what is verified counts. `who_rule` is full, split or main (ValueError otherwise); `concurrent` puts the time of concurrent episodes in.
    ShadowlogError if the observations use different codebooks; what `chosen` raises.
    """
    records = tuple(map(as_counted, records))
    frames, choice = prepared(records, version), of_version(choice, version)
    if choice is not None:
        frames = kept(chosen(frames, choice))
    lines = episode_lines(frames, records)
    contacts_listed, notes = contact_lines(records), note_lines(records)
    if frames.chosen:
        met = {(line["obs"], line["contact"]) for line in values(frames.contacts.select("obs", "contact"))}
        told: set[tuple[str, str | None]] = {(line.observation, line.id) for line in lines}
        if choice is not None and not choice.of_episodes and not choice.periods:
            # Whole days are chosen, and with them what is said of a day.
            told |= {(line["obs"], None) for line in values(frames.observations.select("obs"))}
        contacts_listed = tuple(line for line in contacts_listed if (line.observation, line.id) in met)
        notes = tuple(note for note in notes if (note.observation, note.episode) in told)
    whole = summarise_frames(frames, who_rule, concurrent)
    here = {about.id for about in whole.observations}
    alone = len(records) == 1 and choice is None

    def own(record: Record) -> Summary | None:
        # A guess was made of the whole of one day, whatever else is summarised here.
        # Of the whole day, and not only of what is verified of it.
        if not compared(record) or frames.version is Version.VERIFIED:
            return None
        return whole if alone else summarise_frames(prepared((record,)), who_rule, concurrent)

    return replace(
        whole,
        lines=lines,
        contact_lines=contacts_listed,
        notes=notes,
        sessions=tuple(session(record, own(record)) for record in records if record.observation.id in here),
    )


def summarise_frames(
    frames: Frames, who_rule: str = "split", concurrent: bool = False, told: Callable[[str], None] = _quietly
) -> Summary:
    """Every breakdown of prepared frames, on whatever engine holds them; episodes, contacts and notes are not listed.

    `told` is given the name of each breakdown when it begins. Raises as `summarise` does.
    """
    told("window")
    base = basis(frames, WhoRule(who_rule), concurrent)
    seen = window(base)
    told("how often and how long")
    by_code = tables(base)
    named = {table.dimension: table for table in by_code}
    headings = rollups(base, by_code)
    told("pattern of the day")
    profiles, by_hour, by_period = day(base)
    told("durations")
    lasted = durations(base)
    brief = episode_stats(base, lasted)
    told("interruptions")
    broken = interruptions(base)
    told("what followed what")
    moves = transitions(base)
    told("presence and company")
    return Summary(
        observations=observation_infos(base),
        version=frames.version,
        chosen=frames.chosen,
        who_rule=base.who_rule,
        concurrent=base.concurrent,
        window=seen,
        episodes=brief,
        interactions=interactions(base, lasted),
        contacts=contacts(base),
        tables=by_code,
        rollups=headings,
        durations=duration_tables(base, lasted),
        rates_by_hour=by_hour,
        rates_by_period=by_period,
        interruptions=broken,
        planned=planned(base, named[MODE]),
        initiative=initiative(named[INITIATOR]),
        alone=alone(base),
        presence=presence(base, named[PLACE]),
        company=company(base, named[ROLE]),
        profiles=profiles,
        coverage=coverage(base, seen),
        stretches=stretches(base),
        switching=switching(base, moves),
        transitions=moves,
        entropies=entropies(named, moves),
        reach=reach(base),
        concentrations=concentrations(base, named[ROLE]),
        leading=lens(base, LEAD, named),
        influence=lens(base, INFLUENCE, named),
        interval_view=interval_view(base),
        sequences=sequence_figures(base),
        lines=(),
        contact_lines=(),
        notes=(),
        sessions=(),
    )
