"""A day that was left without its end did not go on for weeks."""

from __future__ import annotations

import pytest

from shadowlog.domain.clock import FakeClock
from shadowlog.domain.day import FORGOTTEN
from shadowlog.domain.study import Study, step_study
from shadowlog.domain.study_commands import FoundStudy, PlanObservation, RecordConsent
from shadowlog.domain.terms import Period
from shadowlog.errors import Refused
from tests.typist import BOOK, Typist


@pytest.mark.parametrize(("later", "until"), [(3_600_000, 3_600_000), (FORGOTTEN, FORGOTTEN), (FORGOTTEN + 1, 0)])
def test_a_forgotten_day_ends_with_its_newest_act(later: int, until: int) -> None:
    """Twelve hours after the newest act it still runs; after that it is told of until that act, in ms."""
    day = Typist("3 t").day
    assert day.watched(day.live.last + later) == day.live.last + until


def test_an_ended_day_is_watched_to_its_end() -> None:
    """Of a day that has ended now is no matter."""
    day = Typist("3 t X X").day
    assert day.watched(day.live.last + 10 * FORGOTTEN) == day.live.last + 10 * FORGOTTEN


def test_periods_of_a_school_day_do_not_overlap() -> None:
    """A minute belongs to one period at most; periods that touch are well."""
    said = FakeClock().now()
    envelope = {"id": "c", "at": said.wall, "author": "O1", "said": said}
    study = step_study(Study("s"), FoundStudy(name="Study", retention="2031-01-01", **envelope))  # type: ignore[arg-type]
    consent = RecordConsent(head="H01", date="2026-11-01", wording="1", how="form", layers=("observed",), **envelope)  # type: ignore[arg-type]
    study = Study(
        "s", study.name, study.retention, study.founded, ("H01",), ("O1",), {"digest": BOOK}, {"H01": consent}
    )

    def planned(*periods: Period) -> Study:
        return step_study(
            study,
            PlanObservation(
                observation="o",
                head="H01",
                observer="O1",
                codebook="digest",
                zone="Europe/London",
                date="2026-11-24",
                periods=periods,
                **envelope,  # type: ignore[arg-type]
            ),
        )

    assert planned(Period("a", 480, 540), Period("b", 540, 600)).observations
    with pytest.raises(Refused, match="overlap"):
        planned(Period("a", 480, 540), Period("b", 539, 600))
