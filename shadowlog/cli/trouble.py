"""What the system refused, told with a cure; never by the name of a file that is only there while another is written."""

from __future__ import annotations

import os
import re
from pathlib import Path

from shadowlog.store.faults import cure

_BESIDE = re.compile(r"\.(.+)\.[0-9a-f]{8}")


def told(error: OSError) -> str:
    """Say what the system refused, where, and what would help."""
    what = error.strerror or "the system refused"
    where = _where(error.filename)
    return f"{where}: {what}. {cure(error)}" if where else f"{what}. {cure(error)}"


def _where(name: object) -> str:
    """The file the user knows of: an export's own name for the one beside it."""
    if not isinstance(name, str | bytes):
        return ""
    path = Path(os.fsdecode(name))
    beside = _BESIDE.fullmatch(path.name)
    return str(path.with_name(beside[1])) if beside else str(path)
