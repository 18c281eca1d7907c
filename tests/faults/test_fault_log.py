"""The log of errors nobody foresaw: where they happened, never a value, readable by its owner alone, of bounded size."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from shadowlog.cli import COMMANDS, fault_log, run
from shadowlog.cli.fault_log import LARGEST
from shadowlog.exchange import lossless
from tests.faults.program import Program
from tests.tui.subject import the_observation

SECRET = "Mrs Invented wept"


def broken(*_: object) -> None:
    """Fail with what must not be told in every place where it could be."""
    secret = SECRET
    try:
        json.loads(secret)
    except ValueError as error:
        raise ZeroDivisionError(secret) from error


def test_an_error_is_logged_without_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kind, calls and lines of the error and of what led to it are kept; its words and what variables held are not."""
    log = tmp_path / "logs" / "faults.log"
    monkeypatch.setenv("SHADOWLOG_LOG", str(log))
    with pytest.raises(ZeroDivisionError) as caught:
        broken()
    assert fault_log.note(caught.value) == log
    text = log.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in text
    assert "json.decoder.JSONDecodeError" in text
    assert "test_fault_log:" in text
    assert " broken" in text
    assert "Invented" not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_the_log_does_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its bound the older half goes, whole entries at a time, and the newest stays."""
    log = tmp_path / "faults.log"
    monkeypatch.setenv("SHADOWLOG_LOG", str(log))
    log.write_text("old entry\n  old line\n\n" * (LARGEST // 22), encoding="utf-8")
    fault_log.note(ZeroDivisionError())
    text = log.read_text(encoding="utf-8")
    assert len(text) < LARGEST * 0.6
    assert text.startswith("old entry\n")
    assert text.rstrip().endswith("builtins.ZeroDivisionError")


def test_a_log_that_cannot_be_written_hides_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no place for the log, the error is told all the same."""
    (tmp_path / "file").write_text("milk")
    monkeypatch.setenv("SHADOWLOG_LOG", str(tmp_path / "file" / "faults.log"))
    assert fault_log.note(ZeroDivisionError()) is None


def test_a_command_that_fails_within_says_where_the_log_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A command with a fault ends with 70, one line, the log's path, and no value."""
    log = tmp_path / "faults.log"
    monkeypatch.setenv("SHADOWLOG_LOG", str(log))
    monkeypatch.setattr(lossless, "read_day", broken)
    (tmp_path / "day.json").write_text("{}")
    assert "import" in COMMANDS
    assert run(["--db", str(tmp_path / "days.db"), "import", str(tmp_path / "day.json")]) == 70
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert str(log) in told
    assert "Invented" not in told + log.read_text(encoding="utf-8")


def test_the_screens_say_where_the_log_is(tmp_path: Path) -> None:
    """After an error nobody foresaw on a screen the terminal is restored, and one line names the log; it holds no text."""
    path = tmp_path / "days.db"
    the_observation(path)
    with Program(path, "record", BROKEN=SECRET) as program:
        program.sees("The first key begins the day")
        program.send(b"3tx")
        assert program.ended() == 70
        assert b"\x1b[?1049l" in program.out
        after = program.out.rpartition(b"\x1b[?1049l")[2].decode()
    log = tmp_path / "faults.log"
    assert f"is kept in {log}" in after.replace("\r\n", "")
    text = log.read_text(encoding="utf-8")
    assert "shadowlog.tui.record" in text
    assert "Invented" not in text + after
