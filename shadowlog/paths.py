"""Where things are: an argument wins over the environment, the environment over the platform's folder."""

from __future__ import annotations

import os
from pathlib import Path

from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

DATABASE = "shadowlog.db"
LONGEST_NAME = 255
"""The longest name of a file or folder that file systems take, in bytes."""
LONGEST_PATH = 4095
"""The longest path that they take, in bytes."""


def path_of(text: str | os.PathLike[str], where: str = "") -> Path:
    """Give the path that a user wrote, with ~ as the home folder; BadInput, naming `where`, if no file can be called so."""
    written = os.fspath(text)
    if not written:
        raise BadInput(
            "an empty name is none", "Name a file or a folder; the current folder is called a full stop.", where
        )
    if "\0" in written or any("\ud800" <= each <= "\udfff" for each in written):
        raise BadInput(f"{shown(written)} holds what no name of a file can", "Name it in plain text.", where)
    if len(written.encode()) > LONGEST_PATH or any(len(p.encode()) > LONGEST_NAME for p in Path(written).parts):
        raise BadInput(f"{shown(written)} is too long for a file's name", "Choose a shorter one.", where)
    try:
        return Path(written).expanduser()
    except RuntimeError:
        raise BadInput(f"{shown(written)} names nobody's home folder", "Write the path in full.", where) from None


def database(argument: str | None) -> Path:
    """Give the path of the database: ``--db``, else SHADOWLOG_DB, else the platform's folder for a user's data."""
    if argument:
        return path_of(argument, "--db")
    if chosen := os.environ.get("SHADOWLOG_DB"):
        return path_of(chosen, "SHADOWLOG_DB")
    import platformdirs

    return Path(platformdirs.user_data_path("shadowlog", appauthor=False)) / DATABASE


def settings() -> Path:
    """Give the path of the settings: SHADOWLOG_SETTINGS, else the platform's folder for a user's configuration."""
    if chosen := os.environ.get("SHADOWLOG_SETTINGS"):
        return path_of(chosen, "SHADOWLOG_SETTINGS")
    import platformdirs

    return Path(platformdirs.user_config_path("shadowlog", appauthor=False)) / "settings.toml"


def codebooks(database: Path) -> Path:
    """Give the folder of the user's own codebooks: SHADOWLOG_CODEBOOKS, else codebooks/ beside the database."""
    if chosen := os.environ.get("SHADOWLOG_CODEBOOKS"):
        return path_of(chosen, "SHADOWLOG_CODEBOOKS")
    return database.parent / "codebooks"


def exports() -> Path:
    """Give the folder into which reports and data go by default: SHADOWLOG_EXPORTS, else exports/ here."""
    return path_of(os.environ.get("SHADOWLOG_EXPORTS") or "exports", "SHADOWLOG_EXPORTS")


def fault_log() -> Path:
    """Give the file that says where errors nobody foresaw happened: SHADOWLOG_LOG, else in the platform's log folder."""
    if chosen := os.environ.get("SHADOWLOG_LOG"):
        return path_of(chosen, "SHADOWLOG_LOG")
    import platformdirs

    return Path(platformdirs.user_log_path("shadowlog", appauthor=False)) / "faults.log"
