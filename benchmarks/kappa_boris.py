"""Run by the Python that has BORIS: reads two codings as JSON on stdin, prints kappa and seconds for each unit.

BORIS' own function is called from outside, on the table that it makes for itself; nothing of it is copied.
"""

import importlib.util
import json
import sqlite3
import sys
import time
from decimal import Decimal

# BORIS finds its own modules beside itself; it needs libmpv (Debian: libmpv2) to be imported at all.
sys.path.append(importlib.util.find_spec("boris").submodule_search_locations[0])

from boris.irr import cohen_kappa

COLUMNS = ("observation", "subject", "behavior", "type", "modifiers", "start", "stop")


def main() -> None:
    asked = json.load(sys.stdin)
    connection = sqlite3.connect(":memory:")
    kinds = ("TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "FLOAT", "FLOAT")
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, kinds, strict=True))
    connection.execute(f"CREATE TABLE aggregated_events (id INTEGER PRIMARY KEY ASC, {columns})")
    for name in ("observation", "subject", "behavior", "modifiers"):
        connection.execute(f"CREATE INDEX {name}_idx ON aggregated_events({name})")
    marks = ", ".join("?" * len(COLUMNS))
    for observer, spans in asked["codings"].items():
        lines = [(observer, "head", code, "STATE", "", lo / 1000, hi / 1000) for lo, hi, code in spans]
        connection.executemany(f"INSERT INTO aggregated_events ({', '.join(COLUMNS)}) VALUES ({marks})", lines)
    connection.commit()
    one, other = asked["codings"]
    told = []
    for unit in asked["units"]:
        began = time.perf_counter()
        kappa, _ = cohen_kappa(connection.cursor(), one, other, Decimal(str(unit / 1000)), ["head"], False)
        told.append((float(kappa), time.perf_counter() - began))
    print(json.dumps(told))


main()
