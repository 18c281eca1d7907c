"""The sentences of an agreement: grammar, and what is said where there is little or nothing to say."""

from __future__ import annotations

from dataclasses import replace

from shadowlog.analysis.agreement import Agreement, agreement
from shadowlog.analysis.agreement_words import agreement_lines, common, event_lines
from shadowlog.domain.terms import Record, State
from tests.analysis.days import Diary


def a_day(observer: str, paper: float = 30) -> Record:
    """An hour and a half: teaching, paper for so many minutes, a visit."""
    diary = Diary(observer)
    diary.episode("a", 30, "teachers", activity="teaching")
    diary.episode("b", paper, "alone", activity="paper")
    diary.episode("c", 61 - paper, "pupils", activity="visiting")
    record = diary.record()
    return replace(record, observation=replace(record.observation, observer=observer))


def one_line(found: Agreement) -> str:
    return " ".join(event_lines(found))


def test_lengths_that_are_the_same() -> None:
    """Lengths that do not differ are as long; a difference too short to say is under a second."""
    found = agreement(a_day("o1"), a_day("o2"), offset=0)
    assert "; o2's are as long on average." in one_line(found)
    lengths = found.lengths
    for minutes, words in ((0.004, "under 1 s longer"), (-0.004, "under 1 s shorter"), (0.5, "30 s longer")):
        told = replace(found, lengths=replace(lengths, mean_difference_minutes=minutes))
        assert f"; o2's are {words} on average." in one_line(told)


def test_what_is_left_out() -> None:
    """Only what somebody had alone is said to be left out; where nobody had, nothing was."""
    both = agreement(a_day("o1"), a_day("o2"), offset=0)
    assert common(both) == "Both observed 1 h 31. Nothing is left out."
    diary = Diary("o2")
    diary.episode("a", 30, "teachers", activity="teaching")
    record = diary.record()
    alone = agreement(a_day("o1"), replace(record, observation=replace(record.observation, observer="o2")), offset=0)
    assert common(alone) == "Both observed 30 min 00 s. Left out: 1 h 01 of o1 alone."


def test_one_shorter_one() -> None:
    """One difference that is not listed is one, several are several."""
    found = agreement(a_day("o1"), a_day("o2", paper=20), offset=0)
    count = len(found.disagreements)
    assert count == 2
    assert list(agreement_lines(found, count - 1))[-1] == "  and 1 shorter one; --all lists it"
    assert list(agreement_lines(found, count - 2))[-1] == "  and 2 shorter ones; --all lists them"
    assert "shorter" not in list(agreement_lines(found, count))[-1]


def test_no_episode_at_all() -> None:
    """Where both have a gap throughout there is no episode to lay beside another, and that is said instead of 0 of 0."""
    gaps = []
    for name in ("one", "two"):
        diary = Diary(name)
        diary.stretch(30, State.GAP)
        gaps.append(diary.record())
    assert one_line(agreement(*gaps, offset=0)) == "Neither has an episode in the time that both observed."
