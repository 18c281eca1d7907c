"""A stage for the screen With the head: a recorded day on the fake desk, opened from Home in the evening, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import fields
from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Verification
from shadowlog.tui.head import HeadScreen
from shadowlog.tui.head_page import CARDS
from shadowlog.tui.widgets.says import Says
from tests.tui.fake_desk import FakeDesk, a_clock
from tests.tui.reviewing import DAY, recorded
from tests.tui.stage import Stage, play

NAMES = {"_": "space", "⏎": "enter", "⎋": "escape", "⌫": "backspace", "→": "right", "←": "left", "↓": "down", "↑": "up"}
ENVELOPE = frozenset({"id", "at", "said", "author"})


class Sitting:
    """What a test has in hand while the screen is open."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.desk = stage.desk
        self.before = len(stage.journal)
        self.beside: set[str] = set()

    @property
    def screen(self) -> HeadScreen:
        """The screen."""
        found = next(each for each in self.stage.app.screen_stack if isinstance(each, HeadScreen))
        assert isinstance(found, HeadScreen)
        return found

    @property
    def text(self) -> str:
        """What is seen."""
        return self.stage.text

    @property
    def page(self) -> str:
        """Which page it is."""
        return self.screen.page.name_

    @property
    def said(self) -> str:
        """The quiet line."""
        return self.screen.query_one("#says", Says).words

    @property
    def day(self) -> Day:
        """The day as it is on disk."""
        return fold(self.desk.known["o-1"], self.stage.journal)

    @property
    def views(self) -> list[Verification | None]:
        """What the head said of each row, in order."""
        return [item.episode.verification for item in self.screen.page.rows if item.episode is not None]

    @property
    def told(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What was kept since the screen was opened: author, kind, and what is said; without what `to` said."""
        return [as_said(each) for each in self.stage.journal[self.before :] if each.id not in self.beside]

    async def to(self, page: str) -> None:
        """Turn to a page; the day is shown first, where it is veiled and may be shown."""
        self.screen.turn(page)
        await self.settled()
        assert self.page == page
        if self.screen.page.veiled and "HandOver" in self.day.feedback:
            await self.press("⏎")
            self.beside.add(self.stage.journal[-1].id)

    async def press(self, keys: str) -> None:
        """Press keys, parted by spaces: ⏎ Enter, ⎋ Escape, ⌫ Backspace, arrows; a text in quotes is pasted, and Enter."""
        for key in keys.split(" "):
            await self.stage.pilot.press(NAMES.get(key, key))
            await self.settled()

    async def write(self, text: str) -> None:
        """Write a text over what stands in the line, and Enter."""
        await self.stage.pilot.press("ctrl+u")
        self.screen.dialogue.paste(text)
        await self.stage.pilot.press("enter")
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything said is on disk or failed, and the numbers of the page are there."""
        await self.stage.pilot.pause()
        if isinstance(self.stage.app.screen, HeadScreen) and self.screen.talk is not None:
            outbox = self.screen.outbox
            await self.stage.until(lambda: not outbox.waiting or outbox.failing)
            if self.page in CARDS:
                await self.stage.until(lambda: self.screen.summary is not None and not self.screen._summing)
        await self.stage.pilot.pause()


def as_said(command: c.Command) -> tuple[str, str, dict[str, Any]]:
    """A command as its author, its kind, and what it says beside."""
    said = {each.name: getattr(command, each.name) for each in fields(command) if each.name not in ENVELOPE}
    return (
        command.author,
        type(command).__name__,
        {name: value for name, value in said.items() if value not in ({}, ())},
    )


def talk(
    script: Callable[[Sitting], Coroutine[Any, Any, None]],
    *,
    keys: str = DAY,
    desk: FakeDesk | None = None,
    size: tuple[int, int] = (120, 40),
    given: bool = True,
    hours: float = 10,
) -> Sitting:
    """Record a day, open it With the head so many hours after its beginning, and run the script; `given` gives the day."""
    clock = a_clock()
    clock.advance(hours * 3600)
    kept: list[Sitting] = []

    async def run(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.pilot.press("h")
        await stage.until(lambda: isinstance(stage.app.screen, HeadScreen))
        found = Sitting(stage)
        kept.append(found)
        await stage.until(lambda: found.screen.talk is not None)
        await found.settled()
        if given and "HandOver" not in found.day.feedback:
            await found.press("⏎")
            found.before = len(stage.journal)
        await script(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HeadScreen, "tick_seconds", 86_400)
        play(run, desk=desk or recorded(keys), observation=None, size=size, clock=clock)
    return kept[0]
