"""What a pressed character of the codebook comes to: the who and the what of episodes, and what a prefix waits for."""

from __future__ import annotations

from dataclasses import replace

from shadowlog.domain import commands as c
from shadowlog.domain.codebook import ACTIVITY, MEDIUM, ROLE
from shadowlog.domain.company import complete
from shadowlog.domain.day import Day
from shadowlog.domain.hand import (
    PREFIXES,
    Ask,
    Hand,
    Moment,
    Reaction,
    beginning,
    carried,
    cleared,
    closed_to,
    following_codes,
    last_named,
    parties_of,
    start_episode,
)
from shadowlog.domain.naming import press_name
from shadowlog.domain.terms import Episode, Party


def press_sign(hand: Hand, day: Day, sign: str, moment: Moment) -> Reaction:
    """A character of the codebook is pressed."""
    if refusal := closed_to(day, "naming" if hand.naming else ""):
        return Reaction(replace(hand, waiting="", leader=""), message=refusal)
    if hand.waiting:
        return _after_prefix(hand, day, sign, moment)
    if hand.naming:
        return press_name(hand, day, sign, moment)
    at = moment.at
    if hand.leader:
        pair, at = hand.leader + sign, hand.since
        hand = replace(hand, leader="")
        if pair not in hand.signs.roles and pair not in hand.signs.activities:
            told = press_sign(hand, day, sign, moment)
            return replace(told, message=f"{pair} is no code. {told.message}".strip())
        sign = pair
    elif sign in hand.signs.leaders:
        # Who was named just now stays so: the same two characters again are one more of them.
        return Reaction(cleared(hand, leader=sign, since=at, named=hand.named), message=f"{sign}: and one more")
    if sign in hand.signs.roles:
        return _role(hand, day, hand.signs.roles[sign], moment, at)
    if sign in hand.signs.activities:
        return _activity(hand, day, hand.signs.activities[sign], moment, at)
    return Reaction(cleared(hand), message=f"{sign} means nothing here")


def _target(day: Day) -> Episode | None:
    """The episode that a bare code goes to: the concurrent one until it is complete, else the foreground."""
    beside = day.concurrent
    return beside if beside is not None and not complete(beside, day.observation.codebook) else None


def _role(hand: Hand, day: Day, role: str, moment: Moment, at: int) -> Reaction:
    book = day.observation.codebook
    running = day.foreground
    if hand.named is not None and hand.named[1] == role and at - hand.named[2] <= hand.settling:
        episode = day.episodes.get(hand.named[0])
        # A correction may have taken them out again since.
        present = episode is not None and any(p.role == role and p.left is None for p in episode.parties)
        if episode is not None and present and episode in (running, day.concurrent):
            return _one_more(hand, day, episode, role, moment, at)
    parties = parties_of(book, role)
    beside = _target(day)
    if beside is not None:
        return _company(hand, beside, parties, day, moment, at)
    within = running is not None and hand.started is not None and hand.started[0] == running.id
    within = within and hand.started is not None and at - hand.started[1] <= hand.settling
    if running is not None and (
        (not running.parties and (not running.closed or within)) or (running.carried and within)
    ):
        return _company(hand, running, parties, day, moment, at)
    return start_episode(hand, day, moment, at, parties=parties, named=role)


def _company(hand: Hand, episode: Episode, parties: tuple[Party, ...], day: Day, moment: Moment, at: int) -> Reaction:
    medium = None if episode.closed else beginning(day, parties).get(MEDIUM)
    codes: dict[str, str | None] = {}
    if medium is None and episode.codes.get(MEDIUM) is not None:
        codes = {MEDIUM: None}
    elif medium is not None and MEDIUM not in episode.codes:
        codes = {MEDIUM: medium}
    command = c.SetCompany(episode=episode.id, parties=parties, codes=codes, **moment.envelope(at))
    return Reaction(cleared(hand, named=(episode.id, parties[0].role, at)), command)


def _one_more(hand: Hand, day: Day, episode: Episode, role: str, moment: Moment, at: int) -> Reaction:
    label = day.observation.codebook.label(ROLE, role)
    position = max(n for n, p in enumerate(episode.parties) if p.role == role)
    count = episode.parties[position].count
    if count is None:
        return Reaction(hand, message=f"{label}: a group; G sets how many")
    if day.observation.codebook.is_flagged(ROLE, role, "alone"):
        return Reaction(hand, message=f"{label} already")
    hand = cleared(hand, named=(episode.id, role, at))
    return Reaction(hand, c.SetSize(episode=episode.id, position=position, count=count + 1, **moment.envelope(at)))


