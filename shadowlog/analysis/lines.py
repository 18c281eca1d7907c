"""The plain lists beside the breakdowns: episodes, contacts and notes as a timeline or a table shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, UNCODED, Basis
from shadowlog.analysis.frame import Frames, clocked, company_kind, people, values
from shadowlog.analysis.results import ContactLine, EpisodeLine, NoteLine, ObservationInfo, SpellLine
from shadowlog.analysis.stretches import joined_up
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.domain.company import only_shadower
from shadowlog.domain.terms import Episode, Party, Record, Stretch


def observation_infos(basis: Basis) -> tuple[ObservationInfo, ...]:
    """Who observed whom, when, with which codebook; the earliest first."""
    frames = basis.frames
    windows = frames.windows.group_by("obs").agg(window=nw.col("ms").sum().cast(nw.Int64))
    lines = values(frames.observations.join(windows, on="obs", how="left").sort("lo", "obs"))
    return tuple(_info(line, frames.scheme) for line in lines)


def _info(line: Mapping[str, Any], scheme: Codebook) -> ObservationInfo:
    clock = WallClock(line["zone"], line["lo"], line["hi"])
    return ObservationInfo(
        id=line["obs"],
        study=line["study"],
        head=line["head"],
        observer=line["observer"],
        zone=line["zone"],
        consent=line["consent"],
        codebook=scheme.id,
        codebook_name=scheme.name,
        codebook_version=scheme.version,
        date=line["date"],
        start=line["lo"],
        end=line["hi"],
        start_minute=clock.minute(line["lo"]),
        end_minute=clock.until(line["lo"], line["hi"]),
        running=line["running"],
        window_minutes=(line["window"] or 0) / MINUTE,
    )


def episode_lines(frames: Frames, records: Sequence[Record]) -> tuple[EpisodeLine, ...]:
    """Every episode but those with the shadower, in the order of observations and first starts."""
    derived = frames.episodes.select("obs", "episode", "start", "end", "net", "elapsed")
    netted = {(line["obs"], line["episode"]): line for line in values(derived)}
    return tuple(line for record in records for line in _lines(record, frames.scheme, netted))


def _lines(record: Record, scheme: Codebook, netted: Mapping[tuple[str, str], Any]) -> list[EpisodeLine]:
    spells: dict[str, list[Stretch]] = {}
    for each in [
        *joined_up(record.track),
        *joined_up(sorted(record.concurrent, key=lambda s: (s.episode or "", s.start))),
    ]:
        if each.episode:
            spells.setdefault(each.episode, []).append(each)
    interrupted = Counter(e.interrupts for e in record.episodes if not only_shadower(e, scheme))
    notes = Counter(n.episode for n in record.notes)
    incidents = {n.episode for n in record.notes if n.incident}
    clock, obs = WallClock.of(record), record.observation.id
    changes = clock.steps
    made = []
    for episode in record.episodes:
        line = netted.get((obs, episode.id))
        if line is None:
            continue
        roles = tuple(dict.fromkeys(p.role for p in episode.parties))
        made.append(
            EpisodeLine(
                observation=obs,
                id=episode.id,
                start=line["start"],
                end=line["end"],
                start_minute=clock.minute(line["start"]),
                end_minute=clock.until(line["start"], line["end"]),
                net_minutes=line["net"] / MINUTE,
                elapsed_minutes=line["elapsed"] / MINUTE,
                duration_known=episode.duration_known,
                spells=tuple(_spells(spells.get(episode.id, ()), record.end, clock, changes)),
                roles=roles,
                role_labels=tuple(scheme.label(ROLE, role) for role in roles),
                who=who(episode, scheme),
                people=people(episode, scheme),
                what=episode.what,
                what_label=scheme.label(ACTIVITY, episode.what),
                codes=_codes(episode, scheme),
                place=episode.place,
                place_label=scheme.label(PLACE, episode.place),
                room=episode.room,
                interaction=company_kind(episode, scheme) == "interaction",
                concurrent=episode.concurrent,
                closed=episode.closed,
                unsure=episode.unsure,
                late=episode.entered is not None,
                amended=episode.amended,
                verification=episode.verification.value if episode.verification else None,
                interrupts=episode.interrupts,
                interrupted=interrupted[episode.id],
                incident=episode.id in incidents,
                notes=notes[episode.id],
            )
        )
    return sorted(made, key=lambda line: line.start)


def _spells(
    stretches: Sequence[Stretch], day_end: int, clock: WallClock, changes: tuple[int, ...]
) -> Iterator[SpellLine]:
    # Cut where the clocks were changed: where they were put back, an end would else stand before its start.
    for each in clocked(stretches, clock, changes, day_end):
        end = day_end if each.end is None else each.end
        yield SpellLine(each.start, end, clock.minute(each.start), clock.until(each.start, end))


def _codes(episode: Episode, scheme: Codebook) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (d.id, d.label, episode.codes[d.id], scheme.label(d.id, episode.codes[d.id]))
        for d in scheme.dimensions
        if d.id in episode.codes and d.id != ROLE
    )


def who(episode: Episode, scheme: Codebook) -> str:
    """The parties in words, as "Teachers ×2, Pupils"; "uncoded" where none is named."""
    return ", ".join(_party(party, scheme) for party in episode.parties) or UNCODED


def _party(party: Party, scheme: Codebook) -> str:
    label = scheme.label(ROLE, party.role)
    person = f" {party.person}" if party.person else ""
    number = f" ×{party.count}" if party.count is not None and party.count > 1 else ""
    return f"{label}{person}{number}"


def contact_lines(records: Sequence[Record]) -> tuple[ContactLine, ...]:
    """Every fleeting contact but those with the shadower, in order."""
    made = []
    for record in records:
        scheme, clock, obs = record.observation.codebook, WallClock.of(record), record.observation.id
        for each in sorted(record.contacts, key=lambda c: c.at):
            if scheme.is_flagged(ROLE, each.role, "shadower"):
                continue
            role, place = scheme.label(ROLE, each.role), scheme.label(PLACE, each.place)
            minute = clock.minute(each.at)
            made.append(ContactLine(obs, each.id, each.at, minute, each.role, role, each.place, place))
    return tuple(made)


def note_lines(records: Sequence[Record]) -> tuple[NoteLine, ...]:
    """Every note but those on talk with the shadower, in order."""
    made = []
    for record in records:
        scheme, clock, obs = record.observation.codebook, WallClock.of(record), record.observation.id
        hidden = {e.id for e in record.episodes if only_shadower(e, scheme)}
        for each in sorted(record.notes, key=lambda n: n.at):
            if each.episode in hidden:
                continue
            minute = clock.minute(each.at)
            made.append(NoteLine(obs, each.id, each.at, minute, each.episode, each.text, each.incident))
    return tuple(made)
