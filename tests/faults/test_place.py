"""Places that speak against recording: said at start-up, on the screen where it matters."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.full_disk import can_mount
from tests.faults.program import Program, command, recording
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.stage import Stage, play
from tests.tui.subject import the_observation


@contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    """A folder with a database in it that takes no change: by its disk for who may mount, by its rights for others."""
    folder.mkdir()
    mounted = can_mount(folder)
    if mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=True)
    try:
        with recording(folder / "days.db") as program:
            program.sees("The first key begins the day")
            program.send(b"3t")
            program.until_heard(3)
            program.send(b"\x11")
            program.ended()
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        else:
            (folder / "days.db.lock").unlink()
            folder.chmod(0o555)
        yield folder / "days.db"
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        else:
            folder.chmod(0o755)


def test_a_read_only_folder_on_the_screen(tmp_path: Path) -> None:
    """Home says that the folder cannot be written and how to record elsewhere, lists the day and sums it up."""
    with unwritable(tmp_path / "disk") as path:
        log = str(tmp_path / "faults.log")
        with Program(path, SHADOWLOG_LOG=log) as program:
            program.sees("The folder cannot be written.")
            program.sees("To record: shadowlog --db")
            program.sees("● recording")
            program.send(b"s")
            program.sees("swim lanes by what")
            program.process.terminate()
            assert program.ended() == 0
        assert command(path, "list").returncode == 0
        refused = command(path, "demo", "--no-tui")
        assert refused.returncode == 4
        assert "record elsewhere" in refused.stderr


def test_a_synchronised_folder_is_said_where_the_day_is_recorded(tmp_path: Path) -> None:
    """In a folder that a service copies to and fro the record screen says so before the first key, and `doctor` too."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = folder / "days.db"
    the_observation(path)
    with Program(path, "record") as program:
        program.sees("This folder is synchronised with other machines")
        program.send(b"3t")
        program.until_heard(3)
        program.process.terminate()
        assert program.ended() == 0
    assert "place: This folder is synchronised" in command(path, "doctor").stdout


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_doubts_are_said_on_home(size: tuple[int, int]) -> None:
    """Home says at start-up what speaks against the place, whole at 80 columns too."""
    desk = FakeDesk(an_observation())
    desk.doubtful = (
        "This folder is on another machine; a lost connection can damage a database. Record locally.",
        "Only 7 MB are free here. Make room before the day begins.",
    )

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        words = " ".join(stage.text.split())
        assert all(doubt in words for doubt in desk.doubtful)

    play(script, desk=desk, observation=None, size=size)
