"""The tables are the journal folded, after any sequence of commands."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from shadowlog.domain.day import Changes
from shadowlog.store import journal, projection
from shadowlog.store import tables as t
from shadowlog.store.engine import Store
from shadowlog.store.rebuild import Difference, rebuild
from tests.domain.test_machine import Recorder
from tests.store import house
from tests.typist import OBSERVATION, Typist

_MADE: list[Path] = []


def _fresh() -> Path:
    """A folder with a store in which the observation is planned: made once, then copied."""
    if not _MADE:
        first = Path(tempfile.mkdtemp())
        with house.opened(first) as store:
            house.planned(store)
        _MADE.append(first)
    folder = Path(tempfile.mkdtemp())
    shutil.copy(_MADE[0] / "days.db", folder / "days.db")
    return folder


def _stored(store: Store) -> dict[str, list[str]]:
    with store.read() as connection:
        return {
            str(row.__tablename__): sorted(
                str(sorted(r.items())) for r in connection.execute(sa.select(t.table(row))).mappings()
            )
            for row in projection.DAY_TABLES
        }


class Keeper(Recorder):
    """The recorder's machine, with a store that is brought up to date after every command."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = _fresh()
        self.store = house.opened(self.folder)
        # Here only what is kept counts, not that it survives a power cut.
        self.store.driver.execute("PRAGMA synchronous=OFF")
        self.kept = 0

    @invariant()
    def the_tables_are_the_day(self) -> None:
        """Every row is the day's, and every part of the day is in a row."""
        house.keep(self.store, self.typist, self.kept)
        self.kept = len(self.typist.journal)
        rows = projection.rows_of(self.typist.day)
        assert _stored(self.store) == {
            str(row.__tablename__): sorted(str(sorted(values.items())) for values in many) for row, many in rows.items()
        }

    def teardown(self) -> None:
        """Folding the journal again gives the same tables and the same day, also after opening again."""
        try:
            assert rebuild(self.store) == ()
            self.store.close()
            with house.opened(self.folder) as store:
                assert journal.load(store, OBSERVATION.id) == self.typist.day
        finally:
            self.store.close()
            shutil.rmtree(self.folder)


Keeper.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestKeeper = Keeper.TestCase


def test_the_machine_notices_a_forgetful_projection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a store that keeps no gaps is caught."""
    monkeypatch.setattr(projection, "_stretches", lambda *_: None)
    brief = settings(Keeper.TestCase.settings, max_examples=3, database=None, phases=[Phase.generate])
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(Keeper, settings=brief)


def test_an_observation_says_where_its_day_stands(tmp_path: Path) -> None:
    """Planned, recording, closed, and recording again when the end is taken back."""
    with house.opened(tmp_path) as store:
        house.planned(store)
        table = t.table(t.Observation)

        def state() -> tuple[str, int | None, int | None]:
            with store.read() as connection:
                row = connection.execute(sa.select(table.c.state, table.c.started, table.c.ended)).one()
            return row[0], row[1], row[2]

        assert state() == ("planned", None, None)
        typist = Typist("3 t +60 X X")
        said: list[Changes] = typist.changes
        for n in range(len(said) - 1):
            journal.append(store, OBSERVATION.id, typist.journal[n], said[n])
        assert state() == ("recording", typist.began, None)
        house.keep(store, typist, len(said) - 1)
        assert state() == ("closed", typist.began, typist.day.track[-1].at)
        before = len(typist.journal)
        typist.type("U")
        house.keep(store, typist, before)
        assert state() == ("recording", typist.began, None)


def test_rebuild_names_and_mends_what_differs(tmp_path: Path) -> None:
    """A changed, a missing and a stray row are named without their values, and the journal's rows come back."""
    store, typist = house.recorded(tmp_path)
    with store:
        episode = next(iter(typist.day.episodes))
        note = next(iter(typist.day.notes))
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE episode SET activity = 'admin', mode = 'x' WHERE id = ?", (episode,))
            connection.exec_driver_sql("DELETE FROM note WHERE id = ?", (note,))
            connection.exec_driver_sql("INSERT INTO head VALUES (?, 'H99')", (OBSERVATION.study,))
        expected = (
            Difference("head", f"{OBSERVATION.study}/H99", "stray"),
            Difference("episode", episode, "changed"),
            Difference("note", note, "missing"),
        )
        assert rebuild(store, repair=False) == expected
        assert rebuild(store) == expected
        assert rebuild(store) == ()
        assert "hello" in str(_stored(store)["note"])


def test_two_open_spells_cannot_be_kept(tmp_path: Path) -> None:
    """The database itself refuses a second open foreground spell."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        episode = next(iter(typist.day.episodes))
        row = {"id": "x", "observation": OBSERVATION.id, "episode": episode, "started": 1, "ended": None}
        with pytest.raises(Exception, match="SQLITE_CONSTRAINT_UNIQUE"), store.write() as connection:
            connection.execute(t.table(t.Spell).insert(), {**row, "concurrent": False})
