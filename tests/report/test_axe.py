"""No form of the report has a serious or critical fault for readers who use assistive technology, by axe-core."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.report.many_days import days_of, days_page
from shadowlog.report.page import page
from shadowlog.report.take_away import take_away
from tests import axe
from tests.analysis.talks import whole_talk
from tests.installing import Missing
from tests.report import days
from tests.report.test_many_days import later, of_one_head
from tests.report.test_page import demo_day
from tests.report.test_page_in_browser import demo_heads, opened, with_script

FORMS: dict[str, Callable[[], str]] = {
    "report": lambda: page(summarise([whole_talk(demo_day())])),
    "report of nothing": lambda: page(summarise([days.empty_day()])),
    "hostile report": lambda: page(summarise([whole_talk(days.hostile_day())])),
    "take-away": lambda: take_away(summarise([whole_talk(demo_day())])),
    "several heads": demo_heads,
    "several days": lambda: days_page(days_of(of_one_head())),
    "two small days": lambda: days_page(days_of([days.small_day(), later(days.small_day(), 1)])),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_grave_fault(browser: str, checker: str, tmp_path: Path, form: Callable[[], str]) -> None:
    """Opened with every fold open, the page has no violation that is serious or critical."""
    seen = opened(browser, tmp_path, with_script(form(), checker))
    assert axe.grave(seen.dom) == []


def test_a_fault_would_be_seen(browser: str, checker: str, tmp_path: Path) -> None:
    """Negative control: grey on grey, and a picture without words, are found."""
    faults = '<p style="color:#ccc;background:#ddd">faint words</p><img src="data:," width="20" height="20"></main>'
    text = page(summarise([days.empty_day()])).replace("</main>", faults)
    seen = opened(browser, tmp_path, with_script(text, checker))
    assert {"color-contrast", "image-alt"} <= {each["id"] for each in axe.grave(seen.dom)}


def test_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm the failure says how to get it."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Missing, match="apt-get install npm"):
        axe.script(tmp_path)
