"""The command line under attack: hostile names, paths, files and terminals; never a fault of the program."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from shadowlog.cli import run, trouble
from shadowlog.cli.move import _slug
from shadowlog.cli.options import local_zone
from shadowlog.exchange import files
from shadowlog.store.engine import open_store
from tests.typist import OBSERVATION

DAY = Path(__file__).parent.parent / "data" / "days" / "day-08.csv"
GIVEN = {"--study": "Pilot", "--head": "H01", "--observer": "O1", "--date": "2007-04-27", "--zone": "Europe/London"}


class Ended:
    """How a run ended: its code and what it printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


class Program:
    """The program in a folder of its own."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd

    def __call__(self, *arguments: str | Path, db: str = "days.db") -> Ended:
        """Run a command."""
        self.capfd.readouterr()
        code = run(["--db", db, *map(str, arguments)])
        out, err = self.capfd.readouterr()
        assert "Traceback" not in out + err
        return Ended(code, out, err)

    def take(self, **changed: str) -> Ended:
        """Import a day with some options changed."""
        given = {**GIVEN, **{f"--{name}": value for name, value in changed.items()}}
        return self("import", DAY, *[word for pair in given.items() for word in pair])


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHADOWLOG_EXPORTS", raising=False)
    monkeypatch.delenv("SHADOWLOG_DB", raising=False)
    return Program(tmp_path, capfd)


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\nb", "x" * 201, "\u202eab", " ", "a\udcffb"])
def test_a_study_is_named_in_plain_text(program: Program, name: str) -> None:
    """A study's name with what cannot be seen, or far too long, is bad input that names --study; nothing is written."""
    ended = program.take(study=name)
    assert ended.code == 2
    assert "--study: a study's name" in ended.err
    assert "\x1b" not in ended.err
    assert not (program.folder / "days.db").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("date", text) for text in ("20070427", "2007-W17-5", "1970-01-01", "2200-01-01", "0001-01-01", "x" * 500)),
        *(("zone", name) for name in ("", "localtime", "posixrules", "right/UTC", "Factory", "../../etc/passwd")),
    ],
)
def test_dates_and_zones_have_one_form(program: Program, option: str, value: str) -> None:
    """Only 2007-04-27 is a date and only a place's zone is a zone; the option is named and the value cut."""
    ended = program.take(**{option: value})
    assert ended.code == 2
    assert f"--{option}: " in ended.err
    assert len(ended.err) < 200


def test_the_import_says_which_day_it_made(program: Program) -> None:
    """The date and the zone that were used are told, once the day is kept and not before."""
    assert "day 2007-04-27, times in Europe/London" in program.take().out
    with open_store(program.folder / "days.db", writing=True):
        ended = program.take()
    assert ended.code == 4
    assert ended.out == ""


@pytest.mark.parametrize(
    ("named", "zone"),
    [
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        (":Asia/Kathmandu", "Asia/Kathmandu"),
        ("localtime", "UTC"),
        ("<+03>-3", "UTC"),
    ],
)
def test_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch, named: str, zone: str) -> None:
    """The machine's zone is the one TZ names; one that is no place's is UTC."""
    monkeypatch.setenv("TZ", named)
    assert local_zone() == zone


@pytest.mark.parametrize("path", ["~nouser/x", "a\udcffb", "a\0b", "x" * 300, "x" * 5000, "a/" * 3000, ""])
@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", DAY, "--mapping"],
        ["export", "01", "--to", "csv", "-o"],
        ["report", "01", "-o"],
        ["backup", "--to"],
        ["restore"],
        ["codebook", "check"],
        ["summary", "--data"],
        ["budget"],
    ],
)
def test_a_path_that_is_none(program: Program, arguments: Sequence[str | Path], path: str) -> None:
    """A path that no file can have is bad input wherever it is given, and is told safely."""
    ended = program(*arguments, path)
    assert ended.code == 2
    assert ended.err.isprintable() or ended.err.count("\n") == 1
    assert len(ended.err) < 250


