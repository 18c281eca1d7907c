"""The whole program on a terminal of its own: ``python -m tests.faults.subject --db DATABASE record``."""

from __future__ import annotations

import fcntl
import termios

from shadowlog.cli import main

if __name__ == "__main__":
    # As in a window of one's own, so that the program hears of its closing.
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    main()
