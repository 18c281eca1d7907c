"""The page that a head fills in at home, as text: whole without a network, escaped, the same for the same day."""

from __future__ import annotations

import json
import re

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.terms import Verification
from shadowlog.report.home import Sheet, home_page, sheet_of
from tests.answering import Talk, with_head
from tests.report.reading import Page


def sheet(talk: Talk) -> Sheet:
    """What a page shows of a day."""
    return sheet_of(talk.day, summarise([talk.day.record(talk.day.track[-1].at)]), ("workshop",))


def text(talk: Talk) -> str:
    """The page of a day."""
    return home_page(talk.day, sheet(talk))


def told(page: str) -> dict[str, object]:
    """What the page tells its own script."""
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    made: dict[str, object] = json.loads(found[1])
    return made


DAYS = {
    "three episodes": "3 t * +60 5 a +60 7 g +60 X X",
    "nothing at all": "X X",
    "five minutes": "7 g +300 X X",
    "everything": "3 t +60 I 5 a +60 R +60 C 8 g +60 C O +60 O i +9 F 7 D +60 D k +60 P c 3 +600 X X",
}


@pytest.mark.parametrize("name", DAYS)
def test_one_file_that_asks_for_nothing(name: str) -> None:
    """Every day has its page: one file, a policy that lets in its own script alone, no address, the purpose on it."""
    page = text(with_head(DAYS[name]))
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("For your own reflection, not for appraisal") == 2
    assert Page(page).tags["h1"] == 1


def test_the_same_day_has_the_same_page() -> None:
    """Twice the same text; another word of the head's is another page with another key."""
    talk = with_head()
    one = text(talk)
    assert text(talk) == one
    talk.tell(c.Verify, episode=next(iter(talk.day.episodes)), view=Verification.DISPUTE, comment="no <b>parent</b>")
    other = text(talk)
    assert "You said before: disputed: no &lt;b&gt;parent&lt;/b&gt;" in other
    assert {told(one)["page"], told(one)["key"]}.isdisjoint({told(other)["page"], told(other)["key"]})


def test_rows_stand_in_the_order_of_time_with_what_is_no_episode() -> None:
    """Each row has its time, who, what and minutes; gaps, contacts and off the record are there to be seen."""
    lines = sheet(with_head(DAYS["everything"])).lines
    assert [line.at[:5] for line in lines] == sorted(line.at[:5] for line in lines)
    words = {line.who for line in lines if not line.mark}
    assert {"Off the record", "pupil"} <= words
    closed = next(line for line in lines if line.closed)
    assert (closed.what, closed.quiet) == ("closed door", True)
    assert [line.quiet for line in lines if line.who == "other person"] == [True]
    teaching = next(line for line in lines if (line.who, line.what) == ("teacher", "teaching"))
    assert teaching.more.startswith("interrupted 1 time")


def test_what_was_guessed_and_shown_before_is_known() -> None:
    """A page written after some of it was shown shows it at once, beside the guess that was given then."""
    talk = with_head()
    talk.tell(f.Guess, of="interruptions", number=4)
    talk.tell(f.Estimate, of="activity", shares={"admin": 0.4}, importance={"teaching": 5})
    talk.tell(f.Reveal, of="interruptions")
    page = text(talk)
    assert re.findall(r'data-panel="([a-z]+)" data-seen', page) == ["interruptions"]
    assert told(page)["earlier"] == {
        "guess interruptions": {"number": 4},
        "estimate activity": {"shares": {"admin": 40}, "importance": {"teaching": 5}},
    }


def test_a_page_is_named_after_head_and_day() -> None:
    """The name has nothing but letters, digits and hyphens in it."""
    assert sheet(with_head()).name == "H01-2026-11-24"
