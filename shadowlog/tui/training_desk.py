"""The desk of training and of the tour: what is said on it lies in memory, and goes with the screen."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from shadowlog.domain.recorder import fold

if TYPE_CHECKING:
    from shadowlog.domain.commands import Command
    from shadowlog.domain.day import Changes, Day
    from shadowlog.domain.diary import Planned
    from shadowlog.tui.ports import Draft

T = TypeVar("T")


class TrainingDesk:
    """Keeps what is said in a list, as long as the screen is open; there is no file."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self.said: list[Command] = []

    def load(self, observation: str) -> Future[Day]:
        """The day that is coded in training, with all that was said so far."""
        del observation
        return _done(fold(self._day.observation, self.said))

    def save(self, observation: str, told: Sequence[tuple[Command, Changes]]) -> Future[None]:
        """Keep an act in the list."""
        del observation
        self.said += [command for command, _ in told]
        return _done(None)

    def diary(self, observation: str) -> Future[tuple[Planned, ...]]:
        """Nothing was planned."""
        del observation
        return _done(())

    def keep_diary(self, observation: str, events: tuple[Planned, ...]) -> Future[None]:
        """What is planned in training is not kept."""
        del observation, events
        return _done(None)

    def keep_draft(self, observation: str, draft: Draft) -> Future[None]:
        """A half-typed note of training is not kept."""
        del observation, draft
        return _done(None)

    def draft(self, observation: str) -> Future[Draft | None]:
        """There never is one."""
        del observation
        return _done(None)

    def drop_draft(self, observation: str) -> Future[None]:
        """There is nothing to let go of."""
        del observation
        return _done(None)


def _done(result: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(result)
    return future
