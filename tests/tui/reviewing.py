"""A stage for the review screen: a recorded day on the fake desk, opened from Home in the evening, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import fold
from shadowlog.domain.review import Item, named
from shadowlog.domain.sentences import clock_time
from shadowlog.tui.review import ReviewScreen
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import FakeDesk, a_clock, an_observation
from tests.tui.stage import Stage, a_day, play

DAY = "P o i a +840 3 3 t +300 I 7 g * +95 R +400 F 8 +20 J 1 +600 _ +30 5 +120 3 t +300 ? X X"
"""08:00 desk work, 08:14 two teachers with an interruption, a gap, the office with no what, a teacher, unsure."""


class Review:
    """What a test has in hand while the review screen is open."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.desk = stage.desk

    @property
    def screen(self) -> ReviewScreen:
        """The review screen."""
        found = next(each for each in self.stage.app.screen_stack if isinstance(each, ReviewScreen))
        assert isinstance(found, ReviewScreen)
        return found

    @property
    def day(self) -> Day:
        """The day as it is on disk."""
        return fold(self.desk.known["o-1"], self.stage.journal)

    @property
    def last(self) -> c.Command:
        """What was kept last."""
        return self.stage.journal[-1]

    @property
    def said(self) -> str:
        """The quiet line."""
        return self.screen.query_one("#says", Says).words

    @property
    def rows(self) -> list[str]:
        """The rows that are shown, each as its time, who and what."""
        return [self.row(item) for item in self.screen.view.shown]

    def row(self, item: Item) -> str:
        """A row as its time, who and what."""
        seen = self.day.observation
        words = ", ".join(part for part in named(seen.codebook, item) if part)
        return f"{clock_time(item.start, seen.zone)} {words}"

    @property
    def here(self) -> str:
        """The row under the cursor."""
        item = self.screen.item
        assert item is not None
        return self.row(item)

    async def go(self, words: str) -> None:
        """Put the cursor on the first row that holds these words."""
        self.screen.view.at_index(next(n for n, row in enumerate(self.rows) if words in row))
        self.screen.refresh_view()
        await self.settled()
        assert words in self.here

    async def press(self, keys: str) -> None:
        """Press keys, parted by spaces: `_` is space, ⏎ Enter, ⎋ Escape, ⌫ Backspace."""
        names = {"_": "space", "⏎": "enter", "⎋": "escape", "⌫": "backspace"}
        for key in keys.split():
            await self.stage.pilot.press(names.get(key, key))
            await self.settled()

    async def write(self, text: str) -> None:
        """Write a text over what stands in the line, and Enter."""
        await self.stage.pilot.press("ctrl+u")
        self.screen.dialogue.paste(text)
        await self.stage.pilot.press("enter")
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything said is on disk or failed."""
        await self.stage.pilot.pause()
        if isinstance(self.stage.app.screen, ReviewScreen):
            outbox = self.screen.outbox
            await self.stage.until(lambda: not outbox.waiting or outbox.failing)
        await self.stage.pilot.pause()


@cache
def _journal(keys: str) -> tuple[c.Command, ...]:
    return tuple(a_day(keys).journals["o-1"])


def recorded(keys: str) -> FakeDesk:
    """A desk with a day that was recorded with these keys; the same keys are typed once."""
    desk = FakeDesk(an_observation())
    desk.journals["o-1"] = list(_journal(keys))
    return desk


def review(
    script: Callable[[Review], Coroutine[Any, Any, None]],
    *,
    keys: str = DAY,
    desk: FakeDesk | None = None,
    size: tuple[int, int] = (120, 40),
    hours: float = 10,
) -> Review:
    """Record a day, open it on the review screen so many hours after its beginning, and run the script."""
    desk = desk or recorded(keys)
    # The desk's day as it was closed: Home lists it and opens none by itself.
    clock = a_clock()
    clock.advance(hours * 3600)
    kept: list[Review] = []

    async def run(stage: Stage) -> None:
        found = Review(stage)
        kept.append(found)
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.pilot.press("v")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        await stage.until(lambda: found.screen.session is not None)
        await found.settled()
        await script(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ReviewScreen, "tick_seconds", 86_400)
        play(run, desk=desk, observation=None, size=size, clock=clock)
    return kept[0]


def a_day_at(began: int, keys: str, zone: str = "Europe/London") -> FakeDesk:
    """A desk with a day that began at another instant (ms)."""
    desk = recorded(keys)
    moved = began - desk.journals["o-1"][0].at
    desk.known = {id_: replace(each, zone=zone) for id_, each in desk.known.items()}
    desk.journals["o-1"] = [
        replace(each, at=each.at + moved, said=replace(each.said, wall=each.said.wall + moved))
        for each in desk.journals["o-1"]
    ]
    return desk
