"""`shadowlog demo --workshop`: released days and slides of them at once, made once, written again under a free name."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from shadowlog.exchange import demo_talk_words as words
from shadowlog.exchange.demo_workshop import LAYERS, STUDY
from shadowlog.store import intake, library
from shadowlog.store.engine import open_store
from tests.cli.telling import telling

DAY = Path(__file__).parent.parent / "data" / "days" / "day-03.csv"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)

    return telling(tmp_path / "days.db", capfd)


def commands(told: str) -> list[list[str]]:
    """The commands to go on with, as they were printed, without what they do."""
    return [shlex.split(line[12:].partition("   ")[0]) for line in told.splitlines() if line.startswith("  shadowlog ")]


def test_slides_at_once(program: Any, tmp_path: Path) -> None:
    """From an empty database one command makes the study and its slides, with incidents to sort, and says where they are."""
    told = program("demo", "--workshop", "-o", "slides.html")
    assert told.startswith(f"Made: the study {STUDY}.\n5 invented heads, 7 days.")
    assert "Written: slides.html\n" in told
    page = (tmp_path / "slides.html").read_text(encoding="utf-8")
    assert "7 days beside 5 heads" in page
    assert words.COUNCIL.text.partition("'")[0].split(".")[0] in page
    assert "Left out: W0" not in told
    program("doctor", "--rebuild")


def test_how_to_go_on_is_true(program: Any, tmp_path: Path) -> None:
    """The commands that it ends with do what they say, word for word; what wants a file of a room asks for it."""
    told = program("demo", "--workshop")
    (frozen,) = re.findall(r"Frozen: set ([0-9a-f]{16}), of 7 days", told)
    found = commands(told)
    assert [each[0] for each in found] == ["present", "present", "workshop", "list"]
    assert re.fullmatch(rf"{frozen}  \d{{4}}-\d\d-\d\d  7 days\n", program(*found[0]))
    program(*found[1])
    assert (tmp_path / "numbers.csv").is_file()
    assert "FILE" in program(*found[2], code=3)
    assert STUDY in program(*found[3])


def test_a_second_time_nothing_is_made_twice(program: Any, tmp_path: Path) -> None:
    """Run again it makes no day, and writes slides beside those that are there, which stay as they were."""
    program("demo", "--workshop", "-o", "slides.html")
    before, there = (tmp_path / "slides.html").read_bytes(), program("list")
    told = program("demo", "--workshop", "-o", "slides.html")
    assert told.startswith(f"There already: the study {STUDY}.")
    assert "Written: slides-2.html\n" in told
    assert program("list") == there
    assert (tmp_path / "slides.html").read_bytes() == before
    program("demo", "--workshop")
    assert len(list((tmp_path / "exports").glob("workshop-*.html"))) == 1
    assert len(program("present", "--study", "Workshop", "--sets").splitlines()) == 3


def test_what_fails_half_way_leaves_nothing(program: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the third day cannot be kept none is, and the next time all are made."""
    whole, calls = intake.take_in, []

    def failing(*given: Any, **named: Any) -> str:
        calls.append(1)
        if len(calls) == 3:
            raise OSError("no room")
        return whole(*given, **named)

    monkeypatch.setattr(intake, "take_in", failing)
    program("demo", "--workshop", code=4)
    assert len(calls) == 3
    with open_store(tmp_path / "days.db", writing=False) as store:
        assert not library.studies(store)
    assert program("demo", "--workshop").startswith("Made: ")


def test_consent_is_on_record(program: Any, tmp_path: Path) -> None:
    """Every invented head agreed to being observed, to feedback, to a workshop and to the wording of incidents, no more."""
    program("demo", "--workshop")
    with open_store(tmp_path / "days.db", writing=False) as store:
        (study,) = library.studies(store)
    assert {head: consent.layers for head, consent in study.consents.items()} == dict.fromkeys(study.heads, LAYERS)
    assert len(study.heads) == 5


def test_the_first_demonstration_beside_it(program: Any) -> None:
    """Both stand in one database; the days of the first are still with nobody, and are not shown."""
    program("demo", "--no-tui")
    program("demo", "--workshop")
    assert program("present", "--study", "Demo", "--dry-run", code=1).count("Left out: H0") == 7
    assert "Left out: W0" not in program("present", "--study", "Workshop", "--dry-run")


def test_another_study_that_is_called_so(program: Any) -> None:
    """Where another study's name begins alike the commands to go on with name this one in full, and work."""
    about = ["--study", "Workshops in spring", "--head", "H1", "--observer", "O1", "--date", "2007-04-27"]
    program("import", str(DAY), *about)
    first = commands(program("demo", "--workshop"))[0]
    assert STUDY in first
    assert "7 days" in program(*first)


def test_a_file_for_slides_that_are_not_written_is_refused(program: Any, tmp_path: Path) -> None:
    """-o without --workshop is refused with what is missing, and nothing is made."""
    assert "Add --workshop" in program("demo", "-o", "slides.html", code=2)
    assert not (tmp_path / "days.db").exists()
