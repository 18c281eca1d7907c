"""What the head said stands in the report: the state of the day, what was expected, and every word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.results import Valued, ValuedRow
from shadowlog.analysis.summary import summarise
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Record, Verification
from shadowlog.domain.versions import without_struck
from shadowlog.report.dumbbell import points, valued_charts, valued_title
from shadowlog.report.page import page
from shadowlog.report.session import state
from tests.analysis.talks import said, viewed, whole_talk
from tests.golden_files import golden
from tests.report import days
from tests.report.reading import Page


def told(record: Record) -> str:
    """The state of the one observation."""
    return state(summarise([record]), record.observation.id)


def given() -> Record:
    """The small day, nothing verified, handed over."""
    fresh = replace(days.small_day(), episodes=tuple(replace(e, verification=None) for e in days.small_day().episodes))
    return said(fresh, (f.HandOver, {}), author="S1")


def test_golden() -> None:
    """The page of a small day that was talked through says, line by line, what was read and found right by hand."""
    golden("page_talked.txt", Page(page(summarise([whole_talk(days.small_day())]))).text)


def test_state_from_draft_to_release() -> None:
    """The cover says how far the day has come, who said so and when."""
    when = "on Wednesday 25 November 2026"
    day = given()
    assert told(days.small_day()) == "Draft, not yet handed over to the head"
    assert told(day) == (
        "With the head since Wednesday 25 November 2026, given by S1; the head has spoken of 0 of 5 episodes"
    )
    assert "spoken of 2 of 5 episodes" in told(viewed(day, Verification.AGREE, 0, 1))
    agreed = viewed(day, Verification.AGREE)
    assert told(agreed) == f"Verified, by H01 {when}"
    assert told(viewed(agreed, Verification.AMEND, 2)).startswith("Verified with changes: 1 episode amended, by H01")
    disputed = viewed(viewed(agreed, Verification.AMEND, 2), Verification.DISPUTE, 0, 1)
    assert told(disputed) == f"In dispute: 2 episodes disputed, 1 amended, by H01 {when}"
    released = said(disputed, (f.Release, {"layers": ("workshop", "archive")}))
    assert told(released) == (
        f"Released by H01 {when} for: anonymised use in a workshop, keep the record in an archive; "
        "2 episodes disputed, 1 amended"
    )


def test_struck_is_said_and_not_shown() -> None:
    """What the head struck out is in no table, no note and no list of the page; that something was is said."""
    day = viewed(viewed(given(), Verification.AGREE), Verification.STRIKE, 2, comment="not for others")
    text = Page(page(summarise([without_struck(day)]))).text
    assert "Verified with changes: 1 episode struck out" in text
    assert "leads the line" not in text
    assert "not for others" not in text


def test_the_heads_words_on_rows_are_listed() -> None:
    """What the head disputes or remarked stands by the time of its row under what was said of the day; agreement does not."""
    day = viewed(viewed(given(), Verification.AGREE), Verification.DISPUTE, 0, comment="That was planning")
    text = Page(page(summarise([day]))).text
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("08:00 Alone; "))
    assert lines[at + 1] == "The head disputes it. “That was planning”"
    assert text.count("The head agrees") == 0
    struck = Page(page(summarise([without_struck(viewed(day, Verification.STRIKE, 2, comment="private"))]))).text
    assert "1 episode; of it only that time passed is kept here." in struck
    assert "private" not in struck


def test_both_words_of_a_dispute() -> None:
    """The row of a disputed episode has the observer's code and the head's own words."""
    row = Page(page(summarise([whole_talk(days.small_day())]))).table("Every episode").body[0]
    assert "Administration" in row
    assert row[-1] == "disputes: “That was planning, not paperwork”"


def test_marks_are_the_numbers() -> None:
    """The three marks stand at what was expected, observed and valued, in percent; the table says the same."""
    summary = summarise([whole_talk(days.small_day())])
    (chart,) = valued_charts(summary)
    rows = summary.sessions[0].valued[0].rows
    _, expected, observed, worth = chart.figure.data
    assert list(expected.x) == pytest.approx([50, 20, 10])
    assert list(observed.x) == pytest.approx([100 * (row.observed or 0) for row in rows])
    assert list(worth.x[:2]) == pytest.approx([100 * 5 / 6, 100 / 6])
    assert worth.x[2] is None
    assert chart.tables[0].rows[0][1:] == ("50.0 %", "40.0 %", "+10.0 points", "5", "83.3 %", "-43.3 points")


def row(name: str, estimate: float | None, observed: float | None, importance: float | None = None) -> ValuedRow:
    """One heading, its gap reckoned."""
    gap = None if estimate is None or observed is None else estimate - observed
    return ValuedRow(name, name.title(), estimate, observed, importance, None, gap, None)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((row("a", 0.5, 0.2), row("b", 0.1, 0.2)), "Furthest from what was expected: A, 50 % expected, 20 % observed"),
        ((row("a", 0.22, 0.2), row("b", 0.18, 0.2)), "Every share was within 5 points of what the head expected"),
        ((row("a", 0.5, 0.2),), "A: 50 % expected, 20 % observed"),
        ((row("a", None, 0.2, 3),), "What was valued, by what"),
    ],
)
def test_title_of_what_was_expected(rows: tuple[ValuedRow, ...], title: str) -> None:
    """The title says what was furthest from the estimate, or that nothing was far, or only that something was valued."""
    assert valued_title(Valued("activity", "What", rows)) == title


def test_points() -> None:
    """A difference has its sign; no difference has none."""
    assert [points(gap) for gap in (0.1, -0.043, 0.0, -0.0001, None)] == [
        "+10.0 points", "-4.3 points", "0.0 points", "0.0 points", "–",
    ]  # fmt: skip


def test_answer_to_a_prompt_that_does_not_fit() -> None:
    """An answer is shown with its question even where the day does not ask it, and where nobody knows the question."""
    day = said(
        days.small_day(),
        (f.Answer, {"prompt": "interruptions", "text": "All were the work"}),
        (f.Answer, {"prompt": "own-question", "text": "Something else"}),
    )
    text = Page(page(summarise([day]))).text
    assert "Which interruptions were the work" in text
    assert "All were the work\nH01, Wednesday 25 November 2026" in text
    assert "own-question\nSomething else" in text


def test_hostile_words_of_the_head_are_words() -> None:
    """What the head types is read as it was typed and makes no element."""
    words = " ".join(days.HOSTILE)
    day = said(
        viewed(given(), Verification.DISPUTE, 0, comment=words),
        (f.Typical, {"rating": 1, "unusual": words}),
        (f.Answer, {"prompt": "initiative", "text": words}),
        (f.Factor, {"of": "head", "text": words}),
        (f.Phase, {"phase": "widening", "why": words}),
        (f.Tag, {"note": "n1", "way": "formally", "evidence": words}),
    )
    read = Page(page(summarise([day])))
    assert read.text.count(words) == 7
    assert (read.tags["script"], read.tags["img"], read.tags["b"]) == (3, 0, 0)


def test_of_several_days_each_says_its_own() -> None:
    """Several days have their words and their estimates under their own dates."""
    first = whole_talk(days.small_day())
    second = replace(first, observation=replace(first.observation, id="obs-2"))
    read = Page(page(summarise([first, second])))
    assert [text for level, text in read.headings if level == 3 and text == "Tuesday 24 November 2026, H01"] == [
        "Tuesday 24 November 2026, H01"
    ] * 2
    assert len([text for _, text in read.headings if text.startswith("2026-11-24: Furthest")]) == 2
