"""The slides under many hands: a mouse, a clicker, numbers that are no slide's, and guesses as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driven import Driven
from tests.report.decks import COUNT, SPILLS, demonstration, first, here, seen, visible, written

GUESS = "document.querySelector('.here .guess input')"
MARK = "document.querySelector('.here .mark')"
REFUSED = "document.querySelector('.here .refused')"
KEPT = "JSON.parse(localStorage.getItem(Object.keys(localStorage)[0])).guesses"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's days as slides."""
    return written(demonstration(), tmp_path_factory.mktemp("deck"))


@pytest.fixture
def wall(window: Driven, page: Path) -> Driven:
    """The slides, at the first that is guessed."""
    window.open(page, 1920, 1080)
    window.press("2", "Enter")
    return window


def test_a_click_at_the_edge_goes_on_and_back(wall: Driven) -> None:
    """At the right edge a click reveals, then goes on; at the left it goes back; in the middle it does nothing."""
    wall.click_at(960, 900)
    assert not visible(wall, ".finding")
    wall.click_at(1900, 900)
    assert here(wall) == 2
    assert visible(wall, ".finding")
    wall.click_at(1900, 900)
    assert here(wall) == 3
    wall.click_at(20, 900)
    wall.click_at(20, 900)
    assert here(wall) == 1


def test_a_finger_does_what_a_mouse_does(window: Driven, page: Path) -> None:
    """A touch on the axis guesses and reveals nothing; one at the right edge reveals and goes on, one at the left goes back."""
    window.open(page, 1024, 768)
    window.press("2", "Enter")
    x, y = window.run(
        "(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector('.here .track').getBoundingClientRect())"
    )
    window.tap(x, y)
    assert float(window.run(f"{GUESS}.value")) == float(window.run(f"{GUESS}.dataset.most")) / 2
    assert not visible(window, ".finding")
    window.tap(1010, 500)
    window.await_("document.querySelector('.here').classList.contains('shown')")
    window.tap(1010, 500)
    window.await_("location.hash === '#3'")
    window.tap(10, 500)
    window.await_("location.hash === '#2'")


