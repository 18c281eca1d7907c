"""What a terminal may send: bytes that are no text, huge pastes, escape sequences, windows of any size."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.commands import AddNote
from tests.faults.program import kept, recording
from tests.tui.stage import Stage, play

CHANCE = random.Random(3)
JUNK = bytes(CHANCE.choice(b"\x1b[]0123456789;?<>MmRtu~ ") for _ in range(400))


def pasted(text: bytes) -> bytes:
    """As a terminal brackets what is pasted."""
    return b"\x1b[200~" + text + b"\x1b[201~"


def test_nothing_a_terminal_sends_ends_a_recording(tmp_path: Path) -> None:
    """Bad bytes, junk, 200 kB pasted in one line and in 4,000, nested brackets, a window of no size and a huge one: the
    program goes on, a pasted note is cut to the stated length, and what it would order the terminal to do never is.
    """
    path = tmp_path / "days.db"
    with recording(path) as program:
        program.sees("The first key begins the day")
        program.send(b"3t")
        program.until_heard(3)
        program.send(b"\xff\xfe\x80" + "é".encode()[:1])
        for columns, rows in ((1, 1), (5, 2), (0, 0), (300, 100), (120, 40)):
            program.resize(columns, rows)
            program.read(0.3)
        program.send_all(pasted(b"x" * 200_000) + pasted((b"y" * 49 + b"\n") * 4_000) + pasted(b"a\x1b[201~b"))
        program.sees("Teachers")
        program.send(b"N")
        program.sees("Enter keeps it")
        program.send_all(pasted(b"\x1b]52;c;eA==\x07[/b] [@click=app.quit]" + b"z" * 200_000))
        program.sees(f"Cut to {LONGEST_TEXT}")
        program.send(b"\r")
        program.sees("note kept")
        program.send_all(JUNK)
        program.read(0.5)
        assert program.process.poll() is None
        program.process.terminate()
        assert program.ended() == 0
        assert b"\x1b]52" not in program.out
    (note,) = [each for each in kept(path) if isinstance(each, AddNote) and each.text.startswith("[/b]")]
    assert len(note.text) == LONGEST_TEXT
    assert note.text.startswith("[/b] [@click=app.quit]zz")


def test_a_signal_is_heard_among_thousands_of_keys() -> None:
    """Where so much waits that the loop has no room for a signal, it is heard all the same, and the program ends."""

    async def script(stage: Stage) -> None:
        await stage.type("3 t")
        loop = asyncio.get_running_loop()
        for _ in range(5_000):
            loop.call_soon_threadsafe(int)
        signal.raise_signal(signal.SIGTERM)
        await stage.until(lambda: stage.app.return_code == 0)

    play(script)


def test_leaving_waits_for_a_disk_that_is_slow_but_works(tmp_path: Path) -> None:
    """Three hundred keys and a signal at once: what was pressed before the end is acknowledged, in order, to the last."""
    path = tmp_path / "days.db"
    with recording(path) as program:
        program.sees("The first key begins the day")
        program.send_all(b"1t3t" * 75)
        program.until_heard(20)
        program.process.terminate()
        assert program.ended() == 0
        assert [each.id for each in kept(path)] == program.listen()