@pytest.mark.parametrize("path", ["~nouser/x.db", "a\udcffb", "a\0b", "x" * 300])
def test_a_database_that_can_be_none(program: Program, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """So it is with the database, as an option or from the environment, and with the folder of exports."""
    assert program("list", db=path).code == 2
    if "\0" not in path:
        id_ = program.take().out.splitlines()[-1]
        monkeypatch.setenv("SHADOWLOG_EXPORTS", path)
        assert program("report", id_).code == 2
        monkeypatch.setenv("SHADOWLOG_DB", path)
        assert run(["list"]) == 2


@pytest.mark.parametrize("prefix", ["\udcff", "../x", "a\0b", "", "%", "x" * 65])
def test_what_is_no_id_is_found_nowhere(program: Program, prefix: str) -> None:
    """What no id begins with is not found, before anything is opened."""
    for arguments in (["show", prefix], ["summary", prefix], ["report", prefix], ["export", prefix, "--to", "json"]):
        assert program(*arguments).code == 3


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_terminal_that_lacks_letters(tmp_path: Path, encoding: str) -> None:
    """Where the terminal's letters are few, question marks stand for the rest and the program ends well."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "shadowlog", "--db", str(tmp_path / "days.db")]
    took = [word for pair in {**GIVEN, "--study": "Tage – 学校"}.items() for word in pair]
    done = subprocess.run([*command, "import", str(DAY), *took], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    id_ = done.stdout.splitlines()[-1].decode()
    for arguments in (["list"], ["show", id_], ["summary", id_]):
        done = subprocess.run([*command, *arguments], env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_failed_export_leaves_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export or a report that the disk refuses names the file, a cure and no temporary name; no folder stays."""
    id_ = program.take().out.splitlines()[-1]

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(files, "make_empty", full)
    for arguments in (["export", id_, "--to", "json"], ["export", id_, "--to", "csv"], ["report", id_]):
        ended = program(*arguments)
        assert ended.code == 4
        assert "make room" in ended.err
        assert "/." not in ended.err
        assert not (program.folder / "exports").exists()


def test_a_file_beside_is_told_by_its_own_name() -> None:
    """The name of a file in the making is never told; what the user knows of is."""
    for made, known in (("a/.H01.json.0a1b2c3d", "a/H01.json"), ("a/b", "a/b")):
        told = trouble.told(OSError(errno.EISDIR, "Is a directory", made))
        assert told == f"{known}: Is a directory. A folder has that name; name a file."


def test_a_file_where_a_folder_should_be(program: Program) -> None:
    """A path through a file is told with a cure that fits."""
    id_ = program.take().out.splitlines()[-1]
    (program.folder / "list").write_text("milk")
    ended = program("export", id_, "--to", "json", "-o", "list/day.json")
    assert ended.code == 4
    assert "file, not a folder" in ended.err or "in the way" in ended.err
    assert program("backup", "--to", "list").code == 4


@pytest.mark.parametrize("id_", ["../../x", "a/b", "C:\\x", "x" * 300, "", "."])
def test_a_name_for_a_file_stays_in_its_folder(id_: str) -> None:
    """An export's own name is letters, digits and hyphens, whatever the observation is called."""
    from dataclasses import replace

    slug = _slug(replace(OBSERVATION, id=id_))
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()
    assert len(slug) <= 80


def test_a_lossless_file_with_a_strange_id(program: Program) -> None:
    """A JSON whose observation is named as a path elsewhere is refused and writes nothing anywhere."""
    id_ = program.take().out.splitlines()[-1]
    program("export", id_, "--to", "json", "-o", "one.json")
    values = json.loads((program.folder / "one.json").read_bytes())
    values["observation"]["id"] = "../../../evil"
    (program.folder / "two.json").write_text(json.dumps(values))
    ended = program("import", "two.json", db="other.db")
    assert ended.code == 2
    assert "two.json: observation.id" in ended.err
    assert not (program.folder / "other.db").exists()
