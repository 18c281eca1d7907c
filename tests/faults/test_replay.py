"""The hidden replay, which tests of the disk drive: it goes on where it stopped, and alone can be told not to wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.cli.replay import SWITCH
from shadowlog.exchange.demo import demo_days
from shadowlog.store import journal
from shadowlog.store.engine import open_store

DAYS = [each.observation.id for each in demo_days()]


def acknowledged(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Replay and give what it acknowledged."""
    capfd.readouterr()
    assert run(list(arguments)) == 0
    return [line.split()[1] for line in capfd.readouterr().out.splitlines()]


def test_a_replay_goes_on_where_it_stopped(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each run says so many acts more; together they are the invented day, each act once, and the day folds."""
    path = tmp_path / "days.db"
    replay = ("--db", str(path), "replay", DAYS[2])
    first = acknowledged(capfd, *replay, "--n", "7")
    second = acknowledged(capfd, *replay, "--n", "30")
    assert (len(first), len(second)) == (7, 30)
    with open_store(path, writing=False) as store:
        assert [each.id for each in journal.commands(store, DAYS[2])] == [*first, *second]
        assert journal.load(store, DAYS[2]).begun


def test_a_replay_of_what_is_not_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither a file nor an invented day: not found, and no database is made."""
    assert run(["--db", str(tmp_path / "days.db"), "replay", "nothing.json"]) == 3
    assert "neither a file nor an invented day" in capfd.readouterr().err
    assert not (tmp_path / "days.db").exists()


def test_only_the_replay_can_be_told_not_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the tests' switch set, a database opened for anything else waits for the disk as ever, the replay says what
    it risks, and a value that is none is refused.
    """
    path = tmp_path / "days.db"
    monkeypatch.setenv(SWITCH, "NORMAL")
    with open_store(path, writing=True) as store:
        assert store.driver.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert run(["--db", str(path), "replay", "--n", "1"]) == 0
    assert "can be lost in a power cut" in capfd.readouterr().err
    monkeypatch.setenv(SWITCH, "1")
    assert run(["--db", str(path), "replay", "--n", "1"]) == 2
    assert SWITCH in capfd.readouterr().err
    package = Path(__file__).parents[2] / "shadowlog"
    named = [each.name for each in package.rglob("*.py") if SWITCH in each.read_text(encoding="utf-8")]
    assert named == ["replay.py"]
