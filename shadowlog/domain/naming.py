"""Log now, name later: a walk through episodes whose who or what was never pressed, while the recording goes on.

Naming one afterwards is an amendment with its reason; the first word, that there was none, stays in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import ACTIVITY, MEDIUM, ROLE
from shadowlog.domain.company import complete
from shadowlog.domain.day import Day
from shadowlog.domain.hand import Hand, Moment, Reaction, beginning, cleared, following_codes, parties_of
from shadowlog.domain.terms import Episode

REASON = "named later"
NOTHING = "Every episode that has ended has its who and its what"


def unnamed(day: Day) -> int:
    """How many episodes that no longer run lack their who or their what."""
    running = {day.track[-1].episode if day.track else None, day.live.concurrent}
    book = day.observation.codebook
    return sum(not complete(each, book) and each.id not in running for each in day.episodes.values())


def walk(day: Day) -> Iterator[str]:
    """The ids of those episodes, the one that began last first."""
    running = {day.track[-1].episode if day.track else None, day.live.concurrent}
    first: dict[str, int] = {span.episode: span.start for span in day.spans.values() if span.episode is not None}
    for stretch in day.newest():
        if stretch.episode is not None:
            first[stretch.episode] = stretch.start
    for episode in sorted(first, key=lambda each: -first[each]):
        if episode not in running and not complete(day.episodes[episode], day.observation.codebook):
            yield episode


def following(hand: Hand, day: Day) -> Reaction:
    """Go to the newest episode to be named, or from one to the next older; behind the last one the walk ends."""
    waiting = list(walk(day))
    behind = waiting[waiting.index(hand.naming) + 1 :] if hand.naming in waiting else waiting
    if behind:
        return Reaction(cleared(hand, naming=behind[0]))
    return Reaction(cleared(hand, naming=""), message="That was the last one" if hand.naming else NOTHING)


def press_name(hand: Hand, day: Day, sign: str, moment: Moment) -> Reaction:
    """A character of the codebook is pressed for the episode that is being named; nothing that runs changes."""
    episode = day.episodes.get(hand.naming)
    if episode is None:
        return Reaction(cleared(hand, naming=""), message="That episode is gone")
    if sign in hand.signs.leaders and not hand.leader:
        return Reaction(cleared(hand, leader=sign, since=moment.at), message=f"{sign}: and one more")
    text, hand = hand.leader + sign, replace(hand, leader="")
    if text in hand.signs.roles:
        return _company(hand, day, episode, hand.signs.roles[text], moment)
    if text in hand.signs.activities:
        return _activity(hand, day, episode, hand.signs.activities[text], moment)
    return Reaction(hand, message=f"{text} means nothing here")


def _company(hand: Hand, day: Day, episode: Episode, role: str, moment: Moment) -> Reaction:
    book = day.observation.codebook
    if episode.parties:
        return Reaction(hand, message=f"Its who is named: {book.label(ROLE, episode.parties[0].role)}. What is missing")
    parties = parties_of(book, role)
    medium = None if episode.closed else beginning(day, parties).get(MEDIUM)
    codes: dict[str, str | None] = {}
    if medium is None and MEDIUM in episode.codes:
        codes = {MEDIUM: None}
    elif medium is not None and MEDIUM not in episode.codes:
        codes = {MEDIUM: medium}
    command = c.Amend(episode=episode.id, parties=parties, codes=codes, reason=REASON, **moment.envelope())
    return _named(hand, day, command, complete=episode.closed or episode.what is not None)


def _activity(hand: Hand, day: Day, episode: Episode, activity: str, moment: Moment) -> Reaction:
    if episode.what is not None:
        label = day.observation.codebook.label(ACTIVITY, episode.what)
        return Reaction(hand, message=f"Its what is named: {label}. Who is missing")
    if episode.closed:
        return Reaction(hand, message="Closed door: only who it was with, if you like")
    codes: dict[str, str | None] = {ACTIVITY: activity, **following_codes(day, activity, episode.codes)}
    command = c.Amend(episode=episode.id, codes=codes, reason=REASON, **moment.envelope())
    return _named(hand, day, command, complete=bool(episode.parties))


def _named(hand: Hand, day: Day, command: c.Amend, *, complete: bool) -> Reaction:
    """Give the command, and go on to the next episode once this one has its who and its what."""
    if not complete:
        return Reaction(cleared(hand, naming=command.episode), command)
    onward = following(hand, day)
    message = "" if onward.hand.naming else "None is left"
    return Reaction(onward.hand, command, message=message)
