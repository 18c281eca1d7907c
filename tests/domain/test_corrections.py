"""Later commands: amend, split, merge, insert, re-time, retract, each told as a small day."""

from __future__ import annotations

from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.feedback import HandOver
from shadowlog.domain.terms import Party, Verification
from shadowlog.errors import Refused
from tests.typist import Typist


class Corrector(Typist):
    """A typist who also puts things right, by the second of the day."""

    def at(self, second: int) -> int:
        """An instant of the day."""
        return self.began + second * 1000

    def named(self, words: str) -> str:
        """The id of the first episode on the track that reads so."""
        return next(s.episode for s in self.day.stretches() if s.episode and self.names(s) == words)

    def given(self) -> None:
        """The day ends, if it has not, and is given to its head."""
        if not self.day.ended:
            self.type("X X")
        self.say(HandOver(**self.moment().envelope()))

    def do(self, kind: type[c.Command], **fields: Any) -> None:
        """Say a later command."""
        self.say(kind(**fields, **{"reason": "seen again", **self.moment().envelope()}))


def morning() -> Corrector:
    """A desk interrupted by a teacher, then pupils: [1 alone, 103 teacher (interrupts), 204 alone, 305 pupils."""
    corrector = Corrector("i a +100 I 3 +100 R +100 7 +0 g +100")
    assert corrector.story == [
        (1, "alone, admin"), (103, "teacher, what?"), (205, "alone, admin"), (306, "pupil, general"),
    ]  # fmt: skip
    return corrector


def test_amend_keeps_what_is_not_named() -> None:
    """An amendment changes what it names, and the observer's first word stays in the journal."""
    day = morning()
    first = list(day.journal)
    teacher = day.named("teacher, what?")
    day.do(c.Amend, episode=teacher, codes={"activity": "teaching"}, parties=(Party("teacher", 2, "T3"),))
    assert day.words[1] == "teacher ×2 T3, teaching"
    assert day.day.episodes[teacher].codes["mode"] == "interruption"
    assert day.day.episodes[teacher].amended
    assert day.journal[: len(first)] == first


def test_split_gives_the_rest_to_another_episode() -> None:
    """From the instant of a split on, spells and notes belong to the new episode."""
    day = morning()
    desk = day.named("alone, admin")
    day.say(c.AddNote(note="n", episode=desk, text="early", **{**day.moment().envelope(), "at": day.at(20)}))
    day.say(c.AddNote(note="m", episode=desk, text="late", **{**day.moment().envelope(), "at": day.at(250)}))
    day.do(c.Split, episode=desk, new="new", when=day.at(150))
    assert [s.episode for s in day.day.stretches()][1:4:2] == [desk, "new"]
    assert (day.day.notes["n"].episode, day.day.notes["m"].episode) == (desk, "new")
    with pytest.raises(Refused, match="inside"):
        day.do(c.Split, episode=desk, new="again", when=day.at(1))


def test_split_inside_a_spell() -> None:
    """A split inside a spell cuts it in two at that instant."""
    day = morning()
    day.do(c.Split, episode=day.named("alone, admin"), new="new", when=day.at(60))
    assert [n for n, _ in day.story] == [1, 60, 103, 205, 306]


def test_merge_makes_one_episode_of_two() -> None:
    """A merge gives the other's spells to the episode, which takes what it lacked; touching spells become one."""
    day = Corrector("3 +60 3 t +60 5 a")
    teacher, again = day.named("teacher, what?"), day.named("teacher, teaching")
    day.do(c.Merge, episode=teacher, other=again)
    assert [words for _, words in day.story] == ["teacher, teaching", "office, admin"]
    with pytest.raises(Refused, match="no such episode"):
        day.do(c.Merge, episode=teacher, other=again)


def test_a_merge_loses_nobody() -> None:
    """Who was in one of the two only stands in the merged one for as long as in that; who was in both, for both."""
    day = Corrector("3 J 7 +60 5 t +60 3 a +60")
    first, second = day.named("teacher + pupil, what?"), day.named("office, teaching")
    day.do(c.Merge, episode=first, other=second)
    parties = day.day.episodes[first].parties
    [office] = [p for p in parties if p.role == "office"]
    assert office.joined is not None
    assert [(p.role, p.joined, p.left) for p in parties] == [
        ("teacher", None, office.joined),
        ("pupil", None, office.joined),
        ("office", office.joined, None),
    ]


def test_a_contact_that_was_none_is_retracted() -> None:
    """A fleeting contact goes by its id, and undo brings it back; nothing else changes."""
    day = Corrector("3 t F 7 +60")
    [contact] = day.day.contacts
    before = day.day.track
    day.do(c.Retract, episode=contact)
    assert day.day.contacts == {}
    assert day.day.track == before


def test_insert_moves_nothing_else() -> None:
    """A late entry across a boundary takes a piece of both neighbours."""
    day = morning()
    day.do(c.Insert, episode="late", start=day.at(280), end=day.at(320), parties=(Party("parent"),))
    assert day.story[-3:] == [(205, "alone, admin"), (280, "parent, what?"), (320, "pupil, general")]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [(10, 10, "start before"), (-5, 10, "within the day"), (50, 250, "whole"), (10, 99_999, "within the day")],
)
def test_a_late_entry_that_does_not_fit_is_refused(start: int, end: int, why: str) -> None:
    """A late entry lies within the day and covers no episode's spell whole."""
    day = morning()
    before = day.day
    with pytest.raises(Refused, match=why):
        day.do(c.Insert, episode="late", start=day.at(start), end=day.at(end))
    assert day.day is before


