"""A store with a study in it, for tests."""

from __future__ import annotations

from pathlib import Path

from shadowlog.domain.clock import FakeClock
from shadowlog.store import library
from shadowlog.store.engine import Store, open_store
from tests.typist import BOOK


def founded(store: Store) -> str:
    """Found a study with a head, an observer, the test codebook and a consent; give its id."""
    clock = FakeClock()
    study = library.found_study(store, name="Ten days", retention="2031-08-31", author="O1", clock=clock)
    library.add_head(store, study, "H01", author="O1", clock=clock)
    library.add_observer(store, study, "O1", author="O1", clock=clock)
    library.adopt_codebook(store, study, BOOK, author="O1", clock=clock)
    consent(store, study)
    return study


def consent(store: Store, study: str, *layers: str) -> None:
    """Record the head's consent."""
    library.record_consent(
        store,
        study,
        head="H01",
        date="2026-11-20",
        wording="1",
        how="on paper",
        layers=layers or ("observed", "feedback"),
        author="O1",
        clock=FakeClock(),
    )


def planned(store: Store, study: str | None = None) -> str:
    """Plan an observation in a study (a new one if none is given); give its id."""
    study = study or founded(store)
    (digest,) = library.study_of(store, study).codebooks
    return library.plan_observation(
        store,
        study,
        head="H01",
        observer="O1",
        codebook=digest,
        zone="Europe/London",
        date="2026-11-24",
        author="O1",
        clock=FakeClock(),
    )


def opened(folder: Path) -> Store:
    """Make a store in a folder, or open the one that is there."""
    return open_store(folder / "days.db", writing=True)
