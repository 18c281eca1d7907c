"""``shadowlog train``: practise on a day that is played as text, and see how two codings of one day agree."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from shadowlog.cli.options import HELP, OBSERVATION, database, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.errors import BadInput, Refused

if TYPE_CHECKING:
    from shadowlog.domain.terms import Record
    from shadowlog.tui.training import Scene

INVENTED = 7
"""How many invented days there are."""


@click.command("train", context_settings=HELP, epilog="Example:  shadowlog train --invented 2 --from 10:30 --speed 2")
@click.argument("day", required=False)
@click.option(
    "--invented",
    type=click.IntRange(1, INVENTED),
    default=1,
    show_default=True,
    help="Which invented day, where DAY is not said.  Example: --invented 3",
)
@click.option(
    "--speed",
    type=click.Choice(["1", "2", "4", "10"]),
    default="1",
    show_default=True,
    help="How many times as fast as it was.  Example: --speed 2",
)
@click.option(
    "--from", "start", metavar="HH:MM", help="Where in the day to begin; else its first episode.  Example: --from 08:20"
)
@click.option(
    "--minutes",
    type=click.IntRange(1, 1440),
    help="How much of the day; else 20, or all of it in a script.  Example: --minutes 10",
)
@click.option("--script", is_flag=True, help="Print what would be seen, with its times, instead of playing it.")
@click.option(
    "--score",
    "codings",
    nargs=2,
    metavar="CODED KEY",
    help="Compare two codings of one day, each an ID or a lossless JSON.  Example: --score mine.json 6a07",
)
def train(
    day: str | None,
    invented: int,
    speed: str,
    start: str | None,
    minutes: int | None,
    script: bool,
    codings: tuple[str, str] | None,
) -> None:
    """Play a day as text and code it with the real keys; at the end, or at X X, your coding is compared with the key.

    DAY is an observation's id or a lossless JSON; without it an invented day is played. F5 stops the time, and again
    lets it go on. Nothing of it is kept: no file, no study, no consent is touched. The comparison is about the coding,
    never about a head.
    """
    if codings is not None:
        if day is not None:
            raise BadInput("--score takes the two codings, and no further day", "Leave DAY out.", "--score")
        compare(_record(codings[0]), _record(codings[1]))
        return
    key = _record(day) if day is not None else invented_day(invented - 1)
    scene = _scene(key, int(speed), start, minutes or (1440 if script else None))
    if script:
        from shadowlog.domain.sentences import clock_time

        zone = key.observation.zone
        for each in scene.lines():
            say(f"{clock_time(max(each.at, scene.start), zone)}  {each.text}")
        return
    play(scene)


def play(scene: Scene) -> None:
    """Run the screen, then print how the coding compares."""
    from shadowlog.cli.running import chosen, run_app
    from shadowlog.tui.desk import StoreDesk
    from shadowlog.tui.training import TrainingApp

    clock, options = SystemClock(), chosen()
    # A desk that is never opened: there is nothing to read and nothing to keep.
    desk = StoreDesk(database(), clock, write_report=_nothing, summary_text=_nothing, make_demo=_nothing)
    app = TrainingApp(scene, desk, clock=clock, **options)
    run_app(app, lambda: app.result.text)


def _nothing(*_: object) -> str:
    return ""


def invented_day(number: int = 0) -> Record:
    """Give an invented day of the demonstration study, counted from 0, as a finished record."""
    from shadowlog.domain.recorder import fold
    from shadowlog.exchange.demo import demo_day

    made = demo_day(number)
    day = fold(made.observation, made.commands)
    return day.record(day.track[-1].at)


def compare(coded: Record, key: Record) -> None:
    """Print how two codings of one day agree, over the time that both cover."""
    from shadowlog.domain.score_words import score_text
    from shadowlog.domain.scoring import score

    start, end = max(coded.start, key.start), min(coded.end, key.end)
    found = score(coded, key, start, end)
    say(score_text(found, key.observation.codebook, key.observation.zone))


def _record(name: str) -> Record:
    """The day of a lossless JSON, or of an observation by its id."""
    if Path(name).suffix.lower() == ".json" or Path(name).is_file():
        from shadowlog.exchange.lossless import read_day

        found = read_day(Path(name))[2]
        if not found.begun:
            raise Refused("The observation in that file has not begun.", "Name one that was recorded.")
        return found.record(max(found.live.last, found.track[-1].at))
    from shadowlog.cli.look import record_of

    prefix = OBSERVATION.convert(name, None, None)
    with opened(writing=False) as store:
        return record_of(store, prefix)


def _scene(key: Record, speed: int, start: str | None, minutes: int | None) -> Scene:
    from shadowlog.domain.sentences import clock_time
    from shadowlog.tui.training import MINUTES, scene_of

    at = None
    if start is not None:
        found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", start, re.ASCII)
        if found is None:
            raise BadInput(f"'{start[:20]}' is no time of day", "Write it as 08:20.", "--from")
        zone = ZoneInfo(key.observation.zone)
        local = datetime.fromtimestamp(key.start / 1000, zone)
        here = local.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        if here.timestamp() * 1000 < key.start - 60_000:
            # A day that runs past midnight.
            here += timedelta(days=1)
        at = round(here.timestamp() * 1000)
        if at >= key.end:
            ran = f"{clock_time(key.start, str(zone))} to {clock_time(key.end, str(zone))}"
            raise BadInput(f"the day has no {start}", f"It was recorded from {ran}.", "--from")
    return scene_of(key, speed, at, minutes or MINUTES)
