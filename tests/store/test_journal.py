"""The journal: appended whole or not at all, never changed, and any change to it found."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from shadowlog.domain import commands as c
from shadowlog.domain.recorder import fold
from shadowlog.errors import Damaged, NotFound, Refused, StoreError
from shadowlog.store import journal, projection
from shadowlog.store import tables as t
from shadowlog.store.chain import as_json
from shadowlog.store.engine import Store, open_store
from shadowlog.store.rebuild import rebuild
from tests.store import house
from tests.typist import OBSERVATION, Typist

_COLUMNS = [column.name for column in t.table(t.Journal).columns]
ROOT = Path(__file__).parents[2]


def _rows(store: Store) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


def test_a_day_comes_back_as_it_was(tmp_path: Path) -> None:
    """Loading folds the journal to the day as it was in memory, acts, undone acts and all."""
    store, typist = house.recorded(tmp_path)
    store.close()
    with house.opened(tmp_path) as again:
        assert journal.load(again, OBSERVATION.id) == typist.day
        assert journal.commands(again, OBSERVATION.id) == tuple(typist.journal)
        assert journal.verify(again) == []


def test_recording_goes_on_after_opening_again(tmp_path: Path) -> None:
    """What is said after opening again joins the same chain."""
    store, typist = house.recorded(tmp_path, "3 t +60 5")
    store.close()
    said = len(typist.journal)
    typist.type("a +60 I 1 g R X X")
    with house.opened(tmp_path) as again:
        house.keep(again, typist, said)
        assert journal.load(again, OBSERVATION.id) == typist.day
        assert journal.verify(again) == []


def test_an_append_gives_its_id_and_is_kept_once(tmp_path: Path) -> None:
    """A command said again, as after a commit nobody heard of, is kept once; one of another record is refused."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        before = _rows(store)
        last, changes = typist.journal[-1], typist.changes[-1]
        assert journal.append(store, OBSERVATION.id, last, changes) == last.id
        assert _rows(store) == before
        with pytest.raises(Refused):
            journal.append(store, "o-2", last, changes)


def test_a_failure_in_the_middle_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal row and what it changes are one transaction; the next append goes on as if nothing had been."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        said, before = len(typist.journal), _rows(store)
        typist.type("+60 5 a")

        def fail(*_: object) -> None:
            raise RuntimeError("pulled out")

        with monkeypatch.context() as patch:
            patch.setattr(projection, "apply", fail)
            with pytest.raises(RuntimeError, match="pulled out"):
                house.keep(store, typist, said)
        assert _rows(store) == before
        house.keep(store, typist, said)
        assert journal.load(store, OBSERVATION.id) == typist.day
        assert journal.verify(store) == []


@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_a_killed_program_keeps_what_it_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    """After kill -9 every acknowledged command is there, at most one more is, and nothing is half done."""
    program = [sys.executable, "-m", "tests.store.subject", str(tmp_path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=ROOT) as subject:
        assert subject.stdout is not None
        heard = [subject.stdout.readline().split()[1] for _ in range(acknowledged)]
        os.kill(subject.pid, signal.SIGKILL)
        heard += [line.split()[1] for line in subject.stdout if line.endswith("\n")]
    with house.opened(tmp_path) as store:
        kept = [command.id for command in journal.commands(store, OBSERVATION.id)]
        assert kept[: len(heard)] == heard
        assert len(kept) - len(heard) in {0, 1}
        assert rebuild(store) == ()
        assert journal.load(store, OBSERVATION.id) == fold(OBSERVATION, journal.commands(store, OBSERVATION.id))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal",
        "UPDATE journal SET skeleton = '{}'",
        "UPDATE journal SET at = at + 1",
        "UPDATE journal SET content = 'other' WHERE content IS NOT NULL",
        "UPDATE journal SET content_digest = NULL, content = NULL, content_salt = NULL WHERE content IS NOT NULL",
        "UPDATE journal SET content = NULL WHERE content IS NOT NULL",
        "UPDATE journal SET hash = 'x'",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
        f"REPLACE INTO journal SELECT 'x', {', '.join(_COLUMNS[1:])} FROM journal",
    ],
)
def test_the_journal_is_append_only(tmp_path: Path, statement: str) -> None:
    """The database refuses to change or take out a row, whoever asks."""
    store, _ = house.recorded(tmp_path)
    store.close()
    other = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    other.close()


