"""The disks that a power cut could leave: what was flushed is there, what was not is there, gone, or there in part.

The model is a POSIX file system at its worst. A file's flush saves its contents and its being there, not the names of
others; a folder's flush saves its names. Writes on their way are kept, dropped or torn at sectors, in any order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.faults.disk_log import Asked

T = TypeVar("T")
SECTOR = 512
HOWS = ("lost", "early", "torn")
"""Of what was on its way: nothing arrived; what was said first did; any of it did, also in part."""


@dataclass
class _File:
    safe: bytearray
    coming: list[Asked] = field(default_factory=list)


@dataclass(frozen=True)
class State:
    """One disk after a cut: its files, and what had been acknowledged."""

    files: Mapping[str, bytes]
    acknowledged: Sequence[str]
    how: str
    where: str

    def put(self, folder: Path) -> Path:
        """Write the disk into a folder, which is emptied first."""
        folder.mkdir(exist_ok=True)
        for each in sorted(folder.rglob("*"), reverse=True):
            if each.is_dir():
                each.rmdir()
            else:
                each.unlink()
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def _apply(data: bytearray, asked: Asked) -> None:
    if len(data) < asked.at:
        data.extend(bytes(asked.at - len(data)))
    if asked.kind == "truncate":
        del data[asked.at :]
    else:
        data[asked.at : asked.at + len(asked.data)] = asked.data


class Disk:
    """A disk that is asked things, and what it would hold if the power went now."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = [_File(bytearray(data)) for data in files.values()]
        self._now = {name: number for number, name in enumerate(files)}
        self._safe = dict(self._now)
        self._names: list[tuple[Asked, int]] = []
        """Changes of names that no flush of the folder has saved."""

    def ask(self, asked: Asked) -> None:
        """Take one thing."""
        if asked.kind == "create":
            self._files.append(_File(bytearray()))
            self._rename(asked, len(self._files) - 1)
        elif asked.kind in {"delete", "move"}:
            self._rename(asked, self._now[asked.name])
        elif asked.kind == "folder":
            for each in self._names:
                _name(self._safe, *each)
            self._names.clear()
        elif asked.kind == "sync":
            number = self._now[asked.name]
            for write in self._files[number].coming:
                _apply(self._files[number].safe, write)
            self._files[number].coming.clear()
            for each in [one for one in self._names if one[1] == number and one[0].kind == "create"]:
                _name(self._safe, *each)
                self._names.remove(each)
        else:
            self._files[self._now[asked.name]].coming.append(asked)

    def _rename(self, asked: Asked, number: int) -> None:
        _name(self._now, asked, number)
        self._names.append((asked, number))

    def cut(self, how: str, chance: random.Random) -> dict[str, bytes]:
        """Give what is there when the power comes back."""
        names = dict(self._safe)
        for each in _arrived(self._names, how, chance):
            _name(names, *each)
        return {name: self._content(self._files[number], how, chance) for name, number in names.items()}

    def _content(self, file: _File, how: str, chance: random.Random) -> bytes:
        data = bytearray(file.safe)
        for write in _arrived(file.coming, how, chance):
            if how == "torn" and len(write.data) > SECTOR and chance.random() < 0.3:
                for start in range(0, len(write.data), SECTOR):
                    if chance.random() < 0.5:
                        part = write.data[start : start + SECTOR]
                        _apply(data, write._replace(at=write.at + start, data=part))
            else:
                _apply(data, write)
        return bytes(data)


def _name(names: dict[str, int], asked: Asked, number: int) -> None:
    if asked.kind != "create":
        names.pop(asked.name, None)
    if asked.kind != "delete":
        names[asked.other or asked.name] = number


def _arrived(coming: Sequence[T], how: str, chance: random.Random) -> Sequence[T]:
    if how == "lost":
        return ()
    if how == "early":
        return coming[: chance.randint(0, len(coming))]
    return [each for each in coming if chance.random() < 0.65]


def states(files: Mapping[str, bytes], asked: Sequence[Asked], *, cuts: int, seed: int = 1) -> Iterator[State]:
    """Give the disks after so many cuts, spread by chance over what was asked, each in every way."""
    chance = random.Random(seed)
    points = set(chance.sample(range(len(asked)), min(cuts, len(asked))))
    disk, acknowledged = Disk(files), list[str]()
    for number, each in enumerate(asked):
        if each.kind == "ack":
            acknowledged.append(each.name)
        else:
            disk.ask(each)
        if number in points:
            for how in HOWS:
                yield State(
                    disk.cut(how, chance), tuple(acknowledged), how, f"{how} after {number} {each.kind} {each.name}"
                )


def failing(cases: Iterator[State], folder: Path, fault: Callable[[Path, State], str]) -> tuple[int, list[str]]:
    """Give how many disks there were, and what is wrong with those that have a fault."""
    count, found = 0, []
    for state in cases:
        count += 1
        if said := fault(state.put(folder), state):
            found.append(f"{state.where}: {said}")
    return count, found
