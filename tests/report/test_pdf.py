"""A report as PDF: printed where a browser is found, refused with the cure where none is, and nothing cut on its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.errors import Refused
from shadowlog.report.page import page
from shadowlog.report.pdf import VARIABLE, browser, printed
from tests.report import days


def program(folder: Path, name: str, text: str) -> Path:
    """A small program that stands in for a browser."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_browser_named_comes_first(tmp_path: Path) -> None:
    """The browser in the variable is taken, else the first known name on the path."""
    mine, other = program(tmp_path, "mine", ""), program(tmp_path, "google-chrome", "")
    there = {"PATH": str(tmp_path)}
    assert browser({**there, VARIABLE: str(mine)}) == str(mine)
    assert browser(there) == str(other)
    first = program(tmp_path, "chromium", "")
    assert browser(there) == str(first)


@pytest.mark.parametrize("named", [{}, {VARIABLE: "/nowhere/chromium"}])
def test_without_a_browser_the_cure_is_named(tmp_path: Path, named: dict[str, str]) -> None:
    """Without a browser a PDF is refused, and the refusal says how to have one."""
    with pytest.raises(Refused, match=r"apt-get install chromium.*\$SHADOWLOG_CHROMIUM.*print it"):
        browser({"PATH": str(tmp_path), **named})


NO_PDF = 'for a; do case "$a" in --print-to-pdf=*) echo html > "${a#*=}";; esac; done'


@pytest.mark.parametrize(
    ("text", "what"), [("exit 3", "did not print"), ("exit 0", "printed nothing"), (NO_PDF, "printed no PDF")]
)
def test_a_browser_that_fails_is_refused(tmp_path: Path, text: str, what: str) -> None:
    """A browser that fails, or that leaves no file or another one, is a refusal and no half a file."""
    with pytest.raises(Refused, match=what):
        printed("<p>page</p>", str(program(tmp_path, "chromium", text)))


def test_printed(request: pytest.FixtureRequest) -> None:
    """A real browser makes a PDF of the page."""
    path = request.getfixturevalue("browser")
    assert printed(page(summarise([days.small_day()])), path).startswith(b"%PDF")
