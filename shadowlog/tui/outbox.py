"""What was said and is not yet on disk, in order: one thing is sent at a time, and again until its commit."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes, Day
from shadowlog.errors import ShadowlogError

UNFORESEEN = "something went wrong inside; where is in the fault log"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on its way to disk: its command, the day after it, and the line that says what it did."""

    command: Command
    changes: Changes
    day: Day
    sentence: str
    first: tuple[tuple[Command, Changes], ...] = ()
    """What belongs to the same act and comes before the command: on disk with it or not at all."""

    @property
    def told(self) -> tuple[tuple[Command, Changes], ...]:
        """All of the act, in order."""
        return (*self.first, (self.command, self.changes))


Send = Callable[[Entry], "Future[None]"]


class Outbox:
    """Sends entries one after the other. `post` brings a call from the writer's thread to the screen's."""

    def __init__(
        self,
        send: Send,
        saved: Callable[[Entry], None],
        failed: Callable[[], None],
        post: Callable[[Callable[[], None]], None],
    ) -> None:
        self._send = send
        self._saved = saved
        self._failed = failed
        self._post = post
        self._waiting: deque[Entry] = deque()
        self._sending = False
        self.reason = ""
        """Why the last write failed, in words; empty while all is well."""

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """What is not yet on disk, the oldest first."""
        return tuple(self._waiting)

    @property
    def failing(self) -> bool:
        """Whether the last write failed."""
        return bool(self.reason)

    def add(self, entry: Entry) -> None:
        """Take an entry; it is sent when all before it are on disk."""
        self._waiting.append(entry)
        if not self.failing:
            self.push()

    def push(self) -> None:
        """Send the oldest entry, unless one is under way."""
        if self._sending or not self._waiting:
            return
        self._sending = True
        entry = self._waiting[0]
        future = self._send(entry)
        future.add_done_callback(lambda done: self._committed(entry, done))

    def _committed(self, entry: Entry, done: Future[None]) -> None:
        """On the writer's thread, so that what is acknowledged is never more than one commit behind."""
        problem = done.exception()
        if problem is None:
            for command, _ in entry.told:
                acknowledge(command.id)
        self._post(lambda: self._settle(entry, problem))

    def _settle(self, entry: Entry, problem: BaseException | None) -> None:
        self._sending = False
        if problem is not None:
            self.reason = problem.what if isinstance(problem, ShadowlogError) else UNFORESEEN
            self._failed()
            return
        self.reason = ""
        self._waiting.popleft()
        self._saved(entry)
        self.push()


def acknowledge(id_: str) -> None:
    """Tell whoever tests us that this command is on disk: `ACK id` on the descriptor named in $ACK_FD."""
    channel = os.environ.get("ACK_FD", "")
    if channel.isdecimal():
        # Whoever listened may be gone; that is no reason to stop keeping.
        with contextlib.suppress(OSError):
            os.write(int(channel), f"ACK {id_}\n".encode())
