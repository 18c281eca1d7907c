"""A few megabytes kept beside a database, given up when the disk is full so that the day at hand can go on."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from shadowlog.store import files

SIZE = 4 << 20
"""Bytes; enough for more commands than a day has."""

ROOM = 16
"""Ballast is only taken in where this many times its size is free."""


def ballast_path(path: Path) -> Path:
    """Give the file that holds the ballast of a database."""
    return path.with_name(path.name + ".ballast")


def take(path: Path) -> None:
    """Take ballast in, unless it is there or there is little room."""
    ballast = ballast_path(path)
    with suppress(OSError):
        if ballast.exists() or shutil.disk_usage(path.parent).free < ROOM * SIZE:
            return
        files.make_empty(ballast)
        try:
            ballast.write_bytes(bytes(SIZE))
        except OSError:
            ballast.unlink()


def drop(path: Path) -> bool:
    """Give the ballast up; False if there is none left."""
    try:
        ballast_path(path).unlink()
    except OSError:
        return False
    return True
