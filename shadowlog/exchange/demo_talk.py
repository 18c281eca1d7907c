"""What is said of an invented day once it has ended: by its observer the same evening, by its head a day later."""

from __future__ import annotations

import random
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.company import is_quiet
from shadowlog.domain.day import Changes, Day
from shadowlog.domain.feedback_rules import estimated, shown_in_turn
from shadowlog.domain.recorder import step
from shadowlog.domain.terms import Episode, Verification
from shadowlog.exchange.demo_talk_words import AMENDED, COMMENTED, DISPUTED, MISSING, STRUCK, Incident, Outlook, Remark

MINUTE = 60
DAY = 24 * 60 * MINUTE
"""In seconds."""
TALKS = 7
"""Over how many talks the remarks are dealt out."""
USUAL = (4, 3, 5)
"""How typical heads find their days, one after the other."""


class Afterwards:
    """Words to a day that has ended, each at its own instant, and what the day comes to; the same words have the same ids."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.told: list[tuple[c.Command, Changes]] = []
        self.clock = FakeClock(day.track[-1].at, boot=f"afterwards-{day.observation.id}")
        self.chance = random.Random(day.observation.id)  # noqa: S311 - an invented talk is no secret
        self.clock.advance(20 * MINUTE)

    @property
    def head(self) -> str:
        """The head's code."""
        return self.day.observation.head

    @property
    def observer(self) -> str:
        """The observer's code."""
        return self.day.observation.observer

    def say(self, kind: type[c.Command], author: str = "", **fields: Any) -> None:
        """Say something now, as the head unless told otherwise."""
        self.clock.advance(self.chance.uniform(5, 40))
        self._say(kind, author=author or self.head, **fields)

    def hand_over(self) -> None:
        """A day later the observer gives the day to the head."""
        self.clock.advance(DAY)
        self.say(f.HandOver, self.observer)

    def agree_to_rest(self) -> None:
        """The head agrees to every row without a word, at one stroke."""
        self.clock.advance(MINUTE)
        for episode in [each.id for each in self.day.episodes.values() if each.verification is None]:
            self._say(c.Verify, author=self.head, episode=episode, view=Verification.AGREE)

    def new_id(self) -> str:
        """A UUIDv7 of the invented instant, so that a talk is the same every time."""
        bits = self.chance.getrandbits(12) << 64 | 0b10 << 62 | self.chance.getrandbits(62)
        return str(uuid.UUID(int=self.clock.wall << 80 | 0x7 << 76 | bits))

    def _say(self, kind: type[c.Command], **fields: Any) -> None:
        said = self.clock.now()
        command = kind(**{"id": self.new_id(), "at": said.wall, "said": said, **fields})
        self.day, changes = step(self.day, command)
        self.told.append((command, changes))


def talked(
    day: Day, number: int, outlook: Outlook, incidents: Iterable[Incident], layers: Collection[str]
) -> Afterwards:
    """A whole talk about an invented day, as talks go: most of it was so, some of it was not, and it may be used for these.

    `number` is the day's place in its study: which remarks of the head's fall to it.
    """
    talk = Afterwards(day)
    for each in incidents:
        _write_up(talk, each)
    talk.hand_over()
    _expect(talk, outlook)
    for of in (*shown_in_turn(day.observation.codebook), f.WHOLE):
        talk.say(f.Reveal, talk.observer, of=of)
    _go_through(talk, number)
    _look_back(talk, number, outlook)
    for section in f.SECTIONS:
        talk.say(f.SignOff, section=section)
    talk.say(f.Release, layers=tuple(layers))
    return talk


def _write_up(talk: Afterwards, incident: Incident) -> None:
    """The observer notes in the evening what the day left no time for, at the row where it happened."""
    lengths = {switch.episode: after.at - switch.at for switch, after in pairwise(talk.day.track)}
    # The longest, since there is more in it than in a word at a door.
    episode = max(_fitting(talk.day, incident.role, incident.activity), key=lambda each: lengths.get(each.id, 0))
    start = next(switch.at for switch in talk.day.track if switch.episode == episode.id)
    talk.clock.advance(MINUTE)
    note = {"note": talk.new_id(), "episode": episode.id, "text": incident.text, "incident": True}
    talk.say(c.AddNote, talk.observer, at=start, **note)


def _expect(talk: Afterwards, outlook: Outlook) -> None:
    """What the head expects and values, before anything is shown."""
    talk.say(f.Place, value=outlook.before, seen=False)
    of = estimated(talk.day.observation.codebook)
    talk.say(f.Estimate, of=of, shares=outlook.shares, importance=outlook.importance)
    for number, guess in zip(f.GUESSES, outlook.guesses, strict=True):
        talk.say(f.Guess, of=number, number=float(guess))


def _go_through(talk: Afterwards, number: int) -> None:
    """Row by row: what the head says otherwise, in the order of the day; the rest was so."""
    views: dict[str, tuple[Verification, Remark]] = {}

    def choose(view: Verification, remarks: Sequence[Remark]) -> None:
        for each in remarks:
            found = [row for row in _fitting(talk.day, each.role, each.activity) if row.id not in views]
            if found:
                views[talk.chance.choice(found).id] = view, each

    for each in MISSING:
        choose(Verification.AMEND, [each] * 2)
    choose(Verification.AMEND, _share(AMENDED, number))
    choose(Verification.DISPUTE, _share(DISPUTED, number))
    choose(Verification.STRIKE, _share(STRUCK, number))
    choose(Verification.AGREE, _share(COMMENTED, number))
    for episode in list(talk.day.episodes):
        if episode in views:
            view, remark = views[episode]
            if view is Verification.AMEND:
                talk.say(c.Amend, reason=remark.words, episode=episode, codes={ACTIVITY: remark.to})
            talk.say(c.Verify, episode=episode, view=view, comment=remark.words)
    talk.agree_to_rest()


def _look_back(talk: Afterwards, number: int, outlook: Outlook) -> None:
    """What is said of the whole day once it was seen."""
    talk.say(f.Place, value=outlook.after, seen=True)
    usual = USUAL[number % len(USUAL)]
    talk.say(f.Typical, rating=usual, unusual=outlook.unusual if usual < f.TYPICAL else "")
    talk.say(f.Typical, talk.observer, rating=usual - number % 2)
    for prompt, text in outlook.answers.items():
        talk.say(f.Answer, prompt=prompt, text=text)
    talk.say(f.Phase, phase=outlook.phase, why=outlook.why)
    for of, text in outlook.factors.items():
        talk.say(f.Factor, of=of, text=text)


def _share(remarks: Sequence[Remark], number: int) -> Sequence[Remark]:
    """The remarks that fall to a day: no two days have the same."""
    return remarks[number::TALKS]


def _fitting(day: Day, role: str, activity: str | None) -> Iterator[Episode]:
    """The rows with this company and this activity (None: nobody named it) of which words may be kept, without an incident."""
    starred = {note.episode for note in day.notes.values() if note.incident}
    book = day.observation.codebook
    for each in day.episodes.values():
        first = each.parties[0].role if each.parties else ""
        if (first, each.what) == (role, activity) and each.id not in starred and not is_quiet(book, each):
            yield each
