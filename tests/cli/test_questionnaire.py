"""`shadowlog questionnaire`: the example of its description, its refusals, and its JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import run

DESCRIPTION = (Path(__file__).parents[2] / "docs" / "questionnaire.md").read_text(encoding="utf-8")
ITEMS, ANSWERS = re.findall(r"```csv\n(.*?)```", DESCRIPTION, re.DOTALL)
(OUTPUT,) = re.findall(r"```text\n(.*?)```", DESCRIPTION, re.DOTALL)
(COMMAND,) = re.findall(r"^`shadowlog (questionnaire [^`]*--study Demonstration)`", DESCRIPTION, re.MULTILINE)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "x.db"
    assert run(["--db", str(path), "demo", "--no-tui"]) == 0
    return path


@pytest.fixture
def program(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """The program in a folder with the two files of the example."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")

    def told(*arguments: str, code: int = 0) -> str:
        capfd.readouterr()
        got = run(["--db", str(database), *arguments])
        out, err = capfd.readouterr()
        assert got == code, (out, err)
        assert "Traceback" not in out + err
        return err if code else out

    return told


WITH = ("questionnaire", "answers.csv", "--items", "items.csv")


def test_the_example(program: Any) -> None:
    """The example of the description gives what stands there, in 80 columns."""
    out = program(*COMMAND.split())
    assert out.strip() == OUTPUT.strip()
    assert max(map(len, out.splitlines())) <= 80


def test_without_days(program: Any) -> None:
    """Without days the items are told all the same, and that three of them could stand beside some."""
    out = " ".join(program(*WITH).split())
    assert "6 returned; 1 more came back without any answer." in out
    assert "3 items name a use of time: --against ID or --study" in out
    assert "No return rate: --handed-out" in out
    assert "OBSERVED DAYS" not in out


def test_fewer_than_five(program: Any, tmp_path: Path) -> None:
    """With four sheets there is no figure of any item or section, and it is said why."""
    (tmp_path / "answers.csv").write_text("\n".join(ANSWERS.splitlines()[:5]), encoding="utf-8")
    out = program(*WITH)
    assert "No figures, since fewer than 5 people answered them" in out
    assert out.count("none of them with figures") == 2
    told = json.loads(program(*WITH, "--json"))
    assert all(each["figures"] is None and each["x_missing"] is None for each in told["items"])
    assert all(each["figures"] is None for each in told["sections"])


def test_the_shares_are_those_of_the_summary(program: Any) -> None:
    """What stands beside an item is the row of `shadowlog summary` for the same days and version."""
    days = ("--head", "H01", "--as", "recorded")
    told = json.loads(program(*WITH, *days, "--json"))
    summary = json.loads(program("summary", *days, "--json"))
    rows = {
        (table["rollup"] or table["dimension"], row["code"]): row
        for table in (*summary["tables"], *summary["rollups"])
        for row in table["rows"]
    }
    beside = {(e["item"]["division"], e["item"]["heading"]): e["observed"] for e in told["items"] if e["observed"]}
    assert beside == {key: rows[key] for key in (("place", "classroom"), ("talis", "curriculum"), ("role", "pupil"))}
    assert told["days"]["record_version"] == "recorded"
    assert told["days"]["window_minutes"] == summary["window_minutes"]
    one = told["days"]["observations"][0]
    assert json.loads(program(*WITH, "--against", one, "--json"))["days"]["observations"] == [one]


def test_every_field_is_described(program: Any) -> None:
    """Every field of the JSON is in the description."""
    told = json.loads(program(*COMMAND.split(), "--json"))
    named = set(re.findall(r"`(\w+)`", DESCRIPTION))
    each, section = told["items"][0], told["sections"][0]
    fields = {*told, *each, *each["item"], *each["figures"], *section, *told["days"]}
    assert fields - {"format"} <= named


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--handed-out", "6"), "--handed-out: 7 came back, and no more can than were handed out"),
        (("--study", "Nowhere"), "no study 'Nowhere'"),
        (("--as", "verified"), "--as: there are no days to have a version"),
    ],
)
def test_refusals(program: Any, arguments: tuple[str, ...], words: str) -> None:
    """What cannot be is refused with its option."""
    got = program(*WITH, *arguments, code=3 if "--study" in arguments else 2)
    assert words in got


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("place=moon", "items.csv:3 heading: place has no 'moon'. There is: own_office"),
        ("nation=teaching", "items.csv:3 heading: the codebook has no 'nation'. There is: role, activity"),
    ],
)
def test_a_heading_that_the_days_do_not_know(program: Any, tmp_path: Path, heading: str, words: str) -> None:
    """It is refused with file, line and column, and with what there is."""
    (tmp_path / "items.csv").write_text(ITEMS.replace("place=classroom", heading), encoding="utf-8")
    assert words in program(*WITH, "--head", "H01", code=2)


def test_words_from_outside_are_never_obeyed(program: Any, tmp_path: Path) -> None:
    """Escape sequences and markup in an item are shown as text."""
    (tmp_path / "items.csv").write_text(ITEMS.replace("Staff", "\x1b[31m[/b]<b>=1+1 Staff"), encoding="utf-8")
    out = program(*WITH)
    assert "\x1b" not in out
    assert "[/b]<b>=1+1 Staff" in out
