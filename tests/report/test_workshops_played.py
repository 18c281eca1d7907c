"""The three workshops of docs/workshops/ played through as written: every command run, every key pressed, every slide there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.driven import Driven

ROOT = Path(__file__).parents[2]
PAGES = ("baseline", "feedback", "sample-and-stories")
LENGTHS = {"an hour and a half": 90, "two hours": 120}
KEYS = {"→": "ArrowRight", "←": "ArrowLeft", "space": " "}
WAYS = ("formally", "pragmatically", "strategically", "incrementally", "opportunistically", "culturally")
WALL = "document.querySelector('.slide.here h1').textContent"
HERE = "document.querySelector('.slide.here').dataset.id"


@dataclass(frozen=True)
class Step:
    """A row of the afternoon: how long, what is on the wall once the keys are pressed, which they are."""

    minutes: int
    wall: str
    keys: tuple[str, ...]


def steps(text: str) -> list[Step]:
    """The rows of the page's table."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert rows[0] == ["minutes", "on the wall", "keys", "the room"]
    return [Step(int(row[0]), row[1], tuple(re.findall(r"`([^`]+)`", row[2]))) for row in rows[2:]]


def commands(text: str, heading: str) -> str:
    """The commands under a heading of the page."""
    part = text.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    return "\n".join(re.findall(r"```\n(.*?)```", part, re.DOTALL))


def run(script: str, folder: Path) -> str:
    """Run commands in a folder as the reader would; what they print."""
    assert script.strip()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SHADOWLOG_DB": str(folder / "study.db"),
        "SHADOWLOG_LOG": str(folder / "log"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pressed(window: Driven, keys: tuple[str, ...]) -> None:
    """Press the keys of a row; a number where a guess is wanted is typed into it."""
    for key in keys:
        if re.fullmatch(r"\d+", key):
            window.press(*key)
        else:
            window.press(KEYS.get(key, key.lower() if len(key) == 1 else key))


def expected(played: list[tuple[Step, str]]) -> dict[str, dict[str, Any]]:
    """What the keys of a page guess and count, by the slides that they were pressed on."""
    guesses: dict[str, Any] = {}
    hands: dict[str, Any] = {}
    for step, slide in played:
        if "G" in step.keys:
            guesses[slide] = float(step.keys[step.keys.index("G") + 1])
        if step.wall.startswith("Incident"):
            counts = hands.setdefault(slide, dict.fromkeys(WAYS, 0))
            raised: list[str] = []
            for key in step.keys:
                if key in set("123456"):
                    raised.append(WAYS[int(key) - 1])
                elif key == "Backspace":
                    raised.pop()
            for way in raised:
                counts[way] += 1
    return {
        "guesses": guesses,
        "hands": {s: {w: n for w, n in c.items() if n} for s, c in hands.items() if any(c.values())},
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_workshop_goes_as_its_page_says(window: Driven, tmp_path: Path, name: str) -> None:
    """Its commands run, its keys bring what is on the wall, its minutes fill the afternoon, and what was counted is kept."""
    text = (ROOT / "docs" / "workshops" / f"{name}.md").read_text(encoding="utf-8")
    rows = steps(text)
    (length,) = (minutes for words, minutes in LENGTHS.items() if words in text.split("\n\n")[1])
    assert sum(step.minutes for step in rows) == length
    before = commands(text, "Before")
    run(before, tmp_path)
    slides = tmp_path / re.findall(r"(?:demo|present) .*-o (\S+\.html)", before)[-1]
    window.open(slides, 1920, 1080)
    played = []
    for step in rows:
        pressed(window, tuple(key for key in step.keys if key != "S"))
        assert str(window.run(WALL)).startswith(step.wall), step
        played.append((step, str(window.run(HERE))))
        if "S" in step.keys:
            assert step.keys[-1] == "S"
            kept = window.saved_by("s")
            kept.rename(tmp_path / kept.name)
    assert (window.console, window.requests) == ([], [])
    run(commands(text, "Afterwards"), tmp_path)
    (told,) = json.loads(run("shadowlog workshop --study Workshop --json", tmp_path))
    hands = {slide: {way: n for way, n in counts.items() if n} for slide, counts in told["hands"].items()}
    assert {"guesses": told["guesses"], "hands": hands} == expected(played)
    assert told["there"][0] == "5 heads"
    if name == "sample-and-stories":
        assert "A deputy who knew the budget" in (tmp_path / "study" / "workshops.csv").read_text(encoding="utf-8")


def test_a_page_that_says_otherwise_would_be_found(window: Driven, tmp_path: Path) -> None:
    """Negative control: with one key left out the wall shows another slide than the page says."""
    text = (ROOT / "docs" / "workshops" / "baseline.md").read_text(encoding="utf-8")
    run("shadowlog demo --workshop -o deck.html", tmp_path)
    window.open(tmp_path / "deck.html", 1920, 1080)
    first, second, *_ = steps(text)
    pressed(window, first.keys)
    pressed(window, second.keys[1:])
    assert not str(window.run(WALL)).startswith(second.wall)


def test_every_page_is_played() -> None:
    """The pages that are played are all there are, and the page of all three names each."""
    folder = ROOT / "docs" / "workshops"
    assert sorted(path.stem for path in folder.glob("*.md")) == sorted(PAGES)
    index = (ROOT / "docs" / "workshops.md").read_text(encoding="utf-8")
    assert all(f"(workshops/{name}.md)" in index for name in PAGES)
