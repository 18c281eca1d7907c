"""The command line as a user and as a script meet it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import fault, run
from shadowlog.domain import commands as c
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.recorder import step
from shadowlog.store.backup import backups
from shadowlog.store.engine import open_store
from shadowlog.tui.desk import StoreDesk
from shadowlog.tui.ports import Consent, Plan

DAYS = Path(__file__).parent.parent / "data" / "days"
HEADER = "start,end,who,n_people,activity,kind,place,initiator,interrupts,confidence\n"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


class Program:
    """The program on a database and in a folder of its own."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd
        self.database = folder / "data" / "shadowlog.db"

    def __call__(self, *arguments: str | Path, code: int = 0) -> str:
        """Run a command that must end with a code; give what it printed, or its error where the code is not 0."""
        self.capfd.readouterr()
        got = run(["--db", str(self.database), *map(str, arguments)])
        out, err = self.capfd.readouterr()
        assert got == code, (out, err)
        assert "Traceback" not in out + err
        return err if code else out

    def take(self, name: str) -> str:
        """Import one of the five days; give its id."""
        options = ["--study", "Pilot", "--head", "H01", "--observer", "O1", "--date", "2007-04-27", "--zone", "UTC"]
        return self("import", DAYS / name, *options).splitlines()[-1]

    def tables(self) -> dict[str, list[Any]]:
        """Every row of the database, to see whether anything was written."""
        with sqlite3.connect(self.database) as connection:
            names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHADOWLOG_EXPORTS", raising=False)
    return Program(tmp_path, capfd)


def test_demo_without_screens(program: Program) -> None:
    """The demonstration prints a summary, writes a report, and can be made again without a second copy."""
    told = program("demo", "--no-tui")
    assert "THE DAY IN WORDS" in told
    report = next(line for line in told.splitlines() if line.startswith("Report: ")).removeprefix("Report: ")
    assert (program.folder / report).read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    listed = program("list")
    assert len(ID.findall(listed)) == 7
    program("demo", "--no-tui")
    assert program("list") == listed
    assert "tables: made again from the journal, the same" in program("doctor", "--rebuild")


def test_the_list_says_what_is_enough_to_name_an_observation(program: Program) -> None:
    """The characters in front of each line of the list name that observation to every command; the last line says so."""
    program("demo", "--no-tui")
    lines = program("list").splitlines()
    for line in lines[1:-1]:
        assert ID.search(line)
        assert program("show", line.split()[0]).splitlines()[0] == line.split()[-1]
    assert program(*lines[-1].split("`")[1].split()[1:]) == program("show", lines[1].split()[-1])


@pytest.mark.parametrize("name", sorted(path.name for path in DAYS.glob("*.csv")))
def test_real_days_go_through(program: Program, name: str) -> None:
    """Every real day imports, shows, summarises and reports, and its table shares sum to one."""
    id_ = program.take(name)
    assert ID.fullmatch(id_)
    rows = len((DAYS / name).read_text(encoding="utf-8").splitlines()) - 1
    assert len(re.findall(r"^\d\d:\d\d:\d\d +\S+  \S", program("show", id_), re.MULTILINE)) >= rows
    summary = json.loads(program("summary", id_, "--json"))
    assert summary["episodes"]["count"] == rows
    for table in summary["tables"]:
        assert sum(row["count_share"] for row in table["rows"]) == pytest.approx(1)
        assert sum(row["time_share"] for row in table["rows"]) == pytest.approx(1)
        assert [row["code"] for row in table["rows"]].count(None) == 1
    program("report", id_, "-o", "day.html")
    assert (program.folder / "day.html").stat().st_size > 100_000


def test_the_numbers_of_day_08(program: Program) -> None:
    """Day 08 over all rows: 21 episodes, mean 7.8 min, median 3, 62 % under 5 min, 86 % under 10 min."""
    found = json.loads(program("summary", program.take("day-08.csv"), "--json"))
    episodes = found["episodes"]
    assert (episodes["count"], round(episodes["mean_minutes"], 1), episodes["median_minutes"]) == (21, 7.8, 3)
    assert (round(episodes["under_5_share"], 2), round(episodes["under_10_share"], 2)) == (0.62, 0.86)
    assert found["window_minutes"] == 164


