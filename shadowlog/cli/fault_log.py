"""Where errors nobody foresaw happened: kinds and lines of the source, never a value, for those may be about people."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from shadowlog import __version__, paths
from shadowlog.store import files

LARGEST = 200_000
"""Bytes; past this the older half of the log is let go."""


def note(error: BaseException) -> Path | None:
    """Add an error to the log, readable by its owner alone; give the log's path, None where it cannot be written."""
    log = paths.fault_log()
    try:
        files.make_folder(log.parent)
        _add(log, "\n".join(told(error)) + "\n\n")
    except OSError:
        # Whoever is told of the error is told of it all the same.
        return None
    return log


def told(error: BaseException) -> Iterator[str]:
    """Tell when and by which versions, then of the error, and of those that led to it, the kind and the calls."""
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    yield f"{when} shadowlog {__version__}, {python}"
    one: BaseException | None = error
    while one is not None:
        yield f"{type(one).__module__}.{type(one).__qualname__}"
        trace = one.__traceback__
        while trace is not None:
            module = trace.tb_frame.f_globals.get("__name__", "?")
            yield f"  {module}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}"
            trace = trace.tb_next
        one = one.__cause__ or one.__context__


def _add(log: Path, text: str) -> None:
    kept = b""
    with suppress(FileNotFoundError):
        kept = log.read_bytes()
    if len(kept) + len(text) > LARGEST:
        # From the beginning of an entry on.
        kept = kept[-LARGEST // 2 :].partition(b"\n\n")[2]
    fresh = log.with_name(f"{log.name}.{os.getpid()}")
    files.make_empty(fresh)
    fresh.write_bytes(kept + text.encode())
    files.put(fresh, log)
