"""The slides in a real browser: driven by keys alone, guess then reveal, readable from the back of a hall, asking nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.deck import deck
from shadowlog.cli import run
from shadowlog.domain.versions import Version, record_of
from shadowlog.exchange.demo import demo_days
from shadowlog.exchange.demo_workshop import workshop_days
from shadowlog.report.fitting import apart
from shadowlog.report.slides import slides
from tests import axe
from tests.driven import Driven
from tests.report.decks import COUNT, demonstration, first, here, seen, visible, written
from tests.workshop import asked, imported, talked

SIZES = [(1920, 1080), (1024, 768)]
SPARE = "(s => [s.scrollHeight - s.clientHeight, s.scrollWidth - s.clientWidth])(document.querySelector('.here'))"
SEEN = seen(".here *, #where, #say")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's days as slides, heads in the order of their codes."""
    return written(demonstration(), tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slides of the workshop demonstration, whose incidents are of two or three sentences."""
    records = [record_of(made.day, Version.AMENDED, 0) for made in workshop_days()]
    return written(deck(records, lambda _: None), tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slides of five real days, imported, agreed to and released."""
    folder = tmp_path_factory.mktemp("deck")
    database, path = folder / "real.db", folder / "deck.html"
    imported(database)
    asked(database)
    assert run(["--db", str(database), "present", "--study", "Real", "-o", str(path)]) == 0
    return path


DECKS = ("page", "real")
"""The fixtures of the decks that are driven and measured whole."""


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> Path:
    """One of those decks."""
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.mark.parametrize("size", SIZES, ids=["1920x1080", "1024x768"])
def test_long_incidents_stand_in_their_slides(window: Driven, workshop: Path, size: tuple[int, int]) -> None:
    """On no slide of the workshop demonstration does anything stand out, whether it is covered or revealed."""
    window.open(workshop, *size)
    count, words = int(window.run(COUNT)), 0
    for _ in range(2 * count):
        assert window.run(SPARE) == [0, 0], here(window)
        words = max(words, int(window.run("document.querySelector('.here').textContent.split(/\\s+/).length")))
        window.press(" ")
    assert here(window) == count
    assert words > 40


@pytest.mark.parametrize("whole", DECKS, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=["1920x1080", "1024x768"])
def test_the_whole_deck_by_keys(window: Driven, whole: Path, size: tuple[int, int]) -> None:
    """Space reveals and goes on to the last slide; nothing stands out of its slide; nothing is said or asked for."""
    window.open(whole, *size)
    count = int(window.run(COUNT))
    presses = 0
    while here(window) < count:
        at = here(window)
        covered = window.run("'reveals' in document.querySelector('.here').dataset")
        assert not covered or not visible(window, ".finding")
        window.press(" ")
        presses += 1
        if covered:
            assert here(window) == at
            assert visible(window, ".finding")
            window.press(" ")
            presses += 1
        assert window.run(SPARE) == [0, 0], at
        assert here(window) == at + 1
    assert presses > count
    window.press("Home", "ArrowRight", "ArrowRight", "ArrowLeft")
    # The second was revealed before, so that the second arrow goes on from it.
    assert here(window) == 2
    window.press("End")
    assert here(window) == count
    window.press("1", "1", "Enter")
    assert here(window) == 11
    assert (window.console, window.requests) == ([], [])


@pytest.mark.parametrize("whole", DECKS, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=["1920x1080", "1024x768"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_readable_from_the_back(window: Driven, whole: Path, size: tuple[int, int], dark: bool) -> None:
    """Every word on every slide is 28 px high or more, and stands out by 7:1 or more, light and dark."""
    window.open(whole, *size)
    if dark:
        window.press("l")
    told: list[Any] = []
    count = int(window.run(COUNT))
    for _ in range(count):
        told += window.run(SEEN)
        window.press(" ")
        told += window.run(SEEN)
        if here(window) < count:
            window.press("ArrowRight")
    assert len(told) > 100
    assert [each for each in told if each[1] < 28] == []
    assert [each for each in told if each[2] < 7] == []


def test_small_and_faint_words_would_be_seen(window: Driven, page: Path, tmp_path: Path) -> None:
    """Negative control: a small grey word is found to be both."""
    path = tmp_path / "deck.html"
    faint = "<p style='font-size:12px;color:#999'>faint</p></section>"
    path.write_text(page.read_text(encoding="utf-8").replace("</section>", faint, 1), encoding="utf-8")
    window.open(path, 1920, 1080)
    (word,) = [each for each in window.run(SEEN) if each[0] == "faint"]
    assert word[1] < 28
    assert word[2] < 7


def test_the_room_guesses_counts_and_keeps(window: Driven, page: Path) -> None:
    """A guess typed before the reveal is marked on the axis; hands are counted; both are kept, and saved when asked for."""
    window.open(page, 1920, 1080)
    window.press("2", "Enter")
    window.type(".here .guess input", "12")
    window.press("Enter")
    assert visible(window, ".finding")
    assert window.run("document.querySelector('.here .mark').hidden") is False
    assert window.run("document.querySelector('.here .guess input').disabled")
    sort = int(window.run("[...document.querySelectorAll('.slide')].findIndex(e => e.classList.contains('sort'))")) + 1
    window.press(*str(sort), "Enter")
    assert here(window) == sort
    window.press("2", "2", "5")
    counts = "[...document.querySelectorAll('.here output')].map(e => e.value)"
    assert window.run(counts) == ["0", "2", "0", "0", "1", "0"]
    window.again()
    assert here(window) == sort
    assert window.run(counts) == ["0", "2", "0", "0", "1", "0"]
    window.press("b")
    assert window.run("document.querySelector('#blank').hidden") is False
    window.press("b")
    assert window.run("document.querySelector('#blank').hidden")
    window.press("?")
    assert window.run("document.querySelector('#help').hidden") is False
    window.press("Escape")
    window.run(
        "(() => { const b = document.createElement('button'); b.id = 'go'; b.textContent = 'go'; b.onclick = () => document.dispatchEvent(new KeyboardEvent('keydown', {key: 's', bubbles: true})); document.querySelector('.here').append(b); })()"
    )
    kept = json.loads(window.downloaded("#go").read_text(encoding="utf-8"))
    assert kept["format"] == "shadowlog-room"
    assert kept["guesses"] == {"interactions": 12}
    assert list(kept["hands"].values()) == [{"pragmatically": 2, "opportunistically": 1}]


def test_a_guess_is_put_on_the_axis(window: Driven, page: Path) -> None:
    """A click in the middle of the axis guesses half of it, and marks it; once it is revealed a click changes nothing."""
    window.open(page, 1920, 1080)
    window.press("4", "Enter")
    window.click(".here .row:not(.axis) .track")
    most = float(window.run("document.querySelector('.here .guess input').dataset.most"))
    assert float(window.run("document.querySelector('.here .guess input').value")) == most / 2
    assert window.run("document.querySelector('.here .mark').hidden") is False
    window.press(" ")
    window.run("document.querySelector('.here .guess input').value = 1")
    window.click(".here .row:not(.axis) .track")
    assert window.run("document.querySelector('.here .guess input').value") == "1"


def test_no_grave_fault_for_assistive_technology(window: Driven, checker: str, page: Path) -> None:
    """With everything shown, axe-core finds nothing serious or critical on the slides."""
    window.open(page, 1920, 1080)
    for at in (1, 2, *(first(window, kind) for kind in (".beside", "[data-id$=heads]", ".pattern", ".six", ".sort"))):
        window.press(*f"0{at}", "Enter")
        if window.run("'reveals' in document.querySelector('.here').dataset"):
            window.press(" ")
        assert here(window) == at
        window.run("document.querySelector('#axe-told')?.remove()")
        window.run(checker)
        window.await_("document.querySelector('#axe-told') !== null")
        assert axe.grave(str(window.run("document.documentElement.outerHTML"))) == []


def test_letters_do_not_cover_one_another() -> None:
    """Letters are moved apart about the middle of where they are; those far enough apart stay."""
    assert apart([10.0, 40.0]) == [10.0, 40.0]
    assert apart([10.0, 10.0]) == [6.75, 13.25]
    assert apart([10.0, 12.0, 50.0]) == [7.75, 14.25, 50.0]
    assert apart([]) == []


def test_every_slide_asks_something() -> None:
    """Each slide has a question or a name of its own, and a prompt for who presents it."""
    day = talked(demo_days()[0]).day
    made = slides(deck([record_of(day, Version.AMENDED, day.track[-1].at)], lambda _: None))
    assert len({each.id for each in made}) == len(made)
    assert all(each.question and each.prompt for each in made)
