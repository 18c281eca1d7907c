"""A store with a study in it, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shadowlog.domain import study_commands as asked
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook_json import digest, to_dict
from shadowlog.store import journal, library
from shadowlog.store.engine import Store, open_store
from shadowlog.store.library import By
from tests.typist import BOOK, OBSERVATION, Typist

BY: By = {"author": "O1", "clock": FakeClock()}
DIGEST = digest(BOOK)


def opened(folder: Path) -> Store:
    """Make a store in a folder, or open the one that is there."""
    return open_store(folder / "days.db", writing=True)


def founded(store: Store) -> str:
    """Found a study with a head, an observer and a codebook, and no consent; give its id."""
    study = library.found_study(store, name="Ten days", retention="2031-08-31", **BY)
    library.add_head(store, study, "H01", **BY)
    library.add_observer(store, study, "O1", **BY)
    library.adopt_codebook(store, study, BOOK, **BY)
    return study


def consent(store: Store, study: str, layers: tuple[str, ...] = ("observed", "feedback")) -> None:
    """Record the head's consent."""
    library.record_consent(
        store, study, head="H01", date="2026-11-20", wording="1", how="on paper", layers=layers, **BY
    )


def plan(store: Store, study: str, **other: Any) -> str:
    """Plan an observation of that head; give its id."""
    fields: dict[str, Any] = {"head": "H01", "observer": "O1", "codebook": DIGEST, "zone": "Europe/London"}
    return library.plan_observation(store, study, date="2026-11-24", **{**fields, **other}, **BY)


def planned(store: Store) -> str:
    """Plan the typist's observation, as the very one it records; give its id."""
    said: Any = {"at": BY["clock"].now().wall, "author": "O1", "said": BY["clock"].now()}
    o = OBSERVATION
    for command in (
        asked.FoundStudy(id="s-1", name=o.study, retention="2031-08-31", **said),
        asked.AddHead(id="s-2", code=o.head, **said),
        asked.AddObserver(id="s-3", code=o.observer, **said),
        asked.AdoptCodebook(id="s-4", codebook=to_dict(BOOK), digest=DIGEST, **said),
        asked.RecordConsent(
            id="s-5", head=o.head, date="2026-11-20", wording="1", how=o.consent, layers=("observed",), **said
        ),
        asked.PlanObservation(
            id="s-6",
            observation=o.id,
            head=o.head,
            observer=o.observer,
            codebook=DIGEST,
            zone=o.zone,
            date="2026-11-24",
            **said,
        ),
    ):
        library._say(store, o.study, command)
    return o.id


def keep(store: Store, typist: Typist, since: int = 0) -> None:
    """Append what a typist said, from a position of its journal on."""
    for command, changes in zip(typist.journal[since:], typist.changes[since:], strict=True):
        journal.append(store, OBSERVATION.id, command, changes)


MORNING = '3 t +60 I 5 a +10 R J 1 +30 C 7 g +5 C F 3 3 a N "hello" +5 U Y O +60 O 1 g D +9 X'
"""A morning with an interruption, a joining, a concurrent episode, a contact, a note, an undo, time off the record."""


def recorded(folder: Path, keys: str = MORNING) -> tuple[Store, Typist]:
    """Make a store with a day in it; give it and the typist who recorded it."""
    store = opened(folder)
    planned(store)
    typist = Typist(keys)
    keep(store, typist)
    return store, typist
