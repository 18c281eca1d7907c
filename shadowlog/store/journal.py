"""The journal: every command appended together with what it changes, and days folded from it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest as codebook_digest
from shadowlog.domain.codebook_json import from_dict
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes, Day, Put, Splice
from shadowlog.domain.payload import unpack
from shadowlog.domain.recorder import fold, new_day, step
from shadowlog.domain.terms import Observation, Period
from shadowlog.errors import BadInput, NotFound, Refused
from shadowlog.store import projection
from shadowlog.store import tables as t
from shadowlog.store.chain import Tip, decode, encode, faults
from shadowlog.store.engine import Store
from shadowlog.store.faults import damaged
from shadowlog.store.statements import Prepared, upsert

_JOURNAL = t.table(t.Journal)
_NAMES = [column.name for column in _JOURNAL.columns]
_CHAIN = t.table(t.Chain)
_INSERT = Prepared(sa.insert(_JOURNAL))
_FORGE = upsert(t.Chain)
_KNOWN = Prepared(sa.select(_JOURNAL.c.stream).where(_JOURNAL.c.id == sa.bindparam("known")))
_TIP = sa.select(_CHAIN.c.hash).where(_CHAIN.c.stream == sa.bindparam("of"), _CHAIN.c.writer == sa.bindparam("by"))
_TOP = sa.select(sa.func.max(_CHAIN.c.sequence)).where(_CHAIN.c.stream == sa.bindparam("of"))
_STREAM = (
    sa.select(_JOURNAL).where(_JOURNAL.c.stream == sa.bindparam("of")).order_by(_JOURNAL.c.sequence, _JOURNAL.c.writer)
)
_ONE = sa.select(t.table(t.Observation)).where(t.table(t.Observation).c.id == sa.bindparam("of"))
_STUDY = sa.select(t.table(t.Study).c.name).where(t.table(t.Study).c.id == sa.bindparam("of"))
_TIPS = sa.select(_CHAIN.c.writer, _CHAIN.c.sequence, _CHAIN.c.hash).where(_CHAIN.c.stream == sa.bindparam("of"))


def append(store: Store, observation: str, command: Command, changes: Changes) -> str:
    """Keep one command of a day and what it changed, in one transaction; give the journal id.

    When this returns, both survive a power cut. A command whose id is in the journal already is kept once. Raises what
    `Store.write` raises; then nothing was kept.
    """
    with store.write() as connection:
        if add(store, connection, observation, command):
            projection.apply(connection, observation, changes)
    return command.id


def add(store: Store, connection: sa.Connection, stream: str, command: Command) -> bool:
    """Put a command's row at the end of a stream, inside a transaction; False if it is there already."""
    known = _KNOWN.run(connection, {"known": command.id}).scalar()
    if known is not None:
        if known != stream:
            raise Refused("That command belongs to another record.")
        return False
    tip: Tip | None = store.tips.get(stream)
    if tip is None:
        newest = connection.execute(_TIP, {"of": stream, "by": store.device}).scalar()
        tip = Tip(newest or "", connection.execute(_TOP, {"of": stream}).scalar() or 0)
    row = encode(command, stream, store.device, tip)
    _INSERT.run(connection, row)
    _FORGE.run(connection, {name: row[name] for name in ("stream", "writer", "sequence", "hash")})
    store.touched.add(stream)
    # Forgotten again if the transaction fails.
    store.tips[stream] = Tip(row["hash"], row["sequence"])
    return True


def add_all(store: Store, connection: sa.Connection, stream: str, told: Sequence[Command]) -> None:
    """Put the rows of a whole stream that is new here, inside a transaction; Refused if any of it is here already."""
    tip, made = Tip("", 0), []
    for command in told:
        row = encode(command, stream, store.device, tip)
        tip = Tip(row["hash"], row["sequence"])
        made.append(row)
    if not made:
        return
    try:
        _INSERT.run(connection, made)
    except sa.exc.IntegrityError:
        raise Refused("Part of that observation is here already.", "`shadowlog list` shows it.") from None
    _FORGE.run(connection, {name: made[-1][name] for name in ("stream", "writer", "sequence", "hash")})
    store.touched.add(stream)
    store.tips[stream] = tip


def rows(store: Store, connection: sa.Connection, stream: str) -> Sequence[Mapping[str, Any]]:
    """Give the rows of a stream in the order in which they were said; Damaged where a chain does not hold."""
    found = _listed(connection, stream)
    if broken := broken_links(connection, stream, found):
        raise damaged(store.path, f"is damaged: {broken[0]}")
    return found


def _listed(connection: sa.Connection, stream: str) -> list[dict[str, Any]]:
    return [dict(zip(_NAMES, row, strict=True)) for row in connection.execute(_STREAM, {"of": stream})]


