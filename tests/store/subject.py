"""A program to kill: records without end into the folder it is given, and acknowledges each command on stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from shadowlog.store import journal
from tests.store import house
from tests.typist import OBSERVATION, Typist


def main(folder: Path) -> None:
    """Record until killed."""
    store = house.opened(folder)
    house.planned(store)
    typist, kept = Typist(), 0
    while True:
        while kept < len(typist.journal):
            id_ = journal.append(store, OBSERVATION.id, typist.journal[kept], typist.changes[kept])
            os.write(1, f"ACK {id_}\n".encode())
            kept += 1
        typist.type('3 t +60 I 5 a +10 R J 1 +30 N "hello" +5 U Y')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
