"""A pseudo-terminal for measuring: start a program, press a key, wait until its answer stands in what it painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence


class Terminal:
    """A program on a pseudo-terminal of 40 rows and 120 columns; `acks` holds what it wrote to ACK_FD."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        read, write = os.pipe()
        os.set_inheritable(write, True)
        self.began = time.perf_counter()
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.close(read)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "ACK_FD": str(write)})
            os.environ.update(environment or {})
            os.execvp(command[0], list(command))
        os.close(write)
        self.ack = read
        self.acks = b""
        self.painted = b""
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def wait(self, marker: bytes, *, acks: int = 0, seconds: float = 30) -> float:
        """Read until the marker is painted and so many acknowledgements came; give the time (perf_counter) it was so."""
        end = time.perf_counter() + seconds
        while marker not in self.painted or self.acks.count(b"\n") < acks:
            if time.perf_counter() > end:
                message = f"waited for {marker!r} and {acks} acks, saw {self.painted[-600:]!r} and {self.acks[-80:]!r}"
                raise TimeoutError(message)
            self._read(0.5)
        return time.perf_counter()

    def settle(self, seconds: float = 0.05) -> None:
        """Read for so long, and forget what came."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        self.painted = b""

    def press(self, key: bytes) -> float:
        """Press a key; give the time at which it was pressed."""
        self.painted = b""
        now = time.perf_counter()
        os.write(self.screen, key)
        return now

    def close(self) -> None:
        """End the program, as somebody who closes the terminal does."""
        os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + 10
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self._read(0.05)
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self.screen)
        os.close(self.ack)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.screen, self.ack], [], [], seconds)
        found = False
        for handle in ready:
            try:
                data = os.read(handle, 1 << 16)
            except OSError:
                data = b""
            found = found or bool(data)
            if handle == self.ack:
                self.acks += data
            else:
                self.painted += data
        return found
