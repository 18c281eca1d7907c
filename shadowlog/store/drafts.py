"""Half-typed notes: kept so that a crash does not lose them, and no part of the journal."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from shadowlog.store import tables as t
from shadowlog.store.engine import Store
from shadowlog.store.projection import storable
from shadowlog.store.statements import upsert

_KEEP = upsert(t.Draft)
_DRAFT = t.table(t.Draft)


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A note that was being typed on an episode (None: on the day) at `at`, in ms on the day's timeline."""

    observation: str
    at: int
    episode: str | None
    text: str


def keep_draft(store: Store, observation: str, at: int, episode: str | None, text: str) -> None:
    """Keep what was typed so far in the place of what was kept before; an observation has one such note at a time."""
    row = {"observation": observation, "at": at, "episode": episode, "text": storable(text)}
    with store.write() as connection:
        _KEEP.run(connection, row)


def drafts(store: Store) -> tuple[HalfTyped, ...]:
    """Give every half-typed note."""
    names = ("observation", "at", "episode", "text")
    query = sa.select(*(_DRAFT.c[name] for name in names)).order_by(_DRAFT.c.observation)
    with store.read() as connection:
        return tuple(HalfTyped(*row) for row in connection.execute(query))


def drop_draft(store: Store, observation: str) -> None:
    """Forget an observation's half-typed note; nothing happens if there is none."""
    with store.write() as connection:
        connection.execute(sa.delete(_DRAFT).where(_DRAFT.c.observation == observation))
