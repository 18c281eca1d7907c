from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from shadowlog.codebooks.presets import preset, presets
from shadowlog.domain import commands as c
from shadowlog.domain.acts import press_act
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Code, Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.day import Day
from shadowlog.domain.hand import Hand, Moment, Reaction, new_hand
from shadowlog.domain.press import press_sign
from shadowlog.domain.recorder import fold, step
from shadowlog.domain.terms import Observation

MORNING = 1_795_507_200_000
"""Tuesday 24 November 2026, 08:00 in London, in ms since the epoch."""


class Observer:
    """Presses keys, one a second."""

    def __init__(self, book: Codebook) -> None:
        self.observation = Observation("o-1", "Autumn", "H03", "O1", "Europe/London", book, (), "signed form")
        self.clock = FakeClock(wall=MORNING)
        self.hand: Hand = new_hand(book)
        self.commands: list[c.Command] = []
        self._ids = count(1)
        self.day: Day = fold(self.observation, ())
        self._say(c.Begin(codebook=digest(book), **self._moment().envelope()))

    def sign(self, sign: str) -> str:
        """Press a character of the codebook; give what is said quietly."""
        return self._press(lambda moment: press_sign(self.hand, self.day, sign, moment))

    def act(self, name: str) -> str:
        """Press an act; give what is said quietly."""
        return self._press(lambda moment: press_act(self.hand, self.day, name, moment))

    def code(self, code: Code) -> str:
        """Press a code by its key, of one or two characters; give what was said at the last."""
        return [self.sign(each) for each in code.key][-1]

    def _press(self, react: Callable[[Moment], Reaction]) -> str:
        reaction = react(self._moment())
        self.hand = reaction.hand
        if reaction.command is not None:
            self._say(reaction.command)
        return reaction.message

    def _moment(self) -> Moment:
        self.clock.advance(1)
        said = self.clock.now()
        return Moment(said.wall, said, "O1", lambda: f"id-{next(self._ids)}")

    def _say(self, command: c.Command) -> None:
        self.day, _ = step(self.day, command)
        self.commands.append(command)


@pytest.mark.parametrize("id_", presets())
def test_every_preset_records_a_morning(id_: str) -> None:
    """Pressed key by key, each who, what and place of a preset comes into the day as itself, and the day folds again."""
    book = preset(id_)
    observer = Observer(book)
    for role in book.codes(ROLE):
        assert observer.code(role) == ""
        assert observer.day.foreground is not None
        assert [party.role for party in observer.day.foreground.parties] == [role.id]
        observer.clock.advance(60)
    observer.act("pause")
    for activity in book.codes(ACTIVITY):
        assert observer.code(activity) == ""
        assert observer.day.foreground is not None
        assert observer.day.foreground.what == activity.id
        observer.clock.advance(60)
    for place in book.codes(PLACE):
        observer.act("place")
        assert observer.code(place) == ""
        assert observer.day.live.place == place.id
    observer.act("interrupt")
    observer.code(book.codes(ROLE)[0])
    observer.code(book.codes(ACTIVITY)[0])
    observer.act("resume")
    observer.act("end")
    observer.act("end")
    assert observer.day.ended
    assert len(observer.day.episodes) >= len(book.codes(ROLE)) + len(book.codes(ACTIVITY))
    assert fold(observer.observation, observer.commands).episodes == observer.day.episodes
