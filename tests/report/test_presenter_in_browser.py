"""The presenter's window beside the slides: it follows them, drives them, and finds them again, from a file and without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shadowlog.analysis.deck_shape import Deck
from shadowlog.domain.feedback import WAYS
from tests import axe
from tests.driven import Driven
from tests.report.decks import COUNT, demonstration, first, here, hostile, seen, visible, written

SHOWN = """[...document.querySelectorAll('#presenter *')].filter(e => e.getClientRects().length && !e.children.length).map(e => e.textContent.trim()).join('\\n')"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's days as slides."""
    return written(demonstration(), tmp_path_factory.mktemp("deck"))


@pytest.fixture
def wall(window: Driven, page: Path) -> Iterator[Driven]:
    """The slides on the wall, with the presenter's window open beside them; neither may say anything on its console."""
    window.open(page, 1920, 1080)
    window.press("p")
    with window.other():
        window.await_("document.getElementById('p-now').textContent !== ''")
    yield window
    assert (window.console, window.requests) == ([], [])


def reads(window: Driven, id_: str, text: str) -> None:
    """Wait until the presenter reads just this there; AssertionError, in the end, if it never comes."""
    with window.other():
        window.await_(
            f"(e => e.getClientRects().length ? e.textContent : '')(document.getElementById({id_!r})) === {text!r}"
        )


def heading(window: Driven, number: int) -> str:
    """The question of a slide, counted from 1."""
    return str(window.run(f"document.querySelectorAll('.slide h1')[{number - 1}].textContent"))


def test_it_opens_from_a_file_and_tells_what_a_presenter_needs(wall: Driven) -> None:
    """Beside the slides a second window shows prompt, source, clock, minutes, what is on the wall, and what comes next."""
    assert len(wall.others()) == 1
    assert wall.run("location.protocol") == "file:"
    wall.press("2", "Enter")
    reads(wall, "p-now", heading(wall, 2))
    reads(wall, "p-count", f"On the wall now: 2 of {wall.run(COUNT)}")
    reads(wall, "p-next", f"Next: {heading(wall, 3)}")
    reads(wall, "p-prompt", str(wall.run("document.querySelector('.here').dataset.prompt")))
    reads(wall, "p-source", str(wall.run("document.querySelector('.here').dataset.source")))
    with wall.other():
        assert re.fullmatch(r"\d\d:\d\d", wall.run("document.getElementById('p-clock').textContent"))
        assert wall.run("document.getElementById('p-since').textContent") == "0 min since it began"
        assert wall.run("document.getElementById('p-here').textContent") == "0 min on this slide"
    wall.press("End")
    reads(wall, "p-next", "This is the last one.")


def test_minutes_count_from_the_beginning(wall: Driven) -> None:
    """After 25 minutes it says so, in a wall that was loaded again too, until T begins them again."""
    wall.run(
        "(k => sessionStorage.setItem(k, JSON.stringify({begun: Date.now() - 25.5 * 60000, shown: []})))(Object.keys(sessionStorage)[0])"
    )
    wall.again()
    reads(wall, "p-since", "25 min since it began")
    wall.press("t")
    reads(wall, "p-since", "0 min since it began")


def test_minutes_of_a_slide_count_from_when_it_came(wall: Driven) -> None:
    """Seven minutes later it says so of the slide too; another slide begins at nought, the whole does not."""
    later = "(now => { Date.now = () => now() + 7 * 60000; })(Date.now)"
    with wall.other():
        wall.run(later)
    reads(wall, "p-here", "7 min on this slide")
    wall.run(later)
    wall.press("ArrowRight")
    reads(wall, "p-here", "0 min on this slide")
    reads(wall, "p-since", "7 min since it began")


def test_it_follows_what_is_guessed_and_revealed(wall: Driven) -> None:
    """The presenter knows the finding before the room, whether it is revealed, and what the room guessed."""
    reads(wall, "p-standing", "Nothing to reveal.")
    wall.press("2", "Enter")
    finding = str(wall.run("document.querySelector('.here .finding').firstChild.textContent.trim()"))
    reads(wall, "p-standing", "Not revealed yet.")
    reads(wall, "p-finding", f"It will show: {finding}")
    reads(wall, "p-guess", "The room has not guessed.")
    wall.type(".here .guess input", "12")
    reads(wall, "p-guess", "The room guessed 12 an hour.")
    wall.press("Enter")
    reads(wall, "p-standing", "Revealed.")
    reads(wall, "p-finding", f"It shows: {finding}")
    wall.press(*str(first(wall, ".sort")), "Enter", "3", "3")
    reads(wall, "p-story", str(wall.run("document.querySelector('.here blockquote').textContent")))
    with wall.other():
        wall.await_("document.querySelector('#p-hands li:nth-child(3)').textContent.startsWith('3 strategically 2:')")


