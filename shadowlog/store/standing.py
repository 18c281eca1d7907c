"""How far days have come with their heads, read off the tables: no day is folded for a list."""

from __future__ import annotations

import json
from collections.abc import Callable

import sqlalchemy as sa

from shadowlog.domain.feedback import HandOver, Release
from shadowlog.domain.feedback_rules import stage_of
from shadowlog.domain.terms import Verification
from shadowlog.store import tables as t


def standing(connection: sa.Connection) -> Callable[[str], str]:
    """Give what tells of an observation that has ended how far it has come with its head."""
    feedback, episode = t.table(t.Feedback), t.table(t.Episode)
    said: dict[tuple[str, str], bool] = {}
    kinds = [HandOver.__name__, Release.__name__]
    query = sa.select(feedback.c.observation, feedback.c.kind, feedback.c.said).where(feedback.c.kind.in_(kinds))
    for row in connection.execute(query):
        said[row.observation, row.kind] = row.kind == HandOver.__name__ or bool(json.loads(row.said).get("layers"))
    views: dict[str, set[Verification | None]] = {}
    for each in connection.execute(sa.select(episode.c.observation, episode.c.verification).distinct()):
        view = each.verification
        views.setdefault(each.observation, set()).add(view and Verification(view))
    return lambda id_: (
        stage_of(
            views.get(id_, ()),
            handed=said.get((id_, HandOver.__name__), False),
            released=said.get((id_, Release.__name__), False),
        ).value
    )
