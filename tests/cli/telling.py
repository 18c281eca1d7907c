"""The program run in this process, as the tests of its commands ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shadowlog.cli import run

Program = Callable[..., str]


def telling(database: Path, capfd: pytest.CaptureFixture[str]) -> Program:
    """Give what runs a command on a database, expects an exit code (`code`, else 0), and gives all that was printed."""

    def told(*arguments: str, code: int = 0) -> str:
        capfd.readouterr()
        assert run(["--db", str(database), *arguments]) == code
        out = "".join(capfd.readouterr())
        assert "Traceback" not in out
        return out

    return told
