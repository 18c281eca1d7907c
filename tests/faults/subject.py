"""The whole program on a terminal of its own: ``python -m tests.faults.subject --db DATABASE record``.

Where BROKEN is in the environment the record screen fails at the key `x`, with those words in its hands.
"""

from __future__ import annotations

import fcntl
import os
import termios
from typing import Any

from shadowlog.cli import main
from shadowlog.tui.record import RecordScreen


def fail_at_x(secret: str) -> None:
    """Let the record screen fail as no program should."""
    sign = RecordScreen.sign

    def broken(self: RecordScreen, key: str, said: Any) -> None:
        held = secret
        if key == "x":
            raise ZeroDivisionError(held)
        sign(self, key, said)

    setattr(RecordScreen, "sign", broken)  # noqa: B010 - mypy knows it as a method


if __name__ == "__main__":
    # As in a window of one's own, so that the program hears of its closing.
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if "BROKEN" in os.environ:
        fail_at_x(os.environ["BROKEN"])
    main()
