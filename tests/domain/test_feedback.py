"""What is said of a day with its head: kept beside the record, with its author, and never over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.codebook import Code, Dimension
from shadowlog.domain.feedback_rules import Stage, comment, stage
from shadowlog.domain.feedback_words import said
from shadowlog.domain.payload import pack, unpack
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Party, Verification
from shadowlog.errors import Refused
from tests.typist import OBSERVATION, Typist

AGREE, AMEND, DISPUTE, STRIKE = Verification
HEAD = "H01"


class Talk(Typist):
    """A day that has ended, and what is said of it afterwards."""

    def tell(self, kind: type[c.Command], author: str = HEAD, **fields: Any) -> None:
        """Say something of the day as the head, or as somebody else."""
        self.say(kind(**fields, **{**self.moment().envelope(), "author": author}))

    def view(self, number: int, view: Verification, text: str = "") -> None:
        """The head's word on the episode of that number."""
        self.tell(c.Verify, episode=list(self.day.episodes)[number], view=view, comment=text)


def ended() -> Talk:
    """Three episodes, the first starred, and the end of the day."""
    return Talk("3 t * +60 5 a +60 7 g +60 X X")


def given(keys: str = "3 t * +60 5 a +60 7 g +60 X X") -> Talk:
    """Such a day, or one of these keys, given to its head."""
    talk = Talk(keys)
    talk.tell(f.HandOver, author="O1")
    return talk


SAID: list[tuple[type[f.Feedback], dict[str, Any], str]] = [
    (f.Estimate, {"of": "activity", "shares": {"admin": 0.4}, "importance": {"admin": 2}}, "estimate, admin: 40 %"),
    (f.Guess, {"of": "interruptions", "number": 12.0}, "guess: 12 interruptions"),
    (f.Reveal, {"of": "activity"}, "shown: What"),
    (f.Reveal, {"of": "day"}, "shown: the whole day"),
    (f.Typical, {"rating": 4, "unusual": "a flood"}, "how typical: 4 of 5"),
    (f.Place, {"value": 35, "seen": False}, "place on the continuum, before seeing the day: 35 of 100"),
    (f.Answer, {"prompt": "initiative", "text": "mostly me"}, "answer to initiative: mostly me"),
    (f.Phase, {"phase": "widening", "why": "new team"}, "phase: widening, new team"),
    (f.Factor, {"of": "school", "text": "two vacancies"}, "context, the school's: two vacancies"),
    (f.SignOff, {"section": "breakdowns"}, "signed off: the day in breakdowns"),
    (f.Release, {"layers": ("workshop",)}, "released for: anonymised use in a workshop"),
]


@pytest.mark.parametrize(("kind", "fields", "words"), SAID)
def test_every_word_is_kept_and_comes_back(kind: type[f.Feedback], fields: dict[str, Any], words: str) -> None:
    """What was said stands beside the day with its author, survives the journal, and reads as a person would say it."""
    talk = given()
    before = talk.day
    talk.tell(kind, **fields)
    command = talk.journal[-1]
    assert talk.day.feedback[command.question] == command  # type: ignore[attr-defined]
    assert (talk.day.episodes, talk.day.track, talk.day.notes) == (before.episodes, before.track, before.notes)
    skeleton, content = pack(command)
    assert (
        unpack(kind.__name__, 1, skeleton, content, id_=command.id, at=command.at, author=HEAD, said=command.said)
        == command
    )
    assert fold(OBSERVATION, talk.journal).feedback == talk.day.feedback
    assert next(said(command, OBSERVATION.codebook)).startswith(words)


def test_a_tag_is_on_an_incident_and_has_its_evidence() -> None:
    """One of the six ways is said of a starred note alone, with what shows it; None takes it away."""
    talk = ended()
    (note,) = talk.day.notes
    with pytest.raises(Refused, match="evidence"):
        talk.tell(f.Tag, note=note, way="formally", evidence=" ")
    with pytest.raises(Refused, match="way"):
        talk.tell(f.Tag, note=note, way="democratically", evidence="said so")
    talk.tell(f.Tag, note=note, way="opportunistically", evidence="nobody had asked her to")
    assert next(said(talk.day.feedback[f"Tag {note}"], OBSERVATION.codebook)).endswith("nobody had asked her to")
    talk.tell(f.Tag, note=note, way=None)
    talk.tell(c.SetIncident, note=note, incident=False)
    with pytest.raises(Refused, match="Only an incident"):
        talk.tell(f.Tag, note=note, way="formally", evidence="by role")


