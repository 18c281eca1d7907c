"""`shadowlog report` in all its forms, as a user asks for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.test_commands import Program


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program on the demonstration, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHADOWLOG_EXPORTS", raising=False)
    monkeypatch.delenv("SHADOWLOG_CHROMIUM", raising=False)
    made = Program(tmp_path, capfd)
    made("demo", "--no-tui")
    return made


def test_every_form(program: Program) -> None:
    """A head's days become one page, a day of it a take-away; several named days are the same as the head's own."""
    told = program("report", "--study", "Demo", "--head", "H01")
    assert told == "Written: exports/H01-2026-11-03-to-2026-11-25-report.html\n"
    text = Path(told.removeprefix("Written: ").strip()).read_text(encoding="utf-8")
    assert "<h1>3 days with head H01</h1>" in text
    ids = [line.split()[0] for line in program("list").splitlines() if "  H01  " in line]
    program("report", *ids, "-o", "same.html")
    assert Path("same.html").read_text(encoding="utf-8") == text
    assert program("report", ids[0], "--take-away") == "Written: exports/H01-2026-11-03-take-away.html\n"


def test_what_does_not_stand_side_by_side(program: Program) -> None:
    """Days of two heads, a take-away of several days, an unknown head and no choice at all are refused with the cure."""
    lines = program("list").splitlines()
    first, second = (next(line.split()[0] for line in lines if f"  {head}  " in line) for head in ("H01", "H02"))
    assert "different heads: H01, H02" in program("report", first, second, code=1)
    assert "of one day" in program("report", "--head", "H01", "--take-away", code=1)
    assert "There are days of: H01, H02, H03." in program("report", "--head", "H09", code=2)
    assert "say which day" in program("report", "--study", "Demo", code=2)


def test_pdf(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a Chromium a PDF is refused and nothing is written; with one it stands in the exports folder."""
    first = next(line.split()[0] for line in program("list").splitlines() if "  H01  " in line)
    before = sorted(Path("exports").iterdir())
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", str(program.folder))
    assert "No Chromium was found" in program("report", first, "--pdf", code=1)
    assert sorted(Path("exports").iterdir()) == before
    stub = program.folder / "chromium"
    stub.write_text('#!/bin/sh\nfor a; do case "$a" in --print-to-pdf=*) echo %PDF-1.4 > "${a#*=}";; esac; done\n')
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.folder}:{path}")
    assert program("report", first, "--pdf") == "Written: exports/H01-2026-11-03-report.pdf\n"
    assert Path("exports/H01-2026-11-03-report.pdf").read_bytes() == b"%PDF-1.4\n"
