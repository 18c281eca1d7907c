"""Speed as ratios, each against a peer or a floor measured in the same run on the same disk.

    uv run python benchmarks/run.py [--presses 200] [--folder .] [--long]

Prints a table and, with --json FILE, the raw medians in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from days import long_day
from terminal import Terminal

HERE = Path(__file__).parent
SHADOWLOG = [sys.executable, "-m", "shadowlog"]
BARE = [sys.executable, str(HERE / "bare_app.py")]


def median_ms(seconds: list[float]) -> float:
    """The median of seconds, in ms."""
    return statistics.median(seconds) * 1000


class Page:
    """A file to which pages are appended, each flushed: what a disk takes for the least that could be kept."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "page"
        self.handle = os.open(self.path, os.O_CREAT | os.O_RDWR)
        self.pages = 0

    def flush(self) -> float:
        """Append a page and flush it, in seconds."""
        os.pwrite(self.handle, os.urandom(4096), self.pages * 4096)
        self.pages += 1
        began = time.perf_counter()
        os.fdatasync(self.handle)
        return time.perf_counter() - began


class Bare:
    """A bare Textual app."""

    def __init__(self) -> None:
        self.terminal = Terminal(BARE)
        self.terminal.wait(b"READYMARK")
        self.count = 0

    def press(self) -> float:
        """Key press to painted, in seconds."""
        self.count += 1
        began = self.terminal.press(b"a")
        return self.terminal.wait(f"COUNT{self.count:05}X".encode()) - began


class Recording:
    """The record screen on a day of so many episodes."""

    def __init__(self, database: Path, observation: str, episodes: int) -> None:
        command = [*SHADOWLOG, "--db", str(database), "record", observation, "--after-crash", "keep"]
        self.terminal = Terminal(command)
        self.episodes = episodes
        self.terminal.wait(f"{episodes} episodes".encode(), seconds=60)

    def press(self) -> float:
        """Key press to painted and durable, in seconds: every press starts an episode."""
        self.episodes += 1
        self.terminal.acks = b""
        began = self.terminal.press(b"37"[self.episodes % 2 : self.episodes % 2 + 1])
        return self.terminal.wait(f"{self.episodes} episodes".encode(), acks=1) - began


def presses(folder: Path, few: Recording, many: Recording, times: int) -> tuple[float, float, float, float]:
    """Press in turn, so that all meet the same machine: a bare app, a page flushed, a short day, a long one; in ms."""
    bare, page = Bare(), Page(folder)
    terminals = (bare.terminal, few.terminal, many.terminal)
    for each in terminals:
        each.settle(2)
    taken: tuple[list[float], ...] = ([], [], [], [])
    for _ in range(times):
        for found, measure in zip(taken, (bare.press, page.flush, few.press, many.press), strict=True):
            found.append(measure())
            for each in terminals:
                each.settle(0.02)
    for each in terminals:
        each.close()
    paint, flush, short, long = (median_ms(found) for found in taken)
    return paint, flush, short, long


def tiring(recording: Recording, acts: int = 1_800, sample: int = 100) -> tuple[float, float]:
    """Press so many times in a row, in one session; the first presses and the last ones, in ms."""
    recording.terminal.settle(2)
    taken = []
    for _ in range(acts):
        taken.append(recording.press())
        recording.terminal.settle(0.02)
    recording.terminal.close()
    return median_ms(taken[:sample]), median_ms(taken[-sample:])


def first_paint(command: list[str], marker: bytes, times: int) -> float:
    """Start to first paint, in ms."""
    taken = []
    for _ in range(times):
        terminal = Terminal(command)
        taken.append(terminal.wait(marker) - terminal.began)
        terminal.settle(0.3)
        terminal.close()
    return median_ms(taken[1:])


def commits(database: Path, observation: str, times: int) -> float:
    """One act to the journal and its tables, in ms."""
    from shadowlog.domain import commands as c
    from shadowlog.domain.clock import SystemClock
    from shadowlog.domain.recorder import step
    from shadowlog.store import journal
    from shadowlog.store.engine import open_store
    from shadowlog.store.library import new_id

    clock, taken = SystemClock(), []
    with open_store(database, writing=True) as store:
        day = journal.load(store, observation)
        for n in range(times):
            said = clock.now()
            code = ("admin", "strategy")[n % 2]
            command = c.Start(
                id=new_id(), at=day.live.last + 1, author="O1", said=said, episode=new_id(), codes={"activity": code}
            )
            day, changes = step(day, command)
            began = time.perf_counter()
            journal.append(store, observation, command, changes)
            taken.append(time.perf_counter() - began)
    return median_ms(taken)


def process(command: list[str], times: int) -> float:
    """A whole process, in ms."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return median_ms(taken[1:])


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=150)
    parser.add_argument("--starts", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path(), help="where the databases are made: the disk measured")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--long", action="store_true", help="a long sitting too: 1,800 presses in one session")
    options = parser.parse_args()
    rows: list[tuple[str, float, str, float, float | None]] = []

    def row(what: str, took: float, against: str, floor: float, most: float | None) -> None:
        rows.append((what, took, against, floor, most))
        limit = f"  (at most {most:g})" if most else ""
        verdict = "" if most is None or took / floor <= most else "  TOO SLOW"
        print(
            f"{what:52} {took:9.2f} ms   {took / floor:6.2f} x {against} ({floor:.2f} ms){limit}{verdict}", flush=True
        )

    with tempfile.TemporaryDirectory(dir=options.folder.resolve(), prefix=".bench-") as name:
        folder = Path(name)
        short, long = folder / "short.db", folder / "long.db"
        one, other = long_day(short, 50), long_day(long, 5_000)
        paint, sync, few, many = presses(
            folder, Recording(short, one, 50), Recording(long, other, 5_000), options.presses
        )
        floor = "bare app's press to paint + fdatasync"
        row("press to painted and durable, 50 episodes", few, floor, paint + sync, 3)
        row("press to painted and durable, 5,000 episodes", many, "the same at 50", few, 1.3)
        if options.long:
            sitting = folder / "sitting.db"
            first, last = tiring(Recording(sitting, long_day(sitting, 50), 50))
            row("a press after 1,700 of one session", last, "the first 100", first, 1.5)
        home = [*SHADOWLOG, "--db", str(folder / "none.db")]
        bare = first_paint(BARE, b"READYMARK", options.starts)
        row("first paint", first_paint(home, b"shadowlog", options.starts), "a bare app", bare, 1.6)
        row("one act committed", commits(short, one, options.presses), "fdatasync of a page", sync, None)
        demo_day = long_day(folder / "day.db", 120)
        base = [*SHADOWLOG, "--db", str(folder / "day.db")]
        start = process([sys.executable, "-c", "import sqlmodel, polars, narwhals"], options.starts)
        row(
            "day summary, whole process",
            process([*base, "summary", demo_day], options.starts),
            "its imports",
            start,
            None,
        )
        figures = process([sys.executable, str(HERE / "six_figures.py"), str(folder)], options.starts)
        page = [*base, "report", demo_day, "--force", "-o", str(folder / "day.html")]
        row("day report, whole process", process(page, options.starts), "imports and six figures", figures, 1.5)
    if options.json:
        found = [dict(zip(("what", "ms", "against", "floor_ms", "most"), r, strict=True)) for r in rows]
        options.json.write_text(json.dumps(found, indent=2), encoding="utf-8")
    if any(most is not None and took / floor > most for _, took, _, floor, most in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
