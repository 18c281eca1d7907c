"""A browser without a window for tests: what a page became, what it said on the console, whom it asked.

Any Chromium will do: the one named in CHROMIUM, or the first found on the path.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.installing import program

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CURE = (
    "No Chromium was found. Install one (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), "
    "or name it in the environment variable CHROMIUM."
)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pings",
    "--metrics-recording-only",
    "--enable-logging=stderr",
    "--v=0",
)
CONSOLE = re.compile(r":CONSOLE[^\]]*\] (.*)")
PATIENCE = 180


@dataclass(frozen=True)
class Visit:
    """What a page became once its scripts had run, every line on its console, and every address it asked for."""

    dom: str
    console: list[str]
    requests: list[str]


def find() -> str:
    """The browser's path; Missing if there is none, which as root on Debian is first put right."""
    named = os.environ.get("CHROMIUM")
    return program((named,) if named else NAMES, "chromium", CURE)


def visit(browser: str, page: Path, width: int = 1200, height: int = 1600) -> Visit:
    """Open a page and wait until its scripts have run; AssertionError if the browser itself failed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "net.json"
        done = _run(
            browser,
            folder,
            f"--window-size={width},{height}",
            f"--log-net-log={log}",
            "--virtual-time-budget=60000",
            "--dump-dom",
            page.resolve().as_uri(),
        )
        return Visit(done.stdout, CONSOLE.findall(done.stderr), _requests(log))


def print_page(browser: str, page: Path, target: Path) -> None:
    """Print a page to PDF; AssertionError if the browser itself failed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        address = page.resolve().as_uri()
        _run(
            browser,
            folder,
            "--no-pdf-header-footer",
            "--virtual-time-budget=60000",
            f"--print-to-pdf={target}",
            address,
        )


def _run(browser: str, folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [browser, *QUIET, f"--user-data-dir={folder}/profile", *arguments]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def _requests(log: Path) -> list[str]:
    """Every address that the page asked the network for; what the browser wants for itself is not the page's doing."""
    told = json.loads(log.read_text(encoding="utf-8"))
    start = told["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    asked = [event["params"] for event in told["events"] if event["type"] == start and "url" in event.get("params", {})]
    own = [
        str(each["url"])
        for each in asked
        if each.get("initiator") != "not an origin" or "file://" in each.get("network_isolation_key", "")
    ]
    return sorted(url for url in set(own) if not url.startswith(("file:", "data:", "blob:")))
