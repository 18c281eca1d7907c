"""Opening: the settings that were asked for, one writer, any number of readers, and nothing doubtful written to."""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import shadowlog
from shadowlog.errors import Busy, Damaged, NewerDatabase, NotFound, ReadOnly, ShadowlogError, StoreError
from shadowlog.store import backup, journal, library, lock, settings
from shadowlog.store.engine import open_store
from tests.store import house
from tests.typist import OBSERVATION


@contextmanager
def _nobody() -> Iterator[None]:
    """As someone to whom permissions apply."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_the_settings_are_in_force(tmp_path: Path) -> None:
    """A writer keeps a write-ahead log, waits for the disk, checks references and overwrites what it deletes."""
    with house.opened(tmp_path) as store:

        def setting(name: str) -> Any:
            return store.driver.execute(f"PRAGMA {name}").fetchone()[0]

        assert setting("journal_mode") == "wal"
        assert setting("synchronous") == 2
        assert setting("locking_mode") == "normal"
        assert setting("foreign_keys") == 1
        assert setting("trusted_schema") == 0
        assert setting("cell_size_check") == 1
        assert setting("secure_delete") == 1
        assert setting("application_id") == settings.APPLICATION_ID
        assert store.driver.isolation_level is None


def test_a_setting_that_does_not_hold_is_refused() -> None:
    """A database that keeps no write-ahead log, as one in memory, is not written to."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(StoreError, match="journal_mode=WAL"):
        settings.settle(driver, writing=True)
    driver.close()


def test_only_the_owner_can_read_what_is_made(tmp_path: Path) -> None:
    """New folders are 0700 and new files 0600, whatever the umask."""
    old = os.umask(0)
    try:
        folder = tmp_path / "a" / "b"
        with house.opened(folder) as store:
            house.planned(store)
            backup.back_up(store)
            for each in (folder, folder.parent, folder / "backups"):
                assert stat.S_IMODE(each.stat().st_mode) == 0o700
            files = [each for each in folder.rglob("*") if each.is_file()]
            assert {each.suffix for each in files} == {".db", ".db-wal", ".db-shm", ".lock", ".ballast"}
            assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    finally:
        os.umask(old)


def test_a_second_writer_is_told_who_holds_the_database(tmp_path: Path) -> None:
    """Busy names the host, the process and since when; viewing goes on; closing lets the next one in."""
    with house.opened(tmp_path) as store:
        house.planned(store)
        who = f"process {os.getpid()} on {re.escape(socket.gethostname())} since 20"
        with pytest.raises(Busy, match=who):
            house.opened(tmp_path)
        with open_store(store.path, writing=False) as reader:
            assert len(library.observations(reader)) == 1
    house.opened(tmp_path).close()


def test_a_lock_without_words_still_holds(tmp_path: Path) -> None:
    """A lock file that says nothing is held all the same."""
    with house.opened(tmp_path) as store:
        lock.lock_path(store.path).write_text("not json")
        with pytest.raises(Busy, match="another program"):
            house.opened(tmp_path)


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    """A reader is refused to write, by us and by SQLite, sees what is committed, and leaves the log as it is."""
    store, typist = house.recorded(tmp_path)
    with store:
        wal = store.path.with_name("days.db-wal")
        before = store.path.read_bytes(), wal.read_bytes()
        with open_store(store.path, writing=False) as reader:
            assert journal.load(reader, OBSERVATION.id) == typist.day
            with pytest.raises(ReadOnly), reader.write():
                pass
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.driver.execute("DELETE FROM note")
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.driver.execute("PRAGMA user_version=7")
        assert (store.path.read_bytes(), wal.read_bytes()) == before


def test_a_reader_leaves_the_log_of_a_crashed_writer(tmp_path: Path) -> None:
    """What a writer that died left in the log is read, and is still in the log afterwards."""
    store, typist = house.recorded(tmp_path / "live")
    dead = tmp_path / "dead"
    dead.mkdir()
    for name in ("days.db", "days.db-wal"):
        shutil.copy(tmp_path / "live" / name, dead / name)
    store.close()
    before = (dead / "days.db").read_bytes(), (dead / "days.db-wal").read_bytes()
    with open_store(dead / "days.db", writing=False) as reader:
        assert journal.load(reader, OBSERVATION.id) == typist.day
    assert ((dead / "days.db").read_bytes(), (dead / "days.db-wal").read_bytes()) == before


