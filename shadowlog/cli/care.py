"""Looking after the database: doctor, backup, restore."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, PATH, database, opened, say, second_folder
from shadowlog.errors import Damaged, NotFound, Refused

if TYPE_CHECKING:
    from shadowlog.store.engine import Store

SAFE_SQLITE = (3, 51, 3)
"""From here on SQLite does not lose commits when two connections write and checkpoint at once."""


@click.command("doctor", context_settings=HELP, epilog="Example:  shadowlog doctor --rebuild")
@click.option("--rebuild", is_flag=True, help="Make all tables again from the journal, and say what differed.")
def doctor(rebuild: bool) -> None:
    """Look the database over: pages, hash chains, settings, backups; with --rebuild, its tables too."""
    from shadowlog.store import backup as copies
    from shadowlog.store import rebuild as rebuilding
    from shadowlog.store.place import doubts

    path = database()
    if not path.exists():
        raise NotFound(f"There is no database {path}.", "Record something, or name another one with --db.")
    version = ".".join(str(n) for n in sqlite3.sqlite_version_info)
    fixed = sqlite3.sqlite_version_info >= SAFE_SQLITE
    guard = "needs no guard" if fixed else "guarded by one writer at a time"
    click.echo(f"SQLite {version}: {guard}")
    with opened(writing=rebuild) as store:
        if problem := _problem(store):
            good = copies.newest_good(path, second_folder())
            cure = f"`shadowlog restore {good}` brings back a good backup." if good else "There is no good backup."
            raise Damaged(f"{path.name} is damaged: {problem}.", cure)
        click.echo("pages and hash chains: hold")
        found = rebuilding.rebuild(store, repair=rebuild)
    for difference in found:
        click.echo(f"  {difference.table} {difference.id}: {difference.what}")
    done = "made again from the journal" if rebuild else "compared with the journal"
    click.echo(f"tables: {done}, {'the same' if not found else f'{len(found)} differences'}")
    kept = copies.backups(path)
    for doubt in doubts(path):
        click.echo(f"place: {doubt}")
    click.echo(f"backups: {len(kept)}{f', the newest {kept[0].path.name}' if kept else ''}")
    if (folder := second_folder()) is not None:
        there = copies.backups(path, folder)
        say(f"backups in {folder}: {len(there)}{f', the newest {there[0].path.name}' if there else ''}")
    free = os.statvfs(path.parent) if hasattr(os, "statvfs") else None
    if free is not None:
        click.echo(f"free space: {free.f_bavail * free.f_frsize // 1_000_000} MB")
    if found and not rebuild:
        raise click.exceptions.Exit(1)


def _problem(store: Store) -> str:
    """Say what is wrong with pages or chains; nothing if all is well."""
    from shadowlog.store.journal import verify

    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    broken = [] if pages == "ok" else ["its pages do not fit together"]
    return next(iter(broken or verify(store)), "")


@click.command("backup", context_settings=HELP, epilog="Example:  shadowlog backup --to /media/stick")
@click.option("--to", "folder", type=PATH, help="The folder; else backups/ beside the database.")
@click.option("--list", "listing", is_flag=True, help="List the backups instead.")
def backup(folder: Path | None, listing: bool) -> None:
    """Copy the database while it may be in use, and check the copy."""
    from shadowlog.store import backup as copies

    if listing:
        for each in copies.backups(database(), folder):
            say(f"{each.path}  {each.made:%Y-%m-%d %H:%M:%S} UTC  {each.size} bytes")
        return
    second = second_folder() if folder is None else None
    with opened(writing=False) as store:
        say(f"Written: {copies.back_up(store, folder)}")
        if second is not None:
            say(f"Written: {copies.back_up(store, second)}")


@click.command(
    "restore", context_settings=HELP, epilog="Example:  shadowlog restore shadowlog-20261122T193736390197Z.db"
)
@click.argument("file", type=PATH, required=False)
def restore(file: Path | None) -> None:
    """Put a backup in the place of the database; what was there is kept aside under another name.

    Without FILE it is the newest backup that holds, and only where the database itself does not.
    """
    from shadowlog.store import backup as copies

    file = file or _newest(database())
    beside = copies.folder_of(database()) / file
    # As `backup --list` names them, or by the name alone.
    if not file.exists() and beside.is_file():
        file = beside
    aside = copies.restore(database(), file)
    say(f"Restored from {file}.")
    if aside is not None:
        say(f"What was there is kept as {aside}.")


def _newest(path: Path) -> Path:
    """The newest backup that holds, where the database does not."""
    from shadowlog.store import backup as copies

    if path.exists() and _sound():
        raise Refused(
            f"{path.name} holds as it is.", "To go back all the same, name a backup: `shadowlog backup --list`."
        )
    good = copies.newest_good(path, second_folder())
    if good is None:
        raise NotFound("There is no backup that holds.", "`shadowlog backup --list` shows those there are.")
    return good


def _sound() -> bool:
    """Whether the database holds, with what is still in its log."""
    try:
        with opened(writing=False) as store:
            return not _problem(store)
    except Damaged:
        return False
