"""The workshop: days of several heads as slides, of what they verified and released, frozen so that they can be shown again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowlog.cli.look import WHO, WHO_HELP, free_name, record_of
from shadowlog.cli.options import HELP, OBSERVATION, PATH, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.phrases import many
from shadowlog.errors import BadInput, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shadowlog.analysis.deck_shape import Deck
    from shadowlog.analysis.gate import Candidate, LeftOut
    from shadowlog.domain.study import Study
    from shadowlog.domain.terms import Record
    from shadowlog.store.engine import Store


LAST = "last"
"""In the place of a set's id: the one that was frozen last."""


_HOW = (
    "`h` on the home screen goes through a day with its head, to the release on its last page; `shadowlog consent` records what "
    "a head agrees to."
)


@click.command("present", context_settings=HELP, epilog="Example:  shadowlog present --study Pilot -o workshop.html")
@click.argument("observations", type=OBSERVATION, nargs=-1, metavar="[OBSERVATION]...")
@click.option("--study", required=True, help="The study, by the beginning of its name; without observations all of it.")
@click.option("--set", "set_", help="Show a frozen set again, by its id, or the last one; `--sets` lists them.")
@click.option("--sets", is_flag=True, help="List the frozen sets of the study.")
@click.option("-o", "--output", type=PATH, help="The file; else one in exports/.")
@click.option("--csv", "table", type=PATH, help="Write the numbers that are shown as a table, too.")
@click.option("--who", "who_rule", type=WHO, help=f"{WHO_HELP}  [default: split]")
@click.option(
    "--dry-run", is_flag=True, help="List what would be left out and why, and the incidents; freeze and write nothing."
)
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def present(
    observations: tuple[str, ...],
    study: str,
    set_: str | None,
    sets: bool,
    output: Path | None,
    table: Path | None,
    who_rule: str | None,
    dry_run: bool,
    force: bool,
) -> None:
    """Write slides for a workshop: one HTML file, driven by keys, that needs no network.

    Only days that their heads verified and released for a workshop are in it; heads are letters, and nothing is said of
    fewer than five people. What is left out is listed, with the reason. What is shown is frozen in the study: a later edit
    does not change it.
    """
    from shadowlog.store import library

    if set_ is not None and (observations or who_rule):
        raise BadInput("a frozen set is shown as it is", "Leave --set out, or the observations and --who.", "--set")
    if sets and (set_ is not None or observations or output or table):
        raise BadInput("it only lists the sets", "Leave the rest out.", "--sets")
    with opened(writing=not (dry_run or sets or set_ is not None)) as store:
        found = library.find_study(store, study)
        if sets:
            _list(found)
            return
        if set_ is not None:
            shown = _frozen(store, found, set_)
        else:
            shown = _made(store, found, observations, who_rule or "split")
        _tell(shown.deck)
        if dry_run:
            for text in shown.deck.incidents:
                say(f"To be dealt: {text}")
            say("Dry run: nothing was frozen or written.")
            return
        for path in _written(store, found.id, shown, output, table, overwrite=force):
            say(f"Written: {path}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: a deck with the id of its set and the observations it was made of; and whether that is frozen."""

    id: str
    deck: Deck
    made_of: tuple[str, ...]
    frozen: bool


def _list(found: Study) -> None:
    """Say which sets there are, the newest last."""
    for id_, frozen in found.sets.items():
        date = datetime.fromtimestamp(frozen.said.wall / 1000).astimezone().date()
        say(f"{id_}  {date.isoformat()}  {many(len(frozen.made_of), 'day', 'days')}")
    if not found.sets:
        say("No set is frozen yet. `shadowlog present` makes one.")


def write_slides(store: Store, study: str, output: Path | None) -> None:
    """Freeze and write slides of all days of a study that may be shown, and say what is in them, as the command does."""
    from shadowlog.store import library

    shown = _made(store, library.study_of(store, study), (), "split")
    _tell(shown.deck)
    for path in _written(store, study, shown, output, None, overwrite=False):
        say(f"Written: {path}")


def _tell(deck: Deck) -> None:
    """Say what is left out of a deck."""
    for line in deck.kept_back:
        say(f"Left out: {line}.")
    if deck.hidden:
        say(
            f"Left out: {many(deck.hidden, 'number', 'numbers')} about fewer than {deck.threshold} people, or that give one away."
        )


def _frozen(store: Store, study: Study, part: str) -> Shown:
    """A frozen set, by the beginning of its id, or the last one; NotFound for none, Refused for several.

    Refused, too, where a head of its days has withdrawn since: that stops showing at once.
    """
    from shadowlog.analysis.deck_shape import from_plain
    from shadowlog.analysis.gate import taken_back

    known = study.sets
    found = [*known][-1:] if part == LAST else [id_ for id_ in known if part and id_.startswith(part)]
    if not found:
        raise NotFound("There is no such set.", f"There are: {', '.join(known) or 'none'}.")
    if len(found) > 1:
        raise Refused(f"More than one set begins so: {', '.join(found)}.", "Give more of it.")
    frozen = known[found[0]]
    candidates = [_candidate(store, id_) for id_ in frozen.made_of]
    if gone := [_left_out(each, reason) for each in candidates if (reason := taken_back(each))]:
        raise Refused(
            f"This set may be shown no longer, and nothing was written: {_told(gone)}.",
            "Leave --set out to make slides of the days that may be shown.",
        )
    return Shown(found[0], from_plain(frozen.shown), frozen.made_of, frozen=True)


def _candidate(store: Store, observation: str) -> Candidate:
    from shadowlog.analysis.gate import Candidate
    from shadowlog.store import library

    return Candidate(record_of(store, observation), library.releasable(store, observation))


def _left_out(candidate: Candidate, reason: str) -> LeftOut:
    from shadowlog.analysis.gate import LeftOut

    seen = candidate.record.observation
    return LeftOut(seen.id, seen.head, reason)


def _made(store: Store, study: Study, wanted: Sequence[str], who_rule: str) -> Shown:
    """What is made of the days that may be shown; Refused where one that was named may not."""
    from shadowlog.analysis.comparison import FEWEST_HEADS
    from shadowlog.analysis.deck import deck
    from shadowlog.analysis.gate import admitted
    from shadowlog.report.present import set_id
    from shadowlog.store import library

    known = {each.id for each in library.observations(store, study.id) if each.started is not None}
    ids = [library.find(store, each) for each in wanted] or sorted(known)
    if strange := [each for each in ids if each not in known]:
        raise BadInput(f"observation {strange[0]} is none of this study's that has begun", "`shadowlog list` has them.")
    passed, out = admitted([_candidate(store, id_) for id_ in dict.fromkeys(ids)])
    if out and wanted:
        raise Refused(f"These may not be shown, and nothing was written: {_told(out)}.", f"Leave them out. {_HOW}")
    for each in out:
        say(f"Left out: {each.head}, {each.observation[-4:]}: {each.reason}.")
    if out:
        say(_HOW)
    of = tuple(record.observation.id for record in passed)
    made = deck(
        passed, random.SystemRandom().shuffle, who_rule=who_rule, earlier=_earlier(store, study, {*of}, who_rule)
    )
    if len(made.letters) == 1:
        say("These are slides of one head: nothing in them is beside anything.")
    elif len(made.letters) < FEWEST_HEADS:
        say("These are slides of two heads: each will know the other's letter.")
    id_ = set_id(made)
    # Drawn by chance, the same days can come out in the same order once more.
    return Shown(id_, made, of, frozen=id_ in study.sets)


def _earlier(store: Store, study: Study, of: set[str], who_rule: str) -> list[list[Record]]:
    """The days of each frozen set with some of these; Refused where one was made by another rule of who.

    The same time told by two rules tells of each group how it was shared, however few they are.
    """
    found = []
    for id_, other in study.sets.items():
        if not of & {*other.made_of}:
            continue
        rule = other.deck.get("who_rule")
        if rule != who_rule:
            raise Refused(
                f"Set {id_} shows some of these days by --who {rule}: who is shown both learns of few people.",
                f"Say --who {rule}.",
            )
        if of != {*other.made_of}:
            found.append([record_of(store, each) for each in other.made_of])
    return found


def _told(out: Sequence[LeftOut]) -> str:
    return "; ".join(f"{each.head} ({each.observation[-4:]}): {each.reason}" for each in out)


def _written(
    store: Store, study: str, shown: Shown, output: Path | None, table: Path | None, *, overwrite: bool
) -> tuple[Path, ...]:
    """Freeze a deck that is not frozen yet, and write it; a file that cannot be written freezes nothing.

    What is frozen is on disk before the slides are: there are no slides of a set that nobody knows.
    """
    from shadowlog import paths
    from shadowlog.analysis.plain import plain
    from shadowlog.exchange.files import check, prepared, save
    from shadowlog.exchange.handout import handout_csv
    from shadowlog.report.present import present as page
    from shadowlog.store import library

    name = f"workshop-{shown.id[:8]}"
    path = output or free_name(paths.exports() / f"{name}.html")
    check(path, *([table] if table else []), overwrite=overwrite)
    files = {path: page(shown.deck, name, shown.id).encode()}
    if table:
        files[table] = handout_csv(shown.deck).encode("utf-8")
    if shown.frozen:
        save(files, overwrite=overwrite)
        return tuple(files)
    with prepared(files, overwrite=overwrite):
        library.freeze_set(
            store,
            study,
            set_=shown.id,
            made_of=shown.made_of,
            deck=plain(shown.deck),
            author="facilitator",
            clock=SystemClock(),
        )
    say(f"Frozen: set {shown.id}, of {many(len(shown.made_of), 'day', 'days')}.")
    return tuple(files)