REFUSED: list[tuple[type[f.Feedback], dict[str, Any], str]] = [
    (f.Estimate, {"of": "colour", "shares": {"admin": 0.1}}, "no such dimension"),
    (f.Estimate, {"of": "activity", "shares": {"nothing": 0.1}}, "no heading nothing"),
    (f.Estimate, {"of": "activity", "shares": {"admin": 0.7, "teaching": 0.4}}, "together no more than 1"),
    (f.Estimate, {"of": "activity", "shares": {"admin": float("nan")}}, "Shares are"),
    (f.Estimate, {"of": "activity", "importance": {"admin": 6}}, "importance is 1 to 5"),
    (f.Estimate, {"of": "activity"}, "names a share"),
    (f.Guess, {"of": "happiness", "number": 3}, "no such number"),
    (f.Guess, {"of": "alone", "number": -1}, "from 0 to 9999"),
    (f.Guess, {"of": "alone", "number": float("inf")}, "from 0 to 9999"),
    (f.Reveal, {"of": "happiness"}, "nothing of that name"),
    (f.Typical, {"rating": 0}, "1 to 5"),
    (f.Place, {"value": 101, "seen": True}, "0 to 100"),
    (f.Phase, {"phase": "fourth"}, "no such phase"),
    (f.Factor, {"of": "weather", "text": "rain"}, "no such kind"),
    (f.SignOff, {"section": "all"}, "no such section"),
    (f.Release, {"layers": ("the press",)}, "no such layer"),
    (f.Answer, {"prompt": "initiative", "text": " "}, "to which prompt, and what"),
    (f.Answer, {"prompt": "initiative", "text": "x" * 120_001}, "at most 120000"),
    (f.Typical, {"rating": 3, "unusual": "x" * 120_001}, "at most 120000"),
    (f.Guess, {"of": "alone", "number": 10_000}, "from 0 to 9999"),
]


@pytest.mark.parametrize(("kind", "fields", "words"), REFUSED)
def test_what_makes_no_sense_is_refused(kind: type[f.Feedback], fields: dict[str, Any], words: str) -> None:
    """A heading, a number or a section that is none is refused by name, and nothing is kept."""
    talk = given()
    with pytest.raises(Refused, match=words):
        talk.tell(kind, **fields)
    assert list(talk.day.feedback) == ["HandOver"]


OF_HEAD = ("Estimate", "Guess", "Place", "Answer", "SignOff", "Release")


@pytest.mark.parametrize(("kind", "fields", "words"), SAID)
def test_what_is_the_heads_is_said_by_the_head_of_a_day_given(
    kind: type[f.Feedback], fields: dict[str, Any], words: str
) -> None:
    """What is the head's nobody else says; it, and what was shown, is said of no day that the head has not had."""
    del words
    if kind.__name__ in OF_HEAD:
        with pytest.raises(Refused, match="O1 is not H01"):
            given().tell(kind, author="O1", **fields)
    else:
        given().tell(kind, author="O1", **fields)
    if kind.__name__ in {*OF_HEAD, "Reveal"}:
        with pytest.raises(Refused, match="has not had this day"):
            ended().tell(kind, **fields)
    else:
        ended().tell(kind, **fields)


def test_a_view_is_the_heads_and_a_day_is_given_by_the_observer() -> None:
    """Nobody agrees in the head's place, nor before the head has the day, and the head does not hand the day over."""
    talk = ended()
    first = next(iter(talk.day.episodes))
    with pytest.raises(Refused, match="has not had this day"):
        talk.view(0, AGREE)
    with pytest.raises(Refused, match="given to its head by the observer"):
        talk.tell(f.HandOver)
    talk.tell(f.HandOver, author="O1")
    with pytest.raises(Refused, match="O1 is not H01"):
        talk.tell(c.Verify, author="O1", episode=first, view=AGREE)
    talk.view(0, AGREE)
    assert talk.day.episodes[first].verification is AGREE
    with pytest.raises(Refused, match="with the head already"):
        talk.tell(f.HandOver, author="O1")


@pytest.mark.parametrize(("kind", "fields", "words"), SAID)
def test_nothing_is_said_of_a_day_that_still_runs(kind: type[f.Feedback], fields: dict[str, Any], words: str) -> None:
    """Feedback is of a day that is over."""
    del words
    with pytest.raises(Refused, match="has not ended"):
        Talk("3 t").tell(kind, **fields)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(f.Estimate, {"of": "activity", "shares": {"admin": 0.1}}), (f.Guess, {"of": "interruptions", "number": 3})],
)
def test_an_estimate_is_given_before_it_is_seen(kind: type[f.Feedback], fields: dict[str, Any]) -> None:
    """Once something was shown it can no longer be guessed; another thing still can."""
    talk = given()
    talk.tell(f.Reveal, author="O1", of=fields["of"])
    with pytest.raises(Refused, match="seen that already"):
        talk.tell(kind, **fields)
    talk.tell(f.Guess, of="alone", number=30)
    talk.tell(f.Reveal, author="O1", of=f.WHOLE)
    with pytest.raises(Refused, match="seen that already"):
        talk.tell(f.Guess, of="alone", number=31)