def test_a_read_only_folder_can_be_viewed() -> None:
    """Where nothing can be written, writing is refused by name and viewing works."""
    folder = Path(tempfile.mkdtemp())
    store, typist = house.recorded(folder)
    store.close()
    lock.lock_path(store.path).unlink()
    store.path.chmod(0o644)
    folder.chmod(0o555)
    try:
        with _nobody():
            with pytest.raises(ReadOnly, match="record elsewhere"):
                open_store(store.path, writing=True)
            with open_store(store.path, writing=False) as reader:
                assert journal.load(reader, OBSERVATION.id) == typist.day
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_log_that_cannot_be_read_is_never_passed_over() -> None:
    """In a read-only folder with a log left behind, viewing is refused rather than showing an older day."""
    folder = Path(tempfile.mkdtemp())
    store, _ = house.recorded(folder / "live")
    for name in ("days.db", "days.db-wal"):
        shutil.copy(folder / "live" / name, folder / name)
        (folder / name).chmod(0o644)
    store.close()
    folder.chmod(0o555)
    try:
        with _nobody(), pytest.raises(ReadOnly, match="Copy it"):
            open_store(folder / "days.db", writing=False)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_other_trouble_with_the_lock_is_not_called_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many open files is what it is."""

    def full(*_: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(StoreError, match="Too many open files"):
        house.opened(tmp_path)


def test_nothing_to_view_is_not_found(tmp_path: Path) -> None:
    """Viewing makes no database."""
    with pytest.raises(NotFound):
        open_store(tmp_path / "days.db", writing=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x01" * 200])
def test_another_file_is_never_touched(tmp_path: Path, content: bytes) -> None:
    """A file that is no shadowlog database stays as it is."""
    path = tmp_path / "days.db"
    path.write_bytes(content)
    for writing in (True, False):
        with pytest.raises(Damaged, match="not a shadowlog database"):
            open_store(path, writing=writing)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_never_touched(tmp_path: Path) -> None:
    """The application id tells a shadowlog database from any other."""
    path = tmp_path / "days.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(Damaged, match="not a shadowlog database"):
        open_store(path, writing=True)
    assert path.read_bytes() == before


def test_a_log_without_its_database_is_not_overwritten(tmp_path: Path) -> None:
    """Where the database is gone and its log is there, no new one is begun."""
    (tmp_path / "days.db-wal").write_bytes(b"what was written last")
    with pytest.raises(Damaged, match="missing"):
        house.opened(tmp_path)
    assert (tmp_path / "days.db-wal").read_bytes() == b"what was written last"


def test_a_database_in_the_making_is_made_again(tmp_path: Path) -> None:
    """What a crash left of a database being made does not stand in the way."""
    (tmp_path / "days.db.new").write_bytes(b"half")
    with house.opened(tmp_path) as store:
        house.planned(store)
    assert not (tmp_path / "days.db.new").exists()


def test_a_newer_database_can_only_be_viewed(tmp_path: Path) -> None:
    """Writing is refused, naming the version that made it; viewing works and says that it is newer."""
    store, typist = house.recorded(tmp_path)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("UPDATE meta SET value = '7.1' WHERE key = 'program'")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(NewerDatabase, match=f"made by shadowlog 7.1, this is {shadowlog.__version__}"):
        house.opened(tmp_path)
    with open_store(store.path, writing=False) as reader:
        assert reader.newer
        assert reader.program == "7.1"
        assert journal.load(reader, OBSERVATION.id) == typist.day
    assert store.path.read_bytes() == before


def test_a_damaged_database_is_never_opened_for_writing(tmp_path: Path) -> None:
    """Broken pages are found on opening; the file stays as it is, and the newest good backup is named."""
    store, _ = house.recorded(tmp_path)
    older = backup.back_up(store)
    newest = backup.back_up(store)
    store.close()
    newest.write_bytes(newest.read_bytes()[:-4096])
    spoilt = bytearray(store.path.read_bytes())
    spoilt[8 * 4096 : 30 * 4096] = bytes(22 * 4096)
    store.path.write_bytes(spoilt)
    with pytest.raises(Damaged, match=f"Restore the backup {older.name}"):
        house.opened(tmp_path)
    assert store.path.read_bytes() == spoilt


def test_messages_hold_no_values(tmp_path: Path) -> None:
    """What SQLite refuses is reported without the statement's values, which may name people."""
    with house.opened(tmp_path) as store:
        with pytest.raises(ShadowlogError) as caught, store.write() as connection:
            connection.exec_driver_sql("INSERT INTO draft VALUES (?, NULL, NULL, ?)", ("o", "Mrs Invented"))
        assert "Invented" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__
