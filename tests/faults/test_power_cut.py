"""Power cuts, replayed: hundreds of disks that a cut could leave, each opened by the program."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from shadowlog.cli.replay import SWITCH
from shadowlog.errors import ShadowlogError
from shadowlog.store import backup, ballast, journal, migrate
from shadowlog.store.engine import open_store
from shadowlog.store.rebuild import rebuild
from tests.faults.disk_log import contents, watched
from tests.faults.power_cut import State, failing, states
from tests.store import house
from tests.store.test_migrate import SECOND
from tests.typist import OBSERVATION

NAME = "days.db"
ACTS = "90"


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ballast for every one of hundreds of disks would be most of the work."""
    monkeypatch.setattr(ballast, "ROOM", 1 << 40)


def unkept(folder: Path, state: State) -> str:
    """What is wrong with a database after a power cut; "" if nothing is."""
    path, acknowledged = folder / NAME, state.acknowledged
    if not path.exists():
        return "the database is gone" if acknowledged else ""
    try:
        with open_store(path, writing=True) as store:
            kept = {id_ for (id_,) in store.driver.execute("SELECT id FROM journal")}
            # Dear, and the other ways leave less behind.
            if state.how == "torn" and rebuild(store, repair=False):
                return "tables and journal differ"
    except ShadowlogError as error:
        return str(error)
    missing = sum(each not in kept for each in acknowledged)
    return f"{missing} acknowledged acts are missing" if missing else ""


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path) -> None:
    """On every one of 240 disks a day's recording could leave, from the making of the database on, nothing acknowledged
    is missing, pages and chains hold, and the tables are those of the journal.
    """
    live = tmp_path / "live"
    live.mkdir()
    asked = watched(live, "--db", str(live / NAME), "replay", "--n", ACTS)
    count, found = failing(states({}, asked, cuts=80), tmp_path / "disk", unkept)
    assert sum(each.kind == "ack" for each in asked) == int(ACTS)
    assert count == 240
    assert found == []


def test_the_simulator_notices_a_program_that_does_not_wait(tmp_path: Path) -> None:
    """The control: where SQLite is told to wait less for the disk, most disks lack something acknowledged."""
    live = tmp_path / "live"
    live.mkdir()
    asked = watched(live, "--db", str(live / NAME), "replay", "--n", ACTS, **{SWITCH: "NORMAL"})
    count, found = failing(states({}, asked, cuts=20), tmp_path / "disk", unkept)
    assert len(found) > count / 2
    assert all("acknowledged acts are missing" in each for each in found)


def test_a_power_cut_while_migrating_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """On every disk that a cut in the middle of bringing a database up could leave, it is the old one or the new one,
    with the whole day in it, and opening it brings it up; once the migration began, a backup that holds lies beside it.
    """
    live = tmp_path / "live"
    store, typist = house.recorded(live, "3 t +60 I 5 a +10 R")
    store.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.folder(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0003_second.py").write_text(SECOND.format(last=""))
    before = contents(live)
    asked = watched(live, "migrate", str(store.path), str(scripts))
    seen = set()

    def torn_apart(folder: Path, _: State) -> str:
        with closing(sqlite3.connect(folder / NAME)) as driver:
            revision = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            columns = {name for _, name, *_ in driver.execute("PRAGMA table_info(study)")}
            names = {name for (name,) in driver.execute("SELECT name FROM study")}
            sound = driver.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        seen.add(revision)
        new = revision == "0003"
        if not sound or ("school" in columns) != new or (names == {"renamed"}) != new:
            return "it is neither the old nor the new"
        good = backup.newest_good(folder / NAME)
        if new and not good:
            return "it was brought up without a backup"
        with open_store(folder / NAME, writing=False) as reader:
            return "" if journal.load(reader, OBSERVATION.id).track == typist.day.track else "the day is another"

    count, found = failing(states(before, asked, cuts=40), tmp_path / "disk", torn_apart)
    assert count == 120
    assert found == []
    assert seen == {migrate.HEAD, "0003"}


def test_a_power_cut_while_restoring_leaves_the_old_or_the_backup(tmp_path: Path) -> None:
    """On every disk that a cut in the middle of a restore could leave, the damaged file is there under one name or
    another, and the database is the damaged one or exactly the backup.
    """
    live = tmp_path / "live"
    store, typist = house.recorded(live, "3 t +60 5")
    copy = backup.back_up(store)
    store.close()
    damaged = store.path.read_bytes()[:5000]
    store.path.write_bytes(damaged)
    before = contents(live)
    asked = watched(live, "--db", str(store.path), "restore", str(copy))
    seen = set()

    def lost(folder: Path, _: State) -> str:
        path = folder / NAME
        whole = not backup.check(path)
        seen.add(whole)
        kept = [each for each in folder.iterdir() if each.is_file() and each.read_bytes() == damaged]
        if not kept:
            return "the damaged file is gone"
        if not whole:
            return "" if path in kept else "the database is neither"
        with open_store(path, writing=True) as again:
            return "" if journal.load(again, OBSERVATION.id) == typist.day else "the day is another"

    count, found = failing(states(before, asked, cuts=40), tmp_path / "disk", lost)
    assert count == 3 * min(40, len(asked))
    assert found == []
    assert seen == {True, False}
