"""The whole program on a real terminal and a real database."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from shadowlog.domain.day import Day
from shadowlog.store import journal
from shadowlog.store.engine import open_store
from shadowlog.store.library import observations
from tests.tui.terminal import Terminal


def kept(path: Path) -> Day:
    """The day as it is on disk."""
    with open_store(path, writing=False) as store:
        return journal.load(store, observations(store)[0].id)


def restored(terminal: Terminal) -> bool:
    """Whether the terminal was given back: alternate screen left, cursor shown, paste and mouse modes off."""
    return all(code in terminal.out for code in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l"))


def test_a_morning_on_a_terminal(tmp_path: Path) -> None:
    """Keys on a real terminal are on disk when the screen says so, bad bytes and odd sizes end nothing, ctrl+q leaves."""
    path = tmp_path / "a.db"
    with Terminal(str(path)) as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3t")
        terminal.sees("Teachers, Teaching and learning")
        terminal.send(b"\xff\xfe\x80")
        terminal.send("é".encode()[:1])
        terminal.send(b"I5a")
        terminal.sees("Office staff, Administration and compliance")
        terminal.sees("suspended")
        terminal.send(b"N\x1b[200~[/b] \x1b]52;c;eA==\x07[IMPORTANT]\x1b[201~")
        terminal.sees("[/b] [IMPORTANT]")
        terminal.send(b"\r")
        terminal.sees("note kept")
        terminal.send(b"\x11")
        assert terminal.ended() == 0
        assert restored(terminal)
        assert b"\x1b]52" not in terminal.out
    day = kept(path)
    assert [note.text for note in day.notes.values()] == ["[/b] [IMPORTANT]"]
    assert len(day.episodes) == 2
    assert day.live.suspended


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda each: each.name)
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    """A signal restores the terminal, exits with 0, and the day and a half-typed note can be taken up."""
    path = tmp_path / "a.db"
    with Terminal(str(path)) as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3tNhalf")
        terminal.sees("half")
        terminal.process.send_signal(number)
        assert terminal.ended() == 0
        assert restored(terminal)
    assert kept(path).foreground is not None
    with Terminal(str(path)) as terminal:
        terminal.sees("half-typed note of")
        terminal.send(b"N")
        terminal.sees("half")


def test_a_closed_window_ends_it(tmp_path: Path) -> None:
    """When the terminal goes away the program ends by itself, and what was pressed is on disk."""
    path = tmp_path / "a.db"
    with Terminal(str(path)) as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3t")
        terminal.sees("Teachers, Teaching and learning")
        terminal.hang_up()
        assert terminal.ended() == 0
    assert len(kept(path).episodes) == 1


def test_no_colour_means_none(tmp_path: Path) -> None:
    """With NO_COLOR the screen is drawn without one colour code."""
    with Terminal(str(tmp_path / "a.db"), NO_COLOR="1") as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3t")
        terminal.sees("Teachers, Teaching and learning")
        codes = {part for found in re.findall(rb"\x1b\[([0-9;]*)m", terminal.out) for part in found.split(b";")}
        assert codes <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"39", b"49"}


def test_an_error_nobody_foresaw_tells_no_secrets(tmp_path: Path) -> None:
    """After an unexpected error the terminal is restored, the exit code is 70, and no value from memory is printed."""
    with Terminal(str(tmp_path / "a.db"), "broken") as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3tx")
        assert terminal.ended() == 70
        assert restored(terminal)
        after = terminal.out.rpartition(b"\x1b[?1049l")[2]
        assert b"Something went wrong inside (ZeroDivisionError at shadowlog.tui.record:" in after
        assert b"Mrs Example" not in after
        assert b"Traceback" not in after


def test_commits_are_acknowledged_to_whoever_listens(tmp_path: Path) -> None:
    """On the channel named in $ACK_FD each command that is on disk is named, and nothing else."""
    path = tmp_path / "a.db"
    read, write = os.pipe()
    with Terminal(str(path), ACK_FD=str(write)) as terminal:
        terminal.sees("The first key begins the day")
        terminal.send(b"3tI5")
        terminal.sees("Office staff")
        terminal.send(b"\x11")
        assert terminal.ended() == 0
    os.close(write)
    with os.fdopen(read) as channel:
        acknowledged = [line.removeprefix("ACK ") for line in channel.read().splitlines()]
    with open_store(path, writing=False) as store:
        said = journal.commands(store, observations(store)[0].id)
    assert acknowledged == [each.id for each in said]