def test_nothing_is_entered_off_the_record() -> None:
    """Off the record stays empty."""
    day = Corrector("3 t +60 O +60 O +60 5 a +60")
    with pytest.raises(Refused, match="off the record"):
        day.do(c.Insert, episode="late", start=day.at(50), end=day.at(80))


def test_neighbours_follow_a_new_time() -> None:
    """Re-timing moves the shared boundaries; a neighbour keeps its far end."""
    day = morning()
    teacher = day.named("teacher, what?")
    day.do(c.Retime, episode=teacher, start=day.at(90), end=day.at(250))
    assert [n for n, _ in day.story] == [1, 90, 250, 306]
    with pytest.raises(Refused, match="far ends"):
        day.do(c.Retime, episode=teacher, end=day.at(400))
    with pytest.raises(Refused, match="still running"):
        day.do(c.Retime, episode=day.named("pupil, general"), end=day.at(400))


@pytest.mark.parametrize("keys", ["3 t +60 7 g +60 5 a +60 _ X X", "3 t C 7 g +60 C +60 X X"])
def test_an_end_before_the_start_is_called_that(keys: str) -> None:
    """Whatever stands beside it, a start behind the end is refused in those words; nothing changes."""
    day = Corrector(keys)
    pupils = next(each.id for each in day.day.episodes.values() if each.parties[0].role == "pupil")
    start = day.day.spells(pupils)[0].start
    for bounds in ({"start": start + 10_000, "end": start}, {"start": start + 600_000}, {"end": start - 1_000}):
        with pytest.raises(Refused, match="end is before its start"):
            day.do(c.Retime, episode=pupils, **bounds)


def test_a_whole_episode_moves_later() -> None:
    """Start and end can move past each other's old places."""
    day = morning()
    day.do(c.Retime, episode=day.named("teacher, what?"), start=day.at(210), end=day.at(290))
    assert [n for n, _ in day.story] == [1, 210, 290, 306]


def test_retract_leaves_a_gap() -> None:
    """A retracted episode's spells are gaps, its notes go with it, and what it had suspended has no interrupter."""
    day = morning()
    teacher = day.named("teacher, what?")
    day.say(c.AddNote(note="n", episode=teacher, **day.moment().envelope()))
    day.do(c.Retract, episode=teacher)
    assert day.words == ["alone, admin", "gap", "alone, admin", "pupil, general"]
    assert day.day.notes == {}
    day.type("U")
    assert day.words[1] == "teacher, what?"
    assert set(day.day.notes) == {"n"}


def test_corrections_after_the_end() -> None:
    """A day that has ended can still be put right, but nothing live can be said to it."""
    day = morning().type("X X")
    assert isinstance(day, Corrector)
    day.do(c.Retract, episode=day.named("pupil, general"))
    assert day.words[-1] == "gap"
    with pytest.raises(Refused, match="ended"):
        day.say(c.Pause(**day.moment().envelope()))


def test_closed_door_stays_closed() -> None:
    """An episode behind a closed door gets no content afterwards either."""
    day = Corrector("3 t +60 D +60")
    closed = day.named("teacher, closed door")
    with pytest.raises(Refused, match="duration and group only"):
        day.do(c.Amend, episode=closed, codes={"activity": "teaching"})
    with pytest.raises(Refused, match="no note"):
        day.say(c.AddNote(note="n", episode=closed, **day.moment().envelope()))


def test_nobody_has_agreed_to_what_was_changed() -> None:
    """The head's agreement does not outlive an amendment; a dispute stays beside it."""
    for view, left in ((Verification.AGREE, None), (Verification.DISPUTE, Verification.DISPUTE)):
        day = morning()
        teacher = day.named("teacher, what?")
        day.given()
        day.say(c.Verify(episode=teacher, view=view, **{**day.moment().envelope(), "author": "H01"}))
        day.do(c.Amend, episode=teacher, codes={"activity": "teaching"})
        assert day.day.episodes[teacher].verification == left


@pytest.mark.parametrize("other", [None, Verification.AGREE, Verification.DISPUTE])
def test_what_was_struck_is_merged_with_nothing_on_record(other: Verification | None) -> None:
    """A merge brings nothing back that the head struck, nor strikes what was not; two that were struck may be one."""
    day = Corrector("3 t +60 5 a +60 7 g +60")
    teacher, office, pupil = day.day.episodes
    day.given()

    def say(id_: str, view: Verification) -> None:
        day.say(c.Verify(episode=id_, view=view, **{**day.moment().envelope(), "author": "H01"}))

    say(teacher, Verification.STRIKE)
    if other is not None:
        say(office, other)
    for pair in ((teacher, office), (office, teacher)):
        with pytest.raises(Refused, match="struck one of them out"):
            day.do(c.Merge, episode=pair[0], other=pair[1])
    say(office, Verification.STRIKE)
    day.do(c.Merge, episode=teacher, other=office)
    assert list(day.day.episodes) == [teacher, pupil]
    assert day.day.episodes[teacher].verification is Verification.STRIKE


def test_merge_keeps_the_interruption_and_the_dispute() -> None:
    """A merged episode is still the interrupter that its other half was, and a dispute of either half stays."""
    day = Corrector("i a +100 I 3 t +60 5 a +60 R")
    teacher, office = day.named("teacher, teaching"), day.named("office, admin")
    day.given()
    day.say(c.Verify(episode=teacher, view=Verification.DISPUTE, **{**day.moment().envelope(), "author": "H01"}))
    day.do(c.Merge, episode=office, other=teacher)
    merged = day.day.episodes[office]
    assert merged.interrupts == day.named("alone, admin")
    assert merged.verification is Verification.DISPUTE
