"""The program on a real database, for tests on a terminal: ``python -m tests.tui.subject DATABASE [MODE]``.

MODE `broken` fails inside at the key `x`, as no program should.
"""

from __future__ import annotations

import fcntl
import sys
import termios
from pathlib import Path
from typing import Any

from shadowlog.domain.clock import SystemClock
from shadowlog.store.engine import Store, open_store
from shadowlog.store.library import observations
from shadowlog.tui.app import ShadowlogApp
from shadowlog.tui.desk import StoreDesk, planned
from shadowlog.tui.ports import Consent, Plan
from shadowlog.tui.record import RecordScreen

PLAN = Plan(
    study="Autumn",
    retention="2031-08-31",
    date="2026-11-24",
    head="H03",
    observer="O1",
    codebook="default",
    consent=Consent("2026-11-20", "2", "signed form", ("observed", "feedback")),
    periods=(),
    zone="Europe/London",
)


def the_observation(path: Path) -> str:
    """The one observation in a database, planned if there is none."""
    with open_store(path, writing=True) as store:
        found = observations(store)
        return found[0].id if found else planned(store, PLAN, SystemClock())


def a_desk(path: Path) -> StoreDesk:
    """A desk without reports."""

    def none(store: Store, *_: Any) -> str:
        return ""

    return StoreDesk(path, SystemClock(), write_report=none, summary_text=none, make_demo=none)


def main() -> int:
    """Run, with the terminal as this session's own, so that it hears of its closing."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    path = Path(sys.argv[1])
    mode = sys.argv[2] if len(sys.argv) > 2 else ""
    if mode == "broken":
        sign = RecordScreen.sign

        def broken(self: RecordScreen, key: str, said: Any) -> None:
            secret = "Mrs Example said"  # noqa: F841 - what must not be printed
            if key == "x":
                raise ZeroDivisionError
            sign(self, key, said)

        setattr(RecordScreen, "sign", broken)  # noqa: B010 - mypy knows it as a method
    app = ShadowlogApp(a_desk(path), observation=the_observation(path), after_crash="keep")
    code = app.run()
    if app.problem:
        sys.stderr.write(app.problem + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
