"""Taking in a whole day that was recorded elsewhere, with the study and the head it needs: all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from shadowlog.domain.clock import Clock
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.domain.payload import pack
from shadowlog.domain.recorder import fold
from shadowlog.domain.study import LAYERS, Study
from shadowlog.domain.terms import Observation
from shadowlog.errors import Refused
from shadowlog.store import journal, library, projection
from shadowlog.store.engine import Store

RETENTION_YEARS = 5
"""How long a study that an import founds keeps its records, unless it says otherwise."""


def take_in(
    store: Store,
    observation: Observation,
    commands: Iterable[Command],
    *,
    date: str,
    clock: Clock,
    imported: bool = True,
    layers: Collection[str] = tuple(LAYERS),
    day: Day | None = None,
) -> str:
    """Keep a day in one transaction: study, head, observer and codebook where they are missing, consent, journal.

    `observation.consent` says how consent was given, and `layers` to what; with `imported` nothing was agreed to, so that
    nothing can ever be released. `day` is what the commands come to, where that is known already. Gives the observation's id; Refused, with nothing kept, for a day that is here already or cannot be.
    """
    author, told = observation.observer, tuple(commands)
    whole = fold(observation, told) if day is None else day
    with store.write() as connection:
        if any(known.id == observation.id for known in library.observations(store)):
            raise Refused("That observation is here already.", "`shadowlog list` shows it.")
        study = study_named(store, observation.study, author=author, clock=clock)
        enrol(store, study, observation.head, observation.observer, author=author, clock=clock)
        digest = library.adopt_codebook(store, study.id, observation.codebook, author=author, clock=clock)
        # What a head agreed to here is not undone by a day from elsewhere.
        if not imported or observation.head not in study.consents:
            library.record_consent(
                store,
                study.id,
                head=observation.head,
                date=date,
                wording="none" if imported else "1",
                how=observation.consent,
                layers=() if imported else layers,
                author=author,
                clock=clock,
            )
        library.plan_observation(
            store,
            study.id,
            head=observation.head,
            observer=observation.observer,
            codebook=digest,
            zone=observation.zone,
            date=date,
            periods=observation.periods,
            observation=observation.id,
            imported=imported,
            author=author,
            clock=clock,
        )
        journal.add_all(store, connection, observation.id, told)
        projection.fill(connection, whole)
    return observation.id


def here_already(
    store: Store, day: Day, commands: Iterable[Command], *, any_head: bool = False
) -> library.Listed | None:
    """Give the observation of the same study, observer and head that holds the same day, whatever was said of it later.

    `any_head`: of whichever head, where the file does not say whose day it is.
    """
    about, told = day.observation, list(_without_ids(commands))
    names = {study.id: study.name for study in library.studies(store)}
    for each in library.observations(store):
        if (names.get(each.study), each.observer, each.started) != (about.study, about.observer, day.start):
            continue
        if each.head != about.head and not any_head:
            continue
        there = journal.commands(store, each.id)[: len(told)]
        if list(_without_ids(there)) == told:
            return each
    return None


def _without_ids(commands: Iterable[Command]) -> Iterator[tuple[object, ...]]:
    """What was said and of when; the ids, drawn anew at every import, as the order in which they came up."""
    names: dict[object, int] = {}
    for command in commands:
        skeleton, content = pack(command)
        plain = {k: names.setdefault(v, len(names)) if k in {"episode", "note"} else v for k, v in skeleton.items()}
        yield type(command), command.at, plain, content


def heads_of(store: Store, name: str) -> frozenset[str]:
    """Give the codes of the heads in the study of this name; none where there is no such study."""
    return frozenset(head for study in library.studies(store) if study.name == name for head in study.heads)


def study_named(store: Store, name: str, *, author: str, clock: Clock) -> Study:
    """Give the study of this name, founded now if there is none."""
    for known in library.studies(store):
        if known.name == name:
            return known
    now = datetime.fromtimestamp(clock.now().wall / 1000, UTC)
    retention = f"{now.year + RETENTION_YEARS}-{now:%m}-01"
    return library.study_of(
        store, library.found_study(store, name=name, retention=retention, author=author, clock=clock)
    )


def enrol(store: Store, study: Study, head: str, observer: str, *, author: str, clock: Clock) -> None:
    """Let a head and an observer take part in a study, unless they do."""
    if head not in study.heads:
        library.add_head(store, study.id, head, author=author, clock=clock)
    if observer not in study.observers:
        library.add_observer(store, study.id, observer, author=author, clock=clock)
