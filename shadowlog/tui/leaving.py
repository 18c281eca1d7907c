"""Leaving a recording so that it can be taken up: what was said is on disk first, or the observer is told that it is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shadowlog.tui.outbox import Outbox
    from shadowlog.tui.record import RecordScreen

LONGEST_WAIT = 2.0
"""How many seconds leaving waits for a disk that takes nothing."""


async def drained(outbox: Outbox) -> bool:
    """Wait until all is on disk, or for a while none of it was; say whether all is."""
    loop = asyncio.get_running_loop()
    deadline, first = loop.time() + LONGEST_WAIT, outbox.waiting[:1]
    while outbox.waiting and loop.time() < deadline:
        if outbox.waiting[:1] != first:
            deadline, first = loop.time() + LONGEST_WAIT, outbox.waiting[:1]
        outbox.push()
        await asyncio.sleep(0.02)
    return not outbox.waiting


class Leaving:
    """Whether and how a record screen can be left."""

    def __init__(self, screen: RecordScreen) -> None:
        self._screen = screen
        self._told = ""
        """The oldest act that was not on disk when that was said."""

    async def flush(self) -> bool:
        """Wait until all is on disk, but not for long; a half-typed note is kept. Say whether all is."""
        self._screen.answering.keep()
        return await drained(self._screen.outbox)

    async def allowed(self) -> bool:
        """Whether leaving loses nothing; asked again, it may be left all the same."""
        if await self.flush():
            return True
        # Whoever was told of an earlier failure was not told of this one.
        oldest = self._screen.outbox.waiting[0].command.id
        if self._told == oldest:
            return True
        self._told = oldest
        count = len(self._screen.outbox.waiting)
        self._screen.painter.say(f"{count} not on disk yet; ctrl+q again leaves without what is not saved", "alert")
        return False