def test_what_scripts_rely_on(program: Program) -> None:
    """The JSON of a summary holds the fields that scripts rely on, split unless asked."""
    id_ = program.take("day-04.csv")
    found = json.loads(program("summary", id_, "--json"))
    assert {"window_minutes", "episodes", "interactions", "contacts", "tables"} <= found.keys()
    assert found["interactions"]["count"] > 0
    assert found["contacts"]["count"] == 0
    dimensions = [table["dimension"] for table in found["tables"]]
    assert dimensions[:6] == ["role", "activity", "mode", "initiator", "medium", "place"]
    row = {"code", "label", "count", "count_share", "minutes", "time_share"}
    assert all(row <= each.keys() for table in found["tables"] for each in table["rows"])
    assert {table["who_rule"] for table in found["tables"]} == {"split"}
    full = json.loads(program("summary", id_, "--json", "--who", "full"))
    assert full["tables"][0]["who_rule"] == "full"
    assert sum(row["time_share"] for row in full["tables"][0]["rows"]) > 1


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        ("09:00,08:50,none,,x,desk_work,office,head,0,0.9", ":2", "before the start"),
        ("09:00,09:10,wizard,,x,desk_work,office,head,0,0.9", ":2", "'wizard' is not in the vocabulary; allowed: none"),
        ("09:00,09:10,none,,x,desk_work,office,head,0,2", ":2", "confidence"),
        ("9 o'clock,09:10,none,,x,desk_work,office,head,0,0.9", ":2", "HH:MM"),
        ("", ":", "no "),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(program: Program, rows: str, where: str, what: str) -> None:
    """Bad input gets file, line, what is wrong and what would be right; nothing is half written."""
    program.take("day-20.csv")
    before = program.tables()
    (program.folder / "bad.csv").write_text(HEADER + rows, encoding="utf-8")
    options = ["--study", "Other", "--head", "H07", "--observer", "O1", "--date", "2026-11-20"]
    error = program("import", "bad.csv", *options, code=2)
    assert f"bad.csv{where}" in error
    assert what in error
    assert program.tables() == before


def test_a_missing_column_and_garbage(program: Program) -> None:
    """A missing column is named; ten megabytes of garbage are refused at once."""
    options = ["--study", "S", "--head", "H07", "--observer", "O1", "--date", "2026-11-20"]
    (program.folder / "short.csv").write_text(HEADER.replace("kind,", "") + "09:00,,none,,x,office,head,0,1\n")
    assert "short.csv:1: the column 'kind' is missing" in program("import", "short.csv", *options, code=2)
    (program.folder / "noise.csv").write_bytes(bytes(range(256)) * 40_000)
    assert "larger than 5 MB" in program("import", "noise.csv", *options, code=2)
    (program.folder / "noise.csv").write_bytes(bytes(range(256)) * 400)
    assert "noise.csv" in program("import", "noise.csv", *options, code=2)
    assert not program.database.exists()


def test_hostile_text_is_kept_literally_and_never_obeyed(program: Program) -> None:
    """Markup stays as it was written, escape sequences go."""
    text = "[/b] \x1b]0;title\x07see \x1b[31mred <script>"
    (program.folder / "odd.csv").write_text(f"{HEADER}09:00,09:10,none,,{text},desk_work,office,head,0,0.9\n")
    options = ["--study", "[/b]", "--head", "H07", "--observer", "O1", "--date", "2026-11-20"]
    id_ = program("import", "odd.csv", *options).splitlines()[-1]
    shown = program("show", id_)
    assert "[/b] see red <script>" in shown
    assert "\x1b" not in shown + program("list") + program("summary", id_)


def test_codes_only(program: Program) -> None:
    """A name where a code belongs is refused: names never enter."""
    options = ["--study", "S", "--observer", "O1", "--date", "2026-11-20"]
    error = program("import", DAYS / "day-20.csv", "--head", "Mary", *options, code=2)
    assert "--head" in error
    assert "Mary" not in error


def test_dry_run_writes_nothing(program: Program) -> None:
    """A dry run says what would be imported and leaves no database behind."""
    options = ["--study", "S", "--head", "H07", "--observer", "O1", "--date", "2026-11-20", "--dry-run"]
    assert "21 episodes" in program("import", DAYS / "day-08.csv", *options)
    assert not program.database.exists()


