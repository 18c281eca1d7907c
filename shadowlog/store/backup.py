"""Backups: whole, checked copies in a folder beside the database, made while it is in use; and the way back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from shadowlog.errors import Damaged, NotFound, Refused, StoreError
from shadowlog.store import files, settings
from shadowlog.store.device import DEVICE, new_device
from shadowlog.store.engine import Store, attach
from shadowlog.store.faults import damaged, refused, translated
from shadowlog.store.lock import Lock

FOLDER = "backups"
NEWEST = 10
DAYS = 30

_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: where it is, when it was made (UTC), how many bytes it has."""

    path: Path
    made: datetime
    size: int


def folder_of(database: Path) -> Path:
    """Give the folder beside a database in which its backups lie unless another was chosen."""
    return database.parent / FOLDER


def backups(database: Path, folder: Path | None = None) -> tuple[Backup, ...]:
    """Give the backups of a database, the newest first."""
    where = folder or folder_of(database)
    pattern = re.compile(re.escape(database.stem) + r"-(\d{8}T\d{12}Z)" + re.escape(database.suffix or ".db"))
    found = []
    for path in where.iterdir() if where.is_dir() else ():
        if match := pattern.fullmatch(path.name):
            made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, made, path.stat().st_size))
    return tuple(sorted(found, key=lambda b: b.made, reverse=True))


def back_up(store: Store, folder: Path | None = None) -> Path:
    """Copy a database, as it is now, into its backup folder (or another one); give the copy's path.

    The copy is checked before older ones make room: the newest 10 stay, and one a day for 30 days. Damaged where what
    was copied does not hold; StoreError where the folder or the disk does not take it.
    """
    return keep(store.driver, store.path, folder)


def if_due(store: Store, folder: Path | None = None, *, minutes: float = 15) -> Path | None:
    """Back up unless there is a backup from the last minutes; give the copy's path, None if there was one.

    For use while recording: of the chains only those written since the database was opened are checked, so that it
    takes no longer in the tenth week than on the first day.
    """
    newest = next(iter(backups(store.path, folder)), None)
    if newest and datetime.now(UTC) - newest.made < timedelta(minutes=minutes):
        return None
    return keep(store.driver, store.path, folder, store.touched)