def broken_links(connection: sa.Connection, stream: str, found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Tell what does not hold in the chains of a stream, [] if all does."""
    tips = {row.writer: (row.sequence, row.hash) for row in connection.execute(_TIPS, {"of": stream})}
    return faults(found, tips)


def broken_streams(connection: sa.Connection, streams: Iterable[str] | None = None) -> list[str]:
    """Tell what does not hold in the chains of these streams, or of all, [] if all does."""
    found = []
    known = sa.union(sa.select(_JOURNAL.c.stream), sa.select(_CHAIN.c.stream))
    for stream in connection.execute(known).scalars().all() if streams is None else streams:
        broken = broken_links(connection, stream, _listed(connection, stream))
        found += [f"{stream}: {fault}" for fault in broken]
    return found


def verify(store: Store) -> list[str]:
    """Tell what does not hold in any chain of the journal, as sentences with the stream's id; [] if all does."""
    with store.read() as connection:
        return broken_streams(connection)


def commands(store: Store, observation: str) -> tuple[Command, ...]:
    """Give everything that was said to an observation, in order; Damaged where a chain does not hold."""
    with store.read() as connection:
        return tuple(_commands(store, connection, observation))


def _commands(store: Store, connection: sa.Connection, observation: str) -> Iterator[Command]:
    for row in rows(store, connection, observation):
        # An erased day leaves its links behind, and nothing that could be folded.
        if row["skeleton"] is not None:
            yield unpack(**decode(row))


def load(store: Store, observation: str) -> Day:
    """Give a day by folding its journal.

    NotFound for an unknown observation; Damaged where a chain does not hold or what it says could never have been said.
    """
    with store.read() as connection:
        return fold_day(store, connection, describe(store, connection, observation))


def fold_day(store: Store, connection: sa.Connection, observation: Observation) -> Day:
    """Give the day of an observation, inside a transaction that goes on; as `load`."""
    with _folding(store):
        return fold(observation, _commands(store, connection, observation.id))


def history(store: Store, observation: str, episode: str) -> tuple[Command, ...]:
    """Give every command that touched an episode, the oldest first, taken back or not: who said what, when and why."""
    with store.read() as connection, _folding(store):
        day = new_day(describe(store, connection, observation))
        found = []
        for command in _commands(store, connection, observation):
            day, changes = step(day, command)
            if _touches(changes, episode):
                found.append(command)
    return tuple(found)


@contextmanager
def _folding(store: Store) -> Iterator[None]:
    """A journal that a recorder refuses was not written by one."""
    try:
        yield
    except Refused as error:
        raise damaged(store.path, f"holds a day that does not follow from its journal ({error.what})") from None
    except (KeyError, ValueError):
        raise damaged(store.path, "holds a journal that cannot be read") from None


def _touches(changes: Changes, episode: str) -> bool:
    for change in changes:
        if isinstance(change, Put) and episode in {change.id, getattr(change.after or change.before, "episode", None)}:
            return True
        if isinstance(change, Splice):
            switches = (*change.before, *change.after, *((change.left,) if change.left else ()))
            if any(switch.episode == episode for switch in switches):
                return True
    return False


def describe(store: Store, connection: sa.Connection, observation: str) -> Observation:
    """Give what an observation was planned as, with its codebook; NotFound if there is none."""
    row = connection.execute(_ONE, {"of": observation}).first()
    if row is None:
        raise NotFound("There is no such observation.", "`shadowlog list` shows those there are.")
    return as_planned(store, connection, row._asdict())


def as_planned(store: Store, connection: sa.Connection, row: Mapping[str, Any]) -> Observation:
    """Give what an observation was planned as, from its row; its study by name, as people know it."""
    return Observation(
        id=row["id"],
        study=connection.execute(_STUDY, {"of": row["study"]}).scalar() or row["study"],
        head=row["head"],
        observer=row["observer"],
        zone=row["zone"],
        codebook=codebook(store, connection, row["codebook"]),
        periods=tuple(Period(*each) for each in json.loads(row["periods"])),
        consent=row["consent"],
    )


def codebook(store: Store, connection: sa.Connection, digest: str) -> Codebook:
    """Give the codebook with this digest; NotFound if there is none, Damaged if it is not what it was."""
    known = store.codebooks.get(digest)
    if known is not None:
        return known
    table = t.table(t.Codebook)
    text = connection.execute(sa.select(table.c.content).where(table.c.digest == digest)).scalar()
    if text is None:
        raise NotFound("There is no codebook with that digest.", "`shadowlog codebook` shows those there are.")
    try:
        found = from_dict(json.loads(text))
    except (ValueError, BadInput):
        raise damaged(store.path, "holds a codebook that cannot be read") from None
    if codebook_digest(found) != digest:
        raise damaged(store.path, "holds a codebook that is not as it was adopted")
    store.codebooks[digest] = found
    return found