def test_lossless_json_comes_back(program: Program, tmp_path: Path) -> None:
    """What is exported as JSON and imported elsewhere exports the same again, and is taken in once."""
    id_ = program.take("day-08.csv")
    program("export", id_, "--to", "json", "-o", "one.json")
    other = Program(tmp_path, program.capfd)
    other.database = tmp_path / "other.db"
    assert other("import", "one.json").splitlines()[-1] == id_
    other("export", id_, "--to", "json", "-o", "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert "here already" in other("import", "one.json", code=1)


def test_nothing_is_overwritten_unasked(program: Program) -> None:
    """A second export of the same name is refused, and done when asked for."""
    id_ = program.take("day-20.csv")
    for arguments in (["report", id_, "-o", "a.html"], ["export", id_, "--to", "json", "-o", "a.json"]):
        program(*arguments)
        assert "there already" in program(*arguments, code=2)
        program(*arguments, "--force")
    program("report", id_)
    program("report", id_)
    assert len(list((program.folder / "exports").glob("*.html"))) == 2


def test_backup_and_restore(program: Program) -> None:
    """A backup brings back what was there; what it replaces is kept aside."""
    first = program.take("day-20.csv")
    copy = program("backup").removeprefix("Written: ").strip()
    second = program.take("day-08.csv")
    told = program("restore", copy)
    assert "kept as" in told
    listed = program("list")
    assert first in listed
    assert second not in listed
    assert "no backup" in program("restore", "nowhere.db", code=3)


def test_a_second_instance_is_told_who_holds_it(program: Program) -> None:
    """While one program writes, another is told who, and can still look."""
    id_ = program.take("day-20.csv")
    with open_store(program.database, writing=True):
        error = program("demo", "--no-tui", code=4)
        assert re.search(r"process \d+ on \S+ since \S+", error)
        assert "10 episodes" in program("list")
        assert "Alone" in program("show", id_)
        assert "hold" in program("doctor")


def test_newer_and_foreign_databases(program: Program) -> None:
    """A newer database can be looked at and is not written; a foreign file is not touched."""
    program.take("day-20.csv")
    with sqlite3.connect(program.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "10 episodes" in program("list")
    assert "was made by shadowlog" in program("demo", "--no-tui", code=4)
    program.database.write_bytes(b"a letter to somebody")
    assert "not a shadowlog database" in program("list", code=4)
    assert "not a shadowlog database" in program("demo", "--no-tui", code=4)
    assert program.database.read_bytes() == b"a letter to somebody"


def test_a_damaged_database_is_found_and_brought_back(program: Program) -> None:
    """A changed word that SQLite does not notice is found, the database is not written, and the cure names the backup that brings it back."""
    id_ = program.take("day-08.csv")
    copy = program("backup").removeprefix("Written: ").strip()
    whole = program("show", id_)
    data = program.database.read_bytes()
    changed = data.replace(b'"activity":"exchange"', b'"activity":"personal"')
    assert changed != data
    program.database.write_bytes(changed)
    for beside in ("-wal", "-shm"):
        program.database.with_name(program.database.name + beside).unlink(missing_ok=True)
    error = program("doctor", code=4)
    assert copy in error
    program("restore", copy)
    assert program("show", id_) == whole


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["show", "nothing"], 3, "no database"),
        (["import", "nothing.csv"], 3, "no file"),
        (["codebook", "show", "nothing"], 3, "nothing"),
        (["report"], 2, "say which day"),
        (["dance"], 2, "dance"),
        (["record", "--new"], 2, "--consent"),
    ],
)
def test_what_is_not_there(program: Program, arguments: list[str], code: int, what: str) -> None:
    """What is not there is named, with a cure, and the exit code says which kind of error it was."""
    assert what in program(*arguments, code=code)


def test_a_clash_of_keys_is_named_with_its_line(program: Program) -> None:
    """A codebook in which two codes share a key is refused with file and line."""
    code = '[[dimensions.codes]]\nid = "{0}"\nlabel = "{0}"\ndefinition = "d"\nkey = "1"\n'
    text = 'id = "x"\nversion = 1\nname = "X"\n'
    for dimension in ("role", "activity"):
        text += f'[[dimensions]]\nid = "{dimension}"\nlabel = "L"\n{code.format(dimension[0])}'
    (program.folder / "clash.toml").write_text(text, encoding="utf-8")
    assert re.search(r"clash\.toml:\d+:\d+: the key '1'", program("codebook", "check", "clash.toml", code=2))
    for preset in ("default", "structured-observation", "stanford", "instruction-management-personal"):
        assert preset in program("codebook", "list")
        assert "Source" in program("codebook", "show", preset)


def test_replay_acknowledges_every_act_on_stdout(program: Program, tmp_path: Path) -> None:
    """The hidden replay writes one acknowledgement an act, each after its commit, with the journal's id."""
    id_ = program.take("day-20.csv")
    program("export", id_, "--to", "json", "-o", "one.json")
    other = Program(tmp_path, program.capfd)
    other.database = tmp_path / "other.db"
    acks = [line.removeprefix("ACK ") for line in other("replay", "one.json").splitlines()]
    with sqlite3.connect(other.database) as connection:
        kept = {id_ for (id_,) in connection.execute("SELECT id FROM journal")}
    assert len(acks) > 20
    assert set(acks) <= kept


