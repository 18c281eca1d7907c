"""A disk that takes no more under a running recording, and then does again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.full_disk import tight
from tests.faults.program import command, kept, recording

BEFORE, MEANWHILE, AFTER = "3t", "7gI5aR", "1s"
SAID = ["Begin", "Start", "SetCode", "Start", "SetCode", "Start", "SetCompany", "SetCode", "Resume", "Start", "SetCode"]


@pytest.mark.parametrize("kind", ["small", "limit"])
def test_a_disk_that_is_full_under_a_running_recording(tmp_path: Path, kind: str) -> None:
    """While the disk takes nothing a red banner says so and typing goes on; with room again all is saved by itself, in
    the order in which it was typed, and nothing was acknowledged that was not on disk.
    """
    with tight(tmp_path / "disk", kind) as disk:
        path = disk.folder / "days.db"
        with recording(path) as program:
            program.sees("The first key begins the day")
            program.send(BEFORE.encode())
            program.until_heard(3)
            disk.fill(program.process.pid)
            for number, key in enumerate(MEANWHILE):
                program.send(key.encode())
                if number == 0:
                    program.sees(f"NOT SAVED: {disk.says}")
            program.sees("6 acts are kept in memory and tried again every")
            program.sees("not yet saved")
            assert len(program.listen()) == 3
            assert [each.id for each in kept(path)] == program.listen()
            disk.free(program.process.pid)
            program.until(lambda: "NOT SAVED" not in program.text and "not yet saved" not in program.text)
            program.send(AFTER.encode())
            program.until_heard(len(SAID))
            program.send(b"\x11")
            assert program.ended() == 0
            acknowledged = program.listen()
        said = kept(path)
        assert [each.id for each in said] == acknowledged
        assert [type(each).__name__ for each in said] == SAID
        assert [each.said.mono for each in said] == sorted(each.said.mono for each in said)
        assert "tables: compared with the journal, the same" in command(path, "doctor").stdout


@pytest.mark.parametrize("kind", ["small", "limit"])
def test_leaving_while_the_disk_is_full_is_asked_twice(tmp_path: Path, kind: str) -> None:
    """ctrl+q on a full disk says what would be lost and stays; with room again it leaves, and nothing is lost."""
    with tight(tmp_path / "disk", kind) as disk:
        path = disk.folder / "days.db"
        with recording(path) as program:
            program.sees("The first key begins the day")
            program.send(b"3t")
            program.until_heard(3)
            disk.fill(program.process.pid)
            program.send(b"7g\x11")
            program.sees("not on disk yet; ctrl+q again leaves without what is not saved")
            disk.free(program.process.pid)
            program.until_heard(5)
            program.send(b"\x11")
            assert program.ended() == 0
        assert len(kept(path)) == 5
