"""Speed as ratios, each against a peer or a floor measured in the same run on the same disk.

    uv run python benchmarks/run.py [--presses 200] [--folder .]

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


def fdatasync(folder: Path, times: int) -> float:
    """One page appended and flushed, in ms."""
    path, taken = folder / "page", []
    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    for n in range(times):
        os.pwrite(handle, os.urandom(4096), n * 4096)
        began = time.perf_counter()
        os.fdatasync(handle)
        taken.append(time.perf_counter() - began)
    os.close(handle)
    path.unlink()
    return median_ms(taken)


def bare_presses(times: int) -> float:
    """Key press to painted in a bare Textual app, in ms."""
    terminal, taken = Terminal(BARE), []
    terminal.wait(b"READYMARK")
    terminal.settle(0.5)
    for n in range(1, times + 1):
        began = terminal.press(b"a")
        taken.append(terminal.wait(f"COUNT{n:05}X".encode()) - began)
        terminal.settle()
    terminal.close()
    return median_ms(taken)


def presses(database: Path, observation: str, episodes: int, times: int) -> float:
    """Key press to painted and durable on the record screen, in ms: every press starts an episode."""
    command = [*SHADOWLOG, "--db", str(database), "record", observation, "--after-crash", "keep"]
    terminal, taken = Terminal(command), []
    terminal.wait(f"{episodes} episodes".encode(), seconds=60)
    terminal.settle(2.5)
    for n in range(1, times + 1):
        terminal.acks = b""
        began = terminal.press(b"37"[n % 2 : n % 2 + 1])
        taken.append(terminal.wait(f"{episodes + n} episodes".encode(), acks=1) - began)
        terminal.settle()
    terminal.close()
    return median_ms(taken)


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
        paint, sync = bare_presses(options.presses), fdatasync(folder, options.presses)
        few, many = presses(short, one, 50, options.presses), presses(long, other, 5_000, options.presses)
        floor = "bare app's press to paint + fdatasync"
        row("press to painted and durable, 50 episodes", few, floor, paint + sync, 3)
        row("press to painted and durable, 5,000 episodes", many, "the same at 50", few, 1.3)
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
        start = process(
            [sys.executable, "-c", "import sqlmodel, polars, narwhals, plotly.graph_objects"], options.starts
        )
        page = [*base, "report", demo_day, "--force", "-o", str(folder / "day.html")]
        row("day report, whole process", process(page, options.starts), "its imports", start, None)
    if options.json:
        found = [dict(zip(("what", "ms", "against", "floor_ms", "most"), r, strict=True)) for r in rows]
        options.json.write_text(json.dumps(found, indent=2), encoding="utf-8")
    if any(most is not None and took / floor > most for _, took, _, floor, most in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
