"""Migrations: what they make is what the tables say, and they are done whole or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import shadowlog
from shadowlog.errors import Damaged, StoreError
from shadowlog.store import backup, journal, migrate, settings
from shadowlog.store import tables as t
from shadowlog.store.engine import attach, open_store
from tests.store import house
from tests.typist import OBSERVATION

ROOT = Path(__file__).parents[2]

SECOND = '''"""A second revision for tests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("study", sa.Column("school", sa.String()))
    op.execute("UPDATE study SET name = 'renamed'")
    {last}
'''


def _schema(driver: sqlite3.Connection) -> set[str]:
    found = driver.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for (sql,) in found}


def _tables(driver: sqlite3.Connection) -> set[str]:
    return {name for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _scripts(folder: Path, last: str) -> Path:
    """The migrations, and a second one after them."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.folder(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0003_second.py").write_text(SECOND.format(last=last))
    return scripts


def _migrated(path: Path) -> sqlite3.Connection:
    sqlite3.connect(path).close()
    driver = settings.connect(path, writing=True)
    connection = attach(driver)
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    migrate.run(connection)
    connection.commit()
    return driver


def test_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    """Upgrading nothing to head gives the very schema of a new database: columns, checks, indexes, triggers."""
    driver = _migrated(tmp_path / "migrated.db")
    with house.opened(tmp_path) as store:
        assert _schema(driver) == _schema(store.driver)
        assert {t.Spell.__tablename__, "alembic_version"} <= _tables(driver)
    driver.close()


def test_the_head_is_the_newest_revision() -> None:
    """What `migrate` calls head is the newest file in the folder."""
    newest = max(path.name for path in (migrate.folder() / "versions").glob("*.py"))
    assert newest.split("_")[0] == migrate.HEAD


def test_looking_for_the_head_imports_no_alembic(tmp_path: Path) -> None:
    """Opening a database that is at head does without alembic, and without anything that draws."""
    store, _ = house.recorded(tmp_path, "3 t")
    store.close()
    program = (
        "import sys; from pathlib import Path; from shadowlog.store.engine import open_store;"
        "from shadowlog.store import backup, drafts, journal, library, rebuild, writer;"
        f"open_store(Path({str(store.path)!r}), writing=True).close();"
        "print([n for n in ('alembic', 'textual', 'polars', 'plotly') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_an_older_database_is_backed_up_and_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening for writing migrates, keeps the day, leaves a backup of before, and names the version that did it."""
    store, typist = house.recorded(tmp_path)
    store.driver.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'program'")
    store.close()
    scripts = _scripts(tmp_path, "")
    monkeypatch.setattr(migrate, "folder", lambda: scripts)
    monkeypatch.setattr(migrate, "HEAD", "0003")
    with pytest.raises(StoreError, match="older version"):
        open_store(store.path, writing=False)
    with house.opened(tmp_path) as again:
        assert again.driver.execute("SELECT name, school FROM study").fetchall() == [("renamed", None)]
        assert journal.load(again, OBSERVATION.id).track == typist.day.track
        assert again.program == shadowlog.__version__
    (kept,) = backup.backups(store.path)
    old = sqlite3.connect(kept.path)
    assert old.execute("SELECT name FROM study").fetchall() == [("Study",)]
    old.close()


@pytest.mark.parametrize(
    "last",
    [
        'op.execute("INSERT INTO no_such_table VALUES (1)")',
        'raise RuntimeError("pulled out")',
        "op.execute(\"INSERT INTO head VALUES ('no such study', 'H01')\")",
    ],
)
def test_a_migration_that_fails_leaves_the_old_database(tmp_path: Path, last: str) -> None:
    """A fault in the middle, of whatever kind, leaves tables, rows and revision as they were."""
    store, typist = house.recorded(tmp_path)
    before = _schema(store.driver)
    store.close()
    with pytest.raises((StoreError, RuntimeError)):
        migrate.upgrade(store.path, _scripts(tmp_path, last))
    with house.opened(tmp_path) as again:
        assert _schema(again.driver) == before
        assert again.driver.execute("SELECT name FROM study").fetchall() == [("Study",)]
        assert journal.load(again, OBSERVATION.id) == typist.day


def test_a_database_without_a_revision_is_damaged(tmp_path: Path) -> None:
    """A database that does not say which revision it has is not guessed at."""
    store, _ = house.recorded(tmp_path, "3 t")
    store.driver.execute("DELETE FROM alembic_version")
    store.close()
    with pytest.raises(Damaged, match="which version"):
        house.opened(tmp_path)


def test_every_constraint_has_a_name() -> None:
    """A constraint without a name could never be changed by a migration."""
    for table in t.Row.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name is not None
