"""What was said of each episode, as plain text: the Review screen's twin on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.history import History, history
from shadowlog.domain.review import Item, items
from shadowlog.domain.sentences import clock_time
from shadowlog.errors import NotFound

_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?", re.ASCII)


def history_lines(day: Day, now: int, wanted: str = "") -> list[str]:
    """Give the histories of the episodes that a time of day or the beginning of an id names; of all without one.

    NotFound where there is none. `now` in ms.
    """
    found = [item for item in items(day, now) if item.episode is not None]
    gone = _gone(day)
    ids = [item.id for item in found] + gone
    if _TIME.fullmatch(wanted):
        ids = _at(found, wanted, day.observation.zone)
    elif wanted:
        ids = [id_ for id_ in ids if id_.startswith(wanted)]
    if wanted and not ids:
        raise NotFound("No episode began then or has an id like that.", "`shadowlog show ID --history` lists them all.")
    return [line for id_ in ids for line in _lines(day, id_, history(day, id_), lost=id_ in gone)]


def _at(found: list[Item], wanted: str, zone: str) -> list[str]:
    text = wanted.zfill(8 if wanted.count(":") == 2 else 5)
    began = [item.id for item in found if clock_time(item.start, zone).startswith(text)]
    # Nothing began then: whatever was going on at that time is meant.
    return began or [
        item.id
        for item in found
        if any(clock_time(s.start, zone) <= text < clock_time(s.end or item.end, zone) for s in item.spells)
    ]


def _gone(day: Day) -> list[str]:
    """The ids of episodes that were retracted, or merged into another one."""
    gone = []
    for act in day.acts:
        if isinstance(act.command, c.Retract):
            gone.append(act.command.episode)
        elif isinstance(act.command, c.Merge):
            gone.append(act.command.other)
    return gone


def _lines(day: Day, id_: str, told: History, *, lost: bool) -> Iterator[str]:
    yield id_
    yield f"  first word: {told.first}"
    for each in told.told:
        here = datetime.fromtimestamp(each.said / 1000, ZoneInfo(day.observation.zone))
        why = f"  because: {each.reason}" if each.reason else ""
        words = f"{each.words}{why}".replace("\n", " ")
        yield f"  {here:%Y-%m-%d %H:%M:%S} {each.author}  {words}"
    yield "  now: none; it was retracted or merged" if lost else f"  now: {told.now}"
    yield ""
