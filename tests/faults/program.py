"""The program as a user starts it, on a real terminal and a real database, and what is then on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar, Self

from shadowlog.domain.commands import Command
from shadowlog.store import journal
from shadowlog.store.engine import open_store
from shadowlog.store.library import observations
from tests.tui.subject import the_observation
from tests.tui.terminal import ROOT, Terminal


class Program(Terminal):
    """The program on a database in which one observation is planned; `heard` is what it acknowledged, in order."""

    subject: ClassVar[str] = "tests.faults.subject"

    def __init__(self, path: Path, *arguments: str, size: tuple[int, int] = (120, 40), **more: str) -> None:
        self._ear, mouth = os.pipe()
        os.set_blocking(self._ear, False)
        log = str(path.with_name("faults.log"))
        try:
            environment = {"SHADOWLOG_LOG": log, "SHADOWLOG_SETTINGS": log + ".toml", **more, "ACK_FD": str(mouth)}
            super().__init__("--db", str(path), *arguments, size=size, **environment)
        finally:
            os.close(mouth)
        self._heard = b""

    def __exit__(self, *of: object) -> None:
        super().__exit__(*of)  # type: ignore[arg-type]
        self.listen()
        os.close(self._ear)

    def __enter__(self) -> Self:
        return self

    def listen(self) -> list[str]:
        """Give the ids acknowledged so far."""
        try:
            while data := os.read(self._ear, 65_536):
                self._heard += data
        except BlockingIOError:
            pass
        # A torn last line was no acknowledgement anybody could have read.
        return [line.split()[1] for line in self._heard.decode().split("\n")[:-1]]

    def until_heard(self, count: int) -> None:
        """Wait until so many acts are acknowledged."""
        self.until(lambda: len(self.listen()) >= count)


def recording(path: Path) -> Program:
    """Start the program recording the one observation; what ran when it died runs on."""
    if not path.exists():
        the_observation(path)
    return Program(path, "record", "--after-crash", "keep")


def command(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end."""
    environment = {**os.environ, "SHADOWLOG_LOG": str(path.with_name("faults.log"))}
    whole = [sys.executable, "-m", "shadowlog", "--db", str(path), *arguments]
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def kept(path: Path) -> tuple[Command, ...]:
    """What the one observation holds on disk; every chain of the database is followed."""
    with open_store(path, writing=False) as store:
        assert journal.verify(store) == []
        assert store.driver.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return journal.commands(store, observations(store)[0].id)
