"""What is looked at before anything is opened for writing, and in what words the disk's refusals are told."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
from pathlib import Path

import pytest

from shadowlog.errors import Damaged, StoreError
from shadowlog.store import backup, faults, journal
from shadowlog.store.device import DEVICE
from shadowlog.store.engine import open_store
from shadowlog.store.writer import Writer
from tests.store import house
from tests.typist import OBSERVATION


def _change(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    connection.close()


def test_a_chain_that_does_not_hold_is_never_opened_for_writing(tmp_path: Path) -> None:
    """A day whose chain was cut is found before a writer is let in, and the newest good backup is named."""
    store, _ = house.recorded(tmp_path)
    copy = backup.back_up(store)
    store.close()
    _change(store.path, "DELETE FROM journal WHERE stream = 'o-1' AND sequence = 4")
    before = store.path.read_bytes()
    with pytest.raises(Damaged, match=f"does not follow.*{copy.name}"):
        open_store(store.path, writing=True)
    assert store.path.read_bytes() == before


def test_a_screen_waits_for_no_days_but_its_own(tmp_path: Path) -> None:
    """Opened for a screen, a damaged day is found when it is loaded, before anything is written to it."""
    store, _ = house.recorded(tmp_path)
    store.close()
    _change(store.path, "DELETE FROM journal WHERE stream = 'o-1' AND sequence = 4")
    with open_store(store.path, writing=True, whole=False) as screen, pytest.raises(Damaged, match="does not follow"):
        journal.load(screen, OBSERVATION.id)
    writer = Writer(store.path)
    writer.opened.result(timeout=20)
    writer.close()


def test_a_study_that_does_not_hold_is_never_opened_for_writing(tmp_path: Path) -> None:
    """A study's chain is followed for a screen too."""
    store, _ = house.recorded(tmp_path)
    store.close()
    _change(store.path, f"UPDATE journal SET author = 'O9' WHERE stream = '{OBSERVATION.study}' AND sequence = 2")
    for whole in (True, False):
        with pytest.raises(Damaged, match="does not follow"):
            open_store(store.path, writing=True, whole=whole)


def test_a_journal_with_numbers_for_words_is_damaged(tmp_path: Path) -> None:
    """Values of a kind that the journal never holds are damage, not a fault of the program."""
    store, _ = house.recorded(tmp_path)
    store.close()
    _change(store.path, "UPDATE journal SET at = X'00FF' WHERE stream = 'o-1' AND sequence = 4")
    with pytest.raises(Damaged):
        open_store(store.path, writing=True)
    assert backup.check(store.path)


def test_an_index_that_lost_a_row_is_damage(tmp_path: Path) -> None:
    """An index that does not say what its table says is found on opening."""
    store, _ = house.recorded(tmp_path)
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("CREATE TABLE spare (a)")
        connection.execute("CREATE INDEX spare_a ON spare (a)")
        connection.execute("INSERT INTO spare VALUES (1)")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX spare_a ON spare (a) WHERE a > 1' WHERE name = 'spare_a'"
        )
    connection.close()
    with pytest.raises(Damaged):
        open_store(store.path, writing=True)


def test_on_another_machine_the_new_id_and_its_mark_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new id cannot be kept whole, none of it is, and the refusal is told in our words."""
    store, _ = house.recorded(tmp_path)
    device = store.device
    store.close()
    monkeypatch.setattr(socket, "gethostname", lambda: "another")
    with sqlite3.connect(store.path) as connection:
        connection.execute(
            "CREATE TRIGGER no BEFORE UPDATE ON meta WHEN NEW.key = 'machine' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    connection.close()
    with pytest.raises(StoreError, match="cannot be used as asked"):
        open_store(store.path, writing=True)
    with sqlite3.connect(store.path) as connection:
        kept = dict(connection.execute("SELECT key, value FROM meta"))
    connection.close()
    assert kept[DEVICE] == device


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder named as the database is called one, whatever is asked of it."""
    for writing in (True, False):
        with pytest.raises(StoreError, match="is a folder"):
            open_store(tmp_path, writing=writing)
    store, _ = house.recorded(tmp_path)
    with store:
        copy = backup.back_up(store)
    with pytest.raises(StoreError, match="is a folder"):
        backup.restore(tmp_path, copy)


def test_backups_go_into_a_folder(tmp_path: Path) -> None:
    """A file named as the folder of backups is called one; it stays."""
    (tmp_path / "list").write_text("milk")
    store, _ = house.recorded(tmp_path)
    with store, pytest.raises(StoreError, match=r"list is a file.*Name a folder"):
        backup.back_up(store, tmp_path / "list")
    assert (tmp_path / "list").read_text() == "milk"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EROFS, "another place"),
        (errno.EACCES, "You may not"),
        (errno.EEXIST, "another name"),
        (errno.EISDIR, "name a file"),
        (errno.ENOTDIR, "another path"),
        (errno.EIO, "Look at the disk"),
    ],
)
def test_every_refusal_of_the_disk_has_its_cure(number: int, words: str) -> None:
    """What the file system refuses is told with what helps against that."""
    assert words in faults.cure(OSError(number, os.strerror(number)))
