"""What became of slides in a room: who was there, what was guessed and counted, what the stories told; kept with the study."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, PATH, day_given, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.feedback import WAYS
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.text import clean
from shadowlog.errors import BadInput, Refused

if TYPE_CHECKING:
    from shadowlog.domain.study import RecordWorkshop


@click.command(
    "workshop",
    context_settings=HELP,
    epilog="Example:  shadowlog workshop set-room.json --study Pilot --there '4 heads'",
)
@click.argument("file", type=PATH, required=False)
@click.option("--study", required=True, help="The study, by the beginning of its name.")
@click.option("--date", help="The day of the workshop, as 2027-02-03; else today.")
@click.option(
    "--there", multiple=True, help="Who was there, by role and number, as '4 heads'; may be said several times."
)
@click.option("--aid", "aids", multiple=True, help="What helped others to lead, in a story; may be said several times.")
@click.option("--barrier", "barriers", multiple=True, help="What stood in the way; may be said several times.")
@click.option("--as-typed", is_flag=True, help="Take words that look as if they held a name as they are.")
@click.option("--json", "as_json", is_flag=True, help="Without a file: the workshops of the study as JSON.")
def workshop(
    file: Path | None,
    study: str,
    date: str | None,
    there: tuple[str, ...],
    aids: tuple[str, ...],
    barriers: tuple[str, ...],
    as_typed: bool,
    as_json: bool,
) -> None:
    """Keep what the slides saved of a workshop, and what was told there; without a file, list what is kept."""
    from shadowlog.store import library

    if file is None:
        with opened(writing=False) as store:
            kept = library.find_study(store, study).workshops
        _list(kept, as_json=as_json)
        return
    from shadowlog.exchange.room import read

    words = [clean(each).strip() for each in (*there, *aids, *barriers)]
    if not all(words):
        raise BadInput("there are no words in one of --there, --aid, --barrier", "Say it, or leave it out.")
    if not as_typed and (named := [each for each in words if looks_personal(each)]):
        for each in named:
            say(f"Looks as if it named somebody: {each}")
        raise Refused("Nothing was kept: names never enter.", "Say it by role, or --as-typed if it names nobody.")
    room = read(file)
    day = (day_given(date, "--date") if date else datetime.now().astimezone().date()).isoformat()
    with opened(writing=True) as store:
        found = library.find_study(store, study)
        library.record_workshop(
            store,
            found.id,
            by={"author": "facilitator", "clock": SystemClock()},
            set=room.set,
            date=day,
            there=tuple(map(clean, there)),
            guesses=room.guesses,
            hands=room.hands,
            aids="\n".join(map(clean, aids)),
            barriers="\n".join(map(clean, barriers)),
        )
    say(f"Kept: the workshop of {day} with set {room.set}.")


def _list(kept: tuple[RecordWorkshop, ...], *, as_json: bool) -> None:
    if as_json:
        names = ("set", "date", "there", "guesses", "hands", "aids", "barriers")
        click.echo(
            json.dumps([{name: getattr(each, name) for name in names} for each in kept], indent=2, ensure_ascii=False)
        )
        return
    for each in kept:
        say(f"{each.date}  set {each.set}  {', '.join(each.there) or 'nobody named'}")
        for name, value in each.guesses.items():
            say(f"  guessed, {name}: {value:g}")
        for incident, hands in each.hands.items():
            say(f"  {incident}: {', '.join(f'{way} {hands[way]}' for way in WAYS if hands.get(way))}")
        for what, text in (("helped", each.aids), ("stood in the way", each.barriers)):
            for line in filter(None, text.split("\n")):
                say(f"  {what}: {line}")
