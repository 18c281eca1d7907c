"""How SQLite is told to keep a day: every setting is read back, since SQLite ignores what it does not know."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from shadowlog.errors import StoreError

APPLICATION_ID = 0x53484C47
"""The mark of a shadowlog database, at byte 68 of the file."""

_HEADER = b"SQLite format 3\x00"

# Measured against power cuts: WAL with FULL lost nothing, NORMAL and the rollback journal lost acknowledged rows.
_BOTH: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("locking_mode", "NORMAL", "normal"),
)
_WRITER = (*_BOTH, ("journal_mode", "WAL", "wal"), ("synchronous", "FULL", 2))
_READER = (*_BOTH, ("query_only", "ON", 1), ("wal_autocheckpoint", "0", 0))
# Only macOS needs telling that a flush should reach the disk itself.
_MAC = (("fullfsync", "ON", 1), ("checkpoint_fullfsync", "ON", 1))


def connect(path: Path, *, writing: bool, immutable: bool = False) -> sqlite3.Connection:
    """Open an existing database in autocommit with every setting in force; StoreError where one does not hold."""
    mode = "rw" if writing else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    driver = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5.0)
    try:
        settle(driver, writing=writing)
        # Only now is the file itself looked at.
        driver.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException as error:
        driver.close()
        if isinstance(error, UnicodeDecodeError):
            # What SQLite says of a broken schema quotes it.
            raise sqlite3.DatabaseError("the schema cannot be read") from None
        raise
    return driver


def settle(driver: sqlite3.Connection, *, writing: bool) -> None:
    """Put every setting in force and read it back; StoreError where one does not hold."""
    wanted = _WRITER if writing else _READER
    for name, value, expected in (*wanted, *(_MAC if sys.platform == "darwin" else ())):
        driver.execute(f"PRAGMA {name}={value}").fetchall()
        found = driver.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise StoreError(
                f"SQLite does not keep its setting {name}={value}.", "Use a local disk, or another build of SQLite."
            )


def is_database(path: Path) -> bool:
    """Whether the file bears the marks of a shadowlog database; OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(100)
    return head.startswith(_HEADER) and int.from_bytes(head[68:72], "big") == APPLICATION_ID
