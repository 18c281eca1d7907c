"""Opening a database: one writer by lock, any number of readers, and nothing doubtful ever opened for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from shadowlog import __version__
from shadowlog.domain.codebook import Codebook
from shadowlog.errors import Damaged, NewerDatabase, NotFound, ReadOnly, StoreError
from shadowlog.store import ballast, files, migrate, settings
from shadowlog.store.device import device_rows, new_device, said, this_device
from shadowlog.store.faults import cure, damaged, refused, translated
from shadowlog.store.lock import Lock
from shadowlog.store.tables import Meta, Row, table

PROGRAM = "program"


@dataclass
class Store:
    """An open database. It belongs to the thread that opened it."""

    path: Path
    writable: bool
    driver: sqlite3.Connection
    connection: sa.Connection
    device: str
    """The id under which this database writes its chains; drawn at random."""
    program: str
    """The version of shadowlog that last made or migrated it."""
    newer: bool = False
    """Made by a newer version: it can be looked at, as far as this version understands it."""
    lock: Lock | None = None
    codebooks: dict[str, Codebook] = field(default_factory=dict)
    tips: dict[str, Any] = field(default_factory=dict)
    """What the journal remembers of each chain it has written to."""
    touched: set[str] = field(default_factory=set)
    """The streams that were written to since the database was opened."""

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: everything in it is kept, or, if anything goes wrong, nothing.

        ReadOnly where the database was opened for reading; Damaged, Busy or StoreError where SQLite fails.
        """
        if not self.writable:
            raise ReadOnly("The database is open for viewing only.", "Open it for writing elsewhere.")
        with self._transaction("BEGIN IMMEDIATE") if not self._busy() else self._part() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One state of the database for several questions; Damaged, Busy or StoreError where SQLite fails."""
        if self._busy():
            yield self.connection
            return
        with self._transaction("BEGIN") as connection:
            yield connection

    def _busy(self) -> bool:
        return self.connection.in_transaction()

    @contextmanager
    def _part(self) -> Iterator[sa.Connection]:
        """Part of something larger: undone by itself if it fails, kept when the whole is."""
        self.connection.exec_driver_sql("SAVEPOINT part")
        try:
            yield self.connection
            self.connection.exec_driver_sql("RELEASE part")
        except BaseException:
            self.tips.clear()
            # A full disk may have undone the whole already.
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK TO part")
                self.driver.execute("RELEASE part")
            raise

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sa.Connection]:
        try:
            self.connection.exec_driver_sql(begin)
            yield self.connection
            self._commit()
        except BaseException as error:
            self.connection.rollback()
            self.tips.clear()
            if isinstance(error, UnicodeDecodeError):
                raise damaged(self.path, "holds text that cannot be read") from None
            if isinstance(error, sa.exc.DBAPIError) and isinstance(error.orig, sqlite3.Error):
                if getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
                    ballast.drop(self.path)
                # Neither the statement nor its values: they may name people.
                raise translated(error.orig, self.path) from None
            raise

    def _commit(self) -> None:
        if not self.driver.in_transaction:
            # SQLite undid it all by itself, and whoever was told went on.
            raise StoreError("The database gave up in the middle; nothing was written.", "Make room and try again.")
        self.connection.commit()

    def close(self) -> None:
        """Give the database back; nothing happens the second time."""
        self.connection.close()
        self.driver.close()
        if self.lock:
            self.lock.release()

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()


def open_store(path: Path, *, writing: bool, whole: bool = True) -> Store:
    """Open a database: for writing (made if there is none, migrated if it is older) or for viewing.

    For writing, its pages and every hash chain must hold. With `whole` False, as for the screens that open while someone
    waits, of the chains only the studies' are looked at: a day's own is verified as it is loaded, before it is written
    to, so that opening takes no longer in the tenth week than on the first day. For viewing, damage is looked on at.

    Raises Busy naming the holder, ReadOnly for a folder that cannot be written, Damaged for a file that is no shadowlog
    database or a broken one, NewerDatabase for writing to one that a newer version made, NotFound for viewing nothing.
    """
    path = path.absolute()
    if not writing:
        return _open(path, writing=False, whole=False)
    try:
        files.make_folder(path.parent)
        lock = Lock(path)
        try:
            if not path.exists():
                _make(path)
            store = _open(path, writing=True, whole=whole)
            ballast.take(path)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise refused(error) from None
    store.lock = lock
    return store


def _open(path: Path, *, writing: bool, whole: bool) -> Store:
    if path.is_dir():
        raise StoreError(f"{path.name} is a folder.", "Name a file with --db.")
    if not path.exists():
        raise NotFound(f"There is no database {path.name}.", "Start a study first, or name another file.")
    try:
        if not settings.is_database(path):
            raise Damaged(f"{path.name} is not a shadowlog database.", "Name another file; this one was not touched.")
    except OSError as error:
        raise StoreError(f"{path.name} cannot be read ({error.strerror}).", cure(error)) from None
    newer = _check(path, writing=writing, whole=whole)
    try:
        driver = _connect(path, writing=writing)
    except sqlite3.Error as error:
        raise translated(error, path) from None
    try:
        return _store(path, driver, writing=writing, newer=newer)
    except BaseException as error:
        driver.close()
        if isinstance(error, sqlite3.Error):
            raise translated(error, path) from None
        raise


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """Connect; a reader whose folder takes no files beside the database reads the file as one that never changes."""
    try:
        return settings.connect(path, writing=writing)
    except sqlite3.OperationalError:
        wal = path.with_name(path.name + "-wal")
        if writing or (wal.exists() and wal.stat().st_size):
            raise
        return settings.connect(path, writing=False, immutable=True)


def _check(path: Path, *, writing: bool, whole: bool) -> bool:
    """Look before anything is opened for writing; give whether the database is newer than this program."""
    with _looking(path) as driver:
        state = migrate.state(driver)
        # A reader looks on at damage; each day's chain is checked as it is loaded.
        pages = not writing or driver.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        made_by = said(driver, PROGRAM)
    if not pages:
        raise damaged(path)
    if state is migrate.State.OLDER:
        if not writing:
            raise StoreError(f"{path.name} was made by an older version.", "Open it once for writing to bring it up.")
        migrate.upgrade(path)
    if state is migrate.State.NEWER and writing:
        raise NewerDatabase(
            f"{path.name} was made by shadowlog {made_by}, this is {__version__}.",
            "Use that version, or view only.",
        )
    if writing:
        _follow(path, whole=whole)
    return state is migrate.State.NEWER


@contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A reader of a database that may be damaged; what SQLite then says is told as damage."""
    try:
        with closing(_connect(path, writing=False)) as driver:
            yield driver
    except UnicodeDecodeError:
        raise damaged(path, "holds text that cannot be read") from None
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":
            raise damaged(path, "lacks a part it should have") from None
        raise translated(error, path) from None


