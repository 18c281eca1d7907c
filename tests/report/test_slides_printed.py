"""The slides on paper: a handout of exactly what was shown, whole, dark on light, whatever was pressed, said or guessed before."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from shadowlog.analysis.deck_shape import Deck
from shadowlog.report.slide import Slide
from shadowlog.report.slides import slides
from tests.driven import Driven
from tests.report.decks import COUNT, demonstration, here, hostile, visible, written
from tests.report.test_pdf_pages import Printed

DECKS = {"demonstration": demonstration, "hostile": hostile}
MARGIN = 42
"""Points: the 15 mm that are left free about a page, less half a point."""
MARKS = """(() => {
  const put = (place, text, style) => {
    const mark = document.createElement('span');
    mark.textContent = text;
    mark.setAttribute('style', 'position:absolute;left:0;font-size:2px;line-height:2px;white-space:nowrap;' + style);
    place.append(mark);
  };
  const all = document.querySelectorAll('.slide');
  all.forEach((slide, n) => {
    slide.style.position = 'relative';
    put(slide, 'QF' + n + 'A', 'top:0');
    put(slide, 'QF' + n + 'Z', 'bottom:0');
  });
  put(all[0], 'QSA', 'top:0');
  put(all[0], 'QSZ', 'top:0;left:10cm');
})()"""


class Paper:
    """What stands on the pages: their words, the size of each letter in points, the colour of each place."""

    def __init__(self, path: Path) -> None:
        self.pages: list[str] = []
        self.small: list[tuple[str, float]] = []
        self.colours: list[dict[tuple[int, int, int], int]] = []
        document = pypdfium2.PdfDocument(path.read_bytes())
        for sheet in document:
            text = sheet.get_textpage()
            self.pages.append(bare(text.get_text_range()))
            for n in range(text.count_chars()):
                turned = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text, n, turned)
                size = raw.FPDFText_GetFontSize(text, n) * abs(turned.d)
                letter = chr(raw.FPDFText_GetUnicode(text, n))
                if letter.strip() and size < 10.99:
                    self.small.append((letter, size))
            drawn = sheet.render(scale=0.5, rev_byteorder=True)
            data, step = bytes(drawn.buffer), drawn.n_channels
            colours: dict[tuple[int, int, int], int] = {}
            for y in range(drawn.height):
                for at in range(y * drawn.stride, y * drawn.stride + drawn.width * step, step):
                    colour = (data[at], data[at + 1], data[at + 2])
                    colours[colour] = colours.get(colour, 0) + 1
            self.colours.append(colours)
            drawn.close()
            text.close()
            sheet.close()
        document.close()

    @property
    def text(self) -> str:
        """All words, without the spaces between them."""
        return "".join(self.pages)


def bare(text: str) -> str:
    """A text without the spaces and breaks in it."""
    return re.sub(r"[\s\u00a0\ufffe\x02]+", "", text)


def words(slide: Slide) -> list[str]:
    """All that a slide shows."""
    rows: list[Any] = list(slide.rows)
    numbers = [said for row in rows for said in (getattr(row, "often_said", ""), getattr(row, "long_said", ""))]
    letters = ["".join(dot.letter for dot in row.dots) for row in rows if getattr(row, "lanes", 2) == 1]
    shown = [slide.question, *slide.lines, slide.text, slide.finding, *(row.label for row in rows), *numbers, *letters]
    return [bare(each) for each in (*shown, *(mark for _, mark in slide.axis)) if each]


@pytest.mark.parametrize("made", DECKS.values(), ids=DECKS)
@pytest.mark.parametrize("scripts", [True, False], ids=["as it is", "scripts off"])
def test_all_is_on_paper(window: Driven, tmp_path: Path, made: Callable[[], Deck], scripts: bool) -> None:
    """Printed from the first slide, without a key, every slide is there with all that it reveals, in 11 points or more."""
    if not scripts:
        window.without_scripts()
    window.open(written(made(), tmp_path), 1024, 768)
    window.pdf(tmp_path / "deck.pdf", backgrounds=False)
    paper = Paper(tmp_path / "deck.pdf")
    where = 0
    for slide in slides(made()):
        where = paper.text.index(bare(slide.question), where)
        assert [each for each in words(slide) if each not in paper.text] == [], slide.id
    assert paper.small == []
    never = [slide.prompt for slide in slides(made())] + ["The room guess", "presenter", "Scripts are off", "Enter"]
    assert [each for each in never if each and bare(each) in paper.text] == []


@pytest.mark.parametrize("made", DECKS.values(), ids=DECKS)
def test_nothing_is_cut_on_paper(window: Driven, tmp_path: Path, made: Callable[[], Deck]) -> None:
    """Each slide stands whole on one page, with its heading, at its size, inside the margins, and pages hold two or more."""
    window.open(written(made(), tmp_path), 1024, 768)
    window.run(MARKS)
    window.pdf(tmp_path / "deck.pdf")
    found = Printed((tmp_path / "deck.pdf").read_bytes(), MARGIN)
    count = int(window.run(COUNT))
    assert found.count("F") == count
    assert found.cut("F") == []
    # What lies wholly beyond the margin is not printed at all: it is missed among the words.
    assert found.outside == []
    assert found.scale == pytest.approx(1, abs=0.01)
    sheets = {page for ends in found.pages.values() for page in ends["A"]}
    assert len(sheets) <= count / 2
    assert len(sheets) > 2


def test_a_cut_slide_would_be_seen(window: Driven, tmp_path: Path) -> None:
    """Negative control: a slide that may break, letters over the margin and small ones are found."""
    path = written(demonstration(), tmp_path)
    text = path.read_text(encoding="utf-8").replace("break-inside: avoid", "break-inside: auto")
    text = text.replace("</section>", "<p style='position:absolute;left:-1mm;font-size:8pt'>over</p></section>", 1)
    path.write_text(text, encoding="utf-8")
    window.open(path, 1024, 768)
    window.run(MARKS)
    window.pdf(tmp_path / "deck.pdf")
    found = Printed((tmp_path / "deck.pdf").read_bytes(), MARGIN)
    assert found.cut("F")
    assert found.outside
    assert {letter for letter, _ in Paper(tmp_path / "deck.pdf").small} >= set("over")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_dark_on_light(window: Driven, tmp_path: Path, dark: bool) -> None:
    """From a dark wall, and without printing backgrounds, paper stays white, letters stand on their blue, bars are there."""
    if dark:
        window.prefer_dark()
    window.open(written(demonstration(), tmp_path), 1024, 768)
    assert window.run("document.documentElement.classList.contains('dark')") is dark
    window.pdf(tmp_path / "deck.pdf", backgrounds=False)
    paper = Paper(tmp_path / "deck.pdf")
    for colours in paper.colours:
        whole = sum(colours.values())
        assert colours[255, 255, 255] > 0.7 * whole
    blue, brown = (sum(each.get(of, 0) for each in paper.colours) for of in ((0, 0x4E, 0x87), (0x7A, 0x43, 0)))
    assert blue > 500
    assert brown > 200


def test_printing_spoils_no_guess(window: Driven, tmp_path: Path) -> None:
    """After printing, what was covered is covered still; the same slide stands there; guesses and hands are not on paper."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    window.pdf(tmp_path / "before.pdf")
    window.press("3", "Enter")
    window.type(".here .guess input", "77")
    window.press("Enter", "2", "Enter")
    window.type(".here .guess input", "13,7")
    window.press("Escape", "b")
    window.pdf(tmp_path / "after.pdf")
    assert Paper(tmp_path / "after.pdf").text == Paper(tmp_path / "before.pdf").text
    window.press(" ")
    assert here(window) == 2
    assert not visible(window, ".finding")
    assert window.run("document.querySelector('.here .guess input').disabled") is False
    window.press(" ")
    assert here(window) == 2
    assert visible(window, ".finding")


def test_the_presenter_window_prints_the_same(window: Driven, tmp_path: Path) -> None:
    """Printed from the presenter's window it is the handout too, with no prompt on it."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    window.pdf(tmp_path / "wall.pdf")
    window.press("p")
    with window.other():
        window.await_("document.getElementById('p-prompt').textContent !== ''")
        window.pdf(tmp_path / "presenter.pdf")
    assert Paper(tmp_path / "presenter.pdf").text == Paper(tmp_path / "wall.pdf").text
