"""What was said of each episode, as plain text: the Review screen's twin on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain.day import Day
from shadowlog.domain.history import History, gone, history
from shadowlog.domain.local_times import instants, resolution
from shadowlog.domain.review import Item, items
from shadowlog.errors import NotFound, Refused


def history_lines(day: Day, now: int, wanted: str = "") -> list[str]:
    """Give the histories of the episodes that a time of day or the beginning of an id names; of all without one.

    NotFound where there is none. `now` in ms.
    """
    found = [item for item in items(day, now) if item.episode is not None]
    lost = gone(day)
    ids = [id_ for id_ in (*(item.id for item in found), *lost) if id_.startswith(wanted)]
    if not ids and wanted and day.begun:
        ids = _at(found, wanted, day, now)
    if wanted and not ids:
        raise NotFound("No episode began then or has an id like that.", "`shadowlog show ID --history` lists them all.")
    return [line for id_ in ids for line in _lines(day, id_, history(day, id_), lost=id_ in lost)]


def _at(found: list[Item], wanted: str, day: Day, now: int) -> list[str]:
    """The ids of what began at a typed time, or else of whatever was going on at it."""
    try:
        times = instants(wanted, day.observation.zone, day.start, now)
        shown = resolution(wanted)
    except Refused:
        return []
    began = [item.id for item in found if any(at <= item.start < at + shown for at in times)]
    return began or [
        item.id for item in found if any(s.start <= at < (s.end or item.end) for s in item.spells for at in times)
    ]


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
