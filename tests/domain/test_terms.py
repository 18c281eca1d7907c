"""The words of the method that reckon for themselves."""

from __future__ import annotations

import pytest

from shadowlog.domain.terms import Party


@pytest.mark.parametrize(
    ("joined", "left", "there"),
    [
        (None, None, [0, 1, 2, 3, 4]),
        (2, None, [2, 3, 4]),
        (None, 3, [0, 1, 2]),
        (1, 3, [1, 2]),
        (0, 1, [0]),
        (2, 2, []),
    ],
)
def test_a_group_is_present_from_its_coming_until_just_before_its_going(
    joined: int | None, left: int | None, there: list[int]
) -> None:
    """A group is there at the instant it joins and no longer at the one it leaves; without either, all the time."""
    party = Party("teacher", joined=joined, left=left)
    assert [at for at in range(5) if party.present(at)] == there
