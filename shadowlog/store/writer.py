"""One thread that owns the database: whoever has something for it hands it over and is told when it is done."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes
from shadowlog.errors import StoreError
from shadowlog.store.engine import Store, open_store
from shadowlog.store.outbox import Outbox

T = TypeVar("T")
_Task = tuple[Callable[[Store, Outbox], None], "Future[Any]"]

RETRY_SECONDS = 2.0
"""How long a failed write waits before it is tried again, if nothing else comes."""


class Writer:
    """Opens a database on a thread of its own and does there, in order, what it is handed.

    `opened` is done when the database is open, or fails with what `open_store` raised; everything handed over then fails
    the same way. Futures are completed on the writer's thread.
    """

    def __init__(self, path: Path, *, writing: bool = True, saved: Callable[[str], None] = lambda _: None) -> None:
        """Begin to open; returns at once. `saved` is called on the writer's thread with each id after its commit."""
        self.opened: Future[None] = Future()
        self._path = path
        self._writing = writing
        self._tell = saved
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._futures: dict[str, Future[str]] = {}
        self._pending = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="shadowlog-writer", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """How many submitted commands are not yet kept because a write failed."""
        return self._pending

    def submit(self, observation: str, command: Command, changes: Changes) -> Future[str]:
        """Keep a command of a day; the future gives its journal id after the commit, however often that takes.

        It fails only if the writer is closed while the command still waits.
        """
        done: Future[str] = Future()

        def work(_: Store, outbox: Outbox) -> None:
            self._futures[command.id] = done
            outbox.submit(observation, command, changes)

        return self._hand(work, done)

    def call(self, work: Callable[[Store], T]) -> Future[T]:
        """Do something with the store; the future gives what came of it."""
        done: Future[T] = Future()

        def guarded(store: Store, _: Outbox) -> None:
            try:
                result = work(store)
            except Exception as error:  # noqa: BLE001, whoever waits for the future is told
                done.set_exception(error)
            else:
                done.set_result(result)

        return self._hand(guarded, done)

    def retry(self) -> Future[bool]:
        """Try at once what waits; the future tells whether all is kept."""
        done: Future[bool] = Future()
        return self._hand(lambda _, outbox: done.set_result(outbox.retry()), done)

    def close(self) -> None:
        """Finish what was handed over, try once more what waits, give the database back; returns when that is done."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _hand(self, work: Callable[[Store, Outbox], None], done: Future[T]) -> Future[T]:
        if self._closed:
            done.set_exception(StoreError("The database is closed."))
        else:
            self._queue.put((work, done))
        return done

    def _run(self) -> None:
        try:
            store = open_store(self._path, writing=self._writing)
        except Exception as error:  # noqa: BLE001, whoever waits for a future is told
            self.opened.set_exception(error)
            while (task := self._queue.get()) is not None:
                task[1].set_exception(error)
            return
        with store:
            self.opened.set_result(None)
            outbox = Outbox(store, self._saved)
            while (task := self._next(outbox)) is not None:
                task[0](store, outbox)
                self._pending = outbox.pending
            outbox.retry()
        for done in self._futures.values():
            done.set_exception(outbox.fault or StoreError("The database is closed."))

    def _next(self, outbox: Outbox) -> _Task | None:
        while True:
            try:
                return self._queue.get(timeout=RETRY_SECONDS if outbox.pending else None)
            except queue.Empty:
                outbox.retry()
                self._pending = outbox.pending

    def _saved(self, id_: str) -> None:
        self._tell(id_)
        if done := self._futures.pop(id_, None):
            done.set_result(id_)
