"""`shadowlog page` and `shadowlog answers`: the day goes to its head once; what comes back is kept whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import run
from shadowlog.domain import feedback as f
from shadowlog.domain.commands import Command
from shadowlog.domain.day import Day
from shadowlog.exchange import files
from shadowlog.store import journal, library
from shadowlog.store.engine import open_store
from shadowlog.store.intake import take_in
from tests.answering import EVENING, saved, view
from tests.typist import OBSERVATION, Typist

ID = OBSERVATION.id


class Program:
    """The program in a folder of its own, with one day in its database."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.database, self.capfd = folder / "days.db", capfd

    def __call__(self, *arguments: str | Path, code: int = 0) -> str:
        """Run a command that must end with a code; give what it printed."""
        self.capfd.readouterr()
        got = run(["--db", str(self.database), *map(str, arguments)])
        out, err = self.capfd.readouterr()
        assert got == code, (out, err)
        assert "Traceback" not in out + err
        return out + err

    def keep(self, keys: str = "3 t +60 5 a +60 7 g +60 X X", *, imported: bool = False) -> Typist:
        """Take in a day that was typed elsewhere."""
        typist = Typist(keys)
        with open_store(self.database, writing=True) as store:
            take_in(store, OBSERVATION, typist.journal, date="2026-11-24", clock=typist.clock, imported=imported)
        return typist

    @property
    def day(self) -> Day:
        """The day as it stands."""
        with open_store(self.database, writing=False) as store:
            return journal.load(store, ID)

    def said(self, kind: type[Command]) -> list[Command]:
        """Everything of one kind that was said to the day."""
        with open_store(self.database, writing=False) as store:
            return [each for each in journal.commands(store, ID) if isinstance(each, kind)]

    def tables(self) -> dict[str, list[Any]]:
        """Every row of the database, to see whether anything was written."""
        with sqlite3.connect(self.database) as connection:
            names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHADOWLOG_EXPORTS", raising=False)
    return Program(tmp_path, capfd)


def test_names_are_asked_about_before_anything_is_taken_in(program: Program, tmp_path: Path) -> None:
    """Words that look as if they named somebody are shown and nothing is written, until they are said to be meant so."""
    program.keep()
    program("page", ID)
    file = tmp_path / "answers.json"
    said = view(program.day, 0, "dispute", comment="it was Mrs Example"), view(program.day, 1, "agree")
    file.write_bytes(saved(program.day, *said))
    before = program.tables()
    told = program("answers", file, code=1)
    assert "Looks as if it held a name: 20" in told
    assert "Mrs Example" in told
    assert "1 answer may name somebody, and nothing was imported. Names never enter" in told
    assert "Looks as if it held a name: 20" in program("answers", file, "--dry-run")
    assert program.tables() == before
    assert "Imported: 2 entries" in program("answers", file, "--as-typed")


def test_a_page_hands_the_day_over_once(program: Program, tmp_path: Path) -> None:
    """The first page says, as the observer, that the day is with its head; further pages say nothing and take free names."""
    program.keep()
    assert "The day is now with H01." in program("page", ID)
    before = program.tables()
    assert "now with" not in program("page", ID)
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == [
        "H01-2026-11-24-home-2.html",
        "H01-2026-11-24-home.html",
    ]
    assert program.tables() == before
    (said,) = program.said(f.HandOver)
    assert said.author == "O1"
    assert said.at >= program.day.track[-1].at
    assert "given to the head" in program("show", ID, "--history")


def test_a_running_day_has_no_page(program: Program) -> None:
    """A day that has not ended is not given to anybody."""
    program.keep("3 t +60")
    assert "The day has not ended" in program("page", ID, "-o", "page.html", code=1)
    assert program.said(f.HandOver) == []
    assert "no such observation" in program("page", "ffff", code=3)


