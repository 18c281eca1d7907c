"""The workshop demonstration: days that were talked about as days are, and words about them that name nobody."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from shadowlog.analysis.deck import FEWEST, deck
from shadowlog.analysis.gate import Candidate, admitted
from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Verification
from shadowlog.domain.versions import Version, record_of
from shadowlog.exchange import demo_talk_words as words
from shadowlog.exchange.demo_workshop import LAYERS, VISITS, workshop_days

HOUR = 3_600_000
MADE = list(workshop_days())
RECORDS = [record_of(made.day, Version.AMENDED, 0) for made in MADE]
each_day = pytest.mark.parametrize("number", range(len(VISITS)), ids=[f"{v.head} {v.day}" for v in VISITS])
INCIDENTS = [each for each in vars(words).values() if isinstance(each, words.Incident)]


def test_the_same_every_time() -> None:
    """The same seed gives the same days and talks to the id, another seed others."""
    assert [made.commands for made in workshop_days()] == [made.commands for made in MADE]
    assert next(workshop_days(23)).commands != MADE[0].commands


@each_day
def test_what_was_said_makes_the_day(number: int) -> None:
    """The journal of a day, folded, is the day that it is said to be; every command has an id of its own."""
    made = MADE[number]
    assert fold(made.observation, made.commands) == made.day
    assert len({command.id for command in made.commands}) == len(made.commands)


def test_five_heads_seven_days() -> None:
    """Five heads, some with one day and some with two, on days of their own."""
    days = Counter(made.observation.head for made in MADE)
    assert set(days) == {"W01", "W02", "W03", "W04", "W05"}
    assert Counter(days.values()) == {1: 3, 2: 2}
    assert len({made.date for made in MADE}) == 7
    assert all(made.date.weekday() < 5 for made in MADE)
    assert len({made.observation.periods for made in MADE}) == 5


def test_all_may_be_shown() -> None:
    """The gate lets every day pass under what its head agreed to, and none without the layer of the workshop."""
    passed, out = admitted([Candidate(record, LAYERS) for record in RECORDS])
    assert (len(passed), out) == (7, ())
    assert admitted([Candidate(record, ("observed",)) for record in RECORDS])[0] == ()


@each_day
def test_most_was_so_and_some_was_not(number: int) -> None:
    """Of every row the head says something: nine in ten are agreed to, some amended and some disputed, one has a comment."""
    said = [each for each in MADE[number].day.feedback.values() if isinstance(each, c.Verify)]
    views = Counter(each.view for each in said)
    assert len(said) == len(MADE[number].day.episodes)
    assert views[Verification.AGREE] >= 0.9 * len(said)
    assert views[Verification.AMEND]
    assert views[Verification.DISPUTE]
    assert sum(bool(each.comment) for each in said if each.view is Verification.AGREE) == 1


def test_some_rows_were_struck() -> None:
    """On some days the head struck a row out, and not on all of them."""
    struck = [record.standing.struck for record in RECORDS if record.standing]
    assert 0 in struck
    assert sum(struck) == len(words.STRUCK)


@each_day
def test_every_question_is_answered(number: int) -> None:
    """Estimate, importance, guesses, typicality by both, phase, context and all sections of the talk are on record."""
    made = MADE[number]
    kinds = Counter(type(each) for each in made.day.feedback.values())
    assert (kinds[f.Guess], kinds[f.Typical], kinds[f.Place]) == (len(f.GUESSES), 2, 2)
    assert kinds[f.SignOff] == len(f.SECTIONS)
    assert kinds[f.Phase] == kinds[f.Estimate] == kinds[f.HandOver] == kinds[f.Release] == 1
    assert kinds[f.Answer]
    assert kinds[f.Factor]
    (estimate,) = [each for each in made.day.feedback.values() if isinstance(each, f.Estimate)]
    assert estimate.importance
    assert sum(estimate.shares.values()) == pytest.approx(1)


def test_what_slides_are_made_of_it() -> None:
    """Five letters that differ, a phase that three share, and the ten incidents, each once."""
    made = deck(RECORDS, lambda _: None)
    assert made.letters == tuple("ABCDE")
    assert made.phases == (("widening", FEWEST),)
    assert sorted(made.incidents) == sorted(each.text for each in INCIDENTS)
    assert 6 <= len(made.incidents) <= 10
    assert made.kept_back == ()
    for each in made.measures:
        shown = [value for value in each.values if value is not None]
        assert max(shown) > 1.1 * min(shown), each.id


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda each: each.text[:30])
def test_an_incident_can_be_argued_about(incident: words.Incident) -> None:
    """Its wording is two or three sentences by role, without a name, and does not say by which way it went."""
    assert len(re.findall(r"[.?!](?= |$)", incident.text)) in {2, 3}
    assert not looks_personal(incident.text)
    assert not re.search("formal|pragma|strateg|increment|opportun|cultur", incident.text, re.IGNORECASE)


def test_no_word_names_anybody() -> None:
    """Nothing that is said of these days looks as if it held a name, and no two days have the same remark of the head's."""
    remarks = [*words.MISSING, *words.AMENDED, *words.DISPUTED, *words.STRUCK, *words.COMMENTED]
    texts = [each.words for each in remarks]
    for outlook in words.OUTLOOKS.values():
        texts += [outlook.why, outlook.unusual, *outlook.answers.values(), *outlook.factors.values()]
    assert not [text for text in texts if looks_personal(text)]
    dealt = [each for each in remarks if each not in words.MISSING]
    assert len({each.words for each in dealt}) == len(dealt)


def test_the_talk_is_a_day_later() -> None:
    """Incidents are written up on the evening of the day, the head is heard a day later, in the order of time."""
    for made in MADE:
        ended = next(n for n, each in enumerate(made.commands) if isinstance(each, c.End))
        told = made.commands[ended + 1 :]
        walls = [each.said.wall for each in told]
        assert walls == sorted(walls)
        given = next(n for n, each in enumerate(told) if isinstance(each, f.HandOver))
        assert {type(each) for each in told[:given]} == {c.AddNote}
        assert walls[given - 1] < walls[0] + 2 * HOUR < walls[0] + 22 * HOUR < walls[given]
