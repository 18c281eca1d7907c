"""BORIS files through the command line: looked at, imported as a whole, broken down."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from shadowlog.cli import run
from tests.exchange.test_boris import project

FOLDER = Path(__file__).parent.parent / "data" / "boris"
PROJECT = FOLDER / "synthetic_1000.boris.gz"
OPTIONS = ("--study", "Pilot", "--observer", "O1", "--zone", "UTC")


def told(database: Path, capfd: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    """Run a command that must end with a code; give what it printed."""
    capfd.readouterr()
    got = run(["--db", str(database), *map(str, arguments)])
    out, err = capfd.readouterr()
    assert got == code, (out, err)
    return err if code else out


def test_import_budget_and_summary(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A project is imported as a day for each subject; its budget in the program is that of the file as it stands.

    Who was there is coded nowhere, so nothing is said of how many interactions there were, or when.
    """
    database = tmp_path / "s.db"
    ids = told(database, capfd, "import", PROJECT, *OPTIONS).splitlines()[-12:]
    assert "tables: made again from the journal, the same" in told(database, capfd, "doctor", "--rebuild")
    stored = json.loads(told(database, capfd, "budget", *ids, "--json"))
    bare = json.loads(told(database, capfd, "budget", PROJECT, "--json"))
    assert stored["rows"]
    assert [without(row) for row in stored["rows"]] == [without(row) for row in bare["rows"]]
    out = told(database, capfd, "summary", ids[0], "--concurrent")
    assert "greeting" in out
    assert "Who was there is nowhere coded, so interactions are not known." in " ".join(out.split())
    assert "0 interactions" not in out
    assert "INTERACTIONS BY PERIOD" not in out


def without(row: dict[str, object]) -> dict[str, object]:
    """A row without what only the database or only the file knows."""
    return {name: value for name, value in row.items() if name not in {"observation", "head"}}


def test_a_dry_run_writes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--dry-run says which head every subject becomes and what cannot be placed, and leaves no database behind."""
    database = tmp_path / "s.db"
    out = told(database, capfd, "import", PROJECT, *OPTIONS, "--dry-run")
    assert "head H02 is 'Person 1'" in out
    assert "not placed: 1 × independent variable" in out
    assert not database.exists()


def test_an_import_is_all_or_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """When one day of a file cannot be kept, none of the file is, nor its study."""
    database = tmp_path / "s.db"
    told(database, capfd, "import", PROJECT, *OPTIONS)
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON observation WHEN NEW.head = 'H09' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        before = connection.execute("SELECT count(*) FROM journal").fetchone()
    code = run(["--db", str(database), "import", str(PROJECT), "--study", "Other", "--observer", "O1", "--zone", "UTC"])
    assert code != 0
    capfd.readouterr()
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == before


def test_an_end_gives_the_denominator(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An hour with nothing coded after a ten-minute talk is 14 % with --end, where BORIS says 100 %."""
    file = tmp_path / "talk.boris"
    file.write_text(json.dumps(talk()), encoding="utf-8")
    database = tmp_path / "s.db"
    out = told(database, capfd, "import", file, *OPTIONS)
    assert "1 observation has no end: its window ends with its last event; --end says better" in out
    assert told(database, capfd, "budget", out.splitlines()[-1]).splitlines()[-1].split()[-1] == "100.0"
    id_ = told(database, capfd, "import", file, *OPTIONS, "--end", "1:10").splitlines()[-1]
    assert told(database, capfd, "budget", id_).splitlines()[-1].split()[-1] == "14.3"
    assert "an observation has events after --end" in told(
        database, capfd, "import", file, *OPTIONS, "--end", "0:05", code=2
    )


def talk() -> dict[str, object]:
    """A project in which a talk of ten minutes is all there is."""
    return {
        "project_format_version": "7.0",
        "project_name": "talk",
        "subjects_conf": {},
        "behaviors_conf": {"0": {"type": "State event", "code": "talk", "modifiers": "", "category": ""}},
        "observations": {
            "one": {
                "type": "LIVE",
                "date": "2026-11-22T08:00:00",
                "time offset": 0.0,
                "events": [[0.0, "", "talk", "", ""], [600.0, "", "talk", "", "to Ann"]],
            }
        },
    }


