"""Damaged files: found before anything is written to them, kept aside, and a backup put in their place."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.domain.commands import Begin
from shadowlog.errors import Damaged
from shadowlog.store import backup, journal
from shadowlog.store.engine import open_store
from shadowlog.store.rebuild import TABLES
from shadowlog.store.tables import table
from tests.faults.program import Program, command, kept, recording
from tests.store import house
from tests.typist import OBSERVATION

PAGE = 4096
DAMAGES = 60


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the journal and of the tables made from it."""
    names = ["journal", "chain", *(table(row).name for row in TABLES)]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as driver:
        return {name: sorted(driver.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file after one of the things that happen to disks."""
    out, at = bytearray(data), chance.randrange(len(data))
    what = chance.choice(["bit", "bit", "bytes", "bytes", "page", "end", "rest"])
    if what == "bit":
        out[at] ^= 1 << chance.randrange(8)
    elif what == "bytes":
        out[at : at + 4] = chance.randbytes(len(out[at : at + 4]))
    elif what == "page":
        out[at - at % PAGE : at - at % PAGE + PAGE] = bytes(PAGE)
    elif what == "end":
        del out[at:]
    else:
        out[at - at % PAGE :] = chance.randbytes(len(out) - (at - at % PAGE))
    return bytes(out)


def silent(folder: Path, check: Callable[[Path], bool]) -> tuple[int, int]:
    """Damage a database in many ways; give how often its rows changed, and how often a check then said all was well."""
    store, _ = house.recorded(folder / "good")
    store.close()
    good, before = store.path.read_bytes(), content(store.path)
    chance, path = random.Random(11), folder / "days.db"
    changed = unnoticed = 0
    for _ in range(DAMAGES):
        path.write_bytes(spoilt(good, chance))
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        try:
            same = content(path) == before
        except (sqlite3.Error, UnicodeDecodeError):
            same = False
        changed += not same
        noticed = not check(path)
        unnoticed += not same and not noticed
    return changed, unnoticed


def test_no_damage_that_changes_anything_goes_unnoticed(tmp_path: Path) -> None:
    """Of 60 damages by bit, byte, page, end and rest, `doctor` lets none pass that changed a row, and stumbles over none."""
    codes = []

    def doctor(path: Path) -> bool:
        codes.append(run(["--db", str(path), "doctor"]))
        return codes[-1] == 0

    changed, unnoticed = silent(tmp_path, doctor)
    assert changed > DAMAGES / 4
    assert unnoticed == 0
    assert set(codes) <= {0, 1, 4}


def test_pages_alone_do_not_tell(tmp_path: Path) -> None:
    """The control: SQLite's own check of its pages, without chains and journal, lets changed rows pass."""

    def pages(path: Path) -> bool:
        try:
            with closing(sqlite3.connect(path)) as driver:
                return bool(driver.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
        except (sqlite3.Error, UnicodeDecodeError):
            return False

    _, unnoticed = silent(tmp_path, pages)
    assert unnoticed > 0


def test_restore_gives_the_last_backup_and_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The drill: damage, refusal, `restore`; then every row is that of the last backup, none is invented, the damaged
    file is kept to the byte, and recording goes on.
    """
    store, typist = house.recorded(tmp_path, "3 t +60 5 a")
    backup.back_up(store)
    copy = backup.back_up(store)
    wanted, said = content(copy), len(typist.journal)
    typist.type("+60 7 g")
    house.keep(store, typist, said)
    store.close()
    data = bytearray(store.path.read_bytes())
    data[8 * PAGE : 30 * PAGE] = bytes(22 * PAGE)
    store.path.write_bytes(data)
    with pytest.raises(Damaged, match=f"Restore the backup {copy.name}"):
        house.opened(tmp_path)
    assert run(["--db", str(store.path), "restore"]) == 0
    out = capfd.readouterr().out
    (aside,) = tmp_path.glob("days-replaced-*.db")
    assert copy.name in out
    assert aside.name in out
    assert aside.read_bytes() == data
    assert content(store.path) == wanted
    with house.opened(tmp_path) as again:
        house.keep(again, typist, said)
        assert journal.load(again, OBSERVATION.id) == typist.day
        assert journal.verify(again) == []


def test_a_sound_database_is_not_restored_unasked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`restore` without a name does nothing to a database that holds, with what a crash left in its log; and says where
    there is no backup that holds.
    """
    store, typist = house.recorded(tmp_path / "live", "3 t")
    path = tmp_path / "days.db"
    for name in ("days.db", "days.db-wal"):
        shutil.copy(tmp_path / "live" / name, tmp_path / name)
    store.close()
    assert run(["--db", str(path), "restore"]) == 1
    assert "holds as it is" in capfd.readouterr().err
    with open_store(path, writing=False) as reader:
        assert journal.load(reader, OBSERVATION.id) == typist.day
    path.with_name("days.db-wal").unlink()
    path.write_bytes(path.read_bytes()[:5000])
    assert run(["--db", str(path), "restore"]) == 3
    assert "no backup that holds" in capfd.readouterr().err


def test_a_damaged_database_on_the_screen(tmp_path: Path) -> None:
    """Home says what is wrong, that nothing was written, which backup is good and how to bring it back; after that the
    day goes on on its screen.
    """
    path = tmp_path / "days.db"
    with recording(path) as program:
        program.sees("The first key begins the day")
        program.send(b"3t")
        program.until_heard(3)
        program.send(b"\x11")
        assert program.ended() == 0
    assert len(backup.backups(path)) == 1, "one is made as a day begins"
    command(path, "backup").check_returncode()
    data = bytearray(path.read_bytes())
    data[8 * PAGE : 30 * PAGE] = bytes(22 * PAGE)
    path.write_bytes(data)
    with Program(path, size=(80, 24)) as program:
        program.sees("days.db is damaged; nothing was written to it.")
        program.sees("`shadowlog restore`")
        program.send(b"\x11")
        assert program.ended() == 0
    assert path.read_bytes() == data
    assert command(path, "restore").returncode == 0
    with recording(path) as program:
        program.sees("Teachers")
        program.send(b"5a")
        program.until_heard(2)
        program.send(b"\x11")
        assert program.ended() == 0
    assert isinstance(kept(path)[0], Begin)


def test_a_damaged_day_is_not_recorded_on(tmp_path: Path) -> None:
    """A day whose chain does not hold is said on its screen, and no key is written to it."""
    path = tmp_path / "days.db"
    with recording(path) as program:
        program.sees("The first key begins the day")
        program.send(b"3t5a")
        program.until_heard(5)
        program.send(b"\x11")
        program.ended()
    with closing(sqlite3.connect(path)) as driver, driver:
        for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        driver.execute("UPDATE journal SET at = at + 1 WHERE kind = 'Start'")
    before = content(path)
    with Program(path, "record") as program:
        program.sees("This day cannot be opened")
        program.send(b"7g\x11")
        assert program.ended() == 0
        assert program.listen() == []
    assert content(path) == before


def test_bytes_that_are_no_text_are_damage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Where words became bytes that no reader takes, in a row or in the schema, every command says that it is damaged."""
    store, _ = house.recorded(tmp_path)
    store.close()
    good = store.path.read_bytes()
    for words in (b'"activity"', b"CREATE TABLE journal"):
        assert words in good
        store.path.write_bytes(good.replace(words, words[:-4] + b"\xff\xfe\x8a\xc0"))
        for arguments in (["doctor"], ["show", OBSERVATION.id], ["demo", "--no-tui"]):
            assert run(["--db", str(store.path), *arguments]) == 4
            assert "nothing was written to it" in capfd.readouterr().err
