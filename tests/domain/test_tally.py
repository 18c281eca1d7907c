"""The sums of the record screen, worked out by hand."""

from __future__ import annotations

from shadowlog.domain.tally import Tally, tally
from tests.typist import Typist


def sums(keys: str) -> Tally:
    """The tally after keys; every key takes a second."""
    typist = Typist(keys)
    return tally(typist.day, typist.moment().at)


def test_nothing_has_begun() -> None:
    """Before the day begins there is nothing to sum."""
    from shadowlog.domain.recorder import new_day
    from tests.typist import OBSERVATION

    assert tally(new_day(OBSERVATION), 0) == Tally()


def test_time_with_each_role() -> None:
    """A minute alone and two with teachers in a window of 184 seconds: the gap is in the window and with nobody."""
    found = sums("i a +59 3 t +118")
    assert found.window == 182_000
    assert found.roles == {"teacher": 120_000, "alone": 61_000}
    assert list(found.roles) == ["teacher", "alone"]
    assert found.share("teacher") == 120_000 / 182_000
    assert found.share("pupil") == 0


def test_two_groups_count_both() -> None:
    """While two groups are there the time is with each, from the instant at which one joined until it left."""
    found = sums("3 t +58 J 7 +58 L 3 +10")
    assert found.roles["pupil"] == 72_000
    assert found.roles["teacher"] == 120_000


def test_time_with_nobody_named_is_uncoded() -> None:
    """A gap and an episode without a who are uncoded; a what that is missing leaves the time with whom it was."""
    found = sums("3 +58 _ +9 t +29 I +9")
    assert (found.uncoded, found.roles) == (10_000 + 30_000 + 10_000 + 1_000, {"teacher": 59_000})


def test_off_the_record_leaves_the_window() -> None:
    """Off the record is in no window, and neither is talk with the shadower, which is no share of it either."""
    assert sums("3 t +8 O +100 O").window == 12_000
    talk = sums("3 t +8 y t +28")
    assert talk.window == 11_000
    assert "shadower" not in talk.roles
    assert sums("3 t +8 J y +10").roles == {"teacher": 22_000}


def test_an_ended_day_stands_still() -> None:
    """After the end no more time passes."""
    typist = Typist("3 t +10 X X")
    assert tally(typist.day, typist.moment().at + 60_000) == tally(typist.day, typist.moment().at)