def test_a_budget_of_several_observations_says_which(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each row names its observation as the file does, or by the end of its id; points are none whose end is unknown."""
    lines = told(tmp_path / "s.db", capfd, "budget", FOLDER / "examplevideotrial.boris.gz").splitlines()
    assert lines[0].startswith("138 observations, ")
    assert re.split(r"\s{2,}", lines[2])[:6] == ["observation", "head", "Behaviour", "n", "points", "no end"]
    assert any(line.split()[:6] == ["animaln06", "animaln", "startle", "3", "3", "0"] for line in lines)
    database = tmp_path / "s.db"
    ids = told(database, capfd, "import", PROJECT, *OPTIONS).splitlines()[-12:]
    two = told(database, capfd, "budget", *ids[:2]).splitlines()
    assert two[0].startswith("2 observations as amended, ")
    shown = {line.split()[0] for line in two[3:]}
    assert [id_ for id_ in ids if any(map(id_.endswith, shown))] == ids[:2]
    one = told(database, capfd, "budget", ids[0]).splitlines()
    assert one[0].startswith("1 observation as amended, ")
    assert one[2].startswith("head ")


def test_comments_are_taken_when_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A comment is a note only with --notes; without, it is said that there is one."""
    file, database = tmp_path / "talk.boris", tmp_path / "s.db"
    file.write_text(json.dumps(talk()), encoding="utf-8")
    without = told(database, capfd, "import", file, *OPTIONS)
    assert "1 comment was not taken" in without
    assert "to Ann" not in told(database, capfd, "show", without.splitlines()[-1])
    noted = told(database, capfd, "import", file, *OPTIONS, "--notes")
    assert "1 of 1 comment looks as if it named somebody: look it over" in noted
    assert "to Ann" in told(database, capfd, "show", noted.splitlines()[-1])


def table(folder: Path, subject: str, date: str = "2026-11-02") -> Path:
    """A table of events with one state of one subject, in a file named after it."""
    start = f"o,{date} 08:00:00,{subject},a,ST"
    file = folder / f"{subject.replace(' ', '')}-{date}.csv"
    header = "Observation id,Observation date,Subject,Behavior,Behavior type,Time"
    file.write_text(f"{header}\n{start}ART,1\n{start}OP,200\n", encoding="utf-8")
    return file


def test_two_people_of_two_files_are_two_heads(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A subject without a code gets one that the study does not use yet, and the import says so; H01 stays H01."""
    database = tmp_path / "s.db"
    assert "head H01 is 'Ann Smith'" in told(database, capfd, "import", table(tmp_path, "Ann Smith"), *OPTIONS)
    second = table(tmp_path, "Bob Jones", "2026-11-03")
    for more in (["--dry-run"], []):
        out = told(database, capfd, "import", second, *OPTIONS, *more)
        assert "head H02 is 'Bob Jones'" in out
        assert "the study has H01 already" in out
    assert "head H01 is 'H01'" in told(database, capfd, "import", table(tmp_path, "H01", "2026-11-04"), *OPTIONS)
    elsewhere = ["--study", "Other", *OPTIONS[2:]]
    assert "head H01 is 'Bob Jones'" in told(database, capfd, "import", second, *elsewhere)


def test_a_day_is_imported_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A day of the same study, observer and head with the same content is refused by its id; another head's is not."""
    database, file = tmp_path / "s.db", table(tmp_path, "Ann Smith")
    id_ = told(database, capfd, "import", file, *OPTIONS).splitlines()[-1]
    for more in ([], ["--dry-run"], ["--head", "H01"]):
        said = told(database, capfd, "import", file, *OPTIONS, *more, code=1)
        assert f"1 of 1 days in the file are here already: {id_} (H01, O1, 2026-11-02)" in said
    told(database, capfd, "import", file, *OPTIONS, "--head", "H07")
    told(database, capfd, "import", file, "--study", "Pilot", "--observer", "O2", "--zone", "UTC", "--head", "H01")
    day = FOLDER.parent / "days" / "day-20.csv"
    about = (*OPTIONS, "--head", "H03", "--date", "2007-04-27")
    id_ = told(database, capfd, "import", day, *about).splitlines()[-1]
    assert id_ in told(database, capfd, "import", day, *about, code=1)


def test_a_subject_forges_no_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Line breaks, escape sequences and what turns text round in a subject's name reach neither the table nor the JSON."""
    name = "Head\nforged  talk  9\u2028A \x1b[31mred \x9b31m\u202eevil\x85\x07"
    values = talk()
    values["observations"]["one"]["events"] = [[0.0, name, "talk", "", ""], [600.0, name, "talk", "", ""]]  # type: ignore[index]
    file, database = tmp_path / "talk.boris", tmp_path / "s.db"
    file.write_text(json.dumps(values), encoding="utf-8")
    out = told(database, capfd, "budget", file)
    assert [line for line in out.splitlines() if "forged" in line] == [out.splitlines()[-1]]
    made = told(database, capfd, "budget", file, "--json")
    assert all(c == "\n" or c.isprintable() for c in out + made)
    assert json.loads(made)["rows"][0]["head"] == "Head forged  talk  9 A red evil"


def test_an_empty_name_of_a_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`export -o ''` is refused, and writes nothing into the current folder."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    database = tmp_path / "s.db"
    id_ = told(database, capfd, "import", table(tmp_path, "H01"), *OPTIONS).splitlines()[-1]
    for form in ("csv", "json", "parquet", "traminer"):
        assert "an empty name is none" in told(database, capfd, "export", id_, "--to", form, "-o", "", code=2)
    assert [*here.iterdir()] == []


def test_a_budget_of_a_file_takes_its_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With --end the budget of a file counts an hour after the last event; one before it, and one for a stored day, are refused."""
    file, database = tmp_path / "talk.boris", tmp_path / "s.db"
    file.write_text(json.dumps(project([[0, "", "talk", "", ""], [600, "", "talk", "", ""]])), encoding="utf-8")
    assert "100.0" in told(database, capfd, "budget", file)
    assert "14.3" in told(database, capfd, "budget", file, "--end", "1:10:00")
    assert "has events after --end" in told(database, capfd, "budget", file, "--end", "0:05:00", code=2)
    assert "has its own end" in told(database, capfd, "budget", "6a07", "--end", "1:10", code=2)
