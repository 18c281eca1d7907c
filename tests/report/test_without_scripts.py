"""With scripting off every page is read all the same: its words, and every number in a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.report.page import page
from tests.answering import with_head
from tests.driven import Driven
from tests.report import days
from tests.report.test_home_in_browser import written
from tests.report.test_page_in_browser import demo_days, demo_heads, demo_take_away, demo_talk

FORMS: dict[str, Callable[[], str]] = {
    "report": demo_talk,
    "several days": demo_days,
    "several heads": demo_heads,
    "take-away": demo_take_away,
    "nothing": lambda: page(summarise([days.empty_day()])),
}
CELL = re.compile(r"<(td|th|caption|h2|h3|figcaption|dd)\b[^>]*>([^<]+)</\1>")


@pytest.fixture
def window(running: Driven) -> Driven:
    """A window in which no script runs."""
    running.fresh()
    running.without_scripts()
    return running


def missing(window: Driven, text: str) -> list[str]:
    """The words of titles, captions and cells that cannot be read in the window."""
    seen = " ".join(str(window.run("document.body.innerText")).split()).lower()
    wanted = {" ".join(unescape(each).split()) for _, each in CELL.findall(text)}
    return sorted(each for each in wanted if each.lower() not in seen)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_everything_is_read(window: Driven, tmp_path: Path, form: Callable[[], str]) -> None:
    """Each title, caption, cell and fact of the page is seen; no chart leaves a hole; nothing is said on the console."""
    text, path = form(), tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    window.open(path)
    assert CELL.search(text)
    assert missing(window, text) == []
    holes = "Array.from(document.querySelectorAll('.plot')).filter(e => e.getBoundingClientRect().height > 0).length"
    assert window.run(holes) == 0
    assert window.requests == []


def test_a_page_to_fill_in_says_what_it_needs(window: Driven, tmp_path: Path) -> None:
    """The page at home needs its script: without it, it says so, and says what to do instead."""
    window.open(written(with_head(), tmp_path))
    assert "scripts are off in this browser" in window.run("document.querySelector('noscript').textContent")
    assert window.run("document.querySelector('noscript').getClientRects().length") > 0


def test_what_cannot_be_read_would_be_found(window: Driven, tmp_path: Path) -> None:
    """Negative control: with its tables folded away the page's numbers are missed."""
    text, path = demo_talk(), tmp_path / "page.html"
    path.write_text(text.replace("<details open", "<details"), encoding="utf-8")
    window.open(path)
    assert missing(window, text)
