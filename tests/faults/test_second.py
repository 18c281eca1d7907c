"""A second program on the same database: told who holds it, and free to look."""

from __future__ import annotations

import re
import socket
from pathlib import Path

from tests.faults.program import Program, command, kept, recording


def test_looking_while_another_records(tmp_path: Path) -> None:
    """While one program records, Home says who holds the database and since when, and sums the day up; the commands
    that look work, those that write name the holder; and the recording goes on and keeps every key.
    """
    path = tmp_path / "days.db"
    with recording(path) as recorder:
        recorder.sees("The first key begins the day")
        recorder.send(b"3tI5aR")
        recorder.until_heard(7)
        holder = f"process {recorder.process.pid} on {socket.gethostname()} since 20"
        with Program(path, size=(140, 40)) as onlooker:
            onlooker.sees(holder)
            onlooker.sees("Here it can be looked at")
            onlooker.sees("● recording")
            onlooker.send(b"\r")
            onlooker.send(b"s")
            onlooker.sees("swim lanes by what")
            onlooker.send(b"\x1b")
            onlooker.until(lambda: "swim lanes by what" not in onlooker.text)
            onlooker.send(b"\x11")
            assert onlooker.ended() == 0
            assert onlooker.listen() == []
        (id_,) = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", command(path, "list").stdout)
        for arguments in (
            ["show", id_],
            ["summary", id_],
            ["report", id_, "-o", str(tmp_path / "day.html")],
            ["doctor"],
        ):
            done = command(path, *arguments)
            assert done.returncode == 0, done.stderr
        refused = command(path, "demo", "--no-tui")
        assert refused.returncode == 4
        assert holder in refused.stderr
        recorder.send(b"1s")
        recorder.until_heard(9)
        recorder.send(b"\x11")
        assert recorder.ended() == 0
        assert [each.id for each in kept(path)] == recorder.listen()
