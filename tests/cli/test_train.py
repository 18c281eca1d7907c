"""``shadowlog train`` as a user and as a script meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.exchange.demo import demo_day
from shadowlog.exchange.lossless import dump


class Program:
    """The program in a folder of its own, with a database that must never come to be."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd
        self.database = folder / "data" / "shadowlog.db"

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run `train` with these; give what it printed, or its error where the code is not 0."""
        self.capfd.readouterr()
        got = run(["--db", str(self.database), "train", *arguments])
        out, err = self.capfd.readouterr()
        assert got == code, (out, err)
        return err if code else out


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path, capfd)


def a_file(folder: Path, name: str = "day.json", number: int = 0, most: int | None = None) -> str:
    """An invented day as a lossless JSON; with `most`, cut off after so many commands."""
    made = demo_day(number)
    path = folder / name
    path.write_text(dump(made.observation, made.commands[:most]), encoding="utf-8")
    return str(path)


def test_a_script_prints_the_day_with_its_times_and_makes_no_file(program: Program) -> None:
    """--script prints what is seen from --from on, for so many minutes, and leaves nothing behind."""
    told = program("--script", "--from", "08:19", "--minutes", "9").splitlines()
    assert told[0].startswith("08:19:00  ")
    assert len(told) == 7
    assert [line[:8] for line in told] == sorted(line[:8] for line in told)
    assert list(program.folder.iterdir()) == []


def test_a_script_of_a_whole_day_from_a_file(program: Program) -> None:
    """Without --minutes a script is the whole day; another invented day is another script."""
    own = program("--script", a_file(program.folder))
    assert own == program("--script")
    assert own.splitlines()[-1].endswith("The observation ends here.")
    assert program("--script", "--invented", "2") != own


def test_two_codings_are_compared(program: Program) -> None:
    """--score compares two files over the time both cover: a day beside itself agrees, one that stopped early is compared until then."""
    whole, part = a_file(program.folder), a_file(program.folder, "part.json", most=120)
    same = program("--score", whole, whole)
    assert "Nothing to talk about: the two say the same." in same
    assert "100 %    1.00" in same
    assert "It says nothing of any head." in same
    until = program("--score", part, whole).splitlines()[0]
    assert until.startswith("Your coding beside the key, 07:42")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--from", "8 o'clock", "--script"], 2, "is no time of day"),
        (["--from", "23:00", "--script"], 2, "It was recorded from 07:42"),
        (["--speed", "3"], 2, "'3' is not one of '1', '2', '4', '10'"),
        (["nobody.json", "--script"], 3, "No such file"),
        (["01a1", "--script"], 3, "database"),
        (["--score", "a.json", "b.json", "01a1"], 2, "no further day"),
    ],
    ids=["from", "late", "speed", "file", "id", "score"],
)
def test_what_cannot_be_is_said(program: Program, arguments: list[str], code: int, words: str) -> None:
    """What cannot be played or compared ends in words and the right code."""
    assert words in program(*arguments, code=code)


def test_codings_of_different_codebooks_or_days_are_refused(program: Program) -> None:
    """Two days have no second in common; two codebooks no code: both are said."""
    one, other = a_file(program.folder), a_file(program.folder, "other.json", number=1)
    assert "no second that both cover" in program("--score", one, other, code=2)
    text = json.loads(Path(one).read_text(encoding="utf-8"))
    text["codebook"]["name"] = "Another"
    text["journal"] = []
    Path(other).write_text(json.dumps(text), encoding="utf-8")
    assert "has not begun" in program("--score", one, other, code=1)
