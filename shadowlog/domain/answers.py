"""What a typed answer comes to: a note, a number, a time of day, a room, and what to do after a crash."""

from __future__ import annotations

from shadowlog.domain import commands as c
from shadowlog.domain.acts import move_start
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.day import Day
from shadowlog.domain.hand import Ask, Hand, Moment, Reaction, cleared
from shadowlog.domain.local_times import first_since, just_before
from shadowlog.domain.text import clean as text_clean
from shadowlog.errors import Refused

LONGEST_ROOM = 40


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Give typed text as it may be kept: cleaned, without outer space, cut to so many characters."""
    return text_clean(text, lines=True).strip()[:longest]


def typed_end(text: str, zone: str, start: int, now: int) -> int | None:
    """Give the first instant (ms) since `start` at which a clock showed a typed time of day; None for none before `now`."""
    try:
        return first_since(text, zone, start, now)
    except Refused:
        return None


def answer(hand: Hand, day: Day, ask: Ask, text: str, moment: Moment) -> Reaction:
    """What was typed in answer to a question; an empty answer takes the question back."""
    text = clean(text)
    if not text and ask.what != "room":
        return Reaction(cleared(hand), message="Nothing typed, nothing changed")
    if ask.what == "note":
        episode = ask.episode if ask.episode in day.episodes else None
        command: c.Command = c.AddNote(note=moment.new_id(), episode=episode, text=text, **moment.envelope(ask.at))
        return Reaction(cleared(hand), command)
    if ask.what == "room":
        place = day.live.place
        if place is None:
            return Reaction(cleared(hand), message="P and a place first, then its room")
        room = text.replace("\n", " ")[:LONGEST_ROOM] or None
        return Reaction(cleared(hand), c.SetPlace(place=place, room=room, **moment.envelope(ask.at)))
    if ask.what == "time":
        try:
            to = just_before(text, day.observation.zone, moment.at)
        except Refused as refusal:
            return Reaction(cleared(hand), message=str(refusal))
        return move_start(hand, day, moment, to)
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= (999 if ask.what == "person" else 9_999):
        return Reaction(cleared(hand), message="That is no number of people or of a person")
    episode = ask.episode or ""
    if ask.what == "person":
        person = f"{ask.letters}{int(text)}"
        command = c.SetPerson(episode=episode, position=ask.position, person=person, **moment.envelope(ask.at))
    else:
        command = c.SetSize(episode=episode, position=ask.position, count=int(text), **moment.envelope(ask.at))
    return Reaction(cleared(hand), command)


def asks_after_gap(day: Day) -> bool:
    """Whether an observation that is opened again needs the question what to do with what ran."""
    return day.begun and not day.ended and (day.foreground is not None or day.concurrent is not None)


def recover(day: Day, moment: Moment, choice: str, end: int | None = None) -> c.Recover:
    """The answer to the one question after a crash or a clock event: "keep" running, end at the "last" key, or at "end".

    `moment.at` must be the wall clock's instant, never before the last act; `end` is in ms.
    """
    at = max(moment.at, day.live.last, day.track[-1].at)
    envelope = moment.envelope(at)
    if choice == "keep":
        return c.Recover(**envelope)
    if choice == "last":
        return c.Recover(end=max(day.live.last, day.track[-1].at), unsure=True, **envelope)
    if end is None:
        message = "an end is given as an instant"
        raise ValueError(message)
    return c.Recover(end=min(max(end, day.track[-1].at), at), **envelope)
