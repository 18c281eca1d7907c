"""One hour worked out by hand, for the figures that no other sum depends on."""

from __future__ import annotations

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Contact, Party, Record
from tests.analysis.days import EIGHT, MINUTE, Diary
from tests.analysis.pattern_days import WIDE


def hour() -> Record:
    """Eight to nine: desk 15, a teacher (T1) interrupts for 6, desk 9, town 10 with a leader (L1), desk 12, corridor 8."""
    diary = Diary()
    diary.episode("desk", 15, "alone", activity="paper", place="own_office", lead="leads")
    diary.episode("talk", 6, parties=(Party("teachers", 1, "T1"),), activity="teaching", place="own_office")
    diary.mark("talk", interrupts="desk")
    diary.again("desk", 9)
    diary.episode("town", 10, parties=(Party("leaders", 1, "L1"),), activity="money", place="town", lead="watches")
    diary.episode("sums", 12, "alone", activity="money", place="own_office")
    diary.episode("walk", 8, "alone", activity="moving", place="corridor")
    contacts = (
        Contact("c1", EIGHT + 55 * MINUTE, "pupils", "corridor"),
        Contact("c2", EIGHT + 56 * MINUTE, "pupils", "own_office"),
    )
    return diary.record(WIDE, contacts=contacts)


@pytest.fixture(scope="module")
def told() -> Summary:
    """What the breakdowns say of it."""
    return summarise([hour()])


def test_interruptions(told: Summary) -> None:
    """One interruption of 6 minutes is a tenth of the hour; the desk was taken up again after 6."""
    found = told.interruptions
    assert (found.count, found.per_hour, found.time_share, found.interrupted_share) == (1, 1, 0.1, 0.2)
    assert (found.resumed_within_10, found.median_minutes_until_resumed) == (1, 6)


def test_alone_and_in_the_office(told: Summary) -> None:
    """Alone 44 of 60 minutes, 36 of them in the own office."""
    assert (told.alone.minutes, told.alone.office_minutes) == (44, 36)
    assert (told.alone.time_share, told.alone.office_time_share) == pytest.approx((44 / 60, 0.6))


def test_places(told: Summary) -> None:
    """42 minutes in the office, 8 around, 10 off the site."""
    assert {row.code: row.minutes for row in told.presence.rows if row.minutes} == {
        "office": 42,
        "around": 8,
        "offsite": 10,
    }


def test_leading(told: Summary) -> None:
    """Of 34 minutes coded for who leads, the head leads 24 and watches 10."""
    assert told.leading is not None
    assert (told.leading.coded, told.leading.coded_minutes) == (2, 34)
    shares = {each.row.code: each.coded_time_share for each in told.leading.rows if each.row.minutes}
    assert shares == pytest.approx({"leads": 24 / 34, "watches": 10 / 34})


def test_moves(told: Summary) -> None:
    """Five moves an hour: to the talk and back, to town, to the sums, to the corridor; four of them change the activity."""
    assert (told.switching.moves, told.switching.moves_per_hour) == (5, 5)
    assert (told.switching.changes, told.switching.changes_per_hour) == (4, 4)


def test_reach(told: Summary) -> None:
    """Everybody met was one person with a code: two people in two roles, and the count is complete."""
    assert (told.reach.roles, told.reach.persons, told.reach.complete) == (2, 2, True)
    assert (told.reach.named_share, told.reach.new_per_hour) == (1, 2)


def test_contacts_of_a_place() -> None:
    """Of two fleeting contacts one was in the corridor."""
    found = summarise([hour()], choice=Choice(codes={"place": ("corridor",)}))
    assert (found.contacts.count, found.episodes.count) == (1, 1)


def test_planned_and_begun() -> None:
    """Of an hour 30 minutes were in the diary, 20 were not, 10 are uncoded; of 50 coded minutes the head began 30."""
    diary = Diary()
    diary.episode("a", 30, "teachers", activity="paper", mode="scheduled", initiator="head")
    diary.episode("b", 20, "teachers", activity="paper", mode="interruption", initiator="other")
    diary.episode("c", 10, "teachers", activity="paper", initiator="clock")
    found = summarise([diary.record()])
    planned = found.planned
    assert [row.minutes for row in (planned.scheduled, planned.unscheduled, planned.uncoded)] == [30, 20, 10]
    assert [row.count for row in (planned.scheduled, planned.unscheduled, planned.uncoded)] == [1, 1, 1]
    assert (found.initiative.coded, found.initiative.head_count_share, found.initiative.head_time_share) == (
        2,
        0.5,
        0.6,
    )


def test_sizes() -> None:
    """One person, two, three to eight, nine and more, and an unknown number stand apart, by episodes and by time."""
    diary = Diary()
    for n, count in enumerate((1, 2, 3, 8, 9, None)):
        diary.episode(f"e{n}", 10, parties=(Party("teachers", count),), activity="paper")
    rows = {row.code: (row.count, row.minutes) for row in summarise([diary.record()]).company.sizes if row.count}
    assert rows == {"1": (1, 10), "2": (1, 10), "3-8": (2, 20), "9+": (1, 10), "unknown": (1, 10)}
