"""Putting a finished file in its place: whole or not at all, and over nothing that is there unless that is asked for."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from shadowlog.errors import BadInput, NotFound


def free(path: Path, overwrite: bool) -> None:
    """Refuse a place that cannot take the file, before anything is made for it.

    BadInput if a file is there already and may not be overwritten (it stays as it is), or a folder is; NotFound if the
    folder that `path` names is not there.
    """
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r}.", "Make it, or write somewhere else.")
    if path.is_dir():
        raise BadInput(f"{str(path)!r} is a folder.", "Name a file in it.")
    if path.exists() and not overwrite:
        raise _taken(path)


def put(data: bytes, path: Path, overwrite: bool) -> None:
    """Write the file beside its place, flush it, and give it its name; BadInput if the name was taken meanwhile."""
    handle, name = tempfile.mkstemp(prefix=".report-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            part.replace(path)
        else:
            _claim(part, path)
    finally:
        part.unlink(missing_ok=True)


def _claim(part: Path, path: Path) -> None:
    """Give the file its name unless something took the name meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        # A file system without hard links, as on memory sticks.
        if path.exists():
            raise _taken(path) from None
        part.replace(path)


def _taken(path: Path) -> BadInput:
    return BadInput(f"{str(path)!r} is there already; nothing was written.", "Allow overwriting, or name another file.")
