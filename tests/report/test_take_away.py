"""The take-away: one page of one day, in the head's own words where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from shadowlog.analysis.prompts import LOOK
from shadowlog.analysis.summary import summarise
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Record
from shadowlog.errors import Refused
from shadowlog.report.take_away import take_away, take_away_name
from tests import chromium
from tests.analysis.talks import said, whole_talk
from tests.report import days
from tests.report.reading import Page
from tests.report.test_page import DAYS, demo_day


def wordy_day() -> Record:
    """A day whose labels, comments and answers are as long as anybody ever made them."""
    long = "A word and another word of the head's, again and again. " * 2_000
    book = replace(
        days.BOOK,
        dimensions=tuple(
            replace(d, codes=tuple(replace(c, label=f"{c.label} {'and so on ' * 30}") for c in d.codes))
            for d in days.BOOK.dimensions
        ),
    )
    day = days.small_day()
    day = replace(day, observation=replace(day.observation, codebook=book, head="H" * 60, observer="S" * 400))
    return said(day, *((f.Answer, {"prompt": LOOK.id, "text": long}) for _ in range(6)))


FORMS: dict[str, Callable[[], Record]] = {
    **DAYS,
    "wordy": wordy_day,
    "talked": lambda: whole_talk(demo_day()),
    "long": lambda: days.long_day(5_000),
}


def squeezed(text: str) -> str:
    """A text without its spaces, however its lines were broken."""
    return re.sub(r"[\s\ufffe\u00ad]+", "", text)


@pytest.mark.parametrize("day", FORMS.values(), ids=FORMS)
def test_prints_on_exactly_one_page(browser: str, tmp_path: Path, day: Callable[[], Record]) -> None:
    """Whatever the day, the take-away is one sheet of A4, and every word of it is on that sheet."""
    path, target = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(take_away(summarise([day()])), encoding="utf-8")
    chromium.print_page(browser, path, target)
    made = target.read_bytes()
    sheet = pypdfium2.PdfDocument(made)
    assert len(sheet) == 1
    read = squeezed(sheet[0].get_textpage().get_text_range())
    told = Page(path.read_text(encoding="utf-8")).text
    # Everything below the picture is on the paper, to the last line.
    after = told[told.index("\n## ") :]
    assert [line for line in map(squeezed, after.splitlines()) if line.lstrip("#") not in read] == []
    assert {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", made)} == {
        (0, 0, 595, 842)
    }


def test_two_pages_would_be_seen(browser: str, tmp_path: Path) -> None:
    """Negative control: a page with too much on it is several sheets."""
    path, target = tmp_path / "page.html", tmp_path / "page.pdf"
    text = take_away(summarise([days.small_day()]))
    path.write_text(text.replace("</main>", "<p>more</p>" * 200 + "</main>"), encoding="utf-8")
    chromium.print_page(browser, path, target)
    assert len(re.findall(rb"/Type /Page\b", target.read_bytes())) > 1


def test_what_stands_on_it() -> None:
    """It says what it is for, who and when, how far the day has come, four sentences, and two questions with sources."""
    text = take_away(summarise([whole_talk(days.small_day())]))
    read = Page(text)
    assert read.lines[0] == "For your own reflection, not for appraisal"
    assert read.headings[0] == (1, "A day with head H01")
    assert "In dispute: 1 episode disputed, by H01" in read.text
    assert read.tags["li"] == 4 + 2
    assert text.count('class="source"') == 2
    assert (read.tags["script"], read.tags["svg"]) == (0, 1)
    assert "script-src &#39;none&#39;" in text


def test_what_the_head_will_look_at() -> None:
    """What the head said it would look at stands in its own words; else its answers do, and lines to write on."""
    lined = take_away(summarise([whole_talk(days.small_day())]))
    assert "With the year teams, more than I thought" in Page(lined).text
    assert lined.count('class="lines"') == 1
    told = take_away(summarise([said(days.small_day(), (f.Answer, {"prompt": LOOK.id, "text": "Who waits for me"}))]))
    assert f"{LOOK.text}\nWho waits for me" in Page(told).text
    assert 'class="lines"' not in told


def test_questions_not_yet_answered_come_first() -> None:
    """A question the head has answered already gives way to one it has not."""
    day = days.small_day()
    first = "When did you stand back on purpose?"
    assert first in take_away(summarise([day]))
    answered = said(day, (f.Answer, {"prompt": "standing-back", "text": "In lesson 1"}))
    assert take_away(summarise([answered])).count(first) == 1
    assert "In lesson 1" in take_away(summarise([answered]))


def test_one_day_only() -> None:
    """Of several days, or of none, there is no take-away."""
    for records in ([], [demo_day(0), demo_day(1)]):
        with pytest.raises(Refused, match="of one day"):
            take_away(summarise(records))


def test_hostile_words_are_words() -> None:
    """What looks like markup is read letter by letter."""
    read = Page(take_away(summarise([days.hostile_day()])))
    assert (read.tags["script"], read.tags["img"], read.tags["b"]) == (0, 0, 0)
    assert days.HOSTILE[1] in read.text


def test_name() -> None:
    """The file is named after head and date."""
    assert take_away_name(summarise([days.small_day()])) == "H01-2026-11-24-take-away.html"