@pytest.mark.parametrize("of", ["activity", "alone", f.WHOLE])
def test_a_place_before_is_given_before_anything_is_shown(of: str) -> None:
    """Where the school stands before the day was seen cannot be said once any of it was; after it can."""
    talk = given()
    talk.tell(f.Place, value=30, seen=False)
    talk.tell(f.Reveal, author="O1", of=of)
    with pytest.raises(Refused, match="some of the day already"):
        talk.tell(f.Place, value=40, seen=False)
    talk.tell(f.Place, value=40, seen=True)
    assert talk.day.feedback["Place before"].value == 30  # type: ignore[attr-defined]


@pytest.mark.parametrize("section", ["timeline", "incidents"])
def test_what_was_not_shown_is_not_signed_off(section: str) -> None:
    """The rows and the incidents are signed off only once the day was shown."""
    talk = given()
    with pytest.raises(Refused, match="has not been shown the day"):
        talk.tell(f.SignOff, section=section)
    talk.tell(f.Reveal, author="O1", of=f.WHOLE)
    talk.tell(f.SignOff, section=section)
    assert f"SignOff {section}" in talk.day.feedback


def test_a_word_is_taken_back_and_both_are_kept() -> None:
    """Taken back, an episode has no word again; a word that was never said is not taken back, nor with words."""
    talk = given()
    first = next(iter(talk.day.episodes))
    for text in ("", "no"):
        with pytest.raises(Refused, match="no word of the head's to take back"):
            talk.tell(c.Verify, episode=first, view=None, comment=text)
    talk.view(0, STRIKE, "private")
    talk.tell(c.Verify, episode=first, view=None)
    assert (talk.day.episodes[first].verification, comment(talk.day, first)) == (None, "")
    back = talk.journal[-1]
    skeleton, content = pack(back)
    envelope = {"id_": back.id, "at": back.at, "author": HEAD, "said": back.said}
    assert unpack("Verify", 1, skeleton, content, **envelope) == back  # type: ignore[arg-type]
    assert fold(OBSERVATION, talk.journal).episodes == talk.day.episodes


def test_a_day_of_no_episode_is_never_verified() -> None:
    """Where nothing was recorded there is nothing to agree to, so the day stays with the head."""
    talk = given("_ X X")
    assert talk.day.episodes == {}
    talk.tell(f.Release, layers=("workshop",))
    assert stage(talk.day) is Stage.WITH_HEAD


def test_an_answer_takes_the_place_of_the_one_before() -> None:
    """The newest answer to a question counts; both stay in the journal; head and observer each say how typical it was."""
    talk = given()
    talk.tell(f.Typical, rating=2)
    talk.tell(f.Typical, rating=5)
    talk.tell(f.Typical, author="O1", rating=3)
    ratings = {k: v.rating for k, v in talk.day.feedback.items() if isinstance(v, f.Typical)}
    assert ratings == {"Typical H01": 5, "Typical O1": 3}
    assert sum(isinstance(command, f.Typical) for command in talk.journal) == 3


def test_from_draft_to_released() -> None:
    """Draft until the head has it, with the head until every episode has a word, then verified, amended or disputed."""
    talk = ended()
    assert stage(talk.day) is Stage.DRAFT
    talk.tell(f.HandOver, author="O1")
    assert stage(talk.day) is Stage.WITH_HEAD
    for number in range(3):
        assert stage(talk.day) is Stage.WITH_HEAD
        talk.view(number, AGREE)
    assert stage(talk.day) is Stage.VERIFIED
    talk.view(0, STRIKE, "private")
    assert stage(talk.day) is Stage.AMENDED
    talk.view(1, DISPUTE, "that was about the budget")
    assert stage(talk.day) is Stage.DISPUTED
    assert comment(talk.day, list(talk.day.episodes)[1]) == "that was about the budget"
    talk.tell(f.Release, layers=("workshop", "incidents"))
    assert stage(talk.day) is Stage.RELEASED
    talk.tell(f.Release, layers=())
    assert stage(talk.day) is Stage.DISPUTED


