"""What several commands share: help on -h, the database they were given, opening it and closing it again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from shadowlog.store.engine import Store

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def local_zone() -> str:
    """Give the machine's time zone by name: TZ, else what /etc/localtime links to, else UTC."""
    if named := os.environ.get("TZ", "").lstrip(":"):
        return named
    parts = Path("/etc/localtime").resolve().parts
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"


def database() -> Path:
    """Give the path of the database this run was given."""
    path = click.get_current_context().find_root().obj
    if not isinstance(path, Path):
        message = "the command was called without the program"
        raise TypeError(message)
    return path


@contextmanager
def opened(*, writing: bool) -> Iterator[Store]:
    """Open the database for one command; its errors are the store's."""
    from shadowlog.store.engine import open_store

    with open_store(database(), writing=writing) as store:
        yield store
