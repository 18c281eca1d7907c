"""The workshop: days of several heads as slides, of what they verified and released, frozen so that they can be shown again."""

from __future__ import annotations

import random
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
    from shadowlog.analysis.gate import LeftOut
    from shadowlog.store.engine import Store


LAST = "last"
"""In the place of a set's id: the one that was frozen last."""


@click.command("present", context_settings=HELP, epilog="Example:  shadowlog present --study Pilot -o workshop.html")
@click.argument("observations", type=OBSERVATION, nargs=-1, metavar="[OBSERVATION]...")
@click.option("--study", required=True, help="The study, by the beginning of its name; without observations all of it.")
@click.option("--set", "set_", help="Show a frozen set again, by its id, or the last one; `--sets` lists them.")
@click.option("--sets", is_flag=True, help="List the frozen sets of the study.")
@click.option("-o", "--output", type=PATH, help="The file; else one in exports/.")
@click.option("--csv", "table", type=PATH, help="Write the numbers that are shown as a table, too.")
@click.option("--who", "who_rule", type=WHO, default="split", show_default=True, help=WHO_HELP)
@click.option("--dry-run", is_flag=True, help="List what would be left out and why; freeze and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def present(
    observations: tuple[str, ...],
    study: str,
    set_: str | None,
    sets: bool,
    output: Path | None,
    table: Path | None,
    who_rule: str,
    dry_run: bool,
    force: bool,
) -> None:
    """Write slides for a workshop: one HTML file, driven by keys, that needs no network.

    Only days that their heads verified and released for a workshop are in it; heads are letters, and nothing is said of
    fewer than five people. What is left out is listed, with the reason. What is shown is frozen in the study: a later edit
    does not change it.
    """
    from shadowlog.store import library

    with opened(writing=not (dry_run or sets or set_)) as store:
        found = library.find_study(store, study)
        if sets:
            for id_, frozen in found.sets.items():
                say(f"{id_}  {many(len(frozen.made_of), 'day', 'days')}")
            return
        made_of: tuple[str, ...] = ()
        if set_:
            deck = _frozen(store, found.id, set_)
        else:
            deck, made_of = _made(store, found.id, observations, who_rule)
        _tell(deck)
        if dry_run:
            say("Dry run: nothing was frozen or written.")
            return
        for path in _written(store, found.id, deck, made_of, output, table, overwrite=force):
            say(f"Written: {path}")


def write_slides(store: Store, study: str, output: Path | None) -> None:
    """Freeze and write slides of all days of a study that may be shown, and say what is in them, as the command does."""
    deck, made_of = _made(store, study, (), "split")
    _tell(deck)
    for path in _written(store, study, deck, made_of, output, None, overwrite=False):
        say(f"Written: {path}")


def _tell(deck: Deck) -> None:
    """Say what is left out of a deck."""
    for line in deck.kept_back:
        say(f"Left out: {line}.")
    if deck.hidden:
        say(
            f"Left out: {many(deck.hidden, 'number', 'numbers')} about fewer than {deck.threshold} people, or that give one away."
        )


def _frozen(store: Store, study: str, part: str) -> Deck:
    """The deck of a frozen set, by the beginning of its id, or the last one; NotFound for none, Refused for several."""
    from shadowlog.analysis.deck_shape import from_plain
    from shadowlog.store import library

    known = library.study_of(store, study).sets
    found = [*known][-1:] if part == LAST else [id_ for id_ in known if id_.startswith(part)]
    if not found:
        raise NotFound("There is no such set.", f"There are: {', '.join(known) or 'none'}.")
    if len(found) > 1:
        raise Refused(f"More than one set begins so: {', '.join(found)}.", "Give more of it.")
    return from_plain(known[found[0]].deck)


def _made(store: Store, study: str, wanted: Sequence[str], who_rule: str) -> tuple[Deck, tuple[str, ...]]:
    """The deck of the days that may be shown; Refused where one that was named may not."""
    from shadowlog.analysis.deck import deck
    from shadowlog.analysis.gate import Candidate, admitted
    from shadowlog.store import library

    known = {each.id for each in library.observations(store, study) if each.started is not None}
    ids = [library.find(store, each) for each in wanted] or sorted(known)
    if strange := [each for each in ids if each not in known]:
        raise BadInput(f"observation {strange[0]} is none of this study's that has begun", "`shadowlog list` has them.")
    passed, out = admitted([Candidate(record_of(store, id_), library.releasable(store, id_)) for id_ in ids])
    if out and wanted:
        raise Refused(
            f"These may not be shown, and nothing was written: {_told(out)}.", "Leave them out, or ask their heads."
        )
    for each in out:
        say(f"Left out: {each.head}, {each.observation[-4:]}: {each.reason}.")
    made = deck(passed, random.SystemRandom().shuffle, who_rule=who_rule)
    return made, tuple(record.observation.id for record in passed)


def _told(out: Sequence[LeftOut]) -> str:
    return "; ".join(f"{each.head} ({each.observation[-4:]}): {each.reason}" for each in out)


def _written(
    store: Store,
    study: str,
    deck: Deck,
    made_of: tuple[str, ...],
    output: Path | None,
    table: Path | None,
    *,
    overwrite: bool,
) -> tuple[Path, ...]:
    """Freeze a deck that is not frozen yet, and write it; a file that cannot be written freezes nothing."""
    from shadowlog import paths
    from shadowlog.analysis.plain import plain
    from shadowlog.exchange.files import check, save, withdrawn_on_failure
    from shadowlog.exchange.handout import handout_csv
    from shadowlog.report.present import present as page
    from shadowlog.report.present import set_id
    from shadowlog.store import library

    id_ = set_id(deck)
    path = output or free_name(paths.exports() / f"workshop-{id_[:8]}.html")
    check(path, *([table] if table else []), overwrite=overwrite)
    files = {path: page(deck, f"workshop-{id_[:8]}").encode()}
    if table:
        files[table] = handout_csv(deck).encode("utf-8")
    if made_of:
        with withdrawn_on_failure(*files), store.write():
            library.freeze_set(
                store, study, set_=id_, made_of=made_of, deck=plain(deck), author="facilitator", clock=SystemClock()
            )
            save(files, overwrite=overwrite)
        say(f"Frozen: set {id_}, of {many(len(made_of), 'day', 'days')}.")
    else:
        save(files, overwrite=overwrite)
    return tuple(files)
