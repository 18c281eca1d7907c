"""What every command that opens screens does alike, with the real programs run without a terminal."""

from __future__ import annotations

import functools
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.tui.app import UNEXPECTED, ShadowlogApp
from shadowlog.tui.home import HomeScreen
from shadowlog.tui.training import TrainingScreen

SECRET = "Mrs Invented was in tears"
PROGRAMS = pytest.mark.parametrize(
    ("arguments", "screen", "act"),
    [([], HomeScreen, "on_mount"), (["train"], TrainingScreen, "look")],
    ids=["home", "train"],
)


@pytest.fixture(autouse=True)
def _no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Programs that draw nowhere, in a folder of their own; signals are heard afterwards as before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHADOWLOG_LOG", str(tmp_path / "faults.log"))
    monkeypatch.setenv("SHADOWLOG_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setattr(ShadowlogApp, "run", functools.partialmethod(ShadowlogApp.run, headless=True))
    heard = {each: signal.getsignal(each) for each in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in heard.items():
        signal.signal(each, handler)


@PROGRAMS
def test_a_fault_of_a_program_is_logged_and_told(
    arguments: list[str],
    screen: type[HomeScreen | TrainingScreen],
    act: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An error nobody foresaw, on Home or in training, ends with 70, its place in the log and none of its values."""

    def fails(*_: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(screen, act, fails)
    assert run(["--db", str(tmp_path / "a.db"), *arguments]) == UNEXPECTED
    out, err = capfd.readouterr()
    log = tmp_path / "faults.log"
    assert f"Where it happened is kept in {log}." in err
    kept = log.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in kept
    assert "test_running" in kept
    assert SECRET not in out + err + kept


@PROGRAMS
def test_a_theme_chosen_in_a_program_is_remembered(
    arguments: list[str],
    screen: type[HomeScreen | TrainingScreen],
    act: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A theme chosen on Home or in training is in the settings, and the next program begins with it."""
    themes: list[str] = []

    def chooses(found: HomeScreen | TrainingScreen) -> None:
        app = found.app
        assert isinstance(app, ShadowlogApp)
        themes.append(app.theme)
        app.choose_theme("light")
        app.exit(0)

    monkeypatch.setattr(screen, act, chooses)
    for _ in range(2):
        assert run(["--db", str(tmp_path / "a.db"), *arguments]) == 0
        assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == 'theme = "light"\n'
    assert themes[0] != themes[-1] == "shadowlog-light"
