"""Records as typed frames: made once on Polars, prepared once, read by every breakdown.

All times are Int64 ms: `start`, `end`, `lo`, `hi` since the epoch; `s`, `e`, `local` since local midnight of the day on
which the observation began, by the clock on the wall: what lies across a change of the clocks is cut there (zone
conversion on ms integers differs between engines).
Codes of a dimension stand in the column `code_<dimension>`; null is uncoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import polars as pl

from shadowlog.analysis.listing import Break
from shadowlog.analysis.stretches import break_of, joined_up
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.company import as_counted, only_shadower
from shadowlog.domain.terms import Episode, Record, Stretch
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput, ShadowlogError

QUARTER = 15 * 60_000
"""ms in the finest bin of a day profile."""
OBSERVED = "observed"
"""The dimension that says how much of an episode was seen and heard; its code "partial" is seen, not heard."""
NOBODY = Codebook("", 0, "", ())

Lazy = nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True)
class Frames:
    """The prepared frames, and the scheme their codes belong to.

    * observations: obs, study, head, observer, date (local, ISO 8601), zone, consent, running, midnight, lo, hi
    * windows: obs, lo, hi, s, e, ms: the pieces of the window
    * breaks: obs, why, lo, hi, s, e, ms: off, unseen and shadower time, and gaps
    * episodes: obs, episode, code_*, kind (interaction, alone, null), people?, room?, concurrent, interrupts?, coverage,
      known, late, unsure, amended, verification?; derived: start, end, local, net, elapsed, spells
    * spells: obs, episode?, spell, piece, start, end, ms, s, e, code_*, room?, concurrent, coverage; episode null is a gap
    * recorded: obs, episode, start, end: the spells before they were clipped to the window
    * company: obs, episode?, spell, piece, lo, hi, ms, concurrent, role?, position, people?, groups: one line for each
      party and slice of a spell in which the same parties are present; role null where nobody is named
    * parties: obs, episode, position, role, people?, person?, joined?, left?; derived: groups, how many the episode has
    * contacts: obs, contact, at, local, role, place?: the fleeting ones, those with the shadower left out
    * periods: obs, label, lo, hi (ms since local midnight); steps: n, k (turns a range into lines by an equi-join)
    """

    scheme: Codebook
    observations: Lazy
    windows: Lazy
    breaks: Lazy
    episodes: Lazy
    spells: Lazy
    recorded: Lazy
    company: Lazy
    parties: Lazy
    contacts: Lazy
    periods: Lazy
    steps: Lazy
    chosen: tuple[str, ...] = ()
    """What these are chosen by, in words; empty where they are all there is."""
    observed: Lazy | None = None
    """The time by which rates are told, where `windows` holds that of chosen episodes alone: the whole foreground."""
    version: Version = Version.AMENDED
    """Which version of the days these are."""
    present: Lazy | None = None
    """The episodes with time in chosen periods, where `episodes` holds those that began in them."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """The (study, head) pairs whose rooms are numbered in several data sets, so that nobody knows which are the same."""

    @property
    def timed_episodes(self) -> Lazy:
        """The episodes that what is said of time belongs to, whether or not they are counted here."""
        return self.episodes if self.present is None else self.present


def column(dimension: str) -> str:
    """The column that holds the codes of a dimension."""
    return f"code_{dimension}"


def dimensions(scheme: Codebook) -> tuple[str, ...]:
    """The dimensions with one code an episode: all but role."""
    return tuple(d.id for d in scheme.dimensions if d.id != ROLE)


def local_date(record: Record) -> str:
    """The local date on which the observation began, ISO 8601."""
    local = datetime.fromtimestamp(record.start / 1000, UTC).astimezone(ZoneInfo(record.observation.zone))
    return local.date().isoformat()


def common_scheme(records: Sequence[Record]) -> Codebook:
    """The one codebook of all records (an empty one for no records); ShadowlogError if there are several."""
    found = {(r.observation.codebook.id, r.observation.codebook.version): r.observation.codebook for r in records}
    if len(found) > 1:
        names = ", ".join(f"{name} version {version}" for name, version in sorted(found))
        raise ShadowlogError(
            f"These observations use different codebooks ({names}).", "Summarise those of one codebook at a time."
        )
    return next(iter(found.values()), NOBODY)


def clocked(
    stretches: Iterable[Stretch], clock: WallClock, changes: tuple[int, ...], day_end: int
) -> Iterator[Stretch]:
    """The stretches, cut where the clocks were changed: on both sides local times are those of the clock."""
    for each in stretches:
        end = day_end if each.end is None else each.end
        for lo, hi in clock.pieces(each.start, end, changes):
            yield Stretch(each.id, lo, hi, each.state, each.episode)


def first_starts(record: Record) -> Mapping[str, int]:
    """The first start of each episode in ms since the epoch."""
    found: dict[str, int] = {}
    for each in (*record.track, *record.concurrent):
        if each.episode is not None:
            found[each.episode] = min(found.get(each.episode, each.start), each.start)
    return found


def company_kind(episode: Episode, scheme: Codebook) -> str | None:
    """Interaction when someone is with the head, alone when the observer said so, None when nobody is named."""
    if not episode.parties:
        return None
    return "alone" if all(scheme.is_flagged(ROLE, p.role, "alone") for p in episode.parties) else "interaction"


def people(episode: Episode, scheme: Codebook) -> int | None:
    """How many people are with the head; None when a party's number is unknown or there is nobody to count."""
    counts = [p.count for p in episode.parties if not scheme.is_flagged(ROLE, p.role, "alone")]
    known = [count for count in counts if count is not None]
    return sum(known) or None if len(known) == len(counts) else None