def test_erased_text_leaves_the_chain_whole(tmp_path: Path) -> None:
    """A text may be taken out with its salt; the chain holds, and the day folds without the text."""
    store, typist = house.recorded(tmp_path)
    with store:
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE journal SET content = NULL, content_salt = NULL WHERE kind = 'AddNote'")
        assert journal.verify(store) == []
        (note,) = journal.load(store, OBSERVATION.id).notes.values()
        assert note == replace(next(iter(typist.day.notes.values())), text="")


def test_an_erased_day_leaves_links_that_hold(tmp_path: Path) -> None:
    """A day whose every row was erased still has its chain, and is a day that has not begun."""
    store, _ = house.recorded(tmp_path)
    with store:
        with store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE journal SET skeleton = NULL, skeleton_salt = NULL, content = NULL, content_salt = NULL"
                " WHERE stream = ?",
                (OBSERVATION.id,),
            )
        assert journal.verify(store) == []
        assert not journal.load(store, OBSERVATION.id).begun


@pytest.mark.parametrize("column", _COLUMNS)
def test_a_change_to_any_part_of_a_row_is_found(tmp_path: Path, column: str) -> None:
    """One bit of one column of one row, changed past the triggers, and the day is no longer loaded."""
    store, _ = house.recorded(tmp_path)
    with store:
        for trigger in ("journal_adds", "journal_keeps", "journal_erases"):
            store.driver.execute(f"DROP TRIGGER {trigger}")
        old = store.driver.execute("SELECT * FROM journal WHERE kind = 'AddNote'").fetchone()
        was: Any = dict(zip(_COLUMNS, old, strict=True))[column]
        spoilt = was ^ (1 << 20) if isinstance(was, int) else chr(ord(was[0]) ^ 1) + was[1:]
        store.driver.execute(f"UPDATE journal SET {column} = ? WHERE kind = 'AddNote'", (spoilt,))
        assert journal.verify(store) != []
        if column != "stream":
            with pytest.raises(Damaged, match="entry"):
                journal.load(store, OBSERVATION.id)


@pytest.mark.parametrize("which", ["sequence = 4", "sequence = (SELECT max(sequence) FROM journal)"])
def test_a_missing_row_is_found(tmp_path: Path, which: str) -> None:
    """A row missing in the middle or at the end is noticed."""
    store, _ = house.recorded(tmp_path)
    with store:
        store.driver.execute("DROP TRIGGER journal_keeps")
        store.driver.execute(f"DELETE FROM journal WHERE stream = ? AND {which}", (OBSERVATION.id,))
        with pytest.raises(Damaged):
            journal.load(store, OBSERVATION.id)


def test_a_flipped_bit_in_the_file_is_found(tmp_path: Path) -> None:
    """A bit flipped in the file where a command is stored is found, although the pages still fit together."""
    store, _ = house.recorded(tmp_path)
    store.close()
    spoilt = bytearray(store.path.read_bytes())
    spoilt[spoilt.index(b'"episode":"id-') + 1] ^= 1
    store.path.write_bytes(spoilt)
    with pytest.raises(Damaged, match="not as it was written"):
        house.opened(tmp_path)
    with open_store(store.path, writing=False) as again:
        assert journal.verify(again) != []


def test_a_journal_that_no_recorder_wrote_is_damaged(tmp_path: Path) -> None:
    """Rows that chain well and yet could never have been said are not folded."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        stray = c.Resume(episode="none", **typist.moment().envelope())
        journal.append(store, OBSERVATION.id, stray, ())
        with pytest.raises(Damaged, match="does not follow"):
            journal.load(store, OBSERVATION.id)
        with store.write() as connection:
            row = {"of": OBSERVATION.id}
            connection.execute(sa.text("UPDATE observation SET codebook = 'none' WHERE id = :of"), row)
            connection.execute(sa.text("UPDATE codebook SET digest = 'none'"))
        store.codebooks.clear()
        with pytest.raises(Damaged, match="codebook"):
            journal.load(store, OBSERVATION.id)


def test_an_unknown_observation_is_not_found(tmp_path: Path) -> None:
    """Loading what is not there makes nothing."""
    with house.opened(tmp_path) as store, pytest.raises(NotFound):
        journal.load(store, "none")


def test_the_history_of_an_episode_names_every_act(tmp_path: Path) -> None:
    """Who said what of an episode: its start, codes, interruption, amendment and the act taken back, not the others'."""
    store, typist = house.recorded(tmp_path, "3 t +60 I 5 a +10 R +60 8 g +60")
    with store:
        said = len(typist.journal)
        first, second = list(typist.day.episodes)[:2]
        codes = {"activity": "admin"}
        amend = c.Amend(episode=first, codes=codes, reason="misread", **typist.moment().envelope())
        typist.say(amend)
        typist.say(c.Undo(target=amend.id, **typist.moment().envelope()))
        house.keep(store, typist, said)
        kinds = [type(each).__name__ for each in journal.history(store, OBSERVATION.id, first)]
        assert kinds == ["Start", "SetCode", "Start", "Resume", "Start", "Amend", "Undo"]
        assert "Amend" not in [type(each).__name__ for each in journal.history(store, OBSERVATION.id, second)]


