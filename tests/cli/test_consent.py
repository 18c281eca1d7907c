"""What heads agreed to, from the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.telling import Program, telling


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Program:
    """Run the program on the workshop demonstration; what it printed."""
    monkeypatch.chdir(tmp_path)

    told = telling(tmp_path / "days.db", capfd)
    told("demo", "--workshop", "-o", "slides.html")
    return told


def test_what_is_in_force_is_listed(program: Program) -> None:
    """Every head has a line with the date, the wording, how it was given, and each thing agreed to; one can be asked for."""
    lines = program("consent", "--study", "Workshop").splitlines()
    assert [line[:3] for line in lines] == ["W01", "W02", "W03", "W04", "W05"]
    assert "anonymised use in a workshop; the wording of incidents" in lines[0]
    assert program("consent", "w03", "--study", "Workshop").splitlines() == [lines[2]]


def test_a_head_who_withdraws_is_shown_no_longer(program: Program) -> None:
    """Taken back, the head's days are left out of new slides, and a frozen set with them is not shown again."""
    said = program("consent", "W02", "--study", "Workshop", "--withdrawn", "--how", "by telephone")
    assert said.endswith("by telephone: nothing any more\n")
    refused = program("present", "--study", "Workshop", "--set", "last", "-o", "again.html", code=1)
    assert "may be shown no longer, and nothing was written: W02" in refused
    assert not Path("again.html").exists()
    left = program("present", "--study", "Workshop", "--dry-run")
    assert "Left out: W02" in left
    assert "`shadowlog consent` records what a head agrees to" in left


def test_agreed_again_it_is_shown_again(program: Program) -> None:
    """What is agreed to takes the place of what was before, with the wording of before unless another is named."""
    about = ("W02", "--study", "Workshop", "--how", "a signed form")
    program("consent", *about, "--withdrawn")
    said = program("consent", *about, "--agreed", "Observed, workshop,workshop", "--date", "2026-11-01")
    assert "2026-11-01, wording 1, a signed form: be observed; anonymised use in a workshop\n" in said
    program("present", "--study", "Workshop", "--set", "last", "-o", "again.html")
    text = Path("again.html").read_text(encoding="utf-8")
    assert text == Path("slides.html").read_text(encoding="utf-8")


TOMORROW = (datetime.now().astimezone().date() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("W02", "--agreed", "golf", "--how", "x"), "no layer 'golf'. It has: observed, feedback, workshop"),
        (("W02", "--agreed", " , ", "--how", "x"), "nothing is agreed to. Say --withdrawn"),
        (("W02", "--agreed", "workshop"), "say how it was given"),
        (("W02", "--agreed", "workshop", "--how", " "), "say how it was given"),
        (("W02", "--agreed", "workshop", "--withdrawn", "--how", "x"), "Say one of --agreed and --withdrawn"),
        (("--agreed", "workshop", "--how", "x"), "say whose consent it is"),
        (("W99", "--agreed", "workshop", "--how", "x"), "no head 'W99'. It has: W01"),
        (("W99",), "no head 'W99'"),
        (("W02", "--how", "x"), "Say --agreed or --withdrawn"),
        (("W02", "--withdrawn", "--how", "x", "--date", "soon"), "'soon' is no date"),
        (("W02", "--withdrawn", "--how", "x", "--date", TOMORROW), "has not come yet"),
    ],
)
def test_what_cannot_be_is_refused(program: Program, arguments: tuple[str, ...], words: str) -> None:
    """Each mistake is named with what would be right, and the consent stays as it was."""
    before = program("consent", "--study", "Workshop")
    assert words in program("consent", *arguments, "--study", "Workshop", code=2)
    assert program("consent", "--study", "Workshop") == before
