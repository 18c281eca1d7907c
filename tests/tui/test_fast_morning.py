"""A morning at three acts a second on the real program: none is lost, each is acknowledged.

A minute of it; with the environment variable SHADOWLOG_PROFILE=long ten minutes, 1,800 acts.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from shadowlog.domain.clock import FakeClock
from shadowlog.store import journal
from shadowlog.store.engine import open_store
from shadowlog.store.library import observation, observations
from tests.tui.fake_desk import an_observation
from tests.tui.stream import presses, said_by, told
from tests.tui.terminal import Terminal

SECONDS = 600 if os.environ.get("SHADOWLOG_PROFILE") == "long" else 60
A_SECOND = 3


def typed(terminal: Terminal, acknowledged: Callable[[], int], keys: list[str]) -> list[float]:
    """Type keys at three a second; give how long (s) each took until a commit was acknowledged, where one was."""
    began, taken = time.monotonic(), list[float]()
    for n, key in enumerate(keys):
        due = began + (n + 1) / A_SECOND
        before, pressed = acknowledged(), time.monotonic()
        terminal.send(key.encode())
        terminal.until(lambda: acknowledged() > before or time.monotonic() >= due)  # noqa: B023 - called at once
        if acknowledged() > before:
            taken.append(time.monotonic() - pressed)
        terminal.until(lambda: time.monotonic() >= due)  # noqa: B023 - called at once
    return taken


def test_three_acts_a_second(tmp_path: Path) -> None:
    """Every press has the commands that it has without a terminal, in the same order, each acknowledged once on disk."""
    path = tmp_path / "a.db"
    read, write = os.pipe()
    os.set_blocking(read, False)
    heard = b""

    def acknowledged() -> int:
        nonlocal heard
        with suppress(BlockingIOError):
            heard += os.read(read, 65_536)
        return heard.count(b"\n")

    with Terminal(str(path), ACK_FD=str(write)) as terminal:
        terminal.sees("The first key begins the day")
        with open_store(path, writing=False) as store:
            planned = observation(store, observations(store)[0].id)
        keys = list(islice(presses(planned.codebook, seed=11), SECONDS * A_SECOND))
        taken = typed(terminal, acknowledged, keys)
        terminal.send(b"\x11")
        assert terminal.ended() == 0
    os.close(write)
    acknowledged()
    os.close(read)
    with open_store(path, writing=False) as store:
        kept = journal.commands(store, planned.id)
    expected = said_by(planned, keys, [each.said for each in kept])
    assert told(kept) == told(expected)
    assert len(kept) > len(keys) / 3
    assert heard.decode().split() == [word for each in kept for word in ("ACK", each.id)]
    tenth = len(taken) // 10
    first, last = statistics.median(taken[:tenth]), statistics.median(taken[-tenth:])
    # A figure to look at (pytest -rP); what it may be is held by the benchmarks, as a ratio to a floor.
    print(f"{len(keys)} presses, {len(kept)} commands; press to commit: last tenth {last / first:.2f} x the first")


def test_the_comparison_can_fail() -> None:
    """Negative control: one press less, or another order of two, says something else."""
    here = an_observation()
    keys = list(islice(presses(here.codebook, seed=11), 120))
    now = [FakeClock().now()]
    whole = told(said_by(here, keys, now))
    kinds = {kind for kind, _ in whole}
    assert {
        "Start",
        "SetCode",
        "Resume",
        "SetCompany",
        "SetSize",
        "SetPlace",
        "AddNote",
        "MakeContact",
        "Undo",
    } <= kinds
    assert whole == told(said_by(here, keys, now))
    at = next(n for n, key in enumerate(keys) if key == "I")
    assert whole != told(said_by(here, keys[:at] + keys[at + 1 :], now))
