"""A desk in memory: one thread, as the real one has, and writes that fail when told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from shadowlog.codebooks.presets import preset
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes, Day
from shadowlog.domain.diary import Planned
from shadowlog.domain.feedback_rules import stage
from shadowlog.domain.recorder import fold
from shadowlog.domain.study import Study
from shadowlog.domain.terms import Observation, Period
from shadowlog.errors import Busy, StoreError
from shadowlog.tui import shelf
from shadowlog.tui.ports import Draft, Listed, Plan, Shelf

T = TypeVar("T")

MORNING = 1_795_507_200_000
"""Tuesday 24 November 2026, 08:00 in London, in ms since the epoch."""

NOWHERE = Path(__file__).parent / "no-such-folder"

PERIODS = (Period("registration", 8 * 60 + 50, 9 * 60 + 10), Period("afternoon", 13 * 60, 15 * 60 + 30))


def an_observation(id_: str = "o-1") -> Observation:
    """An observation with the default codebook."""
    return Observation(id_, "Autumn", "H03", "O1", "Europe/London", preset("default"), PERIODS, "signed form")


def a_clock() -> FakeClock:
    """A clock that stands at the beginning of a school day."""
    return FakeClock(wall=MORNING)


class FakeDesk:
    """Keeps journals in a dictionary."""

    zone = "Europe/London"

    def __init__(self, *observations: Observation) -> None:
        self.known = {each.id: each for each in observations}
        self.journals: dict[str, list[Command]] = {each.id: [] for each in observations}
        self.sent: list[list[Command]] = []
        """The commands of each act, an act a transaction."""
        self.diaries: dict[str, tuple[Planned, ...]] = {}
        self.half_typed: dict[str, Draft] = {}
        self.failing = False
        self.held = False
        self.planned: list[Plan] = []
        self.demo_made = False
        self.studies: list[Study] = []
        self.folder = NOWHERE
        self.layers: tuple[str, ...] = ("observed", "feedback", "workshop", "archive")
        self.doubtful: tuple[str, ...] = ()
        self._thread = ThreadPoolExecutor(1)

    def _do(self, work: Callable[[], T]) -> Future[T]:
        return self._thread.submit(work)

    def open(self, *, writing: bool = True) -> Future[None]:
        def work() -> None:
            if writing and self.held:
                raise Busy("Another shadowlog holds the database (host desk-2, since 09:12).")

        return self._do(work)

    def doubts(self) -> Future[Sequence[str]]:
        return self._do(lambda: self.doubtful)

    def observations(self) -> Future[Sequence[Listed]]:
        return self._do(lambda: [self._listed(each) for each in self.known.values()])

    def _listed(self, each: Observation) -> Listed:
        journal = self.journals[each.id]
        day = fold(each, journal)
        ended = day.track[-1].at if day.begun and day.ended else None
        state = stage(day).value if ended else "recording" if journal else "planned"
        begun = journal[0].at if journal else None
        return Listed(
            each.id, each.study, each.head, "S2", each.observer, state, each.zone, begun, ended, len(day.episodes)
        )

    def codebooks(self) -> Future[Sequence[tuple[str, str]]]:
        return self._do(lambda: [(s.choice, s.codebook.name) for s in self._shelf().schemes if s.choice])

    def _shelf(self) -> Shelf:
        found = shelf.look(self.studies, self.folder)
        return replace(found, folder="codebooks", troubles=found.troubles)

    def shelf(self) -> Future[Shelf]:
        return self._do(self._shelf)

    def keep_codebook(self, codebook: Codebook, edited: Codebook | None) -> Future[Codebook]:
        def work() -> Codebook:
            if self.failing:
                raise StoreError("The disk is full.", "Free some space.")
            return shelf.keep(self.studies, self.folder, codebook, edited)

        return self._do(work)

    def load(self, observation: str) -> Future[Day]:
        return self._do(lambda: fold(self.known[observation], self.journals[observation]))

    def save(self, observation: str, told: Sequence[tuple[Command, Changes]]) -> Future[None]:
        def work() -> None:
            if self.failing:
                raise StoreError("The disk is full.", "Free some space.")
            self.sent.append([command for command, _ in told])
            self.journals[observation] += self.sent[-1]

        return self._do(work)

    def releasable(self, observation: str) -> Future[tuple[str, ...]]:
        return self._do(lambda: self.layers)

    def diary(self, observation: str) -> Future[tuple[Planned, ...]]:
        return self._do(lambda: self.diaries.get(observation, ()))

    def keep_diary(self, observation: str, events: tuple[Planned, ...]) -> Future[None]:
        return self._do(lambda: self.diaries.update({observation: events}))

    def keep_draft(self, observation: str, draft: Draft) -> Future[None]:
        return self._do(lambda: self.half_typed.update({observation: draft}))

    def draft(self, observation: str) -> Future[Draft | None]:
        return self._do(lambda: self.half_typed.get(observation))

    def drop_draft(self, observation: str) -> Future[None]:
        def work() -> None:
            self.half_typed.pop(observation, None)

        return self._do(work)

    def plan(self, plan: Plan) -> Future[str]:
        def work() -> str:
            self.planned.append(plan)
            observation = replace(an_observation(f"o-{len(self.known) + 1}"), study=plan.study, head=plan.head)
            self.known[observation.id] = observation
            self.journals[observation.id] = []
            return observation.id

        return self._do(work)

    def write_report(self, observation: str) -> Future[str]:
        return self._do(lambda: f"exports/{observation}.html")

    def summary_text(self, observation: str, width: int) -> Future[str]:
        return self._do(lambda: f"Summary of {observation}\n[b]61 episodes[/b]\n{'-' * width}")

    def make_demo(self) -> Future[None]:
        def work() -> None:
            self.demo_made = True
            self.known["demo"] = replace(an_observation("demo"), study="Demonstration")
            self.journals["demo"] = []

        return self._do(work)

    def close(self) -> None:
        self._thread.shutdown()
