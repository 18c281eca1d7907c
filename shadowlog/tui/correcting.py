"""One day being put right: asks the recorder beforehand, says what was decided, takes back what was put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.clock import Clock
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import newest_act, step
from shadowlog.tui.outbox import Entry
from shadowlog.tui.session import Outcome, Session

NOT_MINE = "What comes next is of the recording itself; here only what was put right is taken back and made again"


class Corrector(Session):
    """The day as it stands in memory. What is said goes to `take`; nothing here presses a code."""

    def __init__(self, day: Day, clock: Clock, new_id: Callable[[], str], take: Callable[[Outcome], None]) -> None:
        super().__init__(day, new_id)
        self.clock = clock
        self.new_id = new_id
        mine = (a.command for a in reversed(day.acts) if a.command.author == self.author)
        self.last_reason = next((each.reason for each in mine if isinstance(each, c.Correction)), "")
        """The reason given last, here or another day."""
        self._take = take
        self._here: set[str] = set()
        """The ids of what was said here."""

    @property
    def finish(self) -> int:
        """Where the day ends, or now on its timeline (ms)."""
        if self.day.begun and self.day.ended:
            return self.day.track[-1].at
        return self.now(self.clock.now())

    def check(self, kind: type[c.Command], **fields: Any) -> None:
        """Raise the Refused that a command would meet; nothing is said."""
        step(self.day, self._made(kind, fields))

    def tell(self, kind: type[c.Command], **fields: Any) -> bool:
        """Say a command; whether the recorder took it. `at` (ms) is now unless given."""
        outcome = self._say(self._made(kind, fields))
        self._here |= {entry.command.id for entry in outcome.entries}
        self._take(outcome)
        return bool(outcome.entries)

    def tell_all(self, *told: tuple[type[c.Command], dict[str, Any]], sentence: str = "") -> bool:
        """Say several commands as one act: all are taken or none; whether they were. `sentence` says what it did."""
        before, entries = self.day, list[Entry]()
        for kind, fields in told:
            outcome = self._say(self._made(kind, fields))
            if not outcome.entries:
                self.day = before
                self._take(outcome)
                return False
            entries += outcome.entries
        self._here |= {entry.command.id for entry in entries}
        *first, last = entries
        act = replace(last, first=tuple((e.command, e.changes) for e in first), sentence=sentence or last.sentence)
        self._take(Outcome((act,)))
        return True

    def take_back(self) -> None:
        """Undo the newest thing that was put right."""
        act = newest_act(self.day, self.author)
        if act is None or not self._put_right(act):
            self._take(Outcome(message=NOT_MINE if act else "Nothing to undo"))
        else:
            self.tell(c.Undo, target=act.id)

    def make_again(self) -> None:
        """Redo what was taken back last."""
        waiting = self.day.undone.get(self.author, ())
        if not waiting or not self._put_right(waiting[-1].command):
            self._take(Outcome(message=NOT_MINE if waiting else "Nothing to redo"))
        else:
            self.tell(c.Redo, target=waiting[-1].command.id)

    def _put_right(self, command: c.Command) -> bool:
        """Whether a command is no part of the recording.

        Notes, stars and doubts are said in both; on the timeline, too, a note of the evening stands within the day. By
        the wall clock it was said after the end.
        """
        if isinstance(command, c.Correction) or command.id in self._here:
            return True
        end = next((a.command for a in reversed(self.day.acts) if isinstance(a.command, c.End)), None)
        return not command.LIVE and end is not None and command.said.wall > end.said.wall

    def _made(self, kind: type[c.Command], fields: dict[str, Any]) -> c.Command:
        return kind(**{**self._moment(self.clock.now()).envelope(), **fields})
