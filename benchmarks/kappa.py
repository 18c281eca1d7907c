"""Time-unit kappa of two codings of 1,000 rows each, against BORIS 9.15's own function, both in process.

    uv run python benchmarks/kappa.py --boris PYTHON [--rows 1000]

PYTHON is one in which `boris-behav-obs` is installed (it needs 3.12, and Debian's libmpv2); BORIS is run from outside. The two kappas are
compared first. To reach: at least 200 times as quick.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from shadowlog.domain.kappa import cohen, in_units, joint, squared

LEAST = 200
"""How many times as quick as BORIS."""
CODES = "abcdefghijkl"
UNITS = (10_000, 1_000)
Spans = list[tuple[int, int, str]]


def codings(rows: int, seed: int = 7) -> dict[str, Spans]:
    """A day of so many changes, and a second observer a little late here and there, who at times saw something else."""
    dice = random.Random(seed)
    at, ends, codes = 0, [], []
    for _ in range(rows):
        at += dice.randrange(5_000, 55_000)
        ends.append(at)
        codes.append(dice.choice([c for c in CODES if not codes or c != codes[-1]]))
    late = [end + dice.choice([0, 0, 0, 1_300, 2_700, -900]) for end in ends[:-1]] + [ends[-1]]
    seen = [dice.choice(CODES) if dice.random() < 0.1 else code for code in codes]
    told = {}
    for observer, until, said in (("one", ends, codes), ("two", late, seen)):
        told[observer] = [(lo, hi, code) for lo, hi, code in zip([0, *until], until, said, strict=False)]
    return told


def ours(told: dict[str, Spans], unit: int) -> float:
    """Kappa from the spans."""
    end = max(spans[-1][1] for spans in told.values())
    one, other = (in_units(spans, 0, end, unit) for spans in told.values())
    found = cohen(squared(joint(one, other), CODES))
    assert found is not None
    return found


def timed(told: dict[str, Spans], unit: int, times: int = 51) -> float:
    """The median of some runs, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ours(told, unit)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Compare, and print a line for each unit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boris", required=True, help="a Python with boris-behav-obs")
    parser.add_argument("--rows", type=int, default=1_000)
    options = parser.parse_args()
    told = codings(options.rows)
    script = Path(__file__).with_name("kappa_boris.py")
    done = subprocess.run(
        # -P: a module of this folder is called boris too.
        [options.boris, "-P", str(script)],
        input=json.dumps({"codings": told, "units": UNITS}),
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"QT_QPA_PLATFORM": "offscreen"},
    )
    slow = False
    for unit, (theirs, seconds) in zip(UNITS, json.loads(done.stdout.splitlines()[-1]), strict=True):
        mine, quick = ours(told, unit), timed(told, unit)
        # BORIS counts both ends of a state in, and rounds to three decimals.
        assert abs(mine - theirs) < 0.01, (mine, theirs)
        print(
            f"unit {unit // 1000:>2} s   kappa {mine:.3f} (BORIS {theirs:.3f})   "
            f"{quick * 1000:.2f} ms   BORIS {seconds * 1000:.0f} ms   {seconds / quick:.0f} x  (at least {LEAST})"
        )
        slow = slow or seconds / quick < LEAST
    if slow:
        sys.exit(1)


if __name__ == "__main__":
    main()