def _activity(hand: Hand, day: Day, activity: str, moment: Moment, at: int) -> Reaction:
    running, label = day.foreground, day.observation.codebook.label(ACTIVITY, activity)
    beside = _target(day)
    waits = beside or (running if running is not None and running.what is None and not running.closed else None)
    if waits is not None and waits.what != activity:
        follows = following_codes(day, activity, waits.codes)
        command = c.SetCode(episode=waits.id, dimension=ACTIVITY, code=activity, codes=follows, **moment.envelope(at))
        return Reaction(cleared(hand), command)
    if beside is not None or (running is not None and running.what == activity):
        return Reaction(cleared(hand), message=f"{label} already")
    parties = carried(running)
    begun = beginning(day, parties)
    codes = {**begun, **following_codes(day, activity, begun), ACTIVITY: activity}
    return start_episode(hand, day, moment, at, parties=parties, carried=bool(parties), codes=codes)


def _after_prefix(hand: Hand, day: Day, sign: str, moment: Moment) -> Reaction:
    waiting, at, signs, episode = hand.waiting, hand.since, hand.signs, day.foreground
    text = hand.leader + sign
    roles = waiting in {"join", "leave", "contact"}
    leaders = signs.place_leaders if waiting == "place" else signs.leaders if roles else frozenset()
    if not hand.leader and sign in leaders:
        return Reaction(replace(hand, leader=sign), message=f"{sign}: and one more")
    after = cleared(hand)
    role = signs.roles.get(text) if roles else None
    if role is not None and waiting == "contact":
        return Reaction(after, c.MakeContact(contact=moment.new_id(), role=role, **moment.envelope(at)))
    if role is not None and waiting == "join" and episode is not None:
        party = parties_of(day.observation.codebook, role)[0]
        if _at_the_start(hand, day, episode, role, at):
            # Within the settling time it belongs to the first press: they were there from the start.
            company = (*episode.parties, party)
            return Reaction(after, c.SetCompany(episode=episode.id, parties=company, **moment.envelope(at)))
        return Reaction(after, c.Join(episode=episode.id, party=party, **moment.envelope(at)))
    if role is not None and waiting == "leave" and episode is not None:
        here = [n for n, p in enumerate(episode.parties) if p.role == role and p.left is None]
        if not here:
            return Reaction(after, message=f"{day.observation.codebook.label(ROLE, role)}: not here")
        return Reaction(after, c.Leave(episode=episode.id, position=here[-1], **moment.envelope(at)))
    if waiting == "place" and text in signs.places:
        return Reaction(after, c.SetPlace(place=signs.places[text], **moment.envelope(at)))
    if waiting in {"group", "person"} and sign.isdecimal() and sign.isascii() and episode is not None:
        return _number(after, day, episode, waiting, int(sign), moment, at)
    told = press_sign(after, day, sign, moment)
    return replace(told, message=f"{PREFIXES[waiting][:1]} cancelled. {told.message}".strip())


def _at_the_start(hand: Hand, day: Day, episode: Episode, role: str, at: int) -> bool:
    """Whether somebody named now was there when the episode began."""
    if hand.started is None or hand.started[0] != episode.id or at - hand.started[1] > hand.settling:
        return False
    book = day.observation.codebook
    present = [role, *(p.role for p in episode.parties)]
    here = bool(episode.parties) and all(p.left is None for p in episode.parties)
    return here and not any(book.is_flagged(ROLE, each, "alone") for each in present)


def _number(hand: Hand, day: Day, episode: Episode, act: str, number: int, moment: Moment, at: int) -> Reaction:
    position = last_named(episode)
    if position is None:
        return Reaction(hand, message="Nobody is named yet")
    book, role = day.observation.codebook, episode.parties[position].role
    letters = ""
    if act == "person":
        letters = book.code(ROLE, role).person
        if not letters or book.is_flagged(ROLE, role, "no_person_code"):
            return Reaction(hand, message=f"{book.label(ROLE, role)}: counts only, no person codes")
    elif book.is_flagged(ROLE, role, "alone"):
        return Reaction(hand, message=f"{book.label(ROLE, role)}: nobody to count")
    if number == 0:
        return Reaction(hand, ask=Ask(act, at, episode.id, position, letters))
    if act == "person":
        person = f"{letters}{number}"
        return Reaction(hand, c.SetPerson(episode=episode.id, position=position, person=person, **moment.envelope(at)))
    return Reaction(hand, c.SetSize(episode=episode.id, position=position, count=number, **moment.envelope(at)))