def keep(
    driver: sqlite3.Connection, database: Path, folder: Path | None = None, streams: Iterable[str] | None = None
) -> Path:
    """As `back_up`, from a connection; only the chains of some streams are checked if any are given."""
    where = folder or folder_of(database)
    now = datetime.now(UTC)
    target = where / f"{database.stem}-{now.strftime(_STAMP)}{database.suffix or '.db'}"
    part = target.with_name(target.name + ".part")
    if where.exists() and not where.is_dir():
        raise StoreError(f"{where.name} is a file, and backups go into a folder.", "Name a folder.")
    try:
        files.make_folder(where)
        files.make_empty(part)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            driver.backup(copy)
            # One file, complete in itself.
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        if problem := check(part, streams):
            raise damaged(database, f"is damaged: {problem}")
        files.put(part, target)
    except sqlite3.Error as error:
        raise translated(error, target) from None
    except OSError as error:
        raise refused(error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _rotate(backups(database, where), now)
    return target


def copy_to(backup: Path, database: Path, folder: Path) -> Path:
    """Copy a finished backup of a database into a second folder, where older ones make room too; give the copy's path.

    For a slow folder: no database is read meanwhile. StoreError where the folder or the disk does not take it.
    """
    target = folder / backup.name
    part = target.with_name(target.name + ".part")
    try:
        files.make_folder(folder)
        files.copy(backup, part)
        files.put(part, target)
    except OSError as error:
        raise refused(error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _rotate(backups(database, folder), datetime.now(UTC))
    return target


def _rotate(found: tuple[Backup, ...], now: datetime) -> None:
    kept = {each.path for each in found[:NEWEST]}
    days = set()
    for each in found:
        day = each.made.date()
        if day not in days and now - each.made <= timedelta(days=DAYS):
            days.add(day)
            kept.add(each.path)
    for each in found:
        if each.path not in kept:
            each.path.unlink(missing_ok=True)


def check(path: Path, streams: Iterable[str] | None = None) -> str:
    """Tell what is wrong with a database file that nobody writes to: its pages, then its chains; "" if nothing is."""
    from shadowlog.store.journal import broken_streams

    try:
        if not settings.is_database(path):
            return "it is not a shadowlog database"
        with closing(settings.connect(path, writing=False, immutable=True)) as driver:
            pages = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if pages != "ok":
                return "its pages do not fit together"
            with closing(attach(driver)) as connection:
                broken = broken_streams(connection, streams)
    except (sqlite3.Error, sa.exc.DBAPIError, OSError, StoreError, TypeError, UnicodeDecodeError):
        return "it cannot be read"
    return broken[0] if broken else ""


def newest_good(database: Path, folder: Path | None = None) -> Path | None:
    """Give the newest backup, beside a database or in a second folder, that holds when checked; None if there is none."""
    found = [*backups(database), *(backups(database, folder) if folder is not None else ())]
    newest = sorted(found, key=lambda each: each.made, reverse=True)
    return next((each.path for each in newest if not check(each.path)), None)


def restore(database: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a database; what was there is kept aside, and its new name given.

    The restored database writes under a new device id, so that its chains never fork from those of what it replaces.
    Busy while anyone writes to the database, NotFound or Damaged for a backup that is no good; then nothing is changed.
    """
    if not backup.is_file():
        raise NotFound(f"There is no backup {backup.name}.", "`shadowlog backup --list` shows those there are.")
    log = backup.with_name(f"{backup.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Refused(
            f"{backup.name} has a log beside it ({log.name}) that belongs to it.",
            "Put both into a folder of their own and make a backup of that: `shadowlog --db FILE backup`.",
        )
    if problem := check(backup):
        raise Damaged(f"The backup {backup.name} is no good: {problem}.", "Choose another one.")
    if database.is_dir():
        raise StoreError(f"{database.name} is a folder.", "Name a file with --db.")
    try:
        files.make_folder(database.parent)
    except OSError as error:
        raise refused(error) from None
    lock = Lock(database)
    try:
        return _replace(database, backup)
    except sqlite3.Error as error:
        raise translated(error, database) from None
    except OSError as error:
        raise refused(error) from None
    finally:
        lock.release()


def _replace(database: Path, backup: Path) -> Path | None:
    _gather(database)
    fresh = database.with_name(database.name + ".new")
    for each in (fresh, *files.beside(fresh)):
        each.unlink(missing_ok=True)
    files.copy(backup, fresh)
    with closing(settings.connect(fresh, writing=True)) as driver:
        driver.execute("UPDATE meta SET value = ? WHERE key = ?", (new_device(), DEVICE))
    old = _aside(database)
    files.put(fresh, database)
    return old


def _gather(database: Path) -> None:
    """Bring what is in a database's log into its file, so that the file alone holds all if this is cut off from here on."""
    # A database that is damaged cannot; its log is kept aside as it is.
    with suppress(sqlite3.Error, StoreError, OSError):
        if settings.is_database(database):
            with closing(settings.connect(database, writing=True)) as driver:
                if driver.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok":
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _aside(database: Path) -> Path | None:
    """Keep a database, and what SQLite keeps beside it, under another name."""
    there = [each for each in (database, *files.beside(database)) if each.exists()]
    if not there:
        return None
    stamp = datetime.now(UTC).strftime(_STAMP)
    aside = database.with_name(f"{database.stem}-replaced-{stamp}{database.suffix}")
    # The file itself stays in its place until another takes it; a log that is not its own must never lie beside that.
    for each in there:
        other = aside.with_name(aside.name + each.name.removeprefix(database.name))
        if each == database:
            files.copy(each, other)
        else:
            each.replace(other)
    files.sync(database.parent)
    return aside if database.exists() else aside.with_name(aside.name + "-wal")
