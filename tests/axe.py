"""axe-core in a page: the rules that assistive technology depends on, checked by the engine that auditors use."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

from tests.installing import program

AXE = "4.10.3"
CURE = "No npm was found to fetch axe-core with. Install it (Debian, Ubuntu: apt-get install npm; macOS: brew install node)."
RUN = """
document.querySelectorAll("details").forEach(function (fold) { fold.open = true; });
axe.run(document, {resultTypes: ["violations"]}).then(function (told) {
  var place = document.createElement("pre");
  place.id = "axe-told";
  place.textContent = JSON.stringify(told.violations.map(function (each) {
    return {id: each.id, impact: each.impact, nodes: each.nodes.slice(0, 3).map(function (n) { return n.html; })};
  }));
  document.body.appendChild(place);
});
"""


class NoAxe(RuntimeError):
    """axe-core cannot be had; the message says how to get it."""


def script(cache: Path) -> str:
    """axe-core and what runs it, fetched into the cache folder when it is not there yet; Missing without npm, NoAxe without a network."""
    source = cache / "node_modules" / "axe-core" / "axe.min.js"
    if not source.is_file():
        npm = program(("npm",), "npm", CURE)
        command = [npm, "install", "--prefix", str(cache), "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run([*command, f"axe-core@{AXE}"], capture_output=True, text=True, check=False)
        if done.returncode or not source.is_file():
            raise NoAxe(f"npm did not fetch axe-core {AXE}: {done.stderr[-500:]}")
    text = source.read_text(encoding="utf-8").replace("</script", "<\\/script").replace("</body", "<\\/body")
    return text + RUN


def violations(dom: str) -> list[dict[str, Any]]:
    """What axe found in a page that it ran in; AssertionError if it did not run."""
    told = re.search(r'<pre id="axe-told">(.*?)</pre>', dom, re.DOTALL)
    assert told is not None, "axe-core did not run"
    found: list[dict[str, Any]] = json.loads(unescape(told[1]))
    return found


def grave(dom: str) -> list[dict[str, Any]]:
    """Those that are serious or critical."""
    return [each for each in violations(dom) if each["impact"] in {"serious", "critical"}]
