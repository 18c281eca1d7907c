"""A day as recorded, as amended, and what of it is verified."""

from __future__ import annotations

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Party, Standing, State, Verification
from shadowlog.domain.versions import Version, record_of, without_struck
from tests.domain.test_feedback import Talk, ended, given


def test_as_recorded_is_the_day_when_it_ended() -> None:
    """What was amended, split, inserted or said afterwards is not in it; a name given while it ran is."""
    talk = Talk("3 +60 5 a +60")
    first = next(iter(talk.day.episodes))
    talk.tell(c.Amend, author="O1", episode=first, codes={"activity": "teaching"}, reason="named later")
    talk.type("X X")
    finished = talk.day.record(talk.day.track[-1].at)
    talk.tell(f.HandOver, author="O1")
    talk.tell(c.Verify, episode=first, view=Verification.DISPUTE)
    talk.tell(c.Amend, episode=first, parties=(Party("pupil", None),), reason="it was pupils")
    talk.tell(c.AddNote, author="O1", note="n", episode=first, text="later")
    assert record_of(talk.day, Version.RECORDED, 0) == finished
    assert record_of(talk.day, Version.AMENDED, 0).episodes[0].parties == (Party("pupil", None),)


def test_as_recorded_after_the_end_was_taken_back() -> None:
    """A day that went on after its end is as recorded when it ended for good."""
    talk = ended()
    talk.type("U U 5 +30 X X")
    assert record_of(talk.day, Version.RECORDED, 0) == talk.day.record(0)


def test_a_running_day_is_as_recorded() -> None:
    """Before its end a day is what it is."""
    talk = Talk("3 t +60")
    now = talk.day.track[-1].at + 5_000
    assert record_of(talk.day, Version.RECORDED, now) == talk.day.record(now)


def test_what_the_head_struck_is_off_the_record() -> None:
    """A struck interrupter leaves the window: no group, no note, no interruption; the day keeps its length."""
    talk = given("5 a +60 I 3 t * +60 R +60 X X")
    struck = list(talk.day.episodes)[1]
    talk.tell(c.Verify, episode=struck, view=Verification.STRIKE, comment="private")
    before, after = talk.day.record(0), record_of(talk.day, Version.AMENDED, 0)
    assert [s.state for s in after.track][-2:] == [State.OFF, State.EPISODE]
    assert (after.start, after.end) == (before.start, before.end)
    assert struck not in {e.id for e in after.episodes}
    assert after.notes == ()
    assert before.notes
    assert without_struck(after) == after


def test_the_way_of_a_struck_incident_is_gone_with_it() -> None:
    """The tag of an incident, with its evidence, goes where its row is struck; another one stays."""
    talk = given("3 t * +60 5 a * +60 X X")
    for note in list(talk.day.notes):
        talk.tell(f.Tag, author="O1", note=note, way="formally", evidence=f"evidence of {note}")
    first = next(iter(talk.day.episodes))
    talk.tell(c.Verify, episode=first, view=Verification.STRIKE)
    kept = [said.note for said in record_of(talk.day, Version.AMENDED, 0).feedback if isinstance(said, f.Tag)]
    assert kept == [note.id for note in talk.day.notes.values() if note.episode != first]


def test_a_contact_in_what_was_struck_goes_with_it() -> None:
    """Off the record nothing is counted: a fleeting contact within a struck spell is gone, one before it stays."""
    talk = given("5 a +30 F 8 +30 3 t +30 F 8 +30 X X")
    talk.tell(c.Verify, episode=list(talk.day.episodes)[1], view=Verification.STRIKE)
    before, after = talk.day.record(0), record_of(talk.day, Version.AMENDED, 0)
    assert len(before.contacts) == 2
    assert after.contacts == before.contacts[:1]
    assert record_of(talk.day, Version.RECORDED, 0).contacts == before.contacts


def test_striking_what_was_interrupted_keeps_the_interrupter() -> None:
    """The interrupter of a struck episode stays, interrupting nothing."""
    talk = given("5 a +60 I 3 t +60 R +60 X X")
    struck, kept = talk.day.episodes
    talk.tell(c.Verify, episode=struck, view=Verification.STRIKE)
    after = record_of(talk.day, Version.AMENDED, 0)
    assert [(e.id, e.interrupts) for e in after.episodes] == [(kept, None)]


def test_every_version_says_how_far_the_whole_day_has_come() -> None:
    """A day as recorded knows that it was disputed since, and of how many of its episodes the head has spoken."""
    talk = given()
    for number in range(3):
        talk.view(number, Verification.DISPUTE)
    for version in Version:
        assert record_of(talk.day, version, 0).standing == Standing("disputed", 3, 3)
