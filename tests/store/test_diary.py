"""What is planned, kept with the study."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.diary import Planned
from shadowlog.errors import NotFound, Refused
from shadowlog.store import library
from shadowlog.store.rebuild import rebuild
from tests.store.house import BY, consent, founded, opened, plan
from tests.typist import BOOK

ROLE_CODE, WHAT_CODE = BOOK.codes(ROLE)[0].id, BOOK.codes(ACTIVITY)[0].id
EVENTS = (Planned(510, 540, ROLE_CODE, {ACTIVITY: WHAT_CODE}), Planned(600, 630))


def test_a_diary_is_kept_and_comes_back_after_reopening(tmp_path: Path) -> None:
    """Events with and without codes are the same from a new opening; a later diary takes the place of the earlier."""
    with opened(tmp_path) as store:
        study = founded(store)
        consent(store, study)
        observation = plan(store, study)
        assert library.diary(store, observation) == ()
        library.keep_diary(store, observation, EVENTS, **BY)
    with opened(tmp_path) as store:
        assert library.diary(store, observation) == EVENTS
        library.keep_diary(store, observation, EVENTS[1:], **BY)
        assert library.diary(store, observation) == EVENTS[1:]
        assert rebuild(store) == ()


def test_codes_outside_the_codebook_and_unknown_days_are_refused(tmp_path: Path) -> None:
    """Nothing is kept of a diary with a code that the observation's codebook lacks, nor for a day there is not."""
    with opened(tmp_path) as store:
        study = founded(store)
        consent(store, study)
        observation = plan(store, study)
        with pytest.raises(Refused, match="does not know"):
            library.keep_diary(store, observation, (Planned(600, 630, "wizard"),), **BY)
        with pytest.raises(Refused, match="start before its end"):
            library.keep_diary(store, observation, (Planned(630, 600),), **BY)
        with pytest.raises(NotFound):
            library.keep_diary(store, "none", EVENTS, **BY)
        assert library.diary(store, observation) == ()
