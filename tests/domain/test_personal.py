"""What looks as if it named somebody."""

from __future__ import annotations

import pytest

from shadowlog.domain.personal import looks_personal


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Talk with Mrs Example about cover", "a name"),
        ("asked Priya to lead it", "a name"),
        ("cover for Year 4; Owen's class waits", "a name"),
        ("sent J. S. home", "initials"),
        ("sent J.S. home", "initials"),
        ("pupil, 3/4/2017, new", "a date of birth"),
        ("new pupil, DOB asked for", "a date of birth"),
        ("new pupil, 2017-04-03", "a date of birth"),
        ("the one of 12 March 2010", "a date of birth"),
        ("met O'Brien at the gate", "a name"),
        ("mrs. smith rang", "a name"),
        ("asked (Sarah) again", "a name"),
    ],
)
def test_names_initials_and_dates_are_noticed(text: str, held: str) -> None:
    """A title with a name, a capital in mid-sentence, initials and a date each look personal."""
    assert looks_personal(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Asked for cover. Then the boiler: Caretaker called.",
        "T3 and the SENCO on the IEP, Friday, Year 6, Maths",
        "[IMPORTANT] 09:30 moved to 10.15",
        "ofsted call at 9.30-10.00",
        "talk of the IEP's end, and of it's being late",
        "in May, and 2 March past",
        "a" * 100_000 + "1",
    ],
)
def test_plain_notes_pass(text: str) -> None:
    """Person codes, school words, beginnings of sentences, days and times of day do not."""
    assert looks_personal(text) == ""
