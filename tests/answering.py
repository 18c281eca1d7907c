"""A head at home for tests: a page of a day, and the file that it would save, sealed as the page does it."""

from __future__ import annotations

from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.day import Day
from shadowlog.domain.sealing import canonical, key_of, marks, seal
from tests.typist import Typist

PAGE = "0123456789abcdef" * 2
EVENING = 1_795_507_200_000 + 8 * 3_600_000
"""Eight hours after the typist's clock begins (ms)."""


class Talk(Typist):
    """A day that has ended and is with its head, and what is said of it afterwards."""

    def tell(self, kind: type[c.Command], author: str = "H01", **fields: Any) -> None:
        """Say something of the day as the head, or as somebody else."""
        self.say(kind(**fields, **{**self.moment().envelope(), "author": author}))


def with_head(keys: str = "3 t * +60 5 a +60 7 g +60 X X") -> Talk:
    """Three episodes, the first starred, and the end of the day; the observer handed it over, and a night has passed."""
    talk = Talk(keys)
    talk.tell(f.HandOver, author="O1")
    talk.clock.advance(24 * 3600)
    return talk


def view(day: Day, number: int, word: str, **fields: Any) -> dict[str, Any]:
    """The head's word on the episode of that number, as a page says it."""
    episode = list(day.episodes)[number]
    made = {"kind": "view", "at": EVENING, "episode": episode, "mark": marks(day)[episode], "view": word}
    return made | fields


def saved(day: Day, *said: dict[str, Any], page: str = PAGE, **changed: Any) -> bytes:
    """The file of a page of the day; what is changed of it is changed before it is sealed."""
    values = {
        "format": "shadowlog-answers",
        "version": 1,
        "observation": day.observation.id,
        "page": page,
        "made_at": EVENING,
        "said": list(said),
    } | changed
    return (canonical(values | {"digest": seal(key_of(day, page), values)}) + "\n").encode("utf-8", "surrogatepass")
