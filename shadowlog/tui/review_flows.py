"""What each act of the review asks, and what it then says to the recorder. Questions go out, answers come in."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.answers import LONGEST_ROOM, clean
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.local_times import TIME_RULE, full_time, instants
from shadowlog.domain.review import Item, items, named, neighbours
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.terms import Episode, State
from shadowlog.errors import Refused
from shadowlog.tui.correcting import Corrector
from shadowlog.tui.review_asks import Ask, Choice, Flow, Option, People, Typed, fields, options_of, reason


@dataclass(frozen=True, slots=True)
class Sight:
    """What an act is done on: the item under the cursor, the episode that was marked, and how to choose another item."""

    item: Item | None
    marked: str | None
    choose: Callable[[str], None]


def _episode(sight: Sight) -> tuple[Item, Episode]:
    if sight.item is None or sight.item.episode is None:
        raise Refused("That is no episode.", "Choose one; I enters one that is missing.")
    return sight.item, sight.item.episode


def _of_episode(sight: Sight) -> tuple[Item, str]:
    item, episode = _episode(sight)
    return item, episode.id


def _say(hand: Corrector, kind: type[c.Correction], **what: Any) -> Generator[Ask, Any, bool]:
    """Ask the recorder, then for the reason, and say it."""
    hand.check(kind, reason="-", **what)
    hand.last_reason = why = yield reason(hand.last_reason)
    return hand.tell(kind, reason=why, **what)


def _time(
    hand: Corrector,
    prompt: str,
    within: tuple[int, int],
    now: int | None,
    check: Callable[[int], None] = lambda _: None,
) -> Generator[Ask, Any, int]:
    """Ask for a time of day; what stands there at first is `now` (ms), and left as it is it stays to the millisecond.

    `check` refuses an instant while the line is still open, so that another can be typed.
    """
    zone = hand.day.observation.zone
    text = clock_time(now, zone) if now is not None else ""

    def parse(typed: str) -> tuple[int, ...]:
        if now is not None and typed.strip() == text:
            check(now)
            return (now,)
        found = instants(typed, zone, *within)
        if len(found) == 1:
            check(_snapped(hand, found[0]))
        return found

    hint = "Enter leaves it so, or type another · Esc leaves everything as it is" if text else TIME_RULE
    found = yield Typed(prompt, parse, text=text, hint=hint)
    if len(found) > 1:
        options = tuple(Option(str(n), full_time(at, zone), at) for n, at in enumerate(found, 1))
        found = ((yield Choice("the clocks showed that more than once: which?", options)),)
    return now if found[0] == now and now is not None else _snapped(hand, found[0])


def _snapped(hand: Corrector, at: int) -> int:
    """A boundary of the day that reads as the typed second is meant to the millisecond, where it is the only one."""
    near = {switch.at for switch in hand.day.track if switch.at // 1000 == at // 1000}
    return near.pop() if len(near) == 1 else at


def amend(hand: Corrector, sight: Sight) -> Flow:
    """Another who, code or room."""
    changed = yield from changes(hand, sight)
    yield from _say(hand, c.Amend, **changed)


def changes(hand: Corrector, sight: Sight, without: Container[str] = ()) -> Generator[Ask, Any, dict[str, Any]]:
    """Ask what of an episode is another one: the fields of an Amend. Dimensions in `without` are not offered."""
    item, episode = _episode(sight)
    book = hand.day.observation.codebook
    options = tuple(each for each in fields(book, closed=episode.closed) if each.value not in without)
    lacks = {"who?": ROLE, "what?": ACTIVITY}.get(item.lacks[0]) if item.lacks else None
    at = next((n for n, option in enumerate(options) if option.value == lacks), 0)
    which = yield Choice("amend what of it?", options, at)
    if which == ROLE:
        parties = yield People("who", episode.parties)
        if parties == episode.parties:
            raise Refused("Who is there stays as it was.")
        return {"episode": episode.id, "parties": parties}
    if which == "room":
        room = yield Typed("room", lambda text: clean(text, LONGEST_ROOM), LONGEST_ROOM, episode.room or "", free=True)
        if room == (episode.room or ""):
            raise Refused("The room stays as it was.")
        return {"episode": episode.id, "room": room}
    return {"episode": episode.id, "codes": {which: (yield from another_code(hand, episode, which))}}


def another_code(hand: Corrector, episode: Episode, dimension: str) -> Generator[Ask, Any, str | None]:
    """Ask for another code of a dimension; None takes the code away."""
    book = hand.day.observation.codebook
    now = episode.codes.get(dimension)
    offered = options_of(book.codes(dimension), now, none="not coded")
    code: str | None = yield Choice(book.dimension(dimension).label.lower(), offered.options, offered.at)
    if code == now:
        raise Refused("It is coded so already.")
    return code


def split(hand: Corrector, sight: Sight) -> Flow:
    """From a typed time on, another episode."""
    item, episode = _episode(sight)
    new = hand.new_id()

    def check(at: int) -> None:
        hand.check(c.Split, episode=episode.id, new=new, when=at, reason="-")

    when = yield from _time(hand, "another episode from", (item.start, item.end), None, check)
    if (yield from _say(hand, c.Split, episode=episode.id, new=new, when=when)):
        sight.choose(new)


def merge(hand: Corrector, sight: Sight) -> Flow:
    """One with another episode; this one's fields stay and the other's fill what it lacks."""
    item, episode = _episode(sight)
    found = items(hand.day, hand.finish)
    before, after = neighbours(found, item.id)
    marked = next((each for each in found if each.id == sight.marked and each.id != item.id), None)
    offered = (("m", "marked", marked), ("b", "before", before), ("a", "after", after))
    options = tuple(Option(key, f"{name}: {_line(hand, each)}", each.id) for key, name, each in offered if each)
    if not options:
        raise Refused("There is no other episode to merge it with.")
    other = yield Choice("one with which?", options)
    yield from _say(hand, c.Merge, episode=episode.id, other=other)


def _line(hand: Corrector, item: Item) -> str:
    naming, doing = named(hand.day.observation.codebook, item)
    return f"{clock_time(item.start, hand.day.observation.zone)} {naming}, {doing}"


def insert(hand: Corrector, sight: Sight) -> Flow:
    """A late entry; on a gap its bounds are offered."""
    gap = sight.item if sight.item is not None and sight.item.state is State.GAP else None
    within = (hand.day.start, hand.finish)
    start = yield from _time(hand, "late entry: it began at", within, gap.start if gap else None)
    episode = hand.new_id()

    def check(at: int) -> None:
        hand.check(c.Insert, episode=episode, start=start, end=at, reason="-")

    end = yield from _time(hand, "it ended at", within, gap.end if gap else None, check)
    parties = yield People("who", ())
    offered = options_of(hand.day.observation.codebook.codes(ACTIVITY), None, none="not known")
    what = yield Choice("what", offered.options, len(offered.options) - 1)
    codes = {ACTIVITY: what} if what is not None else {}
    if (yield from _say(hand, c.Insert, episode=episode, start=start, end=end, parties=parties, codes=codes)):
        sight.choose(episode)


def retime(hand: Corrector, sight: Sight) -> Flow:
    """Another start, another end; those that the day itself gives are not asked for."""
    item, episode = _episode(sight)
    within = (hand.day.start, hand.finish)
    start, end = item.start, item.end
    if episode.concurrent or item.start != hand.day.start:
        start = yield from _time(hand, "it began at", within, item.start)
    if not item.running and (episode.concurrent or not hand.day.ended or item.end != hand.finish):

        def check(at: int) -> None:
            if (start, at) != (item.start, item.end):
                hand.check(c.Retime, episode=episode.id, reason="-", **_other(item, start, at))

        end = yield from _time(hand, "it ended at", within, item.end, check)
    changed = _other(item, start, end)
    if not changed:
        raise Refused("Its start and its end stay as they were.")
    yield from _say(hand, c.Retime, episode=episode.id, **changed)


def _other(item: Item, start: int, end: int) -> dict[str, int]:
    """What of the bounds is another one."""
    return {name: at for name, at, now in (("start", start, item.start), ("end", end, item.end)) if at != now}


def retract(hand: Corrector, sight: Sight) -> Flow:
    """It was none: asked once more."""
    contact = sight.item is not None and sight.item.contact is not None
    item, id_ = (sight.item, sight.item.id) if contact and sight.item is not None else _of_episode(sight)
    hand.check(c.Retract, episode=id_, reason="-")
    hand.last_reason = why = yield reason(hand.last_reason)
    sure = yield Choice(
        f"retract {_line(hand, item)}?", (Option("n", "no, it stays", False), Option("y", "yes, it was none", True))
    )
    if not sure:
        raise Refused("It stays.")
    hand.tell(c.Retract, episode=id_, reason=why)


def unsure(hand: Corrector, sight: Sight) -> Flow:
    """Unsure, or sure again."""
    item, episode = _episode(sight)
    # At the row's own instant: on a day that still runs, what is put right is no key of the recording.
    hand.tell(c.SetUnsure, episode=episode.id, unsure=not episode.unsure, at=item.start)
    yield from ()


def note(hand: Corrector, sight: Sight) -> Flow:
    """A note, kept at the start of what it belongs to; on what is no episode it is a note on the day."""
    if sight.item is None:
        raise Refused("Nothing is chosen.")
    where = {"note": hand.new_id(), "episode": sight.item.id if sight.item.episode else None, "at": sight.item.start}
    hand.check(c.AddNote, text="-", **where)

    def parse(typed: str) -> str:
        if not (text := clean(typed)):
            raise Refused("Nothing typed.", "Esc leaves.")
        return text

    text = yield Typed("note", parse, LONGEST_TEXT, hint="Enter keeps it · Esc leaves it. No names.", free=True)
    hand.tell(c.AddNote, text=text, **where)


def incident(hand: Corrector, sight: Sight) -> Flow:
    """Star the newest note, or take its star away; without a note a star alone."""
    if sight.item is None:
        raise Refused("Nothing is chosen.")
    if sight.item.notes:
        newest = max(sight.item.notes, key=lambda each: each.at)
        hand.tell(c.SetIncident, note=newest.id, incident=not newest.incident, at=sight.item.start)
    else:
        item, episode = _episode(sight)
        hand.tell(c.AddNote, note=hand.new_id(), episode=episode.id, incident=True, at=item.start)
    yield from ()


FLOWS: Mapping[str, Callable[[Corrector, Sight], Flow]] = {
    "amend": amend,
    "split": split,
    "merge": merge,
    "insert": insert,
    "retime": retime,
    "retract": retract,
    "unsure": unsure,
    "note": note,
    "incident": incident,
}
"""Every act that puts something right, by its name in the registry; undo and redo ask nothing."""
