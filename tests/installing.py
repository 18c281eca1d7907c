"""Programs that the tests need beside Python: found on the path, else as root on Debian installed, else told how to get."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence


class Missing(RuntimeError):
    """A program is not there; the message says how to get it."""


def program(names: Sequence[str], package: str, cure: str) -> str:
    """The path of the first of these programs, after installing Debian's package of it where that can be done; Missing."""
    if (found := _found(names)) is not None:
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", package]):
            subprocess.run(
                command, capture_output=True, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            )
    if (found := _found(names)) is not None:
        return found
    raise Missing(cure)


def _found(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)
