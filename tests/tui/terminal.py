"""A terminal in memory: a real process on a pseudo-terminal, its screen read through pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import pyte

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""How many seconds a condition may take on a slow machine."""


class Terminal:
    """Runs the subject on a database; `out` is every byte it wrote."""

    subject: ClassVar[str] = "tests.tui.subject"

    def __init__(self, *arguments: str, size: tuple[int, int] = (120, 40), **environment: str) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.out = b""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.subject, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            start_new_session=True,
            pass_fds=[int(environment["ACK_FD"])] if "ACK_FD" in environment else [],
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.master >= 0:
            os.close(self.master)

    @property
    def text(self) -> str:
        """The screen as plain text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, data: bytes) -> None:
        """Type bytes."""
        os.write(self.master, data)

    def send_all(self, data: bytes) -> None:
        """Type more than a terminal takes at once, reading meanwhile."""
        end = time.monotonic() + PATIENCE
        while data:
            assert time.monotonic() < end, self.text
            if select.select([], [self.master], [], 0.05)[1]:
                data = data[os.write(self.master, data[:1024]) :]
            self.read(0.0)

    def resize(self, columns: int, rows: int) -> None:
        """Pull the window to another size."""
        self.screen.resize(max(rows, 1), max(columns, 1))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.master)
        self.master = -1

    def until(self, holds: Callable[[], Any]) -> None:
        """Read until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.text
            self.read(0.05)

    def sees(self, words: str) -> None:
        """Wait until the words are on the screen."""
        self.until(lambda: words in self.text or self.process.poll() is not None)
        assert words in self.text, self.text

    def ended(self) -> int:
        """Wait for the end and give the exit code."""
        self.until(lambda: self.process.poll() is not None)
        while self.master >= 0 and self.read(0.05):
            pass
        code = self.process.returncode
        assert isinstance(code, int)
        return code

    def read(self, seconds: float) -> bool:
        """Read what comes within so many seconds; False for nothing."""
        if self.master < 0:
            select.select([], [], [], seconds)
            return False
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65_536)
        except OSError:
            return False
        self.out += data
        # What pyte does not know it would draw; it changes nothing on the screen.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return bool(data)
