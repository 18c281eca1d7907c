"""The key strip: what can be pressed here, made from the table of acts; a click presses it."""

from __future__ import annotations

from collections.abc import Container

from textual import events
from textual.message import Message

from shadowlog.tui.actions import ANYWHERE, Act, strip_of
from shadowlog.tui.widgets.panel import Line, Panel


def shown_acts(screen: str, width: int, without: Container[str] = ()) -> list[tuple[int, int, Act]]:
    """The acts that fit, each as (first cell, cell behind the last, act); help is always among them."""
    acts = [act for act in strip_of(screen) if act.name not in without]
    while True:
        at, placed = 1, []
        for act in acts:
            end = at + len(act.shown) + 1 + len(act.label)
            placed.append((at, end, act))
            at = end + 3
        if at - 3 <= width or len(acts) < 2:
            return placed
        spare = next((act for act in reversed(acts) if act.name != "help"), acts[-1])
        acts.remove(spare)


class KeyStrip(Panel):
    """Shows the strip of a screen."""

    class Pressed(Message):
        """An act of the screen was clicked; one that works anywhere is done by the app and not told."""

        def __init__(self, act: Act) -> None:
            super().__init__()
            self.act = act

    def __init__(self, screen: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._screen_name = screen
        self.without: Container[str] = ()
        """Names of acts that mean nothing now."""

    def draw(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line
        """The strip."""
        line: list[tuple[str, str]] = [(" ", "")]
        for n, (_, _, act) in enumerate(shown_acts(self._screen_name, width, self.without)):
            line += [("   " if n else "", ""), (act.shown, "accent"), (f" {act.label}", "quiet")]
        return [line]

    def on_click(self, event: events.Click) -> None:
        """An act is clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for start, end, act in shown_acts(self._screen_name, self.content_size.width, self.without):
            if not start <= offset.x < end:
                continue
            if act.screen == ANYWHERE:
                self.app.call_later(self.app.run_action, f"anywhere('{act.name}')")
            else:
                self.post_message(self.Pressed(act))
