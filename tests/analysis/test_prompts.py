"""Which questions a day raises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.prompts import ALWAYS, MOST, PROMPTS, fitting
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Record
from tests.analysis.talks import said
from tests.report import days
from tests.report.test_page import demo_day


def asked(day: Record) -> list[str]:
    """The ids of the prompts that fit a day."""
    return [prompt.id for prompt in fitting(summarise([day]))]


def recoded(day: Record, **codes: str) -> Record:
    """The day with these codes on its first episode."""
    first = replace(day.episodes[0], codes={**day.episodes[0].codes, **codes})
    return replace(day, episodes=(first, *day.episodes[1:]))


def test_nothing_to_ask_of_an_empty_day() -> None:
    """A day without an episode raises no question."""
    assert asked(days.empty_day()) == []


def test_small_day() -> None:
    """The small day raises what it shows (watching; too little to be one-sided or with few) and what every day does."""
    assert asked(days.small_day()) == [
        "standing-back", "dialogue", "model",
        "classrooms", "initiative", "presence", "typical",
    ]  # fmt: skip


def test_one_row() -> None:
    """One meeting with a teacher raises little."""
    assert asked(days.one_row_day()) == ["classrooms", "initiative", "presence", "typical"]


@pytest.mark.parametrize(
    ("prompt", "codes"),
    [
        ("coached", {"activity": "coaching"}),
        ("observed", {"activity": "observing"}),
        ("monitoring", {"activity": "progress_data"}),
        ("monitoring", {"activity": "observing"}),
    ],
)
def test_a_code_raises_its_question(prompt: str, codes: dict[str, str]) -> None:
    """A question about something fits exactly the days on which it was coded."""
    fits = next(p.fits for p in PROMPTS if p.id == prompt)
    assert not fits(summarise([days.small_day()]))
    assert fits(summarise([recoded(days.small_day(), **codes)]))


def test_more_than_two_interruptions_an_hour() -> None:
    """Interruptions are asked about when there are more than two an hour, not at two."""
    summary = summarise([days.small_day()])
    fits = next(p.fits for p in PROMPTS if p.id == "interruptions")

    def at(per_hour: float | None) -> Summary:
        return replace(summary, interruptions=replace(summary.interruptions, per_hour=per_hour))

    assert [fits(at(rate)) for rate in (None, 0.5, 2.0, 2.1)] == [False, False, False, True]


def test_never_too_many() -> None:
    """However much a day shows, a talk has room for nine questions, the four of every day among them."""
    for number in range(7):
        ids = asked(demo_day(number))
        assert len(ids) <= MOST
        assert ids[-4:] == [p.id for p in ALWAYS]


def test_every_question_names_its_source() -> None:
    """Each prompt ends in a question mark or is a sentence, and says whom it goes back to."""
    for prompt in (*PROMPTS, *ALWAYS):
        assert prompt.text.endswith("?")
        assert prompt.source.startswith("after ")
    assert len({p.id for p in (*PROMPTS, *ALWAYS)}) == len(PROMPTS) + len(ALWAYS)


def test_a_tagged_incident_raises_its_questions() -> None:
    """Questions about how leadership was distributed fit exactly the days with a tagged incident."""
    about = {"processes", "benefit", "cost", "forms"}
    assert about & set(asked(days.small_day())) == set()
    tag = (f.Tag, {"note": "n1", "way": "formally", "evidence": "she holds the post"})
    assert about <= set(asked(said(days.small_day(), tag)))
