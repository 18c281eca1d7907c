"""Comparing two observers from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shadowlog.cli import run

HEADER = "start,end,who,n_people,activity,kind,place,initiator,interrupts,confidence"
FIRST = f"""{HEADER}
08:00,08:10,teacher,1,,exchange,corridor,other,,1
08:10,08:30,parent,1,,unscheduled_meeting,office,other,,1
08:30,09:00,none,,,desk_work,office,head,,1
"""
SECOND = FIRST.replace("08:10", "08:15").replace("parent", "governor")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database with two observers' day, and one of another head; the ids."""
    monkeypatch.setenv("SHADOWLOG_DB", str(tmp_path / "x.db"))
    for name, text, head in (("O1", FIRST, "H01"), ("O2", SECOND, "H01"), ("O3", SECOND, "H02")):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        about = ["--study", "S", "--head", head, "--observer", name, "--date", "2026-11-24", "--zone", "Europe/London"]
        assert run(["import", str(path), *about]) == 0
    from shadowlog.store import library
    from shadowlog.store.engine import open_store

    with open_store(tmp_path / "x.db", writing=False) as store:
        found = {each.observer: each.id for each in library.observations(store)}
    return [found[name] for name in ("O1", "O2", "O3")]


def test_text(database: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The text says how the clocks stand, the figures of each dimension, and what to talk about, within 80 columns."""
    capsys.readouterr()
    assert run(["agreement", *database[:2], "--offset", "0"]) == 0
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    assert "O1 beside O2" in told
    assert "Both observed 1 h 00." in told
    who = next(line for line in told.splitlines() if line.startswith("  Who "))
    assert "66.7 %" in who
    assert "08:15:00  15 min 00 s  Who: Parents and carers / Governors" in told
    assert "Mode" not in told.split("To talk about")[1]


def test_json(database: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON holds the same, whole, and is plain."""
    capsys.readouterr()
    assert run(["agreement", *database[:2], "--json", "--unit", "10"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["unit_seconds"], told["common_minutes"]) == ("shadowlog-agreement", 10, 60)
    assert [each["dimension"] for each in told["dimensions"]][:2] == ["role", "activity"]
    assert told["dimensions"][0]["units"] == 360
    assert told["dimensions"][0]["maximum_kappa"] >= told["dimensions"][0]["kappa"]
    assert "highest_kappa" not in told["dimensions"][0]


@pytest.mark.parametrize(
    ("which", "extra", "words"),
    [((0, 0), [], "one observation twice"), ((0, 2), [], "different heads"), ((0, 1), ["--unit", "0"], "--unit")],
)
def test_refusals(
    database: list[str], capsys: pytest.CaptureFixture[str], which: tuple[int, int], extra: list[str], words: str
) -> None:
    """What cannot be compared is refused in a line, with the reason."""
    capsys.readouterr()
    assert run(["agreement", *(database[n] for n in which), *extra]) != 0
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


@pytest.mark.parametrize("option", ["--unit", "--tolerance", "--offset"])
@pytest.mark.parametrize("value", ["nan", "-NaN", "inf", "1e999"])
def test_what_is_no_number_of_seconds(
    database: list[str], capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    """No option takes nan or infinity: that is bad input and no fault."""
    capsys.readouterr()
    assert run(["agreement", *database[:2], f"{option}={value}"]) == 2
    assert option in capsys.readouterr().err
