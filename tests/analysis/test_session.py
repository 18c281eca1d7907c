"""What was said of a day stands in its summary, beside the numbers of that day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.results import Session
from shadowlog.analysis.summary import summarise, to_json
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Record, Verification
from shadowlog.domain.versions import Version, record_of, without_struck
from tests.analysis.talks import said, viewed, whole_talk
from tests.report.days import small_day


def heard(record: Record) -> Session:
    """What is known of the day's session."""
    found = summarise([record]).session("obs-1")
    assert found is not None
    return found


def test_nothing_said() -> None:
    """A day that nobody has spoken of is a draft, and nothing is made up."""
    found = heard(small_day())
    assert (found.stage, found.given, found.valued, found.words, found.place_before) == ("draft", None, (), (), None)


def test_an_estimate_beside_what_was() -> None:
    """An estimate and an importance stand beside the observed share, with both gaps; headings left out are not there."""
    (table,) = heard(whole_talk(small_day())).valued
    first, second, third = table.rows
    assert (first.label, first.estimate, first.importance, second.importance, third.importance) == (
        "Teaching and learning", 0.5, 5, 1, None,
    )  # fmt: skip
    assert first.observed == pytest.approx(44 / 110)
    assert first.estimate_gap == pytest.approx(0.5 - 44 / 110)
    assert first.valued == pytest.approx(5 / 6)
    assert first.value_gap == pytest.approx(44 / 110 - 5 / 6)
    assert third.value_gap is None


def test_an_estimate_of_a_rollup() -> None:
    """An estimate by the broader headings is compared with those."""
    day = said(small_day(), (f.Estimate, {"of": "two", "shares": {"core": 0.3}}))
    (table,) = heard(day).valued
    assert [(r.label, r.estimate, round((r.observed or 0) * 110)) for r in table.rows] == [("Core", 0.3, 44)]


def test_guesses_beside_what_was() -> None:
    """Single numbers guessed stand beside those observed."""
    day = said(
        small_day(),
        *((f.Guess, {"of": of, "number": 7.0}) for of in ("interactions", "interruptions", "alone", "classrooms")),
    )
    assert [(g.of, g.guess, g.observed) for g in heard(day).guessed] == [
        ("interactions", 7, 4), ("interruptions", 7, 1), ("alone", 7, 26), ("classrooms", 7, 1),
    ]  # fmt: skip


def test_of_a_part_the_whole_day_is_compared() -> None:
    """In a summary of a part of a day, an estimate is still compared with the whole of that day; of other days nothing."""
    day = whole_talk(small_day())
    part = summarise([day], choice=Choice(codes={"role": ("teacher",)}))
    assert part.sessions[0].valued == heard(day).valued
    assert part.chosen
    other = replace(day, observation=replace(day.observation, id="obs-2", head="H02"))
    assert [s.observation for s in summarise([day, other], choice=Choice(heads=("H02",))).sessions] == ["obs-2"]


def test_the_rest_of_a_session() -> None:
    """Ratings, places, answers, tags, phase, context, sections and words on episodes are all there, with their authors."""
    found = heard(whole_talk(small_day()))
    assert found.stage == "disputed"
    assert found.given is not None
    assert (found.given.author, found.given.date) == ("S1", "2026-11-25")
    assert [(r.author, r.by_head, r.rating, r.unusual) for r in found.typical] == [
        ("S1", False, 4, ""), ("H01", True, 2, "Two members of staff away"),
    ]  # fmt: skip
    assert (found.place_before, found.place_after) == (40, 55)
    assert [(a.prompt, a.author) for a in found.answers] == [("initiative", "H01")]
    tag = found.tag("n1")
    assert tag is not None
    assert (tag.way, tag.evidence) == ("opportunistically", "Nobody had asked; it was taken up in the corridor")
    assert (found.phase, found.phase_why) == ("widening", "The new deputies run their own meetings")
    assert [(c.label, c.text) for c in found.contexts] == [("the school's", "Two vacancies since summer")]
    assert [s.label for s in found.signed] == ["the day, row by row"]
    word = found.word("e1")
    assert word is not None
    assert (word.view, word.comment, word.author) == ("dispute", "That was planning, not paperwork", "H01")
    assert [w.view for w in found.words].count("agree") == 4


def test_a_tag_taken_away_and_a_release_taken_back() -> None:
    """What was taken back is not there; that a release was taken back is known."""
    day = said(whole_talk(small_day()), (f.Release, {"layers": ("workshop", "archive")}))
    assert heard(day).stage == "released"
    assert [r.label for r in heard(day).released] == ["anonymised use in a workshop", "keep the record in an archive"]
    back = said(small_day(), (f.Release, {"layers": ()}), (f.Tag, {"note": "n1", "way": None}))
    assert heard(back).released == ()
    assert heard(back).withdrawn is not None
    assert heard(back).tags == ()


def test_what_was_struck_says_nothing_but_that_it_was() -> None:
    """An episode that the head struck is in no list, nor are the words on it; that something was struck is counted."""
    day = viewed(viewed(said(small_day(), (f.HandOver, {})), Verification.AGREE), Verification.STRIKE, 2, comment="no")
    told = summarise([without_struck(day)])
    assert "e3" not in [line.id for line in told.lines]
    assert (told.sessions[0].stage, told.sessions[0].struck) == ("amended", 1)
    assert told.sessions[0].word("e3") is None


def test_no_words_without_lists() -> None:
    """Without lists the JSON holds nothing that anybody said."""
    told = summarise([whole_talk(small_day())])
    assert "sessions" in to_json(told)
    assert "sessions" not in to_json(told, lists=False)


def test_a_record_of_a_journal_has_what_was_said() -> None:
    """The finished picture of a recorded day holds what was said of it; that of the day as recorded does not yet."""
    from tests.domain.test_feedback import ended

    talk = ended()
    talk.tell(f.HandOver, author="O1")
    talk.tell(f.Guess, of="alone", number=3.0)
    now = talk.day.track[-1].at
    assert [type(w).__name__ for w in record_of(talk.day, Version.AMENDED, now).feedback] == ["HandOver", "Guess"]
    assert record_of(talk.day, Version.RECORDED, now).feedback == ()