def test_a_page_that_cannot_be_written_hands_nothing_over(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the way, or a disk that is full, leaves file and day as they were; --force overwrites."""
    program.keep()
    target = tmp_path / "page.html"
    target.write_text("mine", encoding="utf-8")
    assert "there already" in program("page", ID, "-o", target, code=2)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "make_empty", full)
        program("page", ID, "-o", "other.html", code=4)
    assert target.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == ["page.html"]
    assert program.said(f.HandOver) == []
    program("page", ID, "-o", target, "--force")
    assert len(program.said(f.HandOver)) == 1


def layers(page: Path) -> list[str]:
    """The uses that a page asks to release a day for."""
    part = page.read_text(encoding="utf-8").partition('data-q="release"')[2].partition("</fieldset>")[0]
    return re.findall(r'value="([a-z]+)"', part)


def test_only_what_the_consent_agrees_to_can_be_released(program: Program, tmp_path: Path) -> None:
    """The page offers the uses that the consent agrees to; one that it does not is refused in a file too."""
    typist = program.keep()
    program("page", ID, "-o", "all.html")
    assert layers(tmp_path / "all.html") == ["workshop", "incidents", "archive"]
    release = {"kind": "release", "at": EVENING, "layers": ["archive"]}
    (tmp_path / "answers.json").write_bytes(saved(program.day, release))
    with open_store(program.database, writing=True) as store:
        study = library.find_study(store, OBSERVATION.study).id
        who = {"head": "H01", "date": "2026-11-25", "wording": "2", "how": "in writing"}
        agreed = ("observed", "feedback", "workshop")
        library.record_consent(store, study, **who, layers=agreed, author="O1", clock=typist.clock)
    program("page", ID, "-o", "some.html")
    assert layers(tmp_path / "some.html") == ["workshop"]
    before = program.tables()
    assert "consent does not agree" in program("answers", "answers.json", code=2)
    assert program.tables() == before


def test_an_imported_day_can_be_talked_about_and_not_released(program: Program, tmp_path: Path) -> None:
    """Of a day for which nobody was asked a page can be filled in; it has nothing to release."""
    program.keep(imported=True)
    program("page", ID, "-o", "page.html")
    assert layers(tmp_path / "page.html") == []
    assert "nothing to release" in (tmp_path / "page.html").read_text(encoding="utf-8")
    (tmp_path / "answers.json").write_bytes(
        saved(program.day, {"kind": "release", "at": EVENING, "layers": ["workshop"]})
    )
    program("answers", "answers.json", code=2)


def test_answers_are_kept_with_who_and_when(program: Program, tmp_path: Path) -> None:
    """A dry run shows what would be said and writes nothing; then it is said, and a second time nothing is."""
    program.keep()
    program("page", ID, "-o", "page.html")
    estimate = {"kind": "estimate", "at": EVENING, "of": "activity", "shares": {"admin": 40}, "importance": {}}
    data = saved(program.day, estimate, view(program.day, 1, "dispute", comment="[/b] <i>that</i> was a parent"))
    (tmp_path / "answers.json").write_bytes(data)
    before = program.tables()
    told = program("answers", "answers.json", "--dry-run")
    assert "2026-11-24 16:00  estimate, admin: 40 % of the day" in told
    assert "“[/b] <i>that</i> was a parent”" in told
    assert "Dry run: nothing was written." in told
    assert program.tables() == before
    assert "Imported: 2 entries of H01's." in program("answers", "answers.json")
    history = program("show", ID, "--history")
    assert re.search(
        r"H01 \(head\) \(answered 2026-11-24 16:00:00\)  head: dispute, “\[/b\] <i>that</i> was a parent”", history
    )
    assert re.search(r"H01 \(answered 2026-11-24 16:00:00\)  estimate, admin: 40 % of the day", history)
    after = program.tables()
    assert "nothing was said" in program("answers", "answers.json")
    assert program.tables() == after
    assert "the same" in program("doctor", "--rebuild")


def test_a_refused_answer_leaves_nothing_of_its_file(program: Program, tmp_path: Path) -> None:
    """Where one answer is refused none of the file is kept, and the reason is said."""
    program.keep()
    program("page", ID, "-o", "page.html")
    bad = {"kind": "reveal", "at": EVENING, "of": "happiness"}
    (tmp_path / "answers.json").write_bytes(saved(program.day, view(program.day, 0, "agree"), bad))
    before = program.tables()
    assert "nothing of that name" in program("answers", "answers.json", code=1)
    assert program.tables() == before


def test_files_of_elsewhere_are_refused(program: Program, tmp_path: Path) -> None:
    """A day that is not here, a page of the same day of another database, no file, no JSON: each with its reason."""
    typist = program.keep()
    program("page", ID, "-o", "page.html")
    typist.say(f.HandOver(**typist.moment().envelope()))
    (tmp_path / "foreign.json").write_bytes(saved(typist.day, view(typist.day, 0, "agree")))
    assert "another database" in program("answers", "foreign.json", code=2)
    (tmp_path / "unknown.json").write_bytes(saved(program.day, observation="other"))
    assert "not in this database" in program("answers", "unknown.json", code=3)
    (tmp_path / "noise.json").write_bytes(bytes(range(256)))
    assert "is no file of answers" in program("answers", "noise.json", code=2)
    program("answers", "nothing.json", code=3)
    program("answers", "foreign.json", "--dry-run", code=2)
