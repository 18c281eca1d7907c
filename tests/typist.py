"""An observer for tests: types keys on a clock that stands still until told, and keeps the journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from shadowlog.domain import commands as c
from shadowlog.domain.acts import press_act
from shadowlog.domain.answers import answer
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import Code, Codebook, Dimension
from shadowlog.domain.day import Changes
from shadowlog.domain.hand import Hand, Moment, Reaction, new_hand
from shadowlog.domain.press import press_sign
from shadowlog.domain.recorder import new_day, step
from shadowlog.domain.sentences import what, who
from shadowlog.domain.terms import Observation, State, Stretch

ACT_OF = {
    "_": "pause", "I": "interrupt", "R": "resume", "J": "join", "L": "leave", "G": "group", "P": "place",
    "M": "mode", "H": "initiator", "V": "medium", "F": "contact", "C": "concurrent", "K": "person", "N": "note",
    "*": "incident", "D": "closed", "O": "off", "X": "end", "[": "earlier", "]": "later", "{": "minute_earlier",
    "}": "minute_later", "T": "type_start", "U": "undo", "Y": "redo", "?": "unsure", "⏎": "room",
}  # fmt: skip


def _code(key: str, id_: str, *flags: str, person: str = "") -> Code:
    return Code(id_, id_.replace("_", " "), key=key, flags=frozenset(flags), person=person)


BOOK = Codebook(
    "test",
    1,
    "Test scheme",
    (
        Dimension(
            "role",
            "Who",
            (
                _code("1", "leaders", person="L"),
                _code("3", "teacher", person="T"),
                _code("5", "office", person="O"),
                _code("7", "pupil", "group", "no_person_code"),
                _code("8", "parent", "no_person_code"),
                _code("i", "alone", "alone", "no_person_code"),
                _code("y", "shadower", "shadower"),
                _code("k", "other_person", "no_person_code", "no_note"),
                _code("zz", "visitor", person="V"),
                _code("zh", "heads", person="H"),
            ),
        ),
        Dimension(
            "activity",
            "What",
            (_code("t", "teaching"), _code("a", "admin"), _code("g", "general"), _code("m", "moving", "moving")),
        ),
        Dimension(
            "mode",
            "Planned",
            (
                _code("", "scheduled", "scheduled"),
                _code("", "unscheduled", "default"),
                _code("", "interruption", "interruption"),
            ),
        ),
        Dimension("initiator", "Who began", (_code("", "head"), _code("", "other"))),
        Dimension("medium", "Medium", (_code("", "f2f", "default"), _code("", "phone"))),
        Dimension(
            "place",
            "Place",
            (
                _code("o", "own_office", "office"),
                _code("c", "classroom", "classroom"),
                _code("d", "corridor", "around"),
            ),
        ),
    ),
)

OBSERVATION = Observation("o-1", "Study", "H01", "O1", "Europe/London", BOOK, consent="asked")


class Typist:
    """Types keys: ``type("3 t +60 I 5 a R")``. `_` is space, ``+60`` lets a minute pass, ``"text"`` answers a question.

    Every press takes one second, so what follows at once is within the settling time.
    """

    def __init__(self, keys: str = "", observation: Observation = OBSERVATION, author: str = "O1") -> None:
        self.clock = FakeClock()
        self.ids: Iterator[int] = count(1)
        self.author = author
        self.journal: list[c.Command] = []
        self.changes: list[Changes] = []
        self.day = new_day(observation)
        self.hand: Hand = new_hand(observation.codebook)
        self.last = Reaction(self.hand)
        self.say(c.Begin(codebook="digest", **self.moment().envelope()))
        self.began = self.day.start
        self.clock.advance(1)
        self.type(keys)

    def moment(self) -> Moment:
        """The instant of a press."""
        said = self.clock.now()
        at = self.day.position(said) if self.day.begun else said.wall
        assert at is not None
        return Moment(at, said, self.author, lambda: f"id-{next(self.ids):05}")

    def moment_by_wall(self) -> Moment:
        """The instant by the wall clock, as after a reboot."""
        said = self.clock.now()
        return Moment(said.wall, said, self.author, lambda: f"id-{next(self.ids):05}")

    def say(self, command: c.Command) -> None:
        """Say a command to the recorder; it joins the journal if it was not refused."""
        self.day, changes = step(self.day, command)
        self.journal.append(command)
        self.changes.append(changes)

    def press(self, key: str) -> None:
        """Press one key, or answer with a quoted text."""
        if key.startswith('"'):
            assert self.last.ask is not None
            self.last = answer(self.hand, self.day, self.last.ask, key.strip('"'), self.moment())
        elif key in ACT_OF:
            self.last = press_act(self.hand, self.day, ACT_OF[key], self.moment())
        else:
            self.last = press_sign(self.hand, self.day, key, self.moment())
        self.hand = self.last.hand
        if self.last.command is not None:
            self.say(self.last.command)

    def type(self, keys: str) -> Typist:
        """Type keys, parted by spaces."""
        for key in keys.split():
            if key[0] == "+" and len(key) > 1:
                self.clock.advance(float(key[1:]))
            else:
                self.press(key)
                self.clock.advance(1)
        return self

    def seconds(self, at: int | None) -> int:
        """An instant as seconds since the day began, -1 while it is open."""
        return -1 if at is None else (at - self.began) // 1000

    def names(self, stretch: Stretch) -> str:
        """What a stretch is, in words."""
        if stretch.episode is None:
            return {State.GAP: "gap", State.OFF: "off", State.UNSEEN: "unseen"}[stretch.state]
        episode = self.day.episodes[stretch.episode]
        return f"{who(BOOK, episode.parties)}, {what(BOOK, episode)}"

    @property
    def story(self) -> list[tuple[int, str]]:
        """The track as (seconds since the day began, what), without the gap it begins with."""
        return [(self.seconds(s.start), self.names(s)) for s in self.day.stretches()][1:]

    @property
    def words(self) -> list[str]:
        """The track as words."""
        return [name for _, name in self.story]
