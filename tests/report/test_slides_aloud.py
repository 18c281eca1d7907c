"""The slides for who hears them: nothing before it is revealed, then all of it, and what happens on the wall is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shadowlog.analysis.deck_shape import Deck
from shadowlog.domain.feedback import WAYS
from shadowlog.report.slide import BarRow, DotRow, PatternRow, Slide
from shadowlog.report.slides import slides
from tests.driven import Driven
from tests.report.decks import COUNT, demonstration, first, here, hostile, written

ALOUD = "document.getElementById('aloud').textContent"
DECKS = {"demonstration": demonstration, "hostile": hostile}


def answers(slide: Slide) -> list[str]:
    """All that a slide reveals, as it is told to who does not see it."""
    found = [slide.finding] if slide.finding else []
    for row in slide.rows:
        if isinstance(row, PatternRow):
            parts = (f"{part} {each.said}" for part, each in zip(slide.lines, row.columns, strict=True))
            found.append(f"{row.label}, interactions an hour: {'; '.join(parts)}")
        elif isinstance(row, DotRow | BarRow):
            found.append(row.said)
    return found


def told(window: Driven, slide: Slide) -> list[str]:
    """Those of its answers that are told."""
    heard = [one_space(each) for each in window.heard()]
    return [each for each in answers(slide) if any(one_space(each) in name for name in heard)]


def one_space(text: str) -> str:
    """A text with plain spaces only: where they break is not heard."""
    return " ".join(text.split())


@pytest.mark.parametrize("made", DECKS.values(), ids=DECKS)
def test_a_covered_answer_is_not_heard(window: Driven, tmp_path: Path, made: Callable[[], Deck]) -> None:
    """No answer is told to assistive technology before it is revealed, the name of every slide is, and then each answer."""
    window.open(written(made(), tmp_path), 1920, 1080)
    covered = 0
    for slide in slides(made()):
        assert [each for each in window.heard() if each == slide.question]
        if slide.reveals:
            covered += 1
            assert told(window, slide) == [], slide.id
            window.press(" ")
            assert told(window, slide) == answers(slide), slide.id
        window.press("ArrowRight")
    assert covered > 8


@pytest.mark.parametrize("way", ["without scripts", "on paper"])
def test_where_nothing_is_covered_all_is_heard(window: Driven, tmp_path: Path, way: str) -> None:
    """Without scripts, and as it is printed, every answer is told to assistive technology."""
    if way == "without scripts":
        window.without_scripts()
    else:
        window.on_paper()
    window.open(written(demonstration(), tmp_path), 1024, 768)
    for slide in slides(demonstration()):
        assert told(window, slide) == answers(slide), slide.id


def test_an_answer_that_is_exposed_would_be_found(window: Driven, tmp_path: Path) -> None:
    """Negative control: a name on what is seen tells the answer though it is covered."""
    path = written(demonstration(), tmp_path)
    slide = slides(demonstration())[1]
    text = path.read_text(encoding="utf-8")
    exposed = f'<span class="track" role="img" aria-label="{answers(slide)[1]}"'
    path.write_text(text.replace('<span class="track"', exposed, 1), encoding="utf-8")
    window.open(path, 1920, 1080)
    window.press("ArrowRight")
    assert told(window, slide) == answers(slide)[1:]


def test_what_comes_onto_the_wall_is_said(window: Driven, tmp_path: Path) -> None:
    """Going on says where it is and what is asked, a reveal says what is found, a hand how many there are now."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    made, count = slides(demonstration()), window.run(COUNT)
    assert window.run("document.getElementById('aloud').getAttribute('role')") == "status"
    window.press("ArrowRight")
    assert window.run(ALOUD) == f"2 of {count}: {made[1].question}"
    window.type(".here .guess input", "8")
    window.press("Enter")
    assert window.run(ALOUD) == f"{made[1].finding} The room guessed 8 an hour."
    window.press("ArrowLeft", "ArrowRight")
    assert window.run(ALOUD) == f"2 of {count}: {made[1].question} {made[1].finding} The room guessed 8 an hour."
    window.press("1", "2")
    assert window.run(ALOUD) == "To slide 12"
    window.press("Escape", *str(first(window, ".sort")), "Enter", "2", "2")
    assert window.run(ALOUD) == "pragmatically 2"
    window.press("b")
    assert window.run(ALOUD) == "The wall is blank."
    assert "The wall is blank." in window.heard()


def test_a_slide_that_goes_on_says_that_it_is_revealed(window: Driven, tmp_path: Path) -> None:
    """A slide whose finding stands on a later one says at least that it is revealed."""
    window.open(written(hostile(), tmp_path), 1920, 1080)
    window.press(*str(first(window, "[data-id='activity all part 1']")), "Enter", " ")
    assert window.run(ALOUD) == "Revealed."


def test_each_way_is_described(window: Driven, tmp_path: Path) -> None:
    """Each of the six buttons of an incident has its meaning as its description, and shows it to a mouse."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    window.press(*str(first(window, ".sort")), "Enter")
    assert [each for each in WAYS.values() if each not in window.heard()] == []
    assert window.run("[...document.querySelectorAll('.here button')].map(e => e.title)") == list(WAYS.values())


@pytest.mark.parametrize("beside", [False, True], ids=["wall", "presenter"])
def test_help_takes_the_focus_and_gives_it_back(window: Driven, tmp_path: Path, beside: bool) -> None:
    """Help has the focus while it is open, Tab closes it as any key does, and what had the focus before has it again."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    button = ".here [data-way]"
    window.press(*str(first(window, ".sort")), "Enter")
    at = here(window)
    if beside:
        window.press("p")
        with window.other():
            helped(window, "#presenter [data-press=b]")
    else:
        helped(window, button)
    assert here(window) == at
    assert window.run("document.getElementById('blank').hidden")


def helped(window: Driven, button: str) -> None:
    """Open and close help in a window whose focus is on a button."""
    window.run(f"document.querySelector({button!r}).focus()")
    for key in ("Escape", "Tab"):
        window.press("?")
        assert window.focus() == "help"
        window.press(key)
        assert window.run("document.getElementById('help').hidden")
        assert window.run(f"document.activeElement === document.querySelector({button!r})")
