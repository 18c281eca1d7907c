"""What binds the answers that a head saves at home to the page that asked for them, and to the day it showed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from shadowlog.domain.commands import Amend
from shadowlog.domain.day import Day, Put
from shadowlog.domain.feedback import HandOver
from shadowlog.domain.terms import Episode
from shadowlog.errors import Refused

FORMAT, VERSION = "shadowlog-answers", 1
LARGEST = 4_000_000
"""The largest file of answers, in bytes."""


def canonical(value: object) -> str:
    """Give the one JSON text of a value: sorted names, no spaces, letters as they are. The page writes the same."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: object) -> str:
    """Give the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8", "replace")).hexdigest()


def key_of(day: Day, page: str) -> str:
    """Give the key of a page, by its id, of a day that is with its head; Refused for a day that is not.

    It follows from the act by which the day was handed over, whose id nobody can guess. So every page of the day has its
    key, and none has to be kept.
    """
    for act in day.acts:
        if isinstance(act.command, HandOver):
            secret = f"{day.observation.id} {act.command.id}".encode()
            return hmac.new(secret, page.encode(), hashlib.sha256).hexdigest()
    raise Refused("No page of this day was written here: it is not with its head.", "`shadowlog page` writes one.")


def seal(key: str, value: Mapping[str, Any]) -> str:
    """Give the HMAC-SHA256 of a value's canonical JSON under a page's key (hexadecimal)."""
    return hmac.new(bytes.fromhex(key), canonical(value).encode(), hashlib.sha256).hexdigest()


def marks(day: Day) -> dict[str, str]:
    """Give a digest of what a page shows of each episode (when, who, what, where), by its id.

    It is another one once somebody has put the episode right; what the head says beside it leaves it as it is.
    """
    spells = _spells(day)
    return {each.id: _mark(each, spells) for each in day.episodes.values()}


def as_marked(day: Day, episode: str, mark: str) -> Episode | None:
    """Give an episode as the page showed it that marked it so; None if somebody put it right since, or it is gone.

    What the head changed is no such thing: a page goes on being of use when its own answers were taken in.
    """
    now = day.episodes.get(episode)
    if now is None:
        return None
    spells = _spells(day)
    found = {_mark(now, spells): now}
    for act in reversed(day.acts):
        puts = (each for each in act.changes if isinstance(each, Put))
        put = next((each for each in puts if (each.table, each.id) == ("episodes", episode)), None)
        if put is None:
            continue
        if put.before is None:
            break
        before = _mark(put.before, spells)
        own = isinstance(act.command, Amend) and act.command.author == day.observation.head
        if before not in found and not own:
            break
        found.setdefault(before, put.before)
    return found.get(mark)


Spells = Mapping[str, list[tuple[int, int | None]]]


def _spells(day: Day) -> Spells:
    found: dict[str, list[tuple[int, int | None]]] = {}
    for stretch in (*(day.stretches(day.track[-1].at) if day.begun else ()), *day.spans.values()):
        if stretch.episode is not None:
            found.setdefault(stretch.episode, []).append((stretch.start, stretch.end))
    return found


def _mark(each: Episode, spells: Spells) -> str:
    shown = [
        spells.get(each.id, []),
        [[p.role, p.count, p.person, p.joined, p.left] for p in each.parties],
        [each.what, each.place, each.room, each.closed, each.duration_known],
    ]
    return digest(shown)[:16]
