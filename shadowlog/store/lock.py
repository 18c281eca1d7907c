"""One writer at a time: an operating-system lock on a file beside the database, gone when its holder is gone."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path

from shadowlog.errors import Busy
from shadowlog.store.faults import refused

# Windows locks a range of bytes that nobody may then read; this one lies beyond what the file holds.
_FAR = 1 << 30


def lock_path(path: Path) -> Path:
    """Give the file that is locked for a database."""
    return path.with_name(path.name + ".lock")


class Lock:
    """The right to write to one database, until `release`. Inside the file: host, process id, since when."""

    def __init__(self, path: Path) -> None:
        """Take the lock; Busy, naming the holder, where another has it, ReadOnly where the folder takes no file."""
        self._file = -1
        where = lock_path(path)
        try:
            handle = os.open(where, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise refused(error) from None
        try:
            _claim(handle)
            since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            text = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "since": since})
            os.ftruncate(handle, 0)
            os.write(handle, text.encode())
        except BaseException:
            os.close(handle)
            raise
        self._file = handle

    def release(self) -> None:
        """Let others write; nothing happens the second time."""
        # The file stays: taking it away could take the lock of whoever opened it in between.
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _claim(handle: int) -> None:
    if not _take(handle):
        raise Busy(
            f"shadowlog has this database open elsewhere: {_holder(handle)}.",
            "Leave it there with ctrl+q and try again; list, show, summary and report work meanwhile.",
        )


def _holder(handle: int) -> str:
    try:
        found = json.loads(os.read(handle, 1000))
        return f"process {int(found['pid'])} on {found['host']} since {found['since']}"
    except (ValueError, KeyError, TypeError):
        return "another program"


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
