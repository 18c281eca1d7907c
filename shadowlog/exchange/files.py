"""How an export reaches the disk: written beside its place, flushed, then renamed; never over another unasked."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from shadowlog.errors import BadInput
from shadowlog.store.files import make_empty, make_folder, put

_CURE = "Choose another name, or overwrite it with --force."


@contextmanager
def folder(path: Path) -> Iterator[None]:
    """Make a folder, and those above it, for what is written in the block; if that fails, those made go again."""
    made = [each for each in (path, *path.parents) if not each.exists()]
    try:
        make_folder(path)
        yield
    except BaseException:
        for each in made:
            # Whatever somebody else put there meanwhile stays.
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def prepared(files: Mapping[Path, bytes], *, overwrite: bool = False) -> Iterator[None]:
    """Write files beside their places, do what is in the block, then put them there; if the block fails, none is there.

    So what the files tell of is kept before they are: a file that tells of nothing cannot be left behind. BadInput as `save`.
    """
    check(*files, overwrite=overwrite)
    with ExitStack() as folders:
        for each in dict.fromkeys(path.parent for path in files):
            folders.enter_context(folder(each))
        with _beside(files) as waiting:
            yield
            _put(waiting, overwrite)


def save(files: Mapping[Path, bytes], *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write files, all or, where one is in the way, none; missing folders are made.

    BadInput names the first file that is there already, unless `overwrite`. Every file is readable by its owner alone.
    """
    with prepared(files, overwrite=overwrite):
        return tuple(files)


def check(*paths: Path, overwrite: bool) -> None:
    """BadInput for a place that cannot take a file, before one is made: a folder, a file that may not be overwritten, or
    a place that is named for two files, however it is spelled.
    """
    places = [os.path.realpath(path) for path in paths]
    for n, path in enumerate(paths):
        if places[n] in places[:n]:
            raise BadInput("two files are to be written to that one place", "Choose another name for one.", str(path))
        if path.is_dir():
            raise BadInput("a folder has that name", "Choose another name.", str(path))
        if path.exists() and not path.is_file():
            raise BadInput("what has that name is no file", "Choose another name.", str(path))
        if _is_database(path):
            raise BadInput("a database has that name, or what belongs to one", "Choose another name.", str(path))
        if path.exists() and not overwrite:
            raise _taken(path)


def _is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's, or stands beside one as its journal, lock or reserve."""
    for known in (path, path.with_name(re.sub(r"(-wal|-shm|-journal|\.lock|\.ballast)$", "", path.name))):
        with suppress(OSError), known.open("rb") as file:
            if file.read(16) == b"SQLite format 3\0":
                return True
    return False


@contextmanager
def _beside(files: Mapping[Path, bytes]) -> Iterator[Mapping[Path, Path]]:
    """The files, whole, each beside its place under a name of its own; gone afterwards."""
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            waiting[path] = beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
            make_empty(beside)
            beside.write_bytes(data)
        yield waiting
    finally:
        for beside in waiting.values():
            beside.unlink(missing_ok=True)


def _put(waiting: Mapping[Path, Path], overwrite: bool) -> None:
    """Put files into their places, all or none."""
    placed: list[Path] = []
    try:
        for path, beside in waiting.items():
            if not overwrite and _claim(path, beside):
                placed.append(path)
            put(beside, path)
            placed += [] if overwrite or path in placed else [path]
    except BaseException:
        for each in placed:
            each.unlink(missing_ok=True)
        raise


def _claim(path: Path, beside: Path) -> bool:
    """Take the name, or refuse where something took it meanwhile; whether it is ours already."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        # A file system without hard links, as on memory sticks.
        if path.exists():
            raise _taken(path) from None
        return False
    return True


def _taken(path: Path) -> BadInput:
    return BadInput("the file is there already", _CURE, str(path))