def test_what_the_observer_changes_after_the_head_agreed_needs_a_word_again() -> None:
    """An amendment by the observer takes the agreement away, and the day is with the head again."""
    talk = given()
    for number in range(3):
        talk.view(number, AGREE)
    first = next(iter(talk.day.episodes))
    talk.tell(c.Amend, author="O1", episode=first, parties=(Party("office"),), reason="misread")
    assert stage(talk.day) is Stage.WITH_HEAD


def test_words_to_what_was_changed_since_are_of_that() -> None:
    """What the head said to an episode is not shown beside it once the observer changed what it was said to."""
    talk = given()
    first = next(iter(talk.day.episodes))
    talk.view(0, AGREE, "exactly so")
    assert comment(talk.day, first) == "exactly so"
    talk.tell(c.Amend, author="O1", episode=first, parties=(Party("office"),), reason="misread")
    assert comment(talk.day, first) == ""
    talk.view(0, DISPUTE, "no")
    talk.tell(c.Amend, author="O1", episode=first, parties=(Party("leaders"),), reason="misread again")
    assert comment(talk.day, first) == "no"


CHANGES: list[tuple[type[c.Command], Callable[[Talk, list[str]], dict[str, Any]], set[int]]] = [
    (c.Amend, lambda _, ids: {"episode": ids[1], "codes": {"activity": "general"}}, {1}),
    (c.Retime, lambda t, ids: {"episode": ids[0], "end": t.day.spells(ids[0])[0].end + 20_000}, {0, 1}),  # type: ignore[operator]
    (c.Insert, lambda t, ids: {"episode": "late", "start": t.day.spells(ids[2])[0].start + 5_000,
                               "end": t.day.spells(ids[2])[0].start + 9_000, "parties": (Party("teacher"),)}, {2}),
    (c.Split, lambda t, ids: {"episode": ids[2], "new": "new", "when": t.day.spells(ids[2])[0].start + 5_000}, {2}),
    (c.Merge, lambda _, ids: {"episode": ids[0], "other": ids[1]}, {0}),
    (c.Retract, lambda _, ids: {"episode": ids[0]}, set()),
]  # fmt: skip


@pytest.mark.parametrize("view", [AGREE, AMEND])
@pytest.mark.parametrize(("kind", "fields", "asked"), CHANGES, ids=[kind.__name__ for kind, *_ in CHANGES])
def test_every_row_that_is_changed_is_asked_again(
    kind: type[c.Command], fields: Callable[[Talk, list[str]], dict[str, Any]], asked: set[int], view: Verification
) -> None:
    """Whatever is put right takes the head's word from the rows that it changes, also a neighbour's; undo gives it back."""
    talk = given()
    ids = list(talk.day.episodes)
    for number in range(3):
        talk.view(number, view)
    before = talk.day.episodes
    talk.tell(kind, author="O1", reason="seen again", **fields(talk, ids))
    now = talk.day.episodes
    assert {n for n, id_ in enumerate(ids) if id_ in now and now[id_].verification is None} == asked
    assert all(now[id_].verification is None for id_ in now if id_ not in ids)
    talk.tell(c.Undo, author="O1", target=talk.journal[-1].id)
    assert talk.day.episodes == before
    assert fold(OBSERVATION, talk.journal).episodes == before


@pytest.mark.parametrize("kind", [c.Amend, c.Retime])
def test_what_is_undone_was_not_agreed_to(kind: type[c.Command]) -> None:
    """The head agreed to what was put right: undone it is asked again, redone it is what the head agreed to."""
    talk = given()
    first = next(iter(talk.day.episodes))
    end = talk.day.spells(first)[0].end
    assert end is not None
    fields = {"codes": {"activity": "general"}} if kind is c.Amend else {"end": end - 20_000}
    talk.tell(kind, author="O1", episode=first, reason="misread", **fields)
    act = talk.journal[-1].id
    talk.view(0, AGREE)
    talk.tell(c.Undo, author="O1", target=act)
    assert talk.day.episodes[first].verification is None
    assert fold(OBSERVATION, talk.journal).episodes == talk.day.episodes
    talk.tell(c.Redo, author="O1", target=act)
    assert talk.day.episodes[first].verification is AGREE
    assert fold(OBSERVATION, talk.journal).episodes == talk.day.episodes


def test_nothing_is_entered_into_what_was_struck() -> None:
    """Time that the head struck is off the record: no late entry goes there."""
    talk = given()
    first = next(iter(talk.day.episodes))
    start = talk.day.spells(first)[0].start
    talk.view(0, STRIKE)
    entry = {"start": start + 5_000, "end": start + 9_000, "parties": (Party("office"),), "reason": "seen again"}
    for beside in (False, True):
        with pytest.raises(Refused, match="struck out by the head"):
            talk.tell(c.Insert, author="O1", episode="late", concurrent=beside, **entry)


