"""What was said of each episode, as plain text: the Review screen's twin on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain.day import Day
from shadowlog.domain.feedback import Feedback
from shadowlog.domain.feedback_words import said as phrases
from shadowlog.domain.history import History, gone, history
from shadowlog.domain.local_times import instants, resolution
from shadowlog.domain.review import Item, items
from shadowlog.errors import NotFound, Refused

LATER = 60_000
"""What was kept so many ms after it was answered came from elsewhere."""


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
    told = [line for id_ in ids for line in _lines(day, id_, history(day, id_), lost=id_ in lost)]
    return told if wanted else told + list(_with_head(day))


def _with_head(day: Day) -> Iterator[str]:
    """What was said of the day as a whole, with its head or to it."""
    said = [act.command for act in day.acts if isinstance(act.command, Feedback)]
    if said:
        yield "with the head"
    for each in said:
        words = "; ".join(phrases(each, day.observation.codebook)).replace("\n", " ")
        answered = each.at if each.author == day.observation.head else None
        yield f"  {_when(day, each.said.wall, answered, each.author)}  {words}"


def _when(day: Day, said: int, answered: int | None, author: str) -> str:
    """When something was said and by whom; of what was kept later than it was answered, both times."""
    zone = ZoneInfo(day.observation.zone)
    kept = f"{datetime.fromtimestamp(said / 1000, zone):%Y-%m-%d %H:%M:%S} {author}"
    if answered is None or abs(said - answered) < LATER:
        return kept
    return f"{kept} (answered {datetime.fromtimestamp(answered / 1000, zone):%Y-%m-%d %H:%M:%S})"


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
        why = f"  because: {each.reason}" if each.reason else ""
        words = f"{each.words}{why}".replace("\n", " ")
        head = " (head)" if each.author == day.observation.head else ""
        yield f"  {_when(day, each.said, each.answered, each.author + head)}  {words}"
    yield "  now: none; it was retracted or merged" if lost else f"  now: {told.now}"
    yield ""
