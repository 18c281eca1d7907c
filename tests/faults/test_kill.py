"""Killed without warning, at any moment, while somebody types on."""

from __future__ import annotations

import random
from pathlib import Path

from shadowlog.domain.commands import AddNote, Begin
from tests.faults.program import kept, recording

KEYS = b"1t2oI3cRF4J5"


def test_kill_9_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """Killed four times at odd moments in the middle of typing, every acknowledged act is there once and in order, at
    most one more act a time is, and the day goes on.
    """
    path, chance = tmp_path / "days.db", random.Random(5)
    acknowledged: list[str] = []
    for times in range(1, 5):
        with recording(path) as program:
            program.sees("F1 help")
            typed, until = 0, chance.randint(3, 25)
            while len(program.listen()) < until:
                program.send(KEYS[typed % len(KEYS) :][:1])
                typed += 1
                program.read(chance.uniform(0.0, 0.04))
                assert program.process.poll() is None, program.text
            program.process.kill()
            program.ended()
            acknowledged += program.listen()
        ids = [each.id for each in kept(path)]
        assert len(ids) == len(set(ids))
        assert [each for each in ids if each in set(acknowledged)] == acknowledged
        assert len(ids) - len(acknowledged) <= times
    assert sum(isinstance(each, Begin) for each in kept(path)) == 1


def test_a_half_typed_note_survives_kill_9(tmp_path: Path) -> None:
    """A note that was being typed when the program was killed is offered again, and N takes it up at its own instant."""
    path = tmp_path / "days.db"
    with recording(path) as program:
        program.sees("F1 help")
        program.send(b"3tNhalf a thought")
        program.sees("half a thought")
        program.until(lambda: b"half a thought" in _bytes(path))
        program.process.kill()
        program.ended()
    with recording(path) as program:
        program.sees("half-typed note of")
        program.send(b"N")
        program.sees("half a thought")
        program.send(b" indeed\r")
        program.sees("note kept")
        program.send(b"\x11")
        assert program.ended() == 0
    (note,) = [each for each in kept(path) if isinstance(each, AddNote)]
    assert note.text == "half a thought indeed"
    assert note.at < note.said.wall


def _bytes(path: Path) -> bytes:
    beside = (path, path.with_name(path.name + "-wal"))
    return b"".join(each.read_bytes() for each in beside if each.exists())