def test_an_unforeseen_error_says_where_and_never_what() -> None:
    """The last door tells the place of an error and no value: values may be about people."""

    def broken(secret: str) -> Callable[[], None]:
        raise ValueError(secret)

    try:
        broken("Mary Smith")
    except ValueError as error:
        told = fault(error)
    assert "Mary" not in told
    assert "ValueError at " in told


DIARY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20261101T080000Z\r\n"
    "DTSTART:20070427T103000\r\nDTEND:20070427T110000\r\nSUMMARY:Invented Person about cover\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


def test_a_diary_is_planned_and_its_titles_never_enter(program: Program, tmp_path: Path) -> None:
    """Events of the day are shown with their titles, kept with codes and without titles, and dropped by number."""
    id_ = program.take("day-08.csv")
    (tmp_path / "head.ics").write_text(DIARY, encoding="utf-8")
    shown = program("diary", id_, "--from", "head.ics", "--add", "8:30-9:00", "--dry-run")
    assert "  2  10:30-11:00" in shown
    assert "not kept: Invented Person about cover" in shown
    assert program("diary", id_).startswith("Nothing is planned")
    program("diary", id_, "--from", "head.ics", "--add", "8:30-9:00", "--code", "2 teacher")
    assert "Teacher" in program("diary", id_).splitlines()[1]
    assert "Invented Person" not in str(program.tables())
    program("diary", id_, "--drop", "1")
    assert program("diary", id_).count("-") == 1
    assert "There is no event '7'" in program("diary", id_, "--code", "7 teacher", code=2)
    assert program("doctor", "--rebuild")


def test_backups_go_to_a_second_folder_too(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a folder in the settings every backup is there as well, and one from there brings a lost database back."""
    stick = tmp_path / "stick"
    (tmp_path / "settings.toml").write_text(f'backups = "{stick}"', encoding="utf-8")
    monkeypatch.setenv("SHADOWLOG_SETTINGS", str(tmp_path / "settings.toml"))
    id_ = program.take("day-08.csv")
    assert program("backup").count("Written: ") == 2
    assert f"backups in {stick}: 1, the newest" in program("doctor")
    before = program("show", id_)
    shutil.rmtree(program.database.parent)
    assert str(stick) in program("restore")
    assert program("show", id_) == before


def test_a_day_that_is_recorded_is_copied_to_the_second_folder(tmp_path: Path) -> None:
    """The desk behind the record screen copies its backups there; a folder that takes none stops nothing."""
    clock = FakeClock()
    for folder, expected in ((tmp_path / "stick", 1), (tmp_path / "file", 0)):
        (tmp_path / "file").write_text("no folder", encoding="utf-8")
        path = tmp_path / f"{folder.name}.db"
        desk = StoreDesk(path, clock, write_report=_none, summary_text=_none, make_demo=_none, backups=folder)
        desk.open().result()
        plan = Plan(
            "Pilot", "2031-08-31", "2026-11-24", "H01", "O1", "default",
            Consent("2026-11-20", "1", "signed form", ("observed",)), (), "UTC",
        )  # fmt: skip
        id_ = desk.plan(plan).result()
        day = desk.load(id_).result()
        said = clock.now()
        begin = c.Begin(id="b-1", at=said.wall, author="O1", said=said, codebook=digest(day.observation.codebook))
        after, changes = step(day, begin)
        desk.save(id_, [(begin, changes)]).result()
        desk.close()
        assert after.begun
        assert len(backups(path)) == 1
        assert len(backups(path, folder)) == expected


def _none(*_: object) -> str:
    return ""


@pytest.mark.parametrize("name", ["day.csv", "day.tsv", "day.txt"])
def test_a_day_from_an_old_spreadsheet(program: Program, name: str) -> None:
    """A timed day whose lines end with a CR alone is imported; a NUL and a header without end are refused in words."""
    whole = (DAYS / "day-08.csv").read_bytes().replace(b"\r\n", b"\n")
    options = ["--study", "Pilot", "--head", "H01", "--observer", "O1", "--date", "2007-04-27", "--zone", "UTC"]
    file = program.folder / name
    file.write_bytes(whole.replace(b"\n", b"\r"))
    assert "21 episodes" in program("import", file, *options)
    for broken, said in ((b"sta\0rt,", "NUL"), (b"x" * 200_000 + b",", "131072 characters")):
        file.write_bytes(broken + whole)
        assert said in program("import", file, *options, code=2)
        assert "no file that a budget can be made of" in program("budget", file, code=2)
