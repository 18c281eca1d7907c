"""Time budgets beside BORIS 9.15, run from outside, on projects of 1,000, 10,000 and 100,000 events made from a seed.

    BORIS_PYTHON=/path/to/its/python python -m benchmarks.boris [EVENTS...]

Three stretches: from where each keeps events to reckon on (BORIS: SQLite in memory; here: frames); from what each made of
the file (BORIS: the project's events; here: the bouts, paired while reading); a whole process from file to budget.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from shadowlog.analysis.budget import Budget, budget
from shadowlog.exchange.boris import read_coding
from shadowlog.exchange.boris_coding import Coding
from shadowlog.exchange.boris_frames import frames_of

SIZES = (1_000, 10_000, 100_000)
SUBJECTS = 12


def project(events: int, seed: int = 7) -> dict[str, Any]:
    """A project with so many events: one live observation, a tenth of them points, no state of a subject open twice."""
    chance = random.Random(seed)
    codes = [f"behaviour {n}" for n in range(14)]
    at = dict.fromkeys(range(SUBJECTS), 0)
    found: list[list[Any]] = []
    while len(found) < events:
        subject = chance.randrange(SUBJECTS)
        at[subject] += chance.randint(500, 60_000)
        if chance.random() < 0.1 or len(found) == events - 1:
            found.append([at[subject] / 1000, f"S{subject}", chance.choice(codes[10:]), "", ""])
            continue
        code, until = chance.choice(codes[:10]), at[subject] + chance.randint(500, 300_000)
        found += [[at[subject] / 1000, f"S{subject}", code, "", ""], [until / 1000, f"S{subject}", code, "", ""]]
        at[subject] = until
    found.sort(key=lambda event: event[:3])
    return {
        "time_format": "hh:mm:ss",
        "project_date": "2026-11-22T08:00:00",
        "project_name": "made",
        "project_description": "",
        "project_format_version": "7.0",
        "subjects_conf": {str(n): {"key": "", "name": f"S{n}", "description": ""} for n in range(SUBJECTS)},
        "behaviors_conf": {
            str(n): {
                "type": "State event" if n < 10 else "Point event",
                "key": "",
                "code": code,
                "description": "",
                "color": "",
                "category": "",
                "modifiers": "",
                "excluded": "",
                "coding map": "",
            }
            for n, code in enumerate(codes)
        },
        "observations": {
            "made": {
                "file": [],
                "type": "LIVE",
                "date": "2026-11-22T08:00:00",
                "description": "",
                "time offset": 0.0,
                "events": found,
                "observation time interval": [0, 0],
                "independent_variables": {},
                "media_info": {"offset": {}},
            }
        },
        "behavioral_categories": [],
        "behavioral_categories_config": {},
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }


def best(coding: Coding, rounds: int) -> tuple[float, float, Budget]:
    """The shortest times, in seconds, from frames to a budget and from bouts to a budget, and the budget."""
    reckoned, loaded = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        frames = frames_of(coding).frames
        made = time.perf_counter()
        found = budget(frames)
        reckoned.append(time.perf_counter() - made)
        loaded.append(time.perf_counter() - began)
    return min(reckoned), min(loaded), found


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Run a process; give its seconds and what it printed last."""
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return time.perf_counter() - began, done.stdout


def main() -> None:
    """Print the ratios."""
    python = os.environ["BORIS_PYTHON"]
    sizes = [int(each) for each in sys.argv[1:]] or SIZES
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "made.boris"
            file.write_text(json.dumps(project(size)), encoding="utf-8")
            rounds = 5 if size <= 10_000 else 3
            quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            runner = [python, str(Path(__file__).with_name("boris_budget.py")), str(file)]
            peer_whole, _ = timed([*runner, "1"], quiet)
            peer = json.loads(timed([*runner, str(rounds)], quiet)[1].splitlines()[-1])
            whole, _ = timed([sys.executable, "-m", "shadowlog", "budget", str(file), "--json"], quiet)
            reckoned, loaded, found = best(read_coding(file), rounds)
            assert sum(r[2] for r in peer["rows"]) == sum(row.count for row in found.rows)
            assert abs(sum(r[3] for r in peer["rows"] if r[3] != "NA") - sum(row.total or 0 for row in found.rows)) < 1
            for what, theirs, ours in (
                ("events in a table to budget", peer["reckoned"], reckoned),
                ("events in memory to budget ", peer["loaded"], loaded),
                ("file to budget, a process  ", peer_whole, whole),
            ):
                print(f"{size:>7} events, {what}: BORIS {theirs:8.3f} s, here {ours:7.3f} s, {theirs / ours:6.1f} x")


if __name__ == "__main__":
    main()
