"""Wires screens, themes, palette and signals. No rules here."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import ANSIToTruecolor, NoColor
from textual.screen import Screen

from shadowlog.domain.clock import Clock, SystemClock
from shadowlog.errors import Busy, NewerDatabase, ReadOnly, ShadowlogError
from shadowlog.tui import actions
from shadowlog.tui.drift import DriftWatch
from shadowlog.tui.driver import DRIVER
from shadowlog.tui.home import HomeScreen
from shadowlog.tui.ports import Desk, Listed
from shadowlog.tui.theme import NAMES, THEMES

if TYPE_CHECKING:
    from shadowlog.domain.terms import Record
    from shadowlog.tui.record import RecordScreen

UNEXPECTED = 70
"""The exit code after an error nobody foresaw (sysexits: internal software error)."""


_SIGNALS = () if sys.platform == "win32" else (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


def new_uuid() -> str:
    """Give a new id, as a UUIDv7."""
    # Imported at the first key, not before the first paint.
    from uuid6 import uuid7

    return str(uuid7())


def _place(error: BaseException) -> str:
    """The kind of an error and the line of ours that it came from, without any value: those may be about people."""
    kind, place, trace = type(error).__name__, "", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        place = f" at {module}:{trace.tb_lineno}" if module.startswith("shadowlog.") or not place else place
        trace = trace.tb_next
    return f"{kind}{place}"


def is_recording(screen: Screen[Any]) -> TypeGuard[RecordScreen]:
    """Whether this is the record screen. It is imported when it is opened: Home is painted before."""
    module = sys.modules.get("shadowlog.tui.record")
    return module is not None and isinstance(screen, module.RecordScreen)


def _let_go() -> None:
    """Leave in order where the terminal is gone: what cannot be written to it any more is no error of the program."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            stream.flush()
        except (OSError, ValueError):
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  until the very end


