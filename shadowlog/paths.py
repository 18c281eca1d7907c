"""Where things are: an argument wins over the environment, the environment over the platform's folder."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE = "shadowlog.db"


def database(argument: str | None) -> Path:
    """Give the path of the database: ``--db``, else SHADOWLOG_DB, else the platform's folder for a user's data."""
    if chosen := argument or os.environ.get("SHADOWLOG_DB"):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_path("shadowlog", appauthor=False)) / DATABASE


def exports() -> Path:
    """Give the folder into which reports and data go by default: SHADOWLOG_EXPORTS, else exports/ here."""
    return Path(os.environ.get("SHADOWLOG_EXPORTS") or "exports")