def coverage_of(episode: Episode) -> str:
    """How well the episode is covered: closed, uncoded (who or what is missing), partial or full."""
    observed = episode.codes.get(OBSERVED)
    if episode.closed or observed == "closed":
        return "closed"
    if not episode.complete:
        return "uncoded"
    return "partial" if observed == "partial" else "full"


Lines = list[tuple[Any, ...]]


def raw(records: Sequence[Record], version: Version = Version.AMENDED) -> Frames:
    """The records as frames that are still to be prepared: nothing clipped, nothing netted; `company` is empty."""
    scheme = common_scheme(records)
    ids = dimensions(scheme)
    observations: Lines = []
    windows: Lines = []
    breaks: Lines = []
    episodes: Lines = []
    spells: Lines = []
    parties: Lines = []
    contacts: Lines = []
    periods: Lines = []
    longest = 0
    named = [record.observation.id for record in records]
    if len(set(named)) < len(named):
        raise BadInput("an observation is named twice", "Name each once.")
    for record in map(as_counted, records):
        obs, clock = record.observation.id, WallClock.of(record)
        changes = clock.steps
        about = record.observation
        names = (obs, about.study, about.head, about.observer, local_date(record), about.zone, about.consent)
        observations.append((*names, clock.midnight(record.start), record.start, record.end, record.running))
        shadowers = frozenset(e.id for e in record.episodes if only_shadower(e, scheme))
        by_id = {e.id: e for e in record.episodes if e.id not in shadowers}
        for each in clocked(joined_up(record.track), clock, changes, record.end):
            lo, hi, midnight = each.start, record.end if each.end is None else each.end, clock.midnight(each.start)
            why = break_of(each, shadowers)
            if why is not None:
                breaks.append((obs, why.value, lo, hi, lo - midnight, hi - midnight, hi - lo))
            if why in {Break.OFF, Break.UNSEEN, Break.SHADOWER}:
                continue
            if windows and windows[-1][0] == obs and windows[-1][2] == lo and lo not in changes:
                windows[-1] = (obs, windows[-1][1], hi, windows[-1][3], hi - midnight, hi - windows[-1][1])
            else:
                windows.append((obs, lo, hi, lo - midnight, hi - midnight, hi - lo))
            of = by_id.get(each.episode or "")
            spells.append(_spell(len(spells), each, record, of, midnight=midnight, ids=ids))
            longest = max(longest, hi - lo)
        beside = joined_up(sorted(record.concurrent, key=lambda s: (s.episode or "", s.start)))
        for each in clocked(beside, clock, changes, record.end):
            if each.episode in by_id:
                of, midnight = by_id[each.episode], clock.midnight(each.start)
                spells.append(_spell(len(spells), each, record, of, midnight=midnight, ids=ids))
                longest = max(longest, (each.end or record.end) - each.start)
        firsts = first_starts(record)
        for episode in by_id.values():
            midnight = clock.midnight(firsts.get(episode.id, record.end))
            # Talk with the shadower is in no breakdown, and so nothing interrupts it.
            told = replace(episode, interrupts=None) if episode.interrupts in shadowers else episode
            episodes.append(_episode(told, record, midnight, scheme, ids))
            parties.extend(
                (obs, episode.id, p.role, p.person, i, p.count, p.joined, p.left) for i, p in enumerate(episode.parties)
            )
        contacts.extend(
            (obs, each.id, each.role, each.place, each.at, each.at - clock.midnight(each.at))
            for each in record.contacts
            if not scheme.is_flagged(ROLE, each.role, "shadower")
        )
        periods.extend((obs, p.label, p.start * 60_000, p.end * 60_000) for p in record.observation.periods)
    codes = [(column(i), pl.String) for i in ids]
    span = [(name, pl.Int64) for name in ("lo", "hi", "s", "e", "ms")]
    return Frames(
        scheme,
        observations=_frame(observations, _OBSERVATION),
        windows=_frame(windows, [("obs", pl.String), *span]),
        breaks=_frame(breaks, [("obs", pl.String), ("why", pl.String), *span]),
        episodes=_frame(episodes, [*_EPISODE, *codes]),
        spells=_frame(spells, [*_SPELL, *codes]),
        recorded=_frame([], [("obs", pl.String)]),
        company=_frame([], [("obs", pl.String)]),
        parties=_frame(parties, _PARTY),
        contacts=_frame(contacts, _CONTACT),
        periods=_frame(periods, [("obs", pl.String), ("label", pl.String), ("lo", pl.Int64), ("hi", pl.Int64)]),
        steps=steps(longest // QUARTER + 2),
        version=version,
    )


def steps(most: int) -> Lazy:
    """The lines (n, k) for every n up to `most` and 0 <= k < n."""
    counts = pl.LazyFrame({"n": range(1, most + 1)}, schema={"n": pl.Int64})
    return nw.from_native(counts.with_columns(k=pl.int_ranges(0, "n")).explode("k"))


_OBSERVATION = [
    *((name, pl.String) for name in ("obs", "study", "head", "observer", "date", "zone", "consent")),
    *((name, pl.Int64) for name in ("midnight", "lo", "hi")),
    ("running", pl.Boolean),
]
_EPISODE = [
    *((name, pl.String) for name in ("obs", "episode", "kind", "room", "interrupts", "coverage", "verification")),
    *((name, pl.Int64) for name in ("people", "midnight", "fallback")),
    *((name, pl.Boolean) for name in ("concurrent", "known", "late", "unsure", "amended")),
]
_SPELL = [
    *((name, pl.String) for name in ("obs", "episode", "room", "coverage")),
    *((name, pl.Int64) for name in ("spell", "start", "end", "midnight")),
    ("concurrent", pl.Boolean),
]
_PARTY = [
    *((name, pl.String) for name in ("obs", "episode", "role", "person")),
    *((name, pl.Int64) for name in ("position", "people", "joined", "left")),
]
_CONTACT = [
    *((name, pl.String) for name in ("obs", "contact", "role", "place")),
    *((name, pl.Int64) for name in ("at", "local")),
]


def _frame(lines: Lines, schema: Sequence[tuple[str, Any]]) -> Lazy:
    return nw.from_native(pl.DataFrame(lines, schema=dict(schema), orient="row").lazy())


def _episode(
    episode: Episode, record: Record, midnight: int, scheme: Codebook, ids: tuple[str, ...]
) -> tuple[Any, ...]:
    verification = episode.verification.value if episode.verification else None
    texts = (record.observation.id, episode.id, company_kind(episode, scheme), episode.room, episode.interrupts)
    numbers = (people(episode, scheme), midnight, record.end)
    flags = (episode.concurrent, episode.duration_known, episode.entered is not None, episode.unsure, episode.amended)
    codes = (episode.codes.get(i) for i in ids)
    return (*texts, coverage_of(episode), verification, *numbers, *flags, *codes)


def _spell(
    number: int, stretch: Stretch, record: Record, episode: Episode | None, *, midnight: int, ids: tuple[str, ...]
) -> tuple[Any, ...]:
    end = record.end if stretch.end is None else stretch.end
    times = (number, stretch.start, end, midnight)
    if episode is None:
        return (record.observation.id, None, None, "uncoded", *times, False, *(None for _ in ids))
    codes = (episode.codes.get(i) for i in ids)
    about = (record.observation.id, episode.id, episode.room, coverage_of(episode))
    return (*about, *times, episode.concurrent, *codes)


def by_each(frame: Lazy, names: Sequence[str], **figures: nw.Expr) -> Lazy:
    """The figures by the values of each of these columns, as lines (dimension, code, figures); null is a value too.

    Not by `unpivot`: DuckDB's leaves out what is null, and elsewhere it makes a line for each column of each line.
    """
    grouped = [
        frame.group_by(name).agg(**figures).select(*figures, dimension=nw.lit(name), code=nw.col(name))
        for name in names
    ]
    return nw.concat(grouped)


def values(frame: Lazy) -> list[dict[str, Any]]:
    """The lines of a small result as dictionaries, from whichever engine holds the frame."""
    native = nw.to_native(frame)
    if isinstance(native, pl.LazyFrame):
        # What lies in files may be larger than memory; for a day in memory the engine that does not stream is quicker.
        in_files = "SCAN [" in native.explain(optimized=False)
        return native.collect(engine="streaming" if in_files else "in-memory").rows(named=True)
    if frame.implementation.is_duckdb():
        return [dict(zip(native.columns, line, strict=True)) for line in native.fetchall()]
    return [line.asDict() for line in native.collect()]
