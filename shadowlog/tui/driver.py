"""The terminal driver of this program: one bad byte, or a terminal that went away, is no reason to lose a recording."""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from typing import IO, Any

from textual import events
from textual.driver import Driver

from shadowlog.tui.pasting import PasteSplitter


class ForgivingFile:
    """A terminal that may be gone: what cannot be written any more is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.gone = False

    def write(self, text: str) -> int:
        """Write, as long as there is a terminal."""
        if not self.gone:
            try:
                return self._file.write(text)
            except (OSError, ValueError):
                self.gone = True
        return len(text)

    def flush(self) -> None:
        """Flush, as long as there is a terminal."""
        if not self.gone:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self.gone = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


if sys.platform == "win32":
    DRIVER: type[Driver] | None = None
else:
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """Reads a byte that is no UTF-8 as a replacement character, and a vanished terminal as its hanging up."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._file: Any = ForgivingFile(self._file)

        def run_input_thread(self) -> None:
            """Read the keyboard until told to stop."""
            parser, splitter = XTermParser(self._debug), PasteSplitter()
            decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(0.1):
                        data = self._read()
                        if not data:
                            self._hung_up()
                            return
                        pieces = splitter.feed(decode(data))
                    else:
                        pieces = splitter.idle()
                    for pasted, text in pieces:
                        # Textual's parser would press what follows an escape character in a paste as keys.
                        for event in [events.Paste(text)] if pasted else parser.feed(text):
                            self.process_message(event)
                    for event in parser.tick():
                        self.process_message(event)

        def _read(self) -> bytes:
            try:
                return os.read(self.fileno, 4096)
            except OSError:
                return b""

        def _hung_up(self) -> None:
            hang_up = getattr(self._app, "hang_up", None)
            if hang_up is not None:
                self._app.call_later(hang_up)

    DRIVER = SturdyDriver
