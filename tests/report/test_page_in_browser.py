"""The head's report in a real browser: drawn, silent, asking nobody, and literal about hostile words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from shadowlog.analysis.compare import compare
from shadowlog.analysis.summary import summarise
from shadowlog.domain.terms import Record
from shadowlog.report.compare_page import compare_page
from shadowlog.report.many_days import days_of, days_page
from shadowlog.report.page import page
from shadowlog.report.take_away import take_away
from tests import chromium
from tests.analysis.talks import whole_talk
from tests.chromium import Visit, visit
from tests.installing import Missing
from tests.report import days
from tests.report.reading import Page
from tests.report.test_page import DAYS, demo_day

PLOT = re.compile(r'<div class="plot[^"]*" id="([^"]+)"')
MEASURE = "document.title = [document.documentElement.scrollWidth, window.innerWidth].join(' of ');"


def opened(browser: str, folder: Path, text: str, width: int = 1200) -> Visit:
    """A text as a page in the browser."""
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return visit(browser, path, width)


def with_script(text: str, script: str) -> str:
    """The page with one more script at its end, allowed by its policy."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = text.replace("script-src ", f"script-src &#39;sha256-{digest}&#39; ", 1)
    return allowed.replace("</body>", f"<script>{script}</script></body>")


def pieces(dom: str) -> dict[str, str]:
    """What became of each plot: from its element to the end of its figure."""
    return {each[1]: dom[each.start() : dom.index("</figure>", each.start())] for each in PLOT.finditer(dom)}


