"""What became of slides in a room: who was there, what was guessed and counted, what the stories told; kept with the study."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.options import HELP, PATH, day_given, opened, say
from shadowlog.cli.present import LAST
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.feedback import WAYS
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.text import clean
from shadowlog.errors import BadInput, NotFound, Refused

if TYPE_CHECKING:
    from shadowlog.domain.study import Study
    from shadowlog.domain.study_commands import FreezeSet, RecordWorkshop
    from shadowlog.exchange.room import Room


@click.command(
    "workshop",
    context_settings=HELP,
    epilog="Example:  shadowlog workshop set-room-20270203-1542.json --study Pilot --there '4 heads'",
)
@click.argument("file", type=PATH, required=False)
@click.option("--study", required=True, help="The study, by the beginning of its name.")
@click.option("--set", "set_", help="Without a file: the set that was shown, by its id, or the last one.")
@click.option("--date", help="The day of the workshop, as 2027-02-03; else today.")
@click.option(
    "--there", multiple=True, help="Who was there, by role and number, as '4 heads'; may be said several times."
)
@click.option("--aid", "aids", multiple=True, help="What helped others to lead, in a story; may be said several times.")
@click.option("--barrier", "barriers", multiple=True, help="What stood in the way; may be said several times.")
@click.option("--as-typed", is_flag=True, help="Take words that look as if they held a name as they are.")
@click.option("--json", "as_json", is_flag=True, help="Without a file or set: the workshops of the study as JSON.")
def workshop(
    file: Path | None,
    study: str,
    set_: str | None,
    date: str | None,
    there: tuple[str, ...],
    aids: tuple[str, ...],
    barriers: tuple[str, ...],
    as_typed: bool,
    as_json: bool,
) -> None:
    """Keep what the slides saved of a workshop, and what was told there; of slides that saved nothing name the set.
    Without either, list what is kept.
    """
    from shadowlog.store import library

    said = {"--there": there, "--aid": aids, "--barrier": barriers, "--date": date, "--as-typed": as_typed}
    if file is None and set_ is None:
        if any(said.values()):
            raise BadInput(
                "it is not said of which workshop this is",
                "Name the file that the slides saved, or the set with --set ID or --set last.",
                next(option for option, given in said.items() if given),
            )
        with opened(writing=False) as store:
            known = library.find_study(store, study)
        _list(known, as_json=as_json)
        return
    if as_json:
        raise BadInput("JSON is of what is kept already", "Leave it out, or the file and --set.", "--json")
    _no_names((*there, *aids, *barriers), as_typed=as_typed)
    room = None if file is None else _read(file)
    day = None if date is None else day_given(date, "--date")
    with opened(writing=True) as store:
        found = library.find_study(store, study)
        frozen = _frozen(found, set_, room)
        when = _day(day, frozen)
        kept_now: dict[str, Any] = {
            "set": frozen.set,
            "date": when.isoformat(),
            "there": tuple(map(clean, there)),
            "guesses": room.guesses if room else {},
            "hands": room.hands if room else {},
            "aids": "\n".join(map(clean, aids)),
            "barriers": "\n".join(map(clean, barriers)),
        }
        if room is not None and file is not None:
            _of_its_slides(room, frozen, file.name)
        _not_twice(found.workshops, kept_now)
        library.record_workshop(store, found.id, by={"author": "facilitator", "clock": SystemClock()}, **kept_now)
    say(f"Kept: the workshop of {when} with set {frozen.set}.")


def _read(file: Path) -> Room:
    from shadowlog.exchange.room import read

    return read(file)


def _no_names(typed: Iterable[str], *, as_typed: bool) -> None:
    words = [clean(each).strip() for each in typed]
    if not all(words):
        raise BadInput("there are no words in one of --there, --aid, --barrier", "Say it, or leave it out.")
    if not as_typed and (named := [each for each in words if looks_personal(each)]):
        for each in named:
            say(f"Looks as if it named somebody: {each}")
        raise Refused("Nothing was kept: names never enter.", "Say it by role, or --as-typed if it names nobody.")


def _frozen(study: Study, part: str | None, room: Room | None) -> FreezeSet:
    """The set that was shown: that of the file, or by the beginning of its id, or the last one; both must be the same."""
    known = study.sets
    if part is None and room is not None:
        if room.set not in known:
            raise Refused("The study has no such set.", "`shadowlog present --sets` lists them.")
        return known[room.set]
    found = [*known][-1:] if part == LAST else [id_ for id_ in known if part and id_.startswith(part)]
    if not found:
        raise NotFound("There is no such set.", f"There are: {', '.join(known) or 'none'}.")
    if len(found) > 1:
        raise Refused(f"More than one set begins so: {', '.join(found)}.", "Give more of it.")
    if room is not None and room.set != found[0]:
        raise BadInput(
            f"the file is of set {room.set}, and --set names {found[0]}", "Leave --set out: the file says it.", "--set"
        )
    return known[found[0]]


def _day(day: dt.date | None, frozen: FreezeSet) -> dt.date:
    """The day of the workshop: none before its slides were frozen, and none that is still to come."""
    today = dt.datetime.now().astimezone().date()
    first = dt.datetime.fromtimestamp(frozen.at / 1000).astimezone().date()
    if day is None:
        return today
    if day < first:
        raise BadInput(f"on {day} set {frozen.set} was not frozen yet", f"It was on {first}.", "--date")
    if day > today:
        raise BadInput(f"{day} is still to come", f"Today is {today}.", "--date")
    return day


def _of_its_slides(room: Room, frozen: FreezeSet, name: str) -> None:
    """BadInput for a guess of a slide that asks for none in this set, and for hands on what is no incident of it."""
    from shadowlog.analysis.deck_shape import from_plain
    from shadowlog.report.slides import slides

    shown = slides(from_plain(frozen.shown))
    _each_of(room.guesses, [each.id for each in shown if each.unit], "no slide to guess of", f"{name}: guesses")
    _each_of(room.hands, [each.id for each in shown if each.kind == "sort"], "no incident", f"{name}: hands")


def _each_of(said: Mapping[str, object], there: list[str], what: str, where: str) -> None:
    if strange := [each for each in said if each not in there]:
        raise BadInput(
            f"this set has {what} {strange[0]!r}",
            f"It has: {', '.join(there) or 'none'}. Was the file changed, or saved by other slides?",
            where,
        )


def _not_twice(kept: Iterable[RecordWorkshop], said: Mapping[str, Any]) -> None:
    """Refused for what is kept already: a file by its guesses and hands, else by all that is said."""
    told = ("set", "guesses", "hands") if any(said["guesses"]) or any(said["hands"]) else tuple(said)
    for each in kept:
        if all(getattr(each, name) == said[name] for name in told):
            raise Refused(
                f"This is kept already, as the workshop of {each.date}, and is not kept twice.",
                "Of another workshop name the file that was saved there, or say who was there.",
            )


def _list(study: Study, *, as_json: bool) -> None:
    """What became of each workshop; a guess with the question that it answers and its unit."""
    kept = study.workshops
    if as_json:
        names = ("set", "date", "there", "guesses", "hands", "aids", "barriers")
        click.echo(
            json.dumps([{name: getattr(each, name) for name in names} for each in kept], indent=2, ensure_ascii=False)
        )
        return
    from shadowlog.analysis.deck_shape import from_plain
    from shadowlog.report.slides import slides

    if not kept:
        say("No workshop of this study is kept yet.")
    for each in kept:
        say(f"{each.date}  set {each.set}  {', '.join(each.there) or 'nobody named'}")
        asked = {slide.id: slide for slide in slides(from_plain(study.sets[each.set].shown))}
        for name, value in each.guesses.items():
            said = f"{value:g} {asked[name].unit}" if name in asked else f"{value:g}"
            say(f"  {asked[name].question if name in asked else name} The room guessed {said}.")
        for incident, hands in each.hands.items():
            say(f"  {incident}: {', '.join(f'{way} {hands[way]}' for way in WAYS if hands.get(way))}")
        for what, text in (("helped", each.aids), ("stood in the way", each.barriers)):
            for line in filter(None, text.split("\n")):
                say(f"  {what}: {line}")
