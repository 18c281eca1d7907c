"""What a study can be called, and in which words the rest is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.domain import study as s
from shadowlog.domain import study_commands as asked
from shadowlog.domain.clock import Instant
from shadowlog.errors import Refused

SAID = Instant(1_795_507_200_000, 1, "boot")
FOUND = asked.FoundStudy(id="s-1", at=SAID.wall, author="O1", said=SAID, name="Ten days", retention="2031-08-31")


@pytest.mark.parametrize("name", ["T", "Ten days", "[/b]", "Zehn Tage – Schüler", "x" * 200])
def test_a_plain_name_is_kept(name: str) -> None:
    """A line of plain text of 1 to 200 characters is a study's name, as it was written."""
    assert s.step_study(s.Study("s"), replace(FOUND, name=name)).name == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        (" ", "is empty"),
        ("x" * 201, "has 201 characters"),
        ("a\nb", "cannot be seen"),
        ("a\x1b[31mb", "cannot be seen"),
        ("a\u202eb", "cannot be seen"),
        ("a\udcffb", "cannot be seen"),
    ],
)
def test_a_name_that_is_none(name: str, why: str) -> None:
    """A name that is empty, too long or holds what cannot be seen founds no study."""
    with pytest.raises(Refused, match=why):
        s.step_study(s.Study("s"), replace(FOUND, name=name))


def test_an_observer_is_an_observer() -> None:
    """What is no code is refused in a sentence that is one."""
    study = s.step_study(s.Study("s"), FOUND)
    fields = {"id": "s-2", "at": SAID.wall, "author": "O1", "said": SAID, "code": "Mary"}
    with pytest.raises(Refused, match=r"^An observer is known by a code"):
        s.step_study(study, asked.AddObserver(**fields))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"^A head is known by a code"):
        s.step_study(study, asked.AddHead(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("retention", ["20310831", "2031-W35-7", "1970-01-01", "soon"])
def test_one_form_of_dates(retention: str) -> None:
    """Records are due on a date in the one form there is."""
    with pytest.raises(Refused, match="not a date"):
        s.step_study(s.Study("s"), replace(FOUND, retention=retention))
