"""A file turned into a day that can be taken in: read whole, checked whole, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shadowlog.cli.options import database, opened
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.day import Day
from shadowlog.domain.study import CODE
from shadowlog.errors import BadInput, Refused
from shadowlog.exchange.registry import Arrival

if TYPE_CHECKING:
    from shadowlog.store.engine import Store


@dataclass(frozen=True, slots=True)
class Source:
    """What a table does not say of itself."""

    study: str
    head: str
    observer: str
    date: dt.date
    zone: str


def from_csv(file: Path, source: Source, *, mapping: Path | None, scheme: str | None) -> Arrival:
    """Read a timed day; BadInput names every problem with file, line and column."""
    from shadowlog.codebooks.presets import preset, presets
    from shadowlog.codebooks.reader import read as read_codebook
    from shadowlog.exchange import mapping as mappings
    from shadowlog.exchange import replay, timed_day
    from shadowlog.exchange.table import read_table
    from shadowlog.store.library import new_id

    for option, code in (("--head", source.head), ("--observer", source.observer)):
        if not CODE.fullmatch(code):
            raise BadInput("a code is letters and digits", "As H01 or O1; names never enter.", option)
    table = read_table(file)
    chosen = mappings.read(mapping) if mapping else mappings.mapping_for(table.header)
    wanted = scheme or chosen.codebook
    book = preset(wanted) if wanted in presets() or not Path(wanted).exists() else read_codebook(Path(wanted))
    timed = timed_day.read(file, chosen, book, source.date, source.zone)
    observation = replay.observation_of(
        timed, book, id_=new_id(), study=source.study, head=source.head, observer=source.observer
    )
    commands, day = replay.told_day(timed, observation, source.observer, SystemClock(), new_id, file.name)
    date = source.date.isoformat()
    lines = [f"mapping {chosen.id}, codebook {book.id} version {book.version}", *_told(day, date)]
    if timed.unread:
        lines.append(f"columns not read: {', '.join(timed.unread)}")
    return Arrival(observation, tuple(commands), day, date, tuple(lines))


def from_json(file: Path) -> Arrival:
    """Read a lossless JSON; BadInput says where it is not one."""
    from shadowlog.exchange import lossless
    from shadowlog.exchange.local_time import local_date

    observation, commands, day = lossless.read_day(file)
    if not commands:
        raise BadInput("the file holds no day", "Export an observation that has begun.", file.name)
    date = local_date(day.start, observation.zone).isoformat()
    return Arrival(observation, commands, day, date, tuple(_told(day, date)))


def heads_in(study: str) -> frozenset[str]:
    """Give the codes of the heads that a study has already; none where there is no database yet."""
    from shadowlog.store.intake import heads_of

    if not database().exists():
        return frozenset()
    with opened(writing=False) as store:
        return heads_of(store, study)


def refuse_known(store: Store, days: Iterable[Arrival]) -> None:
    """Refused, naming them, for days that were imported before: counted twice, every figure would be wrong."""
    from shadowlog.store.intake import here_already

    found = [here_already(store, each.day, each.commands, any_head=each.drawn) for each in days]
    if known := [f"{each.id} ({each.head}, {each.observer}, {each.date})" for each in found if each]:
        more = f"; and {len(known) - 5} more" if len(known) > 5 else ""
        raise Refused(
            f"{len(known)} of {len(found)} days in the file are here already: {'; '.join(known[:5])}{more}.",
            "Import what is new by itself; what another observer or another head (--head) did is another day.",
        )


def _told(day: Day, date: str) -> list[str]:
    observation = day.observation
    record = day.record(day.live.last)
    minutes = (record.end - record.start) / 60_000
    return [
        f"study {observation.study}, head {observation.head}, observer {observation.observer}",
        f"day {date}, times in {observation.zone}",
        f"{len(record.episodes)} episodes, {len(record.contacts)} contacts, {len(record.notes)} notes in {minutes:g} min",
        f"consent: {observation.consent}",
    ]
