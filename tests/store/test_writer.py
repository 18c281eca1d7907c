"""The outbox and the writer's thread: in order, told after the commit, and nothing lost on the way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from shadowlog.errors import Busy, NotFound, StoreError
from shadowlog.store import ballast, drafts, journal, writer
from shadowlog.store.drafts import HalfTyped
from shadowlog.store.engine import Store, open_store
from shadowlog.store.outbox import Outbox
from shadowlog.store.writer import Writer
from tests.store import house
from tests.typist import OBSERVATION, Typist

DAY = OBSERVATION.id


def _full(store: Store) -> None:
    pages = store.driver.execute("PRAGMA page_count").fetchone()[0]
    store.driver.execute(f"PRAGMA max_page_count={pages}")


def _roomy(store: Store) -> None:
    store.driver.execute("PRAGMA max_page_count=1000000")


def _commands(typist: Typist) -> list[str]:
    return [command.id for command in typist.journal]


def test_a_failed_write_waits_and_nothing_overtakes(tmp_path: Path) -> None:
    """While the disk is full everything waits in order; with room again all is kept, each told once, in order."""
    told: list[str] = []
    with house.opened(tmp_path) as store:
        house.planned(store)
        outbox = Outbox(store, told.append)
        _full(store)
        typist = Typist("3 t +60 5 a +60 I 1 g R N " + f'"{"x" * 5_000}"')
        results = [outbox.submit(DAY, c, ch) for c, ch in zip(typist.journal, typist.changes, strict=True)]
        assert results[-1] is False
        assert outbox.pending > 0
        assert "disk is full" in str(outbox.fault)
        assert len(told) + outbox.pending == len(typist.journal)
        assert not outbox.retry()
        _roomy(store)
        assert outbox.retry()
        assert (outbox.pending, outbox.fault) == (0, None)
        assert told == _commands(typist)
        assert journal.load(store, DAY) == typist.day


def test_ballast_is_given_up_on_a_full_disk(tmp_path: Path) -> None:
    """A few megabytes lie ready; the first write that finds no room frees them, and the next opening takes them in."""
    store, typist = house.recorded(tmp_path, "3 t")
    reserve = ballast.ballast_path(store.path)
    with store:
        assert reserve.stat().st_size == ballast.SIZE
        said = len(typist.journal)
        typist.type(f'N "{"x" * 9_000}"')
        _full(store)
        with pytest.raises(StoreError, match="disk is full"):
            house.keep(store, typist, said)
        assert not reserve.exists()
        assert not ballast.drop(store.path)
    house.opened(tmp_path).close()
    assert reserve.exists()


def test_ballast_is_not_taken_in_where_room_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little room is left to the day."""
    monkeypatch.setattr(ballast, "ROOM", 1 << 40)
    with house.opened(tmp_path) as store:
        assert not ballast.ballast_path(store.path).exists()


def test_what_is_refused_waits_too(tmp_path: Path) -> None:
    """Whatever keeps a command out of the database, the next one does not overtake it."""
    with open_store(house.recorded(tmp_path)[0].path, writing=False) as reader:
        typist = Typist("3")
        outbox = Outbox(reader, lambda _: None)
        assert not outbox.submit(DAY, typist.journal[0], typist.changes[0])
        assert not outbox.submit(DAY, typist.journal[1], typist.changes[1])
        assert outbox.pending == 2


def test_the_writer_keeps_what_it_is_handed(tmp_path: Path) -> None:
    """Futures give the journal ids after the commit, on the writer's thread, and calls see what came before them."""
    with house.opened(tmp_path) as store:
        house.planned(store)
    told: list[tuple[str, str]] = []
    hand = Writer(store.path, saved=lambda id_: told.append((id_, threading.current_thread().name)))
    try:
        typist = Typist(house.MORNING)
        futures = [hand.submit(DAY, c, ch) for c, ch in zip(typist.journal, typist.changes, strict=True)]
        assert hand.call(lambda store: journal.load(store, DAY)).result(30) == typist.day
        assert [future.result(30) for future in futures] == _commands(typist)
        assert told == [(id_, "shadowlog-writer") for id_ in _commands(typist)]
        assert hand.pending == 0
        with pytest.raises(NotFound):
            hand.call(lambda store: journal.load(store, "none")).result(30)
        with pytest.raises(Busy):
            house.opened(tmp_path)
    finally:
        hand.close()
    house.opened(tmp_path).close()


def test_the_writer_tries_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept is tried again without being asked, and its future is done when it is kept."""
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.01)
    with house.opened(tmp_path) as store:
        house.planned(store)
    hand = Writer(store.path)
    try:
        hand.call(_full).result(30)
        typist = Typist(f'N "{"x" * 9_000}"')
        futures = [hand.submit(DAY, c, ch) for c, ch in zip(typist.journal, typist.changes, strict=True)]
        assert hand.retry().result(30) is False
        assert hand.pending == 1
        assert not futures[-1].done()
        hand.call(_roomy).result(30)
        assert futures[-1].result(30) == typist.journal[-1].id
        assert hand.retry().result(30) is True
    finally:
        hand.close()


def test_closing_tells_who_still_waits(tmp_path: Path) -> None:
    """What was never kept is said so when the writer is closed; nobody waits for ever."""
    with house.opened(tmp_path) as store:
        house.planned(store)
    hand = Writer(store.path)
    hand.call(_full).result(30)
    typist = Typist(f'N "{"x" * 9_000}"')
    futures = [hand.submit(DAY, c, ch) for c, ch in zip(typist.journal, typist.changes, strict=True)]
    hand.close()
    hand.close()
    with pytest.raises(StoreError, match="disk is full"):
        futures[-1].result(30)
    with pytest.raises(StoreError, match="closed"):
        hand.call(lambda _: None).result(30)


def test_a_writer_that_cannot_open_tells_everyone(tmp_path: Path) -> None:
    """`opened`, and whatever was handed over, fails with the reason."""
    with house.opened(tmp_path) as store:
        hand = Writer(store.path)
        asked = hand.call(lambda _: None)
        with pytest.raises(Busy):
            hand.opened.result(30)
        with pytest.raises(Busy):
            asked.result(30)
        hand.close()


def test_a_writer_can_look_only(tmp_path: Path) -> None:
    """Opened for viewing beside another writer, it answers questions."""
    store, typist = house.recorded(tmp_path)
    with store:
        hand = Writer(store.path, writing=False)
        assert hand.call(lambda reader: journal.load(reader, DAY)).result(30) == typist.day
        hand.close()


def test_a_half_typed_note_comes_back(tmp_path: Path) -> None:
    """The newest draft of an observation is kept over a crash until it is dropped; no journal row is made."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        episode = next(iter(typist.day.episodes))
        drafts.keep_draft(store, DAY, 17, None, "half")
        drafts.keep_draft(store, DAY, 17, episode, "half a wo\ud800rd")
    with house.opened(tmp_path) as again:
        assert drafts.drafts(again) == (HalfTyped(DAY, 17, episode, "half a wo?rd"),)
        assert journal.load(again, DAY) == typist.day
        drafts.drop_draft(again, DAY)
        drafts.drop_draft(again, DAY)
        assert drafts.drafts(again) == ()