def test_what_the_six_ways_mean_is_at_hand(wall: Driven) -> None:
    """On the slide of the six ways and on an incident the presenter reads what each means, elsewhere nothing of them."""
    ways = "[...document.querySelectorAll('#p-hands li')].map(e => e.textContent)"
    for kind, count in ((".six", ""), (".sort", " 0")):
        wall.press(*("0" + str(first(wall, kind))), "Enter")
        told = [f"{n} {way}{count}: {meaning}" for n, (way, meaning) in enumerate(WAYS.items(), 1)]
        with wall.other():
            wall.await_(f"JSON.stringify({ways}) === JSON.stringify({told!r})")
    wall.press("Home")
    with wall.other():
        wall.await_("document.getElementById('p-hands').hidden")


def test_the_room_guess_may_be_typed_there(wall: Driven) -> None:
    """What the presenter types as the room's guess stands on the wall; what is no number is refused in both windows."""
    wall.press("2", "Enter")
    reads(wall, "p-standing", "Not revealed yet.")
    with wall.other():
        wall.press("g")
        assert wall.focus() == "p-input"
        wall.type("#p-input", "7,5")
    wall.await_("document.querySelector('.here .guess input').value === '7,5'")
    assert wall.run("document.querySelector('.here .mark').hidden") is False
    with wall.other():
        wall.run("document.getElementById('p-input').select()")
        wall.type("#p-input", "many")
    reads(wall, "p-refused", "Not a number. Write it as 12 or 2,5.")
    assert wall.run("document.querySelector('.here .refused').textContent") == "Not a number. Write it as 12 or 2,5."
    assert wall.run("document.querySelector('.here .mark').hidden") is True
    with wall.other():
        wall.run("document.getElementById('p-input').select()")
        wall.type("#p-input", "8")
        wall.press("Enter")
    wall.await_("document.querySelector('.here').classList.contains('shown')")
    assert wall.run("document.querySelector('.here .guessed').textContent") == "The room guessed 8 an hour."


def test_keys_pressed_there_drive_the_wall(wall: Driven) -> None:
    """Space, arrows, numbers, hands and buttons of the presenter's window do on the wall what they do there."""
    at = "[...document.querySelectorAll('.slide')].findIndex(e => e.classList.contains('here')) === {}"
    with wall.other():
        wall.press(" ")
    wall.await_(at.format(1))
    with wall.other():
        wall.press(" ")
    wall.await_("document.querySelector('.here').classList.contains('shown')")
    assert here(wall) == 2
    for key, to in (("ArrowRight", 2), ("ArrowLeft", 1), ("PageUp", 0)):
        with wall.other():
            wall.press(key)
        wall.await_(at.format(to))
    with wall.other():
        wall.press("9", "9", "Enter")
    reads(wall, "p-said", f"There is no slide 99: they go from 1 to {wall.run(COUNT)}.")
    sort = first(wall, ".sort")
    with wall.other():
        wall.press(*str(sort), "Enter", "2")
    wall.await_("document.querySelectorAll('.here output')[1].value === '1'")
    with wall.other():
        wall.click("#presenter [data-press=PageUp]")
    wall.await_(at.format(sort - 2))


def test_blank_from_either_window(wall: Driven) -> None:
    """B there blanks the wall and says so; the next key only wakes it, and only the one after that does anything."""
    wall.press("2", "Enter")
    with wall.other():
        wall.press("b")
    wall.await_("document.getElementById('blank').hidden === false")
    reads(wall, "p-standing", "The wall is blank. Any key brings the slide back.")
    with wall.other():
        wall.press(" ")
    wall.await_("document.getElementById('blank').hidden")
    assert not visible(wall, ".finding")
    reads(wall, "p-standing", "Not revealed yet.")
    wall.press(".")
    reads(wall, "p-standing", "The wall is blank. Any key brings the slide back.")
    wall.press("ArrowRight")
    reads(wall, "p-standing", "Not revealed yet.")
    assert not visible(wall, ".finding")


def test_what_the_room_said_is_saved_from_there(wall: Driven) -> None:
    """S in the presenter's window saves the wall's guesses and hands."""
    wall.press("2", "Enter")
    wall.type(".here .guess input", "2,5")
    reads(wall, "p-guess", "The room guessed 2.5 an hour.")
    with wall.other():
        kept = json.loads(wall.saved_by("s").read_text(encoding="utf-8"))
    assert kept["guesses"] == {"interactions": 2.5}


def test_help_is_read_in_the_presenter_window_alone(wall: Driven) -> None:
    """? there lays the keys over that window only, readable and whole; the next key closes them and moves nothing."""
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#help') !== null"
    with wall.other():
        assert wall.run(middle) is False
        wall.press("?")
        assert wall.run(middle)
        assert [each for each in wall.run(seen("#help *")) if each[1] < 18 or each[2] < 7] == []
        assert wall.run("(e => e.scrollHeight - e.clientHeight)(document.getElementById('help'))") == 0
        wall.press(" ")
        assert wall.run(middle) is False
        # What comes after shows that nothing went to the wall before it.
        wall.press("t", "l")
    reads(wall, "p-count", f"On the wall now: 1 of {wall.run(COUNT)}")
    assert wall.run("document.getElementById('help').hidden")


