"""One thread that owns the database: whoever has something for it hands it over and is told when it is done."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from shadowlog.errors import ShadowlogError, StoreError
from shadowlog.store.engine import Store, open_store

T = TypeVar("T")
_Task = tuple[Callable[[Store], Any], "Future[Any]"]


class Writer:
    """Opens a database on a thread of its own and does there, in order, what it is handed.

    `opened` is done when the database is open, or fails with what `open_store` raised; everything handed over then fails
    the same way. Futures are completed on the writer's thread.
    """

    def __init__(
        self, path: Path, *, writing: bool = True, unforeseen: Callable[[BaseException], object] | None = None
    ) -> None:
        """Begin to open; returns at once. `unforeseen` is told, once, of an error that is none of ours."""
        self.opened: Future[None] = Future()
        self._path = path
        self._writing = writing
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._closed = False
        self._unforeseen = unforeseen
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="shadowlog-writer", daemon=True)
        self._thread.start()

    def call(self, work: Callable[[Store], T]) -> Future[T]:
        """Do something with the store; the future gives what came of it. One that is cancelled before is not done."""
        done: Future[T] = Future()
        if self._closed:
            done.set_exception(StoreError("The database is closed."))
        else:
            self._queue.put((work, done))
        return done

    def close(self) -> None:
        """Finish what was handed over and give the database back; returns when that is done."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            store = open_store(self._path, writing=self._writing, whole=False)
        except Exception as error:  # noqa: BLE001, whoever waits for a future is told
            if self.opened.set_running_or_notify_cancel():
                self.opened.set_exception(error)
            while (task := self._queue.get()) is not None:
                if task[1].set_running_or_notify_cancel():
                    task[1].set_exception(error)
            return
        with store:
            if self.opened.set_running_or_notify_cancel():
                self.opened.set_result(None)
            while (task := self._queue.get()) is not None:
                self._do(store, *task)

    def _do(self, store: Store, work: Callable[[Store], Any], done: Future[Any]) -> None:
        # Whoever waited may have gone: a screen that is left cancels what it was waiting for.
        if not done.set_running_or_notify_cancel():
            return
        try:
            result = work(store)
        except Exception as error:  # noqa: BLE001, whoever waits for the future is told
            self._tell(error)
            done.set_exception(error)
        else:
            done.set_result(result)

    def _tell(self, error: Exception) -> None:
        # What failed is tried again every second: one entry is enough.
        kind = type(error).__qualname__
        if self._unforeseen and not isinstance(error, ShadowlogError) and kind not in self._told:
            self._told.add(kind)
            self._unforeseen(error)
