"""Bringing an older database up: backed up first, then in one transaction. Alembic is imported only when it is needed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

import sqlalchemy as sa

import shadowlog
from shadowlog.errors import Damaged, StoreError
from shadowlog.store import settings
from shadowlog.store.faults import translated

HEAD = "0002"
"""The newest revision in the migrations folder."""


class State(Enum):
    """How a database stands to this program."""

    OLDER = "older"
    HEAD = "head"
    NEWER = "newer"


def state(driver: sqlite3.Connection) -> State:
    """Tell whether a database is at the newest revision, without importing alembic; sqlite3.Error where it has none."""
    found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise Damaged("The database does not say which version it is.", "Restore a backup.")
    if found[0] == HEAD:
        return State.HEAD
    return State.OLDER if str(found[0]) < HEAD else State.NEWER


def stamp(connection: sa.Connection) -> None:
    """Say in a new database that it is at the newest revision."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def folder() -> Path:
    """Give the folder of the migrations: inside the installed package, or at the root of a checkout."""
    inside = Path(shadowlog.__file__).parent / "migrations"
    return inside if inside.is_dir() else inside.parent.parent / "migrations"


def run(connection: sa.Connection, scripts: Path | None = None, to: str = "head") -> None:
    """Run the migrations that are missing, inside the transaction the connection is in."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts or folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)


def upgrade(path: Path, scripts: Path | None = None, to: str = "head") -> None:
    """Back a database up and bring it to the newest revision, all or nothing; the caller holds the lock.

    StoreError where a migration fails: the database is as it was.
    """
    from shadowlog.store import backup
    from shadowlog.store.engine import PROGRAM, attach

    try:
        with closing(settings.connect(path, writing=True)) as driver:
            backup.keep(driver, path)
            # Rebuilding a table would otherwise take what refers to it along.
            driver.execute("PRAGMA foreign_keys=OFF")
            with closing(attach(driver)) as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                run(connection, scripts, to)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
                    raise StoreError("The migration left something that points nowhere.", "It was taken back.")
                connection.exec_driver_sql("UPDATE meta SET value = ? WHERE key = ?", (shadowlog.__version__, PROGRAM))
                connection.commit()
    except sqlite3.Error as error:
        raise translated(error, path) from None
    except sa.exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise translated(error.orig, path) from None
        raise
