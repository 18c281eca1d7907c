"""Draw the pictures of the screens that the documents show: the real screens, driven by keys, on an invented morning.

uv run python docs/pictures.py [FOLDER]
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from shadowlog.domain.diary import Planned  # noqa: E402
from tests.tui.fake_desk import FakeDesk, an_observation  # noqa: E402
from tests.tui.stage import Stage, play  # noqa: E402

MORNING = (
    "P o i a +840 3 3 t +300 I 7 g * +95 R +400 F 8 +20 J 1 +600 _ +30 1 v +420 6 f +300 5 a +240 P d 7 u +360 F 3 +20 "
    "b +240 P o i a +500 I 0 e V +260 R +300 9 n +720 P c 3 o +900 7 +60 P o 1 v +480 tick I 5 +42 tick"
)
WIDE, SMALL = (120, 40), (80, 24)

Script = Callable[[Stage], Coroutine[Any, Any, None]]


def recording(theme: str = "") -> Script:
    """The record screen, late in the morning."""

    async def script(stage: Stage) -> None:
        await stage.type(MORNING)
        if theme:
            stage.app.theme = f"shadowlog-{theme}"
            await stage.pilot.pause()

    return script


async def help_(stage: Stage) -> None:
    """The keys of the record screen."""
    await stage.type("3 t f1")


async def naming(stage: Stage) -> None:
    """Naming later."""
    await stage.type(f"{MORNING} Q")


async def tour(stage: Stage) -> None:
    """The guided tour."""
    from shadowlog.tui.tour import TourScreen

    await stage.type("g")
    await stage.until(lambda: isinstance(stage.app.screen, TourScreen))
    await stage.settled()
    await stage.type("3 t")


async def review(stage: Stage) -> None:
    """Putting a day right."""
    await stage.type(f"{MORNING} X X ⎋ v")
    await stage.until(lambda: "Review" in type(stage.app.screen).__name__)
    await stage.type("down down down")


async def summary(stage: Stage) -> None:
    """The day in charts."""
    from shadowlog.tui.summary import Charts, SummaryScreen

    await stage.type(f"{MORNING} X X ⎋ s")
    await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
    await stage.until(lambda: stage.app.screen.query_one(Charts).told is not None)
    await stage.settled()


async def shares(stage: Stage) -> None:
    """How often beside how long."""
    await summary(stage)
    await stage.type("b")
    await stage.settled()


async def with_head(stage: Stage) -> None:
    """The evening: the day is given to its head, who says what was expected before anything is shown."""
    from shadowlog.tui.head import HeadScreen

    await stage.type(f"{MORNING} X X ⎋")
    stage.clock().advance(6 * 3600)
    await stage.type("h")
    await stage.until(lambda: isinstance(stage.app.screen, HeadScreen) and stage.app.screen.talk is not None)
    await stage.type("enter right enter 2 5 enter 4 enter 2 0 enter 5 enter 1 0 enter 2 enter 3 0 enter 3 enter ⎋")


async def revealed(stage: Stage) -> None:
    """What was seen beside what the head expected."""
    await with_head(stage)
    await stage.type("right down down down down enter")
    await _summed(stage)


async def rows(stage: Stage) -> None:
    """The day row by row, in the head's words."""
    await with_head(stage)
    await stage.type("right right enter")
    await _summed(stage)
    await stage.type("right a d")
    await stage.write("it was the budget, not the building")
    await stage.type("enter a a x enter y a")


async def _summed(stage: Stage) -> None:
    await stage.until(lambda: getattr(stage.app.screen, "summary", None) is not None)
    await stage.settled()


async def home(stage: Stage) -> None:
    """What there is."""
    await stage.type("3 t X X ⎋")


async def shelf(stage: Stage) -> None:
    """The coding schemes."""
    await stage.type("c")
    await stage.until(lambda: "Home" not in type(stage.app.screen).__name__)
    await stage.settled()


def desk() -> FakeDesk:
    """A desk with one observation, and what its head had planned."""
    made = FakeDesk(an_observation())
    made.diaries["o-1"] = (Planned(10 * 60 + 15, 11 * 60, "governor", {"activity": "external"}),)
    return made


PICTURES: dict[str, tuple[Script, tuple[int, int], dict[str, Any]]] = {
    "record-120x40": (recording(), WIDE, {}),
    "record-80x24": (recording(), SMALL, {}),
    "record-light": (recording("light"), WIDE, {}),
    "record-high-contrast": (recording("high-contrast"), WIDE, {}),
    "record-no-colour": (recording(), WIDE, {"NO_COLOR": "1"}),
    "naming-120x40": (naming, WIDE, {}),
    "review-120x40": (review, WIDE, {}),
    "review-80x24": (review, SMALL, {}),
    "summary-120x40": (summary, WIDE, {}),
    "summary-80x24": (shares, SMALL, {}),
    "head-120x40": (revealed, WIDE, {}),
    "head-rows-120x40": (rows, WIDE, {}),
    "head-80x24": (rows, SMALL, {}),
    "codebooks-120x40": (shelf, WIDE, {}),
    "tour-80x24": (tour, SMALL, {}),
    "help-80x24": (help_, SMALL, {}),
    "home-80x24": (home, SMALL, {}),
}
WITHOUT_A_DAY = (tour, shelf)


def picture(name: str) -> str:
    """Give a screen as SVG that asks nothing of any other machine: fonts are those of whoever looks."""
    script, size, environment = PICTURES[name]
    taken: list[str] = []

    async def run(stage: Stage) -> None:
        await script(stage)
        taken.append(stage.app.export_screenshot(title="shadowlog", simplify=True))

    before = {key: os.environ.get(key) for key in environment}
    os.environ.update(environment)
    try:
        play(run, desk=desk(), size=size, observation=None if script in WITHOUT_A_DAY else "o-1")
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})
    # Ids count up from a number made at random; a picture of the same screen is the same file.
    alone = re.sub(r"@font-face \{.*?\}\s*", "", taken[0], flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", alone)


def main(folder: Path) -> None:
    """Draw every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        (folder / f"{name}.svg").write_text(picture(name), encoding="utf-8")
        print(folder / f"{name}.svg")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "screens")
