"""What SQLite says, in the words of this program; never with values, which may name people."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from shadowlog.errors import Busy, Damaged, ReadOnly, StoreError

_BROKEN = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_CURES = {
    errno.ENOSPC: "The disk is full; make room and try again.",
    errno.EDQUOT: "Your share of the disk is full; make room and try again.",
    errno.EROFS: "The disk takes no changes; choose another place.",
    errno.EACCES: "You may not write or read there; choose another place, or ask for the right to.",
    errno.EPERM: "You may not write or read there; choose another place, or ask for the right to.",
    errno.EEXIST: "Something of that name is in the way; choose another name.",
    errno.EISDIR: "A folder has that name; name a file.",
    errno.ENOTDIR: "Part of the path is a file, not a folder; choose another path.",
    errno.ENOENT: "Part of the path is not there; make the folder, or choose another path.",
    errno.ENAMETOOLONG: "The name is too long; choose a shorter one.",
    errno.ELOOP: "The links on the path lead round in a circle; choose another path.",
}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_HELD = {"SQLITE_BUSY", "SQLITE_LOCKED"}


def damaged(path: Path, what: str = "is damaged") -> Damaged:
    """Give the error for a database that is never opened for writing; it names the newest good backup."""
    from shadowlog.store.backup import newest_good

    good = newest_good(path)
    restore = "`shadowlog restore` does, and keeps the damaged file aside"
    cure = f"Restore the backup {good.name}: {restore}." if good else "No good backup lies beside it."
    return Damaged(f"{path.name} {what}; nothing was written to it.", cure)


def translated(error: sqlite3.Error, path: Path) -> StoreError:
    """Give the error of ours that an error of SQLite's amounts to."""
    name = getattr(error, "sqlite_errorname", None)
    if name is None and not isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        # Not SQLite but Python's reader of text gave up.
        return damaged(path, "holds text that cannot be read")
    name = name or "SQLITE_ERROR"
    kind = "_".join(name.split("_")[:2])
    if kind in _BROKEN:
        return damaged(path)
    if kind in _HELD:
        return Busy("Another program holds the database.", "Close it there and try again.")
    if kind == "SQLITE_FULL":
        return StoreError("The disk is full.", "Nothing was written; make room and try again.")
    if kind == "SQLITE_IOERR":
        return StoreError(f"The disk did not take it ({name}).", "Nothing was written; look at the disk and try again.")
    if kind in {"SQLITE_READONLY", "SQLITE_CANTOPEN"}:
        return ReadOnly(f"{path.name} cannot be written, or read, where it is.", "Copy it to a folder of your own.")
    return StoreError(f"The database cannot be used as asked ({name}).", "`shadowlog doctor` looks at it.")


def refused(error: OSError) -> StoreError:
    """Give the error of ours that an error of the file system's amounts to."""
    if error.errno in _REFUSED:
        return ReadOnly("The folder cannot be written.", "View it, or record elsewhere.")
    return StoreError(f"The disk did not take it ({error.strerror}).", cure(error))


def cure(error: OSError) -> str:
    """Say what helps against what the file system refused."""
    return _CURES.get(error.errno or 0, "Look at the disk, or choose another place.")
