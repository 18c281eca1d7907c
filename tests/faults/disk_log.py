"""Writes down, in order, what a command asks of the disk: ``python -m tests.faults.disk_log LOG FOLDER ARGUMENT...``.

SQLite is watched where it turns to the system (its VFS), the program where it turns to `os`; nothing is compiled. Kept
are `Asked` of the files in FOLDER and the acknowledgements between them, as a pickle. What is flushed by nobody is not
on disk yet: `power_cut` makes the disks that a power cut could leave.
"""

from __future__ import annotations

import ctypes
import io
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
UNWATCHED = (".lock", ".ballast", "-shm")
"""Endings of files that nothing rests on after a power cut."""

_INT, _LONG, _AT = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(_INT, _AT, _AT, _AT, _INT, _AT)
_DELETE = ctypes.CFUNCTYPE(_INT, _AT, ctypes.c_char_p, _INT)
_WRITE = ctypes.CFUNCTYPE(_INT, _AT, _AT, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _AT, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _AT, _INT)


class Asked(NamedTuple):
    """One thing asked of the disk: create, write, truncate, sync, delete, move, folder (its list synced) or ack."""

    kind: str
    name: str
    at: int = 0
    data: bytes = b""
    other: str = ""


class _Vfs(ctypes.Structure):
    _fields_ = (
        *(("version", _INT), ("size", _INT), ("longest", _INT)),
        *(("next", _AT), ("name", ctypes.c_char_p), ("data", _AT), ("open", _AT), ("delete", _AT)),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        *(("version", _INT), ("close", _AT), ("read", _AT), ("write", _AT), ("truncate", _AT), ("sync", _AT)),
        ("others", _AT * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class Watch:
    """Listens to SQLite and to `os` until the process ends."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[Asked] = []
        self._folder = folder.resolve()
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []
        self._sqlite()
        self._os()

    def _name(self, path: Any) -> str:
        """The name below the folder; "" for what is not watched."""
        path = Path(os.fsdecode(path)).absolute()
        inside = path.is_relative_to(self._folder) and not path.name.endswith(UNWATCHED)
        return path.relative_to(self._folder).as_posix() if inside else ""

    def say(self, kind: str, name: str, at: int = 0, data: bytes = b"", other: str = "") -> None:
        """Note one thing."""
        if name:
            self.asked.append(Asked(kind, name, at, data, other))

    def _sqlite(self) -> None:
        import _sqlite3

        library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        try:
            find = library.sqlite3_vfs_find
        except AttributeError:
            message = "this Python hides its SQLite: run the tests with one that links the system's"
            raise RuntimeError(message) from None
        find.restype = ctypes.POINTER(_Vfs)
        vfs = find(None).contents
        opened, deleted = _OPEN(vfs.open), _DELETE(vfs.delete)

        def on_open(own: int, name: int | None, file: int, flags: int, out: int) -> int:
            path = self._name(ctypes.string_at(name)) if name else ""
            there = not path or (self._folder / path).exists()
            code = int(opened(own, name, file, flags, out))
            if code == 0 and path:
                if not there:
                    self.say("create", path)
                self._names[file] = path
                self._listen(ctypes.cast(file, ctypes.POINTER(_File)).contents)
            return code

        def on_delete(own: int, name: bytes, sync_folder: int) -> int:
            code = int(deleted(own, name, sync_folder))
            if code == 0 and (path := self._name(name)):
                self.say("delete", path)
                if sync_folder:
                    self.say("folder", Path(path).parent.as_posix())
            return code

        self._kept += [vfs, _OPEN(on_open), _DELETE(on_delete)]
        vfs.open, vfs.delete = (ctypes.cast(each, _AT).value for each in self._kept[1:3])

    def _listen(self, file: _File) -> None:
        own = _Methods.from_buffer_copy(file.methods.contents)
        write, truncate, sync = _WRITE(own.write), _TRUNCATE(own.truncate), _SYNC(own.sync)

        def on_write(of: int, data: int, size: int, at: int) -> int:
            code = int(write(of, data, size, at))
            if code == 0:
                self.say("write", self._names[of], at, ctypes.string_at(data, size))
            return code

        def on_truncate(of: int, size: int) -> int:
            code = int(truncate(of, size))
            if code == 0:
                self.say("truncate", self._names[of], size)
            return code

        def on_sync(of: int, flags: int) -> int:
            code = int(sync(of, flags))
            if code == 0:
                self.say("sync", self._names[of])
            return code

        calls = (_WRITE(on_write), _TRUNCATE(on_truncate), _SYNC(on_sync))
        own.write, own.truncate, own.sync = (ctypes.cast(each, _AT).value for each in calls)
        file.methods = ctypes.pointer(own)
        self._kept += [own, calls]

    def _os(self) -> None:
        from shadowlog.store import files

        handles: dict[int, str] = {}
        opening, syncing, moving, unlinking, copying = os.open, os.fsync, os.replace, os.unlink, files.copy

        def on_open(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            there = os.path.exists(path)  # noqa: PTH110 - anything that can be opened
            handle = opening(path, flags, *rest, **named)
            handles[handle] = self._name(path)
            if not there:
                self.say("create", handles[handle])
            return handle

        def on_sync(handle: int) -> None:
            syncing(handle)
            name = handles.get(handle, "")
            self.say("folder" if (self._folder / name).is_dir() else "sync", name)

        def on_move(source: Any, target: Any) -> None:
            moving(source, target)
            self.say("move", self._name(source), other=self._name(target))

        def on_unlink(path: Any) -> None:
            unlinking(path)
            self.say("delete", self._name(path))

        def on_copy(source: Path, target: Path) -> None:
            copying(source, target)
            self.say("write", self._name(target), 0, target.read_bytes())
            self.say("sync", self._name(target))

        patches = ((os, "open", on_open), (os, "fsync", on_sync), (os, "replace", on_move), (os, "unlink", on_unlink))
        for where, what, call in (*patches, (files, "copy", on_copy)):
            setattr(where, what, call)


class _Heard(io.StringIO):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def write(self, text: str) -> int:
        if text.startswith("ACK "):
            self._watch.say("ack", text.split()[1])
        return len(text)


def watched(folder: Path, *arguments: str, **environment: str) -> list[Asked]:
    """Run the program with arguments, or a migration with ``migrate DATABASE SCRIPTS``, and give what it asked for."""
    log = folder.with_name(folder.name + ".asked")
    command = [sys.executable, "-m", "tests.faults.disk_log", str(log), str(folder), *arguments]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with log.open("rb") as file:
        found: list[Asked] = pickle.load(file)
    return found


def contents(folder: Path) -> Mapping[str, bytes]:
    """What is in a folder now, as the disk before anything was asked."""
    files = (each for each in folder.rglob("*") if each.is_file() and not each.name.endswith(UNWATCHED))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def main(log: Path, folder: Path, *arguments: str) -> int:
    """Run, and keep what was asked."""
    watch = Watch(folder)
    out, sys.stdout = sys.stdout, _Heard(watch)
    if arguments[0] == "migrate":
        from shadowlog.store import migrate

        migrate.upgrade(Path(arguments[1]), Path(arguments[2]))
        code = 0
    else:
        from shadowlog.cli import run

        code = run(arguments)
    sys.stdout = out
    with log.open("wb") as file:
        pickle.dump([Asked(*each) for each in watch.asked], file)
    return code


if __name__ == "__main__":
    # Under its own name, so that what is kept can be read back.
    from tests.faults import disk_log

    sys.exit(disk_log.main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
