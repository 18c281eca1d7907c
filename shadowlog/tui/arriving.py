"""Coming to a recording: the day is fetched, what ran meanwhile is asked about; and going from it to put the day right."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from shadowlog.domain.answers import asks_after_gap
from shadowlog.domain.clock import Instant
from shadowlog.errors import ShadowlogError
from shadowlog.tui import asking
from shadowlog.tui.drift import TOLERANCE
from shadowlog.tui.session import Session
from shadowlog.tui.widgets.log import rows

if TYPE_CHECKING:
    from shadowlog.tui.record import RecordScreen


class Arriving:
    """How a record screen comes by its day, the first time and after the day was put right."""

    def __init__(self, screen: RecordScreen) -> None:
        self.screen = screen
        self.righting = False

    async def load(self, *, again: bool = False) -> None:
        """Fetch the day, ask about what ran while nobody looked, and take what was pressed meanwhile."""
        screen = self.screen
        desk, id_ = screen.desk, screen.listed.id
        try:
            day = await asyncio.wrap_future(desk.load(id_))
            diary = await asyncio.wrap_future(desk.diary(id_))
            screen.answering.draft = await asyncio.wrap_future(desk.draft(id_))
        except ShadowlogError as error:
            screen.painter.banner(f"This day cannot be opened: {error}")
            return
        session = screen.session = Session(day, screen.new_id, screen.settling)
        session.hand = replace(session.hand, diary=diary)
        screen.painter.day = day
        screen.painter.saved_at = day.acts[-1].command.said.wall if day.acts else None
        said = screen.clock.now()
        screen.drift_watch.anchor(said)
        if not again or _parted(session, said):
            screen.parting = None
            self._reopen(session, said)
        screen.painter.all()
        if not again:
            # What is there now stays: collecting it again and again would be part of every few presses.
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 20, 20)
        self._take_early()

    def _take_early(self) -> None:
        """Take what was pressed while there was no day to press it on."""
        early, self.screen.early = self.screen.early, []
        for event, then in early:
            self.screen.press(event.key, event.character, then)

    def _reopen(self, session: Session, said: Instant) -> None:
        day, screen = session.day, self.screen
        if not day.begun or day.ended:
            return
        if not asks_after_gap(day):
            if _parted(session, said):
                screen.take(session.recover(said, "keep"))
        elif screen.after_crash == "ask":
            screen.ask_about(asking.after_gap(day))
        else:
            screen.take(session.recover(said, "keep" if screen.after_crash == "keep" else "last"))

    def put_right(self, session: Session) -> None:
        """Open the day as a table, at the row on top of the log; what was said there is folded in on coming back."""
        if not session.day.begun:
            self.screen.painter.say("The day has not begun: there is nothing to put right", "quiet")
            return
        # What is pressed from here on is no key of the recording, unless the table does not come.
        self.screen.session = None
        self.screen.run_worker(self._put_right(session))

    async def _put_right(self, session: Session) -> None:
        screen = self.screen
        if not await screen.leaving.flush():
            screen.session = session
            screen.painter.say("Not all is on disk yet: putting right waits until it is", "alert")
            self._take_early()
        else:
            from shadowlog.tui.review import ReviewScreen

            screen.early, self.righting = [], True
            review = ReviewScreen(screen.listed, screen.desk, screen.clock, screen.new_id)
            row = next(islice(rows(session.day), screen.painter.back, None), None)
            if row is not None:
                review.choose(row.contact or (row.stretch.episode if row.stretch else None) or row.id)
            screen.app.push_screen(review)

    def back(self) -> None:
        """Fetch a day anew that was put right meanwhile."""
        if self.righting:
            self.righting = False
            self.screen.run_worker(self.load(again=True))


def _parted(session: Session, said: Instant) -> bool:
    """Whether the wall clock and the timeline stand apart, or nobody can tell."""
    behind = session.behind(said)
    return behind is None or abs(behind) > TOLERANCE
