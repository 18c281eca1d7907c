"""The pages of a printed report: no chart and no row of a table is cut in two, nothing stands over the edge of its paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import pypdfium2
import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.report.page import page
from shadowlog.report.pdf import printed
from tests.analysis.talks import whole_talk
from tests.report import days
from tests.report.test_page import demo_day
from tests.report.test_page_in_browser import demo_days, demo_heads, demo_take_away, demo_talk, with_script

EDGE = 20
"""Points: nearer to the edge of the paper than this nothing is printed."""
SPAN = 283.5
"""Ten centimetres in points."""
MARK = """
window.addEventListener("beforeprint", function () {
  function put(place, text, style) {
    var mark = document.createElement("span");
    mark.textContent = text;
    mark.setAttribute("style", "position:absolute;left:0;font-size:2px;line-height:2px;" + style);
    place.appendChild(mark);
  }
  put(document.querySelector("header, main"), "QSA", "top:0;left:0");
  put(document.querySelector("header, main"), "QSZ", "top:0;left:10cm");
  [["figure", "F"], ["tr", "R"], ["h2, h3", "H"]].forEach(function (kind) {
    document.querySelectorAll(kind[0]).forEach(function (each, n) {
      var place = each.querySelector("th, td") || each;
      place.style.position = "relative";
      put(place, "Q" + kind[1] + n + "A", "top:0");
      put(place, "Q" + kind[1] + n + "Z", "bottom:0");
    });
  });
});
"""
OPEN = 'document.querySelectorAll("details").forEach(function (fold) { fold.open = true; });'
FORMS: dict[str, Callable[[], str]] = {
    "demonstration": demo_talk,
    "several days": demo_days,
    "several heads": demo_heads,
    "take-away": demo_take_away,
    "five minutes": lambda: page(summarise([days.one_row_day()])),
    "hostile": lambda: page(summarise([whole_talk(days.hostile_day())])),
    "400 episodes": lambda: page(summarise([days.long_day(400)])),
}


class Printed:
    """What stands on which page."""

    def __init__(self, data: bytes, edge: float = EDGE) -> None:
        self.pages: dict[str, dict[str, list[int]]] = defaultdict(lambda: {"A": [], "Z": []})
        """The pages of the first and of the last mark of each thing, as F12; the head of a table stands on several."""
        self.outside: list[tuple[int, tuple[float, ...]]] = []
        """What reaches over the edge, by page."""
        self.scale = 0.0
        """By how much everything was shrunk so that the widest thing fits."""
        for number, sheet in enumerate(pypdfium2.PdfDocument(data)):
            text = sheet.get_textpage()
            written = text.get_text_range()
            for name, end in re.findall(r"Q([FRH]\d+)([AZ])", written):
                self.pages[name][end].append(number)
            width, height = sheet.get_size()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            # What is invisible has no extent.
            self.outside += [
                (number, box)
                for box in boxes
                if box[2] > box[0]
                and (box[0] < edge or box[1] < edge or box[2] > width - edge or box[3] > height - edge)
            ]
            if "QSA" in written:
                left, right = (self._where(text, mark) for mark in ("QSA", "QSZ"))
                self.scale = (right - left) / SPAN

    def _where(self, text: pypdfium2.PdfTextPage, mark: str) -> float:
        found = text.search(mark).get_next()
        assert found is not None
        return float(text.get_charbox(found[0])[0])

    def cut(self, kind: str) -> list[str]:
        """The things of a kind that begin on one page and end on another."""
        return [name for name, ends in self.pages.items() if name[0] == kind and ends["A"] != ends["Z"]]

    def count(self, kind: str) -> int:
        """How many things of a kind stand on paper."""
        return sum(name[0] == kind for name in self.pages)


@pytest.mark.parametrize("folds", ["", OPEN], ids=["as it is", "everything open"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nothing_is_cut(browser: str, form: Callable[[], str], folds: str) -> None:
    """Every chart, heading and row of a table stands whole on one page, at its size, within the margins of its paper."""
    text = form()
    found = Printed(printed(with_script(text, MARK + folds), browser))
    assert found.count("F") == text.count("<figure")
    assert found.count("R") == text.count("<tr>") or not folds
    assert (found.cut("F"), found.cut("R"), found.cut("H")) == ([], [], [])
    assert found.outside == []
    assert found.scale == pytest.approx(1, abs=0.01)


def test_dots_are_printed_with_their_numbers(browser: str) -> None:
    """A chart of dots, which carries no numbers, has its tables on paper although they are folded on the screen."""
    found = Printed(printed(with_script(demo_heads(), MARK), browser))
    assert found.count("R") > 2 * 8


def test_a_cut_would_be_seen(browser: str) -> None:
    """Negative control: where figures and rows may break, and something is wider than the paper, all three are found."""
    loose = page(summarise([whole_talk(demo_day())])).replace("break-inside: avoid", "break-inside: auto")
    high = 'document.querySelectorAll("td").forEach(function (each) { each.style.height = "9rem"; });'
    found = Printed(printed(with_script(loose, MARK + OPEN + high), browser))
    assert found.cut("F")
    assert found.cut("R")
    wide = loose.replace("</main>", f"<p style='white-space:nowrap;max-width:none'>{'wide ' * 60}</p></main>")
    found = Printed(printed(with_script(wide, MARK), browser))
    assert found.outside or found.scale < 0.9