class ShadowlogApp(App[int], inherit_bindings=False):
    """The terminal program. `observation` opens the record screen at once; `after_crash`: "ask", "keep" or "end".

    `settling` in ms; `remember` is told the word of a theme that was chosen; `invented` makes a day to practise on.
    """

    TITLE = "shadowlog"
    CSS_PATH = "shadowlog.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings()]

    def __init__(
        self,
        desk: Desk,
        *,
        clock: Clock | None = None,
        observation: str | None = None,
        after_crash: str = "ask",
        theme: str = "dark",
        settling: int = 5_000,
        remember: Callable[[str], None] | None = None,
        invented: Callable[[], Record] | None = None,
        new_id: Callable[[], str] = new_uuid,
        watch: Callable[[], DriftWatch] = DriftWatch,
    ) -> None:
        super().__init__(driver_class=DRIVER)
        self.desk = desk
        self.clock = clock or SystemClock()
        self.problem = ""
        """What went wrong, for the line after the screen is gone."""
        self.fault: BaseException | None = None
        """The error nobody foresaw, for the log; its values are never told."""
        self.doubts = ""
        """What speaks against recording where the database lies."""
        self._observation = observation
        self._after_crash = after_crash
        self._settling = settling
        self._remember = remember
        self._invented = invented
        self._new_id = new_id
        self._watch = watch
        self._going = False
        self._up = False
        self._signals: list[tuple[signal.Signals, Any]] = []
        for each in THEMES:
            self.register_theme(each)
        self.theme = NAMES.get(theme, theme)
        # Nothing here is drawn in a terminal's own colours, so nothing need be looked through for them at every paint.
        self._filters = [each for each in self._filters if not isinstance(each, ANSIToTruecolor)]
        if self.no_color:
            # Textual's own filter leaves shades of grey; no colour means none.
            self._filters = [each for each in self._filters if type(each).__name__ != "Monochrome"]
            self._filters.append(NoColor())

    # Starting

    def run(self, *arguments: Any, **options: Any) -> int:
        """Run to the end and give the exit code; the desk is closed whatever happened. `problem` says what went wrong."""
        for each in _SIGNALS:
            # Until the loop listens: nothing is recorded yet, so it may just end.
            signal.signal(each, lambda *_: sys.exit(0))
        try:
            super().run(*arguments, **options)
        finally:
            self.desk.close()
            _let_go()
        return UNEXPECTED if self.problem else self.return_code or 0

    def on_load(self) -> None:
        """Listen to signals before the terminal is changed, so that nothing leaves it changed."""
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for each in _SIGNALS:
                # Not by way of the loop: where hundreds of keys wait it has no room left for a signal, and drops it.
                before = signal.signal(each, lambda *_: loop.call_soon_threadsafe(self.hang_up))
                self._signals.append((each, before))

    def on_unmount(self) -> None:
        """Hear no more signals than before."""
        for number, before in self._signals:
            signal.signal(number, before)

    def on_mount(self) -> None:
        """Paint Home; then open the desk."""
        self._up = True
        home = HomeScreen(self.desk, self.clock)
        # Whoever starts on an observation types for it, while the database opens too.
        home.early = [] if self._observation is not None else None
        self.push_screen(home)
        if self._going:
            self.exit(0)
            return
        self.call_after_refresh(lambda: self.run_worker(self._open()))

    async def _open(self) -> None:
        home = self.home
        try:
            try:
                await asyncio.wrap_future(self.desk.open())
            except (Busy, ReadOnly, NewerDatabase) as error:
                await asyncio.wrap_future(self.desk.open(writing=False))
                home.looking_only(error)
            else:
                self.doubts = " ".join([*await asyncio.wrap_future(self.desk.doubts())])
            listed = await asyncio.wrap_future(self.desk.observations())
        except ShadowlogError as error:
            home.early = None
            home.closed(error)
            return
        home.show(listed)
        if self.doubts:
            home.say(self.doubts, "alert")
        open_ones = [each for each in listed if each.state == "recording"]
        if self._observation is None and open_ones:
            # What was being recorded when the program ended goes on; nobody has to look for it.
            home.open(max(open_ones, key=lambda each: each.begun or 0))
        if self._observation is not None:
            found = next((each for each in listed if each.id == self._observation), None)
            if found is not None:
                home.open(found)
            else:
                home.say("There is no such observation.")
            home.early = None

    @property
    def home(self) -> HomeScreen:
        """The Home screen, at the bottom of the stack."""
        return next(each for each in self.screen_stack if isinstance(each, HomeScreen))

    def record(self, listed: Listed) -> None:
        """Open the record screen."""
        from shadowlog.tui.record import RecordScreen

        screen = RecordScreen(
            listed,
            self.desk,
            self.clock,
            self._new_id,
            after_crash=self._after_crash,
            watch=self._watch(),
            early=self.home.early or (),
            settling=self._settling,
        )
        self.push_screen(screen, lambda _: self.home.refresh_list())
        if self.doubts:
            screen.call_after_refresh(screen.painter.banner, self.doubts)

    def train(self, listed: Listed | None) -> None:
        """Play a day as text, to be coded for practice: the one chosen if it has ended, else an invented one."""
        self.run_worker(self._train(listed if listed is not None and listed.ended is not None else None))

    async def _train(self, listed: Listed | None) -> None:
        from shadowlog.tui.training import TrainingScreen, scene_of

        try:
            if listed is not None:
                day = await asyncio.wrap_future(self.desk.load(listed.id))
                key = day.record(day.track[-1].at)
            elif self._invented is not None:
                key = await asyncio.to_thread(self._invented)
            else:
                self.home.say("Choose a day that has ended: it is played as text, to be coded")
                return
        except ShadowlogError as error:
            self.home.failed(error)
            return
        self.push_screen(TrainingScreen(scene_of(key), self.clock, self._new_id, self._settling))

    def review(self, listed: Listed, only: str = "") -> None:
        """Open the review screen; `only` says why nothing can be written."""
        from shadowlog.tui.review import ReviewScreen

        self.push_screen(ReviewScreen(listed, self.desk, self.clock, self._new_id, only=only))

    def head(self, listed: Listed, only: str = "") -> None:
        """Open the screen that a head sits in front of; `only` says why nothing can be written."""
        from shadowlog.tui.head import HeadScreen

        self.push_screen(HeadScreen(listed, self.desk, self.clock, self._new_id, only=only))

    def tour(self) -> None:
        """Open the guided tour."""
        from shadowlog.codebooks.presets import preset
        from shadowlog.tui.tour import TourScreen

        self.push_screen(TourScreen(preset("default"), self.clock, self._new_id, self.desk.zone))

    # Everywhere

    async def action_anywhere(self, name: str) -> None:
        """Do an act that works on every screen."""
        from shadowlog.tui.help import HelpScreen, SafeguardingScreen

        if name == "help":
            if not isinstance(self.screen, HelpScreen):
                self.push_screen(HelpScreen(self.screen))
        elif name == "safeguarding":
            if not isinstance(self.screen, SafeguardingScreen):
                self.push_screen(SafeguardingScreen())
        elif name == "palette":
            self.action_command_palette()
        elif name == "quit":
            await self.leave()

    async def leave(self) -> None:
        """Leave a screen above the lowest, or the program; a recording is flushed first."""
        screen = self.screen
        if is_recording(screen):
            if await screen.leaving.allowed():
                self.exit(0)
        elif isinstance(screen, HomeScreen):
            self.exit(0)
        elif getattr(screen, "may_leave", lambda: True)():
            self.pop_screen()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers: the acts of this screen, its codes, and the themes."""
        where = getattr(screen, "acts", actions.RECORD if is_recording(screen) else actions.HOME)
        for act in actions.acts_of(where):
            if act.name != "palette":
                yield SystemCommand(f"{act.label}  ({act.shown})", act.help, self._doing(screen, act))
        if is_recording(screen):
            for title, key, help_text in screen.painter.code_list():
                yield SystemCommand(title, help_text, lambda key=key: screen.press_code(key))
        for word in NAMES:
            yield SystemCommand(
                f"theme: {word}", "the colours of the screens", lambda word=word: self.choose_theme(word)
            )

    def choose_theme(self, word: str) -> None:
        """Draw in other colours from now on, and the next time too."""
        self.theme = NAMES[word]
        if self._remember is not None:
            self._remember(word)

    def _doing(self, screen: Screen[Any], act: actions.Act) -> Callable[[], Any]:
        if act.screen == actions.ANYWHERE:
            return lambda: self.call_later(self.action_anywhere, act.name)
        if is_recording(screen) or isinstance(screen, HomeScreen):
            return lambda: screen.act(act)
        # A screen that names its acts does them.
        does = getattr(screen, "act", None) if hasattr(screen, "acts") else None
        return (lambda: does(act)) if does else lambda: None

    # Ending

    def hang_up(self) -> None:
        """The terminal went away or a signal came: keep what is there and end."""
        if not self._going:
            self._going = True
            if self._up:
                self.run_worker(self._flush_and_exit(), exit_on_error=False)

    async def _flush_and_exit(self) -> None:
        for screen in self.screen_stack:
            if is_recording(screen):
                await screen.leaving.flush()
            elif (flush := getattr(screen, "flush", None)) is not None:
                await flush()
        self.exit(0)

    def _handle_exception(self, error: Exception) -> None:
        """Restore the terminal and end; nothing of what is in memory is printed, it may be about people."""
        self.problem = f"Something went wrong inside ({_place(error)}). What was saved is safe; start again to go on."
        self.fault = self.fault or error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = UNEXPECTED
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:  # noqa: ARG002 - what Textual would print may be about people
        """End as after any error nobody foresaw."""
        self._handle_exception(RuntimeError("panic"))
