"""The questions of the record screen in words: what to type, and what to do with what ran while nobody looked."""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.domain.answers import LONGEST_ROOM
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.codebook import ROLE
from shadowlog.domain.day import Day
from shadowlog.domain.hand import Ask, Hand
from shadowlog.domain.naming import unnamed
from shadowlog.domain.phrases import apart, span
from shadowlog.domain.sentences import clock_time, described
from shadowlog.tui.drift import Parting

KEEP, LAST, TYPED = "K", "E", "T"
"""The answers are capitals: lower case and digits are codes, which end what ran and are then obeyed."""
ANSWERS = frozenset({KEEP, LAST, TYPED})
ENDING = frozenset({"pause", "off", "end", "closed", "contact", "note"})
"""Acts that, pressed instead of an answer, end what ran at the last key and are then obeyed."""


@dataclass(frozen=True, slots=True)
class Question:
    """What ran while nobody looked, asked about once. `by_wall`: the timeline goes on at the wall clock's time."""

    happened: str
    by_wall: bool = True

    def words(self, day: Day) -> str:
        """The question in one line."""
        last = clock_time(max(day.live.last, day.track[-1].at), day.observation.zone)
        return f"{self.happened}  {KEEP} keep running · {LAST} end at the last key ({last}) · {TYPED} type the end"


def after_gap(day: Day) -> Question:
    """The question on opening a day in which something ran."""
    running = day.foreground or day.concurrent
    last = clock_time(day.live.last, day.observation.zone)
    return Question(f"Left at {last}: {described(day, running.id if running else None)}.")


def after_parting(parting: Parting) -> Question:
    """The question after the computer slept or its clock was set."""
    return Question(f"{parting.words} What ran goes on?", by_wall=parting.slept)


def prompt_of(ask: Ask, day: Day) -> tuple[str, int]:
    """What the answer line says, and how long an answer may be (characters)."""
    at = clock_time(ask.at, day.observation.zone)
    book = day.observation.codebook
    episode = day.episodes.get(ask.episode or "")
    if ask.what == "note":
        return f"note, {at}", LONGEST_TEXT
    if ask.what == "room":
        return "room", LONGEST_ROOM
    if ask.what == "planned":
        return "planned, as 10:30-11:00 9 e", 60
    if ask.what == "time":
        return "it began at", 8
    label = book.label(ROLE, episode.parties[ask.position].role) if episode else ""
    return (f"{label}: person {ask.letters}", 3) if ask.what == "person" else (f"{label}: how many", 4)


def naming(day: Day, hand: Hand) -> str:
    """What is said while an episode is named later."""
    episode = day.episodes.get(hand.naming)
    if episode is None:
        return ""
    spells = day.spells(episode.id)
    at, end = clock_time(spells[0].start, day.observation.zone), spells[-1].end
    length = span(apart(spells[0].start, end)) if end is not None else ""
    left = unnamed(day)
    count = f"NAME LATER, {left} left" if left > 1 else "NAME LATER, the last"
    return f"{count}: {at}, {length} · {described(day, episode.id)}  A code names it · Q the next · Esc goes back"


WHO_WAITS = {"join": "who joins?", "leave": "who leaves?", "contact": "contact with whom?"}


def pad_titles(hand: Hand) -> tuple[str, str]:
    """The titles of the two pads while the hand waits for a key."""
    if hand.naming:
        return "who was it?", "what was it?"
    return WHO_WAITS.get(hand.waiting, "who"), "which place?" if hand.waiting == "place" else "what"
