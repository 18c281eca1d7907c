"""What was said and is not yet kept, in order: nothing overtakes, nothing is forgotten, nothing is kept twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes
from shadowlog.errors import ShadowlogError, StoreError
from shadowlog.store import journal
from shadowlog.store.engine import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """One command of an observation, and what it changed."""

    observation: str
    command: Command
    changes: Changes


class Outbox:
    """An ordered queue in front of the journal, for one thread. `saved` is called with each id after its commit."""

    def __init__(self, store: Store, saved: Callable[[str], None]) -> None:
        self._store = store
        self._saved = saved
        self._waiting: deque[Waiting] = deque()
        self.fault: StoreError | None = None
        """Why the newest write failed; None while all is well."""

    @property
    def pending(self) -> int:
        """How many commands are not yet kept."""
        return len(self._waiting)

    def submit(self, observation: str, command: Command, changes: Changes) -> bool:
        """Take a command and keep it, after those before it; False if it has to wait."""
        self._waiting.append(Waiting(observation, command, changes))
        return self.retry()

    def retry(self) -> bool:
        """Keep what waits, the oldest first, until all is kept (True) or a write fails (False, see `fault`)."""
        while self._waiting:
            first = self._waiting[0]
            try:
                id_ = journal.append(self._store, first.observation, first.command, first.changes)
            except (ShadowlogError, sa.exc.SQLAlchemyError) as error:
                # Whatever it was, what comes later must not overtake.
                self.fault = error if isinstance(error, StoreError) else StoreError("The database did not take it.")
                return False
            self.fault = None
            self._waiting.popleft()
            self._saved(id_)
        return True
