"""The writer's thread: in order, done when it says so, and nobody held up by whoever left."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from shadowlog.errors import Busy, NotFound, StoreError
from shadowlog.store import ballast, drafts, journal
from shadowlog.store.drafts import HalfTyped
from shadowlog.store.engine import Store
from shadowlog.store.writer import Writer
from tests.store import house
from tests.typist import OBSERVATION, Typist

DAY = OBSERVATION.id


def _full(store: Store) -> None:
    pages = store.driver.execute("PRAGMA page_count").fetchone()[0]
    store.driver.execute(f"PRAGMA max_page_count={pages}")


def _roomy(store: Store) -> None:
    store.driver.execute("PRAGMA max_page_count=1000000")


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


def test_a_write_without_room_keeps_nothing_and_goes_through_later(tmp_path: Path) -> None:
    """While the disk is full an act is refused whole; with room again the same act is kept, and once."""
    store, typist = house.recorded(tmp_path, "3 t")
    with store:
        said = len(typist.journal)
        typist.type("N").type(f'"{"x" * 9_000}"'.replace(" ", ""))
        ballast.drop(store.path)
        _full(store)
        act, changes = typist.journal[said], typist.changes[said]
        with pytest.raises(StoreError, match="disk is full"):
            journal.append(store, DAY, act, changes)
        assert len(journal.commands(store, DAY)) == said
        _roomy(store)
        for _ in range(2):
            assert journal.append(store, DAY, act, changes) == act.id
        assert journal.load(store, DAY) == typist.day


def test_the_writer_does_what_it_is_handed_in_order(tmp_path: Path) -> None:
    """Calls are done on the writer's thread, each seeing what came before it; a failure is its caller's alone."""
    with house.opened(tmp_path) as store:
        house.planned(store)
    hand = Writer(store.path)
    try:
        typist = Typist(house.MORNING)
        futures = [
            hand.call(lambda store, act=act, changes=changes: journal.append(store, DAY, act, changes))  # type: ignore[misc]
            for act, changes in zip(typist.journal, typist.changes, strict=True)
        ]
        assert hand.call(lambda store: journal.load(store, DAY)).result(30) == typist.day
        assert [future.result(30) for future in futures] == [command.id for command in typist.journal]
        assert hand.call(lambda _: threading.current_thread().name).result(30) == "shadowlog-writer"
        with pytest.raises(NotFound):
            hand.call(lambda store: journal.load(store, "none")).result(30)
        with pytest.raises(Busy):
            house.opened(tmp_path)
    finally:
        hand.close()
    house.opened(tmp_path).close()
    with pytest.raises(StoreError, match="closed"):
        hand.call(lambda _: None).result(30)


def test_who_stops_waiting_stops_nobody_else(tmp_path: Path) -> None:
    """A call that is cancelled is not done, and those behind it are."""
    with house.opened(tmp_path) as store:
        house.planned(store)
    hand, gate, done = Writer(store.path), threading.Event(), []
    try:
        first = hand.call(lambda _: gate.wait(30))
        second = hand.call(lambda _: done.append("second"))
        third = hand.call(lambda _: done.append("third"))
        assert second.cancel()
        gate.set()
        assert first.result(30)
        third.result(30)
        assert done == ["third"]
    finally:
        hand.close()


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


def test_an_unforeseen_error_is_told_once(tmp_path: Path) -> None:
    """Whoever looks after faults hears once of an error that is none of ours, however often it is tried; of ours, never."""
    with house.opened(tmp_path) as store:
        path = store.path
    told: list[BaseException] = []
    hand = Writer(path, unforeseen=told.append)
    try:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                hand.call(lambda _: 1 // 0).result(30)
        with pytest.raises(NotFound):
            hand.call(lambda reader: journal.load(reader, "none")).result(30)
        assert [type(each) for each in told] == [ZeroDivisionError]
    finally:
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
