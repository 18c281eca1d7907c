"""A stage for the screens: the app on a fake desk and a clock that stands still, driven by keys, read as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

import pytest
from textual.pilot import Pilot

from shadowlog.domain.commands import Command
from shadowlog.domain.terms import Observation
from shadowlog.tui.app import ShadowlogApp
from shadowlog.tui.drift import DriftWatch
from shadowlog.tui.record import RecordScreen
from shadowlog.tui.widgets.says import Says
from tests.golden_files import golden
from tests.tui.fake_desk import FakeDesk, a_clock, an_observation

__all__ = ["Stage", "a_day", "golden", "plain", "play"]

NAMES = {"_": "space", "⏎": "enter", "⎋": "escape"}


class Stage:
    """What a test has in hand while the app runs."""

    def __init__(self, desk: FakeDesk, app: ShadowlogApp, pilot: Pilot[int]) -> None:
        self.desk = desk
        self.app = app
        self.pilot = pilot

    @property
    def record(self) -> RecordScreen:
        """The record screen."""
        found = next(each for each in self.app.screen_stack if isinstance(each, RecordScreen))
        assert isinstance(found, RecordScreen)
        return found

    @property
    def journal(self) -> list[Command]:
        """What is on disk."""
        return self.desk.journals["o-1"]

    @property
    def kinds(self) -> list[str]:
        """The kinds of what is on disk."""
        return [type(each).__name__ for each in self.journal]

    @property
    def said(self) -> str:
        """The quiet line."""
        return self.record.query_one("#says", Says).words

    def clock(self) -> Any:
        """The clock that stands still."""
        return self.app.clock

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; half a minute is more than a busy machine needs."""
        loop = asyncio.get_running_loop()
        end = loop.time() + 30
        while not holds():
            if loop.time() > end:
                raise AssertionError(self.text)
            await self.pilot.pause(0.002)

    async def settled(self) -> None:
        """Wait until the day is open and everything said is on disk or failed."""
        await self.pilot.pause()
        if isinstance(self.app.screen, RecordScreen):
            record = self.record
            await self.until(lambda: record.session is not None)
            await self.until(lambda: not record.outbox.waiting or record.outbox.failing)
        await self.pilot.pause()

    async def type(self, keys: str) -> None:
        """Type keys, parted by spaces: `_` is space, ⏎ Enter, ⎋ Escape, ``+60`` lets a minute pass, ``tick`` ticks.

        Every key takes one second.
        """
        for key in keys.split():
            if key == "tick":
                self.record.tick()
            elif key[0] == "+" and len(key) > 1:
                self.clock().advance(float(key[1:]))
            else:
                await self.pilot.press(NAMES.get(key, key))
                await self.settled()
                self.clock().advance(1)
        await self.settled()

    async def write(self, text: str) -> None:
        """Type a text, character by character."""
        await self.pilot.press(*[{" ": "space"}.get(c, c) for c in text])
        await self.settled()

    @property
    def text(self) -> str:
        """The screen as plain text."""
        return plain(self.app)


def plain(app: ShadowlogApp) -> str:
    """The screen of an app as plain text, a line a row, without spaces at the ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def play(
    script: Callable[[Stage], Coroutine[Any, Any, None]],
    *,
    desk: FakeDesk | None = None,
    size: tuple[int, int] = (120, 40),
    observation: str | None = "o-1",
    after_crash: str = "ask",
    asleep: Callable[[], int | None] = lambda: 0,
    patience: int = 10**9,
    clock: Any = None,
) -> Stage:
    """Run the app for a script; the stage is given back for a look at the desk."""
    desk = desk or FakeDesk(an_observation())
    ids = count(1)
    prefix = f"{len(desk.journals.get('o-1', []))}"
    app = ShadowlogApp(
        desk,
        clock=clock or a_clock(),
        observation=observation,
        after_crash=after_crash,
        new_id=lambda: f"id-{prefix}-{next(ids):05}",
        watch=lambda: DriftWatch(asleep, patience),
    )
    kept: list[Stage] = []

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            stage = Stage(desk, app, pilot)
            kept.append(stage)
            if observation is not None:
                await stage.until(lambda: isinstance(app.screen, RecordScreen))
            await stage.settled()
            await script(stage)

    with pytest.MonkeyPatch.context() as patch:
        # Tests tick themselves.
        patch.setattr(RecordScreen, "tick_seconds", 86_400)
        asyncio.run(run())
    return kept[0]


def a_day(keys: str, *, observation: Observation | None = None) -> FakeDesk:
    """A desk with a day that was recorded before."""
    desk = FakeDesk(observation or an_observation())

    async def script(stage: Stage) -> None:
        await stage.type(keys)

    play(script, desk=desk)
    return desk