def drawn_words(piece: str) -> str:
    """The words drawn in a plot, those of wrapped lines in one."""
    texts = re.findall(r"<text[^>]*>.*?</text>", piece, re.DOTALL)
    return "\n".join(" ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in texts)


def undrawn(dom: str) -> list[str]:
    """The plots without a picture that has a bar in it."""
    return [key for key, piece in pieces(dom).items() if "main-svg" not in piece or 'class="point"' not in piece]


def long_day() -> Record:
    """Five thousand episodes."""
    return days.long_day(5_000)


@pytest.mark.parametrize("day", [*DAYS.values(), long_day], ids=[*DAYS, "5000 episodes"])
def test_drawn_silent_and_asking_nobody(browser: str, tmp_path: Path, day: Callable[[], Record]) -> None:
    """Every chart is drawn, nothing is said on the console, and no address is asked for."""
    text = page(summarise([day()]))
    seen = opened(browser, tmp_path, text)
    assert seen.console == []
    assert seen.requests == []
    assert sorted(pieces(seen.dom)) == sorted(PLOT.findall(text))
    assert undrawn(seen.dom) == []


def demo_days() -> str:
    """The days of the demonstration's first head, on one page."""
    found = [demo_day(n) for n in range(7)]
    return days_page(days_of([day for day in found if day.observation.head == "H01"]))


def demo_take_away() -> str:
    """A day's one page."""
    return take_away(summarise([demo_day()]))


def demo_talk() -> str:
    """A day through a whole session with its head."""
    return page(summarise([whole_talk(demo_day())]))


def demo_heads() -> str:
    """The heads of the demonstration side by side."""
    return compare_page(compare([demo_day(n) for n in range(7)], "talis", "heads"))


@pytest.mark.parametrize("made", [demo_days, demo_heads, demo_take_away, demo_talk])
def test_every_form_is_drawn_and_silent(browser: str, tmp_path: Path, made: Callable[[], str]) -> None:
    """Several days, several heads, a take-away and a day talked through are drawn too, with an empty console and no request."""
    text = made()
    seen = opened(browser, tmp_path, text)
    assert (seen.console, seen.requests) == ([], [])
    assert sorted(pieces(seen.dom)) == sorted(PLOT.findall(text))
    assert undrawn(seen.dom) == []


def test_errors_would_be_seen(browser: str, tmp_path: Path) -> None:
    """Negative control: an error in a script of the page is a line on the console."""
    text = with_script(page(summarise([days.empty_day()])), "throw new Error('on purpose');")
    assert "on purpose" in " ".join(opened(browser, tmp_path, text).console)


def test_blocked_scripts_would_be_seen(browser: str, tmp_path: Path) -> None:
    """Negative control: a script that the policy does not name does not run, which the console and the plots show."""
    text = page(summarise([days.small_day()])).replace("var paper = ", "var  paper = ")
    seen = opened(browser, tmp_path, text)
    assert "Content Security Policy" in " ".join(seen.console)
    assert "day-activity-1" in undrawn(seen.dom)


def test_requests_would_be_seen(browser: str, tmp_path: Path) -> None:
    """Negative control: without the policy a picture from elsewhere is an address asked for; with it, it is blocked."""
    text = page(summarise([days.empty_day()])).replace("</main>", '<img src="http://example.invalid/x.png"></main>')
    held = opened(browser, tmp_path, text)
    assert held.requests == []
    assert "Content Security Policy" in " ".join(held.console)
    loose = opened(browser, tmp_path, text.replace("Content-Security-Policy", "X-Nothing"))
    assert loose.requests == ["http://example.invalid/x.png"]


def test_hostile_words_are_drawn_as_words(browser: str, tmp_path: Path) -> None:
    """In the charts too, what looks like markup is drawn letter by letter and makes no element."""
    seen = opened(browser, tmp_path, page(summarise([days.hostile_day()])))
    drawn = {key: drawn_words(piece) for key, piece in pieces(seen.dom).items()}
    assert all(f"Teachers {days.HOSTILE[1]}" in drawn[key] for key in ("day-who-1", "who"))
    assert all(f"Administration {days.HOSTILE[2]}" in drawn[key] for key in ("day-activity-1", "what"))
    assert all(f"Leadership team {days.HOSTILE[0]}" in drawn[key] for key in ("day-who-1", "who"))
    assert all(f"Alone {days.HOSTILE[3]}" in drawn[key] for key in ("day-who-1", "who"))
    tags = Page(seen.dom).tags
    assert (tags["img"], tags["b"], tags["i"], tags["script"]) == (0, 0, 0, 3)


@pytest.mark.parametrize("day", ["demonstration", "hostile"])
def test_nothing_stands_out_of_the_window(browser: str, tmp_path: Path, day: str) -> None:
    """On a narrow window the page is not wider than it; wide tables scroll in their own frame."""
    seen = opened(browser, tmp_path, with_script(page(summarise([DAYS[day]()])), MEASURE), 500)
    measured = re.search(r"<title>(\d+) of (\d+)</title>", seen.dom)
    assert measured is not None
    assert int(measured[1]) <= int(measured[2]) <= 500


def test_too_wide_a_page_would_be_seen(browser: str, tmp_path: Path) -> None:
    """Negative control: something wider than the window is measured."""
    text = page(summarise([days.empty_day()])).replace("</main>", '<div style="width:3000px">wide</div></main>')
    seen = opened(browser, tmp_path, with_script(text, MEASURE), 800)
    measured = re.search(r"<title>(\d+) of (\d+)</title>", seen.dom)
    assert measured is not None
    assert int(measured[1]) >= 3000 > int(measured[2])


def test_tables_fold_and_charts_show_once_scripts_run(browser: str, tmp_path: Path) -> None:
    """With scripts the tables are folded away under their charts; the page as written has all of them open."""
    text = page(summarise([days.small_day()]))
    seen = opened(browser, tmp_path, text)
    assert text.count("<details open") > 10
    assert "<details open" not in seen.dom
    assert '<html lang="en-GB" class="drawn">' in seen.dom


def test_prints_on_a4(browser: str, tmp_path: Path) -> None:
    """Printed, the page is A4 throughout, several sheets with the long tables, and says nothing on the way."""
    path, target = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(page(summarise([DAYS["demonstration"]()])), encoding="utf-8")
    chromium.print_page(browser, path, target)
    made = target.read_bytes()
    assert made.startswith(b"%PDF")
    assert 8 <= len(re.findall(rb"/Type /Page\b", made)) <= 24
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", made)}
    assert boxes == {(0, 0, 595, 842)}


def test_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser the failure says how to get one."""
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Missing, match="apt-get install chromium"):
        chromium.find()
