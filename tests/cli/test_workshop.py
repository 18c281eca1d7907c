"""`shadowlog workshop`: what a room guessed, counted and told is kept with the study, of a frozen set alone, without names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import run
from tests.workshop import study


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    study(tmp_path / "days.db")

    def told(*arguments: str, code: int = 0) -> str:
        capfd.readouterr()
        assert run(["--db", str(tmp_path / "days.db"), *arguments]) == code
        out = "".join(capfd.readouterr())
        assert "Traceback" not in out
        return out

    return told


def frozen(program: Any) -> str:
    """A frozen set's id."""
    found = re.search("set ([0-9a-f]{16})", program("present", "--study", "Demo", "-o", "deck.html"))
    assert found
    return found[1]


def saved(folder: Path, set_: str, **changed: Any) -> str:
    """The file that slides save."""
    values = {
        "format": "shadowlog-room",
        "version": 1,
        "set": set_,
        "guesses": {"interactions": 12, "alone": 30.5},
        "hands": {"incident 1": {"formally": 2, "culturally": 1}},
    }
    path = folder / "room.json"
    path.write_text(json.dumps(values | changed))
    return str(path)


def test_a_room_is_kept_with_the_study(program: Any, tmp_path: Path) -> None:
    """Guesses, hands, who was there, aids and barriers are listed and given as JSON, and the journal adds up."""
    set_ = frozen(program)
    words = ["--there", "4 heads", "--there", "1 adviser", "--aid", "time, and a room", "--barrier", "=nobody asked"]
    told = program("workshop", saved(tmp_path, set_), "--study", "Demo", "--date", "2027-02-03", *words)
    assert told == f"Kept: the workshop of 2027-02-03 with set {set_}.\n"
    assert program("workshop", "--study", "Demo").splitlines() == [
        f"2027-02-03  set {set_}  4 heads, 1 adviser",
        "  guessed, alone: 30.5",
        "  guessed, interactions: 12",
        "  incident 1: formally 2, culturally 1",
        "  helped: time, and a room",
        "  stood in the way: =nobody asked",
    ]
    (kept,) = json.loads(program("workshop", "--study", "Demo", "--json"))
    assert (kept["set"], kept["there"], kept["aids"]) == (set_, ["4 heads", "1 adviser"], "time, and a room")
    program("doctor", "--rebuild")


def test_it_is_exported_with_the_study(program: Any, tmp_path: Path) -> None:
    """An export of the study as tables holds its workshops and its sets, one of a named day does not; nor does a data set."""
    set_ = frozen(program)
    program("export", "--study", "Demo", "--to", "csv", "-o", "before")
    assert not (tmp_path / "before" / "workshops.csv").exists()
    program("workshop", saved(tmp_path, set_), "--study", "Demo", "--date", "2027-02-03", "--barrier", "=nobody asked")
    program("export", "--study", "Demo", "--to", "csv", "-o", "all")
    assert f"1,2027-02-03,{set_},barrier,,,,'=nobody asked" in (tmp_path / "all" / "workshops.csv").read_text()
    days = {line.split(",")[0] for line in (tmp_path / "all" / "observations.csv").read_text().splitlines()[1:]}
    sets = [line.split(",") for line in (tmp_path / "all" / "sets.csv").read_text().splitlines()[1:]]
    assert {id_ for id_, _ in sets} == {set_}
    assert {day for _, day in sets} == days
    program("export", min(days), "--to", "csv", "-o", "one")
    program("export", "--study", "Demo", "--to", "parquet", "-o", "data")
    named = {each.name for folder in ("one", "data") for each in (tmp_path / folder).rglob("*")}
    assert "observations.csv" in named
    assert not {each for each in named if each.startswith(("workshops", "sets"))}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"format": "other"}, "format"),
    ({"version": 2}, "version"),
    ({"set": "zz"}, "set"),
    ({"guesses": {"alone": -1}}, "guesses"),
    ({"guesses": {"<script>": 1}}, "guesses"),
    ({"hands": {"incident 1": {"by vote": 1}}}, "none of the six ways"),
    ({"extra": 1}, "extra"),
]


@pytest.mark.parametrize(("changed", "why"), WRONG)
def test_a_file_that_no_slides_saved_is_refused(
    program: Any, tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    """Another format, a strange number or name, or a field more is refused, named, and nothing is kept."""
    set_ = frozen(program)
    assert why in program("workshop", saved(tmp_path, set_, **changed), "--study", "Demo", code=2)
    assert program("workshop", "--study", "Demo") == ""


def test_names_and_foreign_sets_are_refused(program: Any, tmp_path: Path) -> None:
    """Words that may name somebody are shown and kept only when said to be meant so; a set of another study is none."""
    set_ = frozen(program)
    told = program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", "asked Priya first", code=1)
    assert "Looks as if it named somebody: asked Priya first" in told
    assert "The study has no such set" in program("workshop", saved(tmp_path, "0" * 16), "--study", "Demo", code=1)
    assert program("workshop", "--study", "Demo") == ""
    program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", "asked Priya first", "--as-typed")
    assert "no words" in program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", " ", code=2)