@pytest.mark.parametrize("size", [(2560, 1080), (1920, 1080), (1024, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_guess_at_the_end_of_the_axis_is_no_click_at_the_edge(
    window: Driven, page: Path, size: tuple[int, int]
) -> None:
    """A click on the very end of the axis guesses it, and a drag that ends at the edge too; nothing is revealed."""
    window.open(page, *size)
    window.press("2", "Enter")
    box = window.run(
        "(r => [r.left, r.right, r.y + r.height / 2])(document.querySelector('.here .track').getBoundingClientRect())"
    )
    most = float(window.run(f"{GUESS}.dataset.most"))
    window.click_at(box[1] - 1, box[2])
    assert float(window.run(f"{GUESS}.value")) == most
    window.drag((box[0] + box[1]) / 2, box[2], size[0] - 2, box[2])
    assert here(window) == 2
    assert not visible(window, ".finding")


def test_a_clicker_drives_it(wall: Driven) -> None:
    """PageDown and PageUp go on and back, also from the field of a guess; a full stop blanks; the next key only wakes."""
    wall.type(".here .guess input", "9")
    wall.press("PageDown")
    assert visible(wall, ".finding")
    wall.press("PageDown", "PageUp", "PageUp")
    assert here(wall) == 1
    wall.press(".")
    assert wall.run("document.getElementById('blank').hidden") is False
    wall.press("PageDown")
    assert (here(wall), wall.run("document.getElementById('blank').hidden")) == (1, True)
    wall.press("b")
    wall.click_at(1900, 500)
    assert (here(wall), wall.run("document.getElementById('blank').hidden")) == (1, True)


def test_a_hand_counted_by_a_click_goes_nowhere(wall: Driven) -> None:
    """A click on one of the six ways counts a hand, wherever it stands."""
    at = first(wall, ".sort")
    wall.press(*str(at), "Enter")
    wall.click(".here [data-way]")
    assert wall.run("document.querySelector('.here output').value") == "1"
    assert here(wall) == at


@pytest.mark.parametrize("number", ["0", "99", "1000"])
def test_a_number_that_is_no_slide(wall: Driven, number: str) -> None:
    """Typed and entered it stays where it is and says so, until the next key."""
    wall.press(*number, "Enter")
    assert here(wall) == 2
    said = f"There is no slide {number}: they go from 1 to {wall.run(COUNT)}."
    assert wall.run("document.getElementById('say').textContent") == said
    assert wall.run("document.getElementById('say').getClientRects().length") == 1
    wall.press("ArrowRight")
    assert wall.run("document.getElementById('say').hidden")


def test_a_number_is_seen_mended_and_given_up(wall: Driven) -> None:
    """What is typed is shown; Backspace takes a figure off; Esc or any other key gives it up."""
    where = "document.getElementById('where').textContent"
    count = wall.run(COUNT)
    wall.press("1", "2")
    assert wall.run(where) == "to 12"
    wall.press("Backspace")
    assert wall.run(where) == "to 1"
    wall.press("Escape")
    assert wall.run(where) == f"2 / {count}"
    wall.press("5", "ArrowLeft", "Enter")
    assert (here(wall), wall.run(where)) == (1, f"1 / {count}")


def test_from_an_incident_a_number_begins_with_nought(wall: Driven) -> None:
    """Where 1 to 6 count hands, 0 begins the number of a slide."""
    wall.press(*str(first(wall, ".sort")), "Enter", "0", "1", "2", "Enter")
    assert here(wall) == 12
    assert wall.run("[...document.querySelectorAll('output')].every(e => e.value === '0')")


@pytest.mark.parametrize(
    ("typed", "number", "said"),
    [("2,5", 2.5, "2.5"), ("2.5", 2.5, "2.5"), (" 12 ", 12, "12"), (",5", 0.5, "0.5"), ("0", 0, "0"), ("40", 40, "40")],
)
def test_a_guess_as_people_write_it(wall: Driven, typed: str, number: float, said: str) -> None:
    """Comma or point, the guess is understood, marked on the axis or at its end, kept, and said beside the finding."""
    wall.type(".here .guess input", typed)
    assert wall.run(KEPT) == {"interactions": number}
    most = float(wall.run(f"{GUESS}.dataset.most"))
    assert wall.run(f"parseFloat({MARK}.style.left)") == pytest.approx(100 * min(1, number / most), abs=0.001)
    assert wall.run(f"{MARK}.classList.contains('beyond')") is (number > most)
    wall.press("Enter")
    assert visible(wall, ".finding")
    assert wall.run("document.querySelector('.here .finding').innerText").endswith(f"The room guessed {said} an hour.")
    assert wall.run(f"{MARK}.hidden") is False


@pytest.mark.parametrize("typed", ["many", "1,2,3", "-3", "2 5", "∞", "1e3"])
def test_nonsense_is_refused_and_seen_to_be(wall: Driven, typed: str) -> None:
    """What is no number is kept nowhere and says so; Enter does not reveal over it; a clicker does, and it is gone."""
    wall.type(".here .guess input", typed)
    assert wall.run(f"{REFUSED}.textContent") == "Not a number. Write it as 12 or 2,5."
    assert wall.run(f"{REFUSED}.getClientRects().length") > 0
    assert wall.run(f"{GUESS}.getAttribute('aria-invalid')") == "true"
    assert wall.run(f"{MARK}.hidden")
    assert wall.run(KEPT) == {}
    wall.press("Enter")
    assert not visible(wall, ".finding")
    wall.press("PageDown")
    assert visible(wall, ".finding")
    assert wall.run(f"{GUESS}.value") == ""
    assert wall.run("document.querySelector('.here .guessed').textContent") == ""


def test_letters_typed_as_a_guess_do_nothing_else(wall: Driven) -> None:
    """B, L and a full stop typed into the field are letters there: nothing is blanked, no colour changes."""
    wall.run(f"{GUESS}.focus()")
    wall.press("b", "l", ".")
    assert wall.run(f"{GUESS}.value") == "bl."
    assert wall.run("document.getElementById('blank').hidden")
    assert wall.run("document.documentElement.classList.contains('dark')") is False


def test_a_part_is_no_more_than_all(wall: Driven) -> None:
    """Of a percentage 120 is refused, and "40 %" is 40."""
    wall.press("3", "Enter")
    wall.type(".here .guess input", "120")
    assert "100" in wall.run(f"{REFUSED}.textContent")
    wall.run(f"{GUESS}.select()")
    wall.type(".here .guess input", "40 %")
    assert wall.run(f"{REFUSED}.textContent") == ""
    wall.press("Enter")
    assert wall.run("document.querySelector('.here .guessed').textContent") == "The room guessed 40\u00a0%."


def test_a_guess_is_cleared(wall: Driven) -> None:
    """Delete clears a guess that is not revealed, and so does emptying the field; one that is revealed stays."""
    wall.click(".here .row:not(.axis) .track")
    assert wall.run(KEPT) != {}
    wall.press("Delete")
    assert (wall.run(KEPT), wall.run(f"{GUESS}.value"), wall.run(f"{MARK}.hidden")) == ({}, "", True)
    wall.press("g")
    assert wall.run(f"document.activeElement === {GUESS}")
    wall.press("7")
    assert wall.run(KEPT) == {"interactions": 7}
    wall.press("Backspace")
    assert wall.run(KEPT) == {}
    wall.press("8", "Enter", "Delete")
    assert wall.run(KEPT) == {"interactions": 8}
    wall.again()
    assert visible(wall, ".finding")
    assert wall.run("document.querySelector('.here .guessed').textContent") == "The room guessed 8 an hour."


def test_another_room_begins_with_nothing(wall: Driven) -> None:
    """N asks; N again clears guesses and hands and covers everything; any other key in between leaves all as it was."""
    wall.type(".here .guess input", "9")
    wall.press("Enter", "n")
    assert "N again" in wall.run("document.getElementById('say').textContent")
    wall.press("Escape", "n", "Escape")
    assert wall.run(KEPT) == {"interactions": 9}
    wall.press("n", "n")
    assert (here(wall), wall.run(KEPT)) == (1, {})
    wall.press("ArrowRight")
    assert not visible(wall, ".finding")
    assert wall.run(f"{GUESS}.disabled") is False


def test_help_is_closed_by_any_key(wall: Driven) -> None:
    """The keys are shown over the slide; the next key closes them and does nothing else."""
    wall.press("?")
    assert wall.run("document.getElementById('help').hidden") is False
    wall.press(" ")
    assert wall.run("document.getElementById('help').hidden")
    assert not visible(wall, ".finding")


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)], ids=["1920x1080", "1024x768"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_said_is_read_from_the_back(window: Driven, page: Path, size: tuple[int, int], dark: bool) -> None:
    """A refused guess, a number that is no slide and the list of keys are whole, 28 px or more, and stand out by 7:1."""
    if dark:
        window.prefer_dark()
    window.open(page, *size)
    window.press("2", "Enter")
    window.type(".here .guess input", "many")
    found = window.run(seen(".here .refused"))
    assert window.run(SPILLS) == []
    window.press("Escape", "9", "9", "Enter")
    found += window.run(seen("#say"))
    window.press("?")
    found += window.run(seen("#help *"))
    assert window.run("(e => e.scrollHeight - e.clientHeight)(document.getElementById('help'))") == 0
    broken = "[...document.querySelectorAll('#help dt')].filter(e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects().length > 1; }).map(e => e.textContent)"
    assert window.run(broken) == []
    assert len(found) > 20
    assert [each for each in found if each[1] < 28 or each[2] < 7] == []


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)], ids=["1920x1080", "1024x768"])
def test_the_mark_of_a_guess_stands_over_no_word(window: Driven, page: Path, size: tuple[int, int]) -> None:
    """Guessed where the label is, or where a letter is, the mark crosses neither: it ends below the one, behind the other."""
    window.open(page, *size)
    window.press("2", "Enter")
    box = "(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })"
    window.type(".here .guess input", "1")
    label, mark = (
        window.run(f"{box}(document.querySelector('.here {each}'))") for each in (".row:not(.axis) .label", ".mark")
    )
    assert label[0] < mark[0] < label[2]
    assert label[3] <= mark[1]
    at = window.run("parseFloat(document.querySelector('.here .dot').style.left)")
    window.run(f"{GUESS}.select()")
    window.type(".here .guess input", str(round(at * float(window.run(f"{GUESS}.dataset.most")) / 100, 3)))
    window.press("Enter")
    dot, mark = (window.run(f"{box}(document.querySelector('.here {each}'))") for each in (".dot", ".mark"))
    assert dot[0] < mark[0] < dot[2]
    assert mark[1] < dot[1]
    seen_there = f"document.elementFromPoint({mark[0]}, {(dot[1] + dot[3]) / 2}).className"
    assert window.run(seen_there) == "dot"
