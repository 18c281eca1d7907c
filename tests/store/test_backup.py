"""Backups: whole, checked, rotated; and the way back, which overwrites nothing."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shadowlog.errors import Busy, Damaged, NotFound, Refused, StoreError
from shadowlog.store import backup, files, journal, library
from shadowlog.store.engine import open_store
from shadowlog.store.rebuild import rebuild
from tests.store import house
from tests.typist import OBSERVATION


def _name(made: datetime) -> str:
    return f"days-{made.strftime('%Y%m%dT%H%M%S%fZ')}.db"


def test_a_backup_is_the_day_as_it_was(tmp_path: Path) -> None:
    """A backup made while the database is in use is one file that opens by itself and holds the day."""
    store, typist = house.recorded(tmp_path, "3 t +60 5")
    with store:
        day, said = typist.day, len(typist.journal)
        copy = backup.back_up(store, tmp_path / "elsewhere")
        typist.type("a +60 X X")
        house.keep(store, typist, said)
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == [copy.name]
    with open_store(copy, writing=False) as reader:
        assert journal.load(reader, OBSERVATION.id) == day


def test_restoring_gives_the_day_back(tmp_path: Path) -> None:
    """Backup, loss, restore: the day is there, the damaged file is kept, and recording goes on in a chain of its own."""
    store, typist = house.recorded(tmp_path, "3 t +60 5")
    copy = backup.back_up(store)
    device = store.device
    store.close()
    spoilt = store.path.read_bytes()[:5000]
    store.path.write_bytes(spoilt)
    aside = backup.restore(store.path, copy)
    assert aside is not None
    assert aside.read_bytes() == spoilt
    said = len(typist.journal)
    typist.type("a +60 X X")
    with house.opened(tmp_path) as again:
        assert again.device != device
        house.keep(again, typist, said)
        assert journal.load(again, OBSERVATION.id) == typist.day
        assert journal.verify(again) == []
        assert rebuild(again) == ()


def test_restoring_keeps_the_log_of_what_it_replaces(tmp_path: Path) -> None:
    """What a crashed writer left in its log is kept aside with its database, and never meets the restored one."""
    store, typist = house.recorded(tmp_path / "live", "3 t +60 5")
    copy = backup.back_up(store)
    day, said = typist.day, len(typist.journal)
    typist.type("a +60 X X")
    house.keep(store, typist, said)
    dead = tmp_path / "days.db"
    for name in ("days.db", "days.db-wal"):
        files.copy(tmp_path / "live" / name, tmp_path / name)
    store.close()
    aside = backup.restore(dead, copy)
    assert aside is not None
    with open_store(dead, writing=False) as restored, open_store(aside, writing=False) as replaced:
        assert journal.load(restored, OBSERVATION.id) == day
        assert journal.load(replaced, OBSERVATION.id) == typist.day


def test_restoring_where_nothing_is_left(tmp_path: Path) -> None:
    """A database that is gone is put back, and nothing is kept aside; a log left alone is."""
    store, typist = house.recorded(tmp_path / "live")
    copy = backup.back_up(store, tmp_path / "copies")
    store.close()
    assert backup.restore(tmp_path / "new" / "days.db", copy) is None
    with house.opened(tmp_path / "new") as restored:
        assert journal.load(restored, OBSERVATION.id) == typist.day
    lone = tmp_path / "lone" / "days.db"
    lone.parent.mkdir()
    lone.with_name("days.db-wal").write_bytes(b"what was written last")
    aside = backup.restore(lone, copy)
    assert aside is not None
    assert aside.read_bytes() == b"what was written last"


def test_nothing_is_restored_under_a_writer(tmp_path: Path) -> None:
    """Restoring while the database is open for writing is refused, and nothing changes."""
    store, typist = house.recorded(tmp_path)
    with store:
        copy = backup.back_up(store)
        with pytest.raises(Busy):
            backup.restore(store.path, copy)
        assert journal.load(store, OBSERVATION.id) == typist.day


def test_a_bad_backup_is_not_restored(tmp_path: Path) -> None:
    """A backup that is gone, broken, tampered with or not ours is refused, and the database stays."""
    store, typist = house.recorded(tmp_path)
    copy = backup.back_up(store)
    store.close()
    good = copy.read_bytes()
    with pytest.raises(NotFound):
        backup.restore(store.path, tmp_path / "none.db")
    copy.write_bytes(good[:-4096])
    with pytest.raises(Damaged):
        backup.restore(store.path, copy)
    copy.write_bytes(b"something else")
    with pytest.raises(Damaged, match="not a shadowlog database"):
        backup.restore(store.path, copy)
    copy.write_bytes(good)
    other = sqlite3.connect(copy)
    other.execute("DROP TRIGGER journal_erases")
    other.execute("UPDATE journal SET at = at + 1 WHERE kind = 'Start'")
    other.commit()
    other.close()
    with pytest.raises(Damaged, match="does not follow"):
        backup.restore(store.path, copy)
    with house.opened(tmp_path) as again:
        assert journal.load(again, OBSERVATION.id) == typist.day


def test_damage_is_not_backed_up(tmp_path: Path) -> None:
    """A backup of what does not hold is refused before older ones make room."""
    store, _ = house.recorded(tmp_path)
    with store:
        backup.back_up(store)
        store.driver.execute("DROP TRIGGER journal_erases")
        store.driver.execute("UPDATE journal SET at = at + 1 WHERE kind = 'Start'")
        with pytest.raises(Damaged):
            backup.back_up(store)
        assert len(list((tmp_path / "backups").iterdir())) == 1


def test_backups_make_room(tmp_path: Path) -> None:
    """The newest 10 stay, and the newest of each day for 30 days."""
    with house.opened(tmp_path) as store:
        now = datetime.now(UTC)
        folder = tmp_path / "backups"
        folder.mkdir()
        noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
        old = [noon - timedelta(days=days, hours=hours) for days in range(2, 41) for hours in (0, 1)]
        for made in old:
            (folder / _name(made)).touch()
        (folder / "days-notes.txt").touch()
        backup.back_up(store)
        kept = [each.made for each in backup.backups(store.path)]
        assert kept[1:10] == old[:9]
        assert kept[10:] == [made for made in old[9:] if made.hour == 12 and now - made <= timedelta(days=30)]
        assert (folder / "days-notes.txt").exists()


def test_a_backup_is_made_when_one_is_due(tmp_path: Path) -> None:
    """While recording, a backup is made unless there is one from the last minutes; what was recorded is checked."""
    store, _ = house.recorded(tmp_path)
    with store:
        first = backup.if_due(store)
        assert first is not None
        assert backup.check(first) == ""
        assert backup.if_due(store) is None
        assert backup.if_due(store, minutes=0) is not None
        store.driver.execute("DROP TRIGGER journal_erases")
        store.driver.execute("UPDATE journal SET at = at + 1 WHERE kind = 'Start'")
        with pytest.raises(Damaged):
            backup.if_due(store, minutes=0)


def test_a_folder_that_takes_no_backup_is_named(tmp_path: Path) -> None:
    """Where the backup cannot be written the error says so, and nothing is left behind."""
    (tmp_path / "blocked").write_text("a file, not a folder")
    with house.opened(tmp_path) as store:
        with pytest.raises(StoreError):
            backup.back_up(store, tmp_path / "blocked")
        assert len(library.observations(store)) == 0


def test_a_copy_with_a_log_beside_it_is_not_restored(tmp_path: Path) -> None:
    """A database that was copied with its log is no backup: what is in the log would be lost, so it is refused."""
    with house.opened(tmp_path) as store:
        house.founded(store)
        copy = backup.back_up(store)
    (copy.parent / f"{copy.name}-wal").write_bytes(b"log")
    with pytest.raises(Refused, match="has a log beside it"):
        backup.restore(tmp_path / "days.db", copy)


def test_a_restore_that_is_cut_off_leaves_everything_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood in the log alone is in the database's file before anything is moved: a cut there loses nothing."""
    with house.opened(tmp_path) as store:
        study = house.founded(store)
        copy = backup.back_up(store)
        house.consent(store, study)
        before = library.studies(store)
        # A killed program leaves its log.
        for name in ("days.db", "days.db-wal"):
            (tmp_path / f"{name}.kept").write_bytes((tmp_path / name).read_bytes())
    for name in ("days.db", "days.db-wal"):
        (tmp_path / f"{name}.kept").replace(tmp_path / name)

    def cut(*_: object) -> None:
        raise OSError(5, "cut")

    monkeypatch.setattr("shadowlog.store.files.put", cut)
    with pytest.raises(StoreError):
        backup.restore(tmp_path / "days.db", copy)
    monkeypatch.undo()
    with house.opened(tmp_path) as store:
        assert library.studies(store) == before
