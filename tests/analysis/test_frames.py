"""What stands in the frames before a breakdown reads them."""

from __future__ import annotations

from shadowlog.analysis.frame import raw, values
from shadowlog.domain.terms import Contact, Party
from tests.analysis.days import EIGHT, MINUTE, Diary


def test_an_observation_says_when_where_and_with_whose_leave() -> None:
    """An observation holds its local date and zone, how consent was given and whether it still runs."""
    diary = Diary()
    diary.episode("a", 5, "pupils")
    (line,) = values(raw([diary.record()]).observations)
    told = {name: line[name] for name in ("date", "zone", "consent", "running", "lo", "hi", "midnight")}
    expected = {"date": "2026-11-24", "zone": "Europe/London", "consent": "asked and given", "running": False}
    assert told == expected | {"lo": EIGHT, "hi": EIGHT + 5 * MINUTE, "midnight": EIGHT - 480 * MINUTE}


def test_a_party_keeps_its_person_code() -> None:
    """A party that was given a person code has it; one that was not has none."""
    diary = Diary()
    diary.episode("a", 5, parties=(Party("teachers", person="T3"), Party("pupils")))
    assert [(p["role"], p["person"]) for p in values(raw([diary.record()]).parties)] == [
        ("teachers", "T3"),
        ("pupils", None),
    ]


def test_contacts_are_a_frame() -> None:
    """A fleeting contact has its instant, local time, role and place; one with the shadower is no contact."""
    diary = Diary()
    diary.episode("a", 5, "pupils")
    given = (
        Contact("c1", EIGHT + MINUTE, "pupils", "corridor"),
        Contact("c2", EIGHT, "shadower"),
        Contact("c3", EIGHT, "x"),
    )
    found = values(raw([diary.record(contacts=given)]).contacts)
    assert [(c["contact"], c["at"], c["local"], c["role"], c["place"]) for c in found] == [
        ("c1", EIGHT + MINUTE, 481 * MINUTE, "pupils", "corridor"),
        ("c3", EIGHT, 480 * MINUTE, "x", None),
    ]