@pytest.mark.parametrize("text", ["snö \U0001f600", "half \ud800 a pair", "nul \x00 in it", "[/b] \x1b[31m"])
def test_hostile_text_comes_back_as_it_went_in(tmp_path: Path, text: str) -> None:
    """Whatever a note holds, the journal gives it back and the tables take it."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        said = len(typist.journal)
        note = c.AddNote(note="n-1", episode=None, text=text, **typist.moment().envelope())
        typist.say(note)
        house.keep(store, typist, said)
        assert journal.load(store, OBSERVATION.id).notes["n-1"].text == text
        assert rebuild(store) == ()


def test_equal_values_give_equal_json() -> None:
    """Digests are taken over text that does not depend on the order of fields."""
    assert as_json({"b": 1, "a": "ö"}) == '{"a":"ö","b":1}' == as_json({"a": "ö", "b": 1})


def test_equal_commands_have_unequal_digests(tmp_path: Path) -> None:
    """Salts keep what was erased from being guessed by its digest."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        said = len(typist.journal)
        for id_ in ("n-1", "n-2"):
            typist.say(c.AddNote(note=id_, episode=None, text="the same", **typist.moment().envelope()))
        house.keep(store, typist, said)
        with store.read() as connection:
            query = "SELECT content_digest FROM journal WHERE kind = 'AddNote'"
            digests = connection.exec_driver_sql(query).scalars().all()
        assert len(set(digests)) == 2


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    """Where the disk takes no more, the append says so and keeps nothing; with room again it goes through."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        said = len(typist.journal)
        note = c.AddNote(note="n-1", episode=None, text="x" * 9_000, **typist.moment().envelope())
        typist.say(note)
        pages = store.driver.execute("PRAGMA page_count").fetchone()[0]
        store.driver.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match="disk is full"):
            house.keep(store, typist, said)
        store.driver.execute("PRAGMA max_page_count=1000000")
        house.keep(store, typist, said)
        assert journal.load(store, OBSERVATION.id) == typist.day


def test_two_writers_keep_two_chains(tmp_path: Path) -> None:
    """What another device said, knowing the first one's record, comes after it; both chains hold."""
    store, typist = house.recorded(tmp_path, "3 t +60 5")
    with store:
        said = len(typist.journal)
        typist.type("a +60 3 t")
        first, store.device = store.device, "another"
        store.tips.clear()
        house.keep(store, typist, said)
        assert journal.commands(store, OBSERVATION.id) == tuple(typist.journal)
        assert journal.verify(store) == []
        with store.read() as connection:
            query = sa.select(t.table(t.Journal).c.writer).distinct()
            assert {*connection.execute(query).scalars()} == {first, "another"}


def test_a_copy_on_another_machine_writes_its_own_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database carried to another laptop goes on under another device id; on the same one it stays."""
    store, typist = house.recorded(tmp_path, "3 t +60 5")
    store.close()
    with house.opened(tmp_path) as same:
        assert same.device == store.device
    monkeypatch.setattr(socket, "gethostname", lambda: "another-laptop")
    with house.opened(tmp_path) as other:
        assert other.device != store.device
        said = len(typist.journal)
        typist.type("a +60 X X")
        house.keep(other, typist, said)
        assert journal.load(other, OBSERVATION.id) == typist.day
        assert journal.verify(other) == []


def test_the_typist_is_who_the_store_is_told(tmp_path: Path) -> None:
    """Planning gives the very observation that the typist records."""
    with house.opened(tmp_path) as store:
        assert journal.load(store, house.planned(store)).observation == Typist().day.observation
