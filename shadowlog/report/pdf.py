"""A page as PDF, printed by a Chromium that is on this machine; the browser is given no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shadowlog.errors import Refused

VARIABLE = "SHADOWLOG_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 180
"""Seconds after which a browser is held to be stuck."""
CURE = (
    "Install one (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), name yours in "
    f"${VARIABLE}, or open the page and print it to a file."
)
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--virtual-time-budget=60000",
)


def browser(environment: Mapping[str, str]) -> str:
    """The Chromium named in $SHADOWLOG_CHROMIUM, else the first on the path; Refused if there is none, with the cure."""
    named = environment.get(VARIABLE)
    if named:
        if found := shutil.which(named, path=environment.get("PATH")):
            return found
        raise Refused(f"${VARIABLE} names no program: {named!r}.", CURE)
    for name in NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            return found
    raise Refused("No Chromium was found to make a PDF with.", CURE)


def printed(page: str, program: str) -> bytes:
    """The page as the PDF that the browser prints; Refused if the browser fails or does not come back."""
    # A browser that runs as root has no sandbox to run in; the page holds only our own scripts, named by digest.
    rootless = () if not hasattr(os, "geteuid") or os.geteuid() else ("--no-sandbox",)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True, prefix="shadowlog-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [program, *QUIET, *rootless, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        try:
            subprocess.run([*command, source.as_uri()], capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603 - ours
        except (OSError, subprocess.SubprocessError) as error:
            raise Refused(f"{program} did not print the page.", CURE) from error
        made = target.read_bytes() if target.is_file() else b""
        if not made.startswith(b"%PDF-"):
            raise Refused(f"{program} printed no PDF." if made else f"{program} printed nothing.", CURE)
        return made
