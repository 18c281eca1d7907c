"""Files and folders made so that only their owner reads them, and put in place so that a power cut leaves old or new."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it, for its owner alone; one that is there stays as it is."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    # A folder that may be used but not listed cannot be flushed either.
    with suppress(OSError):
        sync(folder.parent)


def make_empty(path: Path) -> None:
    """Make an empty file for its owner alone, in the place of one that is there."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def copy(source: Path, target: Path) -> None:
    """Copy a file's bytes into one for its owner alone, down to the disk."""
    make_empty(target)
    with source.open("rb") as reader, target.open("r+b") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of files, down to the disk."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(source: Path, target: Path) -> None:
    """Let a finished file take the place of another at one stroke."""
    sync(source)
    source.replace(target)
    sync(target.parent)


def beside(path: Path) -> list[Path]:
    """The files SQLite keeps beside a database, those that are there."""
    return [each for each in (path.with_name(path.name + end) for end in _BESIDE) if each.exists()]