def _follow(path: Path, *, whole: bool) -> None:
    """Follow every hash chain, or those of the studies alone; Damaged where one does not hold."""
    from shadowlog.store.journal import broken_streams

    try:
        with _looking(path) as driver, closing(attach(driver)) as connection:
            studies = [id_ for (id_,) in driver.execute("SELECT id FROM study")]
            broken = broken_streams(connection, None if whole else studies)
    except sa.exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise translated(error.orig, path) from None
        raise
    except TypeError:
        raise damaged(path, "holds a journal that cannot be read") from None
    if broken:
        raise damaged(path, f"is damaged: {broken[0]}")


def _store(path: Path, driver: sqlite3.Connection, *, writing: bool, newer: bool) -> Store:
    return Store(
        path=path,
        writable=writing,
        driver=driver,
        connection=attach(driver),
        device=this_device(driver, writing=writing),
        program=said(driver, PROGRAM),
        newer=newer,
    )


def attach(driver: sqlite3.Connection) -> sa.Connection:
    """Give SQLAlchemy's view of a connection in autocommit; transactions begin when BEGIN is said."""
    engine = sa.create_engine(
        "sqlite+pysqlite://", creator=lambda: driver, poolclass=StaticPool, hide_parameters=True, paramstyle="named"
    )
    return engine.connect()


def _make(path: Path) -> None:
    """Make a new database beside its place and move it there whole."""
    if files.beside(path):
        raise damaged(path, "is missing, but what was written to it last is there")
    fresh = path.with_name(path.name + ".new")
    for each in (fresh, *files.beside(fresh)):
        each.unlink(missing_ok=True)
    files.make_empty(fresh)
    try:
        with closing(settings.connect(fresh, writing=True)) as driver:
            driver.execute(f"PRAGMA application_id={settings.APPLICATION_ID}")
            connection = attach(driver)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            Row.metadata.create_all(connection)
            migrate.stamp(connection)
            rows = [*device_rows(new_device()), {"key": PROGRAM, "value": __version__}]
            connection.execute(table(Meta).insert(), rows)
            connection.commit()
            connection.close()
    except sqlite3.Error as error:
        fresh.unlink(missing_ok=True)
        raise translated(error, path) from None
    files.put(fresh, path)
