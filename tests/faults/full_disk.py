"""Disks that take no more: a small one that is filled to the brim, and a limit on how long a file may grow."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Tight(Protocol):
    """A disk that can be filled under a running program, and emptied again."""

    folder: Path
    says: str
    """What the program says of it."""

    def fill(self, process: int) -> None:
        """From now on nothing more goes on it."""

    def free(self, process: int) -> None:
        """Make room."""


class Limit:
    """Files may not grow: needs no rights, and fails writes with an error that is not "full"."""

    says = "The disk did not take it (SQLITE_IOERR_WRITE)."

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process: int) -> None:
        """Let no file grow past the longest there is, less a page."""
        longest = max(each.stat().st_size for each in self.folder.glob("*.db-wal"))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (longest, resource.RLIM_INFINITY))

    def free(self, process: int) -> None:
        """Let files grow."""
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Small:
    """A disk in memory of two megabytes: needs the right to mount."""

    says = "The disk is full."

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, process: int) -> None:
        """Write until nothing more goes on."""
        with self._filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        assert os.statvfs(self.folder).f_bavail == 0

    def free(self, process: int) -> None:
        """Take away what fills it."""
        self._filler.unlink()


def can_mount(folder: Path) -> bool:
    """Whether this user may mount here."""
    if os.geteuid() != 0 or _mount(folder).returncode != 0:
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


@contextmanager
def tight(folder: Path, kind: str) -> Iterator[Tight]:
    """Give a disk of a kind: "limit", or "small", which without the right to mount is a limit too."""
    folder.mkdir()
    if kind == "limit" or not can_mount(folder):
        yield Limit(folder)
        return
    _mount(folder).check_returncode()
    try:
        yield Small(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mount(folder: Path) -> subprocess.CompletedProcess[bytes]:
    call = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", str(folder)]
    return subprocess.run(call, capture_output=True, check=False)