def test_either_window_may_be_loaded_again(wall: Driven) -> None:
    """The presenter's window finds the wall again, and the wall the presenter's; what was revealed stays so."""
    wall.press("2", "Enter", " ")
    with wall.other():
        wall.again()
    reads(wall, "p-now", heading(wall, 2))
    reads(wall, "p-standing", "Revealed.")
    wall.again()
    assert visible(wall, ".finding")
    with wall.other():
        wall.press("ArrowRight")
    wall.await_("document.querySelectorAll('.slide')[2].classList.contains('here')")
    reads(wall, "p-now", heading(wall, 3))
    wall.press("p")
    assert len(wall.others()) == 1


def test_a_lost_wall_is_missed(wall: Driven) -> None:
    """When the slides are gone, the presenter's window says what to do."""
    wall.run("setTimeout(() => { location.href = 'about:blank'; }, 0)")
    reads(wall, "p-lost", "The slides do not answer. Open them, and press P there.")


def test_a_window_that_was_not_opened_is_said(window: Driven, page: Path) -> None:
    """Where the browser keeps the window shut the wall says so, until the next key."""
    window.open(page, 1024, 768)
    window.run("window.open = () => null")
    window.press("p")
    said = "document.getElementById('say')"
    assert "Allow pop-ups" in window.run(f"{said}.textContent")
    assert window.run(f"{said}.getClientRects().length") == 1
    window.press("ArrowRight")
    assert window.run(f"{said}.hidden")


def test_only_the_two_windows_listen_to_each_other(wall: Driven) -> None:
    """A message that knows the set's id moves nothing, if a window sends it to itself; from the other one it does."""
    message = "{shadowlog: JSON.parse(document.getElementById('told').textContent).set, press: 'End', wall: {}}"
    asks = f"window.reached = 0; addEventListener('message', e => {{ if (e.data.press) {{ window.reached += 1; }} }}); postMessage({message}, '*')"
    count = int(wall.run(COUNT))
    wall.run(asks)
    wall.await_("window.reached === 1")
    assert here(wall) == 1
    with wall.other():
        was = wall.run(SHOWN)
        wall.run(asks)
        wall.await_("window.reached === 1")
        assert wall.run(SHOWN) == was
    # The same message does move the wall, where it comes from the presenter's window.
    with wall.other():
        wall.run(f"opener.postMessage({message}, '*')")
    wall.await_(f"document.querySelectorAll('.slide')[{count - 1}].classList.contains('here')")


@pytest.mark.parametrize("made", [demonstration, hostile], ids=["demonstration", "hostile"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_read_at_a_desk(window: Driven, tmp_path: Path, made: Callable[[], Deck], dark: bool) -> None:
    """Light and dark, every word there is 18 px or more and stands out by 7:1, and no slide makes it scroll at 1000 by 700."""
    if dark:
        window.prefer_dark()
    window.open(written(made(), tmp_path), 1920, 1080)
    window.press("p")
    if dark:
        with window.other():
            window.prefer_dark()
            window.again()
    for at in range(1, int(window.run(COUNT)) + 1):
        window.press(*("0" + str(at)), "Enter")
        reads(window, "p-count", f"On the wall now: {at} of {window.run(COUNT)}")
        with window.other():
            assert window.run("document.documentElement.classList.contains('dark')") is dark
            found = window.run(seen("#presenter *"))
            assert len(found) >= 8
            assert [each for each in found if each[1] < 18 or each[2] < 7] == []
            assert window.run("(e => e.scrollHeight - e.clientHeight)(document.getElementById('presenter'))") == 0, at


def test_no_grave_fault_for_assistive_technology_there(wall: Driven, checker: str) -> None:
    """axe-core finds nothing serious or critical in the presenter's window, with a guess to type, and with help open."""
    wall.press("2", "Enter")
    reads(wall, "p-standing", "Not revealed yet.")
    with wall.other():
        for keys in ("", "?"):
            wall.press(*keys)
            wall.run("document.querySelector('#axe-told')?.remove()")
            wall.run(checker)
            wall.await_("document.querySelector('#axe-told') !== null")
            assert axe.grave(str(wall.run("document.documentElement.outerHTML"))) == []


def test_faint_words_there_would_be_seen(wall: Driven) -> None:
    """Negative control: a small grey word in the presenter's window is found to be both."""
    with wall.other():
        wall.run(
            "document.getElementById('presenter').insertAdjacentHTML('beforeend', '<p style=\"font-size:12px;color:#999\">faint</p>')"
        )
        (word,) = [each for each in wall.run(seen("#presenter *")) if each[0] == "faint"]
        assert word[1] < 18
        assert word[2] < 7