def test_who_saw_the_groups_or_a_row_guesses_no_more() -> None:
    """How long the head was alone stands among the groups; whoever says a word of a row has seen the rows."""
    talk = given()
    talk.tell(f.Reveal, author="O1", of="role")
    with pytest.raises(Refused, match="seen that already"):
        talk.tell(f.Guess, of="alone", number=3)
    talk.tell(f.Guess, of="interruptions", number=3)
    talk.view(0, AGREE)
    with pytest.raises(Refused, match="seen that already"):
        talk.tell(f.Guess, of="interruptions", number=4)
    with pytest.raises(Refused, match="some of the day already"):
        talk.tell(f.Place, value=3, seen=False)


def test_a_guess_later_than_what_was_shown_is_none() -> None:
    """Where it turns out that something had been shown before it was guessed, the guess goes; an earlier one stays."""
    talk = given()
    shown = talk.moment().envelope()["at"]
    talk.tell(f.Guess, of="alone", number=3)
    talk.clock.advance(3600)
    for kind, fields in ((f.Guess, {"of": "interruptions", "number": 4}), (f.Place, {"value": 3, "seen": False})):
        talk.tell(kind, **fields)
    talk.say(f.Reveal(of=f.WHOLE, **{**talk.moment().envelope(), "author": "O1", "at": shown + 1_000}))
    assert set(talk.day.feedback) == {"HandOver", "Guess alone", "Reveal day"}


def test_no_words_come_in_by_an_amendment() -> None:
    """Behind a closed door the head amends without words; nobody who objected is put beside the head's words."""
    talk = given("3 D +60 3 t +60 X X")
    closed, other = list(talk.day.episodes)[1:]
    with pytest.raises(Refused, match="No words are kept"):
        talk.tell(c.Amend, episode=closed, parties=(Party("office"),), reason="it was about the deputy")
    talk.tell(c.Amend, episode=closed, parties=(Party("office"),), reason=f.AS_SAID)
    talk.tell(c.Verify, episode=other, view=DISPUTE, comment="that was somebody else")
    with pytest.raises(Refused, match="Words stand beside"):
        talk.tell(c.Amend, author="O1", episode=other, parties=(Party("other_person"),), reason="seen again")


def test_no_words_are_kept_behind_a_closed_door() -> None:
    """The head may agree to a row behind a closed door or dispute it, and nothing is kept of why; nor beside who objected."""
    talk = Talk("3 D +60 k t +60 X X")
    talk.tell(f.HandOver, author="O1")
    closed, objector = (list(talk.day.episodes)[n] for n in (1, 2))
    assert talk.day.episodes[closed].closed
    for episode in (closed, objector):
        with pytest.raises(Refused, match="no note is kept"):
            talk.tell(c.Verify, episode=episode, view=DISPUTE, comment="it was about the deputy")
        talk.tell(c.Verify, episode=episode, view=DISPUTE)
    assert comment(talk.day, closed) == ""


@pytest.mark.parametrize("layer", ["observed", "feedback"])
def test_what_comes_before_a_release_is_not_released(layer: str) -> None:
    """Being observed and seeing the record are no uses of a record."""
    talk = given()
    with pytest.raises(Refused, match="layer of release"):
        talk.tell(f.Release, layers=(layer,))


def test_a_lens_leaves_what_the_head_agreed_to() -> None:
    """A lens that the observer codes afterwards is no amendment of what happened; another activity is one."""
    lens = Dimension("hold", "Hold", (Code("control", "Control"),))
    talk = Talk(
        "3 t +60 X X",
        replace(
            OBSERVATION, codebook=replace(OBSERVATION.codebook, dimensions=(*OBSERVATION.codebook.dimensions, lens))
        ),
    )
    talk.tell(f.HandOver, author="O1")
    talk.view(0, AGREE)
    (episode,) = talk.day.episodes
    talk.tell(c.Amend, author="O1", episode=episode, codes={"hold": "control"}, reason="coded afterwards")
    seen = talk.day.episodes[episode]
    assert (seen.codes["hold"], seen.verification, seen.amended) == ("control", AGREE, False)
    talk.tell(
        c.Amend, author="O1", episode=episode, codes={"activity": "admin", "hold": "control"}, reason="seen again"
    )
    assert (talk.day.episodes[episode].verification, talk.day.episodes[episode].amended) == (None, True)
