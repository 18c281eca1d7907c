"""What was planned, and when it is offered."""

from __future__ import annotations

from itertools import permutations

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.diary import LEAD, Planned, checked, due, parsed
from shadowlog.domain.recorder import fold
from shadowlog.errors import BadInput
from tests.tui.fake_desk import a_clock, an_observation

BOOK = an_observation().codebook
CLOCK = a_clock()
BEGUN = CLOCK.now().wall
MINUTE = 60_000


def day_with(*starts: int) -> Day:
    """A day on which scheduled episodes began so many minutes after its begin."""
    said = CLOCK.now()
    commands: list[c.Command] = [c.Begin(id="b", at=BEGUN, author="O1", said=said, codebook="x")]
    for n, minute in enumerate(starts):
        codes = {"mode": "scheduled"}
        commands.append(
            c.Start(id=f"s{n}", at=BEGUN + minute * MINUTE, author="O1", said=said, episode=f"e{n}", codes=codes)
        )
    return fold(an_observation(), commands)


def test_a_line_is_an_event() -> None:
    """Times and then who, what and where, by key or by id, in any order; nothing but the times is needed."""
    assert parsed("10:30-11:00", BOOK) == Planned(630, 660)
    codes = {"activity": "external", "place": "own_office"}
    assert parsed(" 9.05 – 10.00 9 e o ", BOOK) == Planned(545, 600, "governor", codes)
    event = parsed("1030-1100 teacher teaching_learning", BOOK)
    assert (event.start, event.role, event.codes) == (630, "teacher", {"activity": "teaching_learning"})


@pytest.mark.parametrize(
    "text",
    ["", "soon", "11:00-10:00", "10:00-25:00", "10:61-11:00", "10:00-11:00 nobody", "10:00-10:00", "10:30-11003 e"],
)
def test_what_is_no_event_is_refused(text: str) -> None:
    """No times, an end before its start, hours there are not and words that name nothing are refused with an example."""
    with pytest.raises(BadInput, match="As 10:30-11:00"):
        parsed(text, BOOK)


def test_a_diary_is_in_order_and_holds_an_event_once() -> None:
    """Events come in order of time; the same one twice is one; too many are refused."""
    one, other = Planned(600, 630, "teacher"), Planned(540, 560)
    assert checked([one, other, one]) == (other, one)
    with pytest.raises(BadInput, match="too many"):
        checked([Planned(n, n + 1) for n in range(201)])


def test_an_event_is_offered_from_ten_minutes_before_until_it_is_over_or_begun() -> None:
    """The earliest that is due is offered; one that began, even before its time, is offered no more."""
    start = 8 * 60 + 30  # the day of the stage begins at 8:00
    diary = (Planned(start, start + 30), Planned(start + 30, start + 60))
    at = BEGUN + 30 * MINUTE
    assert due(diary, day_with(), at - LEAD - 1) is None
    assert due(diary, day_with(), at - LEAD) == diary[0]
    assert due(diary, day_with(25), BEGUN + 31 * MINUTE) is None
    assert due(diary, day_with(25), BEGUN + 52 * MINUTE) == diary[1]
    assert due(diary, day_with(25, 55), BEGUN + 61 * MINUTE) is None
    assert due(diary, day_with(), BEGUN + 90 * MINUTE) is None
    assert due((), day_with(), at) is None


def test_events_at_one_time_have_one_order() -> None:
    """Two events that begin and end together stand in the same order whatever order they came in."""
    two = [Planned(600, 630), Planned(600, 630, "teacher"), Planned(600, 630, "pupil", {"activity": "pupil_contact"})]
    orders = [checked(each) for each in permutations(two)]
    assert all(order == orders[0] for order in orders)


def test_a_meeting_that_goes_on_is_not_the_next_one() -> None:
    """A scheduled meeting that was interrupted and resumed has begun once, at its start: the next event is offered."""
    day = day_with(2)
    said = CLOCK.now()
    more: list[c.Command] = [
        c.Start(id="i", at=BEGUN + 15 * MINUTE, author="O1", said=said, episode="e9", suspends=True),
        c.Resume(id="r", at=BEGUN + 25 * MINUTE, author="O1", said=said, episode="e0"),
    ]
    day = fold(an_observation(), [*(act.command for act in day.acts), *more])
    event = Planned(8 * 60 + 30, 9 * 60)
    assert due((event,), day, BEGUN + 31 * MINUTE) == event
