"""Hands are counted on every keyboard: by the row of digits, with Shift or without, by the number pad, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driven import Driven
from tests.report.decks import COUNT, demonstration, first, here, written

HANDS = "[...document.querySelectorAll('.here output')].map(e => Number(e.value))"
AZERTY = dict(enumerate("à&é\"'(-è_ç"))
"""What the bare keys of the row of digits mean on a French keyboard."""


@pytest.fixture
def incident(window: Driven, tmp_path: Path) -> Driven:
    """The slides at the first incident."""
    window.open(written(demonstration(), tmp_path), 1920, 1080)
    window.press(*str(first(window, ".sort")), "Enter")
    return window


def where(window: Driven) -> str:
    """What stands in the corner."""
    return str(window.run("document.getElementById('where').textContent"))


@pytest.mark.parametrize(
    ("key", "code", "shift"),
    [
        ("2", "Digit2", False),
        ("2", "Numpad2", False),
        (AZERTY[2], "Digit2", False),
        ("2", "Digit2", True),
        ("2", "", False),
    ],
    ids=["row", "number pad", "French, bare", "French, with Shift", "a remote control"],
)
def test_a_digit_counts_a_hand(incident: Driven, key: str, code: str, shift: bool) -> None:
    """Whatever gives the digit 2 counts a hand for the second way, and begins no number of a slide."""
    at = where(incident)
    incident.stroke(key, code, shift=shift)
    incident.stroke(key, code, shift=shift)
    assert incident.run(HANDS) == [0, 2, 0, 0, 0, 0]
    assert where(incident) == at


def test_each_bare_key_of_a_french_row(incident: Driven) -> None:
    """The bare keys 1 to 6 of a French keyboard count the six ways, also the one that is a minus sign."""
    for n in range(1, 7):
        incident.stroke(AZERTY[n], f"Digit{n}")
    assert incident.run(HANDS) == [1] * 6


def test_a_number_is_typed_on_a_french_keyboard(incident: Driven) -> None:
    """Nought and then a number go to a slide from there too, with Shift or without."""
    incident.stroke("0", "Digit0", shift=True)
    incident.stroke("1", "Digit1", shift=True)
    incident.stroke(AZERTY[2], "Digit2")
    assert where(incident) == "to 012"
    incident.press("Enter")
    assert here(incident) == 12
    assert incident.run(COUNT) > 12


def test_backspace_takes_the_last_hand_back(incident: Driven) -> None:
    """Each Backspace takes back the last hand of this incident that is still counted; then it says that there is none."""
    incident.press("2", "2", "5", "ArrowRight", "1", "ArrowLeft")
    incident.press("Backspace")
    assert incident.run(HANDS) == [0, 2, 0, 0, 0, 0]
    incident.again()
    incident.press("Backspace", "Backspace")
    assert incident.run(HANDS) == [0] * 6
    assert incident.run("document.getElementById('say').hidden")
    incident.press("Backspace")
    assert incident.run(HANDS) == [0] * 6
    assert incident.run("document.getElementById('say').textContent") == "No hand to take back here."
    incident.press("ArrowRight")
    assert incident.run(HANDS) == [1, 0, 0, 0, 0, 0]


def test_shift_takes_a_hand_off_where_digits_need_none(incident: Driven) -> None:
    """On a keyboard whose digits need no Shift it takes off one of just that way; Backspace then takes back what is left."""
    incident.press("2", "6", "2")
    incident.stroke("^", "Digit6", shift=True)
    assert incident.run(HANDS) == [0, 2, 0, 0, 0, 0]
    incident.stroke("^", "Digit6", shift=True)
    assert incident.run(HANDS) == [0, 2, 0, 0, 0, 0]
    incident.press("Backspace", "Backspace")
    assert incident.run(HANDS) == [0] * 6


def test_a_number_pad_goes_to_a_slide_elsewhere(incident: Driven) -> None:
    """Where no hands are counted the number pad types the number of a slide."""
    incident.press("Home")
    incident.stroke("4", "Numpad4")
    assert where(incident) == "to 4"


def test_another_room_has_no_hand_to_take_back(incident: Driven) -> None:
    """What one room counted, the next cannot take back."""
    at = here(incident)
    incident.press("3", "n", "n", *str(at), "Enter", "4", "Backspace", "Backspace")
    assert incident.run(HANDS) == [0] * 6
    assert incident.run("document.getElementById('say').textContent") == "No hand to take back here."


def test_help_says_what_works_everywhere(incident: Driven) -> None:
    """Help names the digits and Backspace, and does not name Shift, which not every keyboard has free."""
    text = str(incident.run("document.getElementById('help').textContent"))
    assert "1 – 6count a hand" in text
    assert "Backspacetake the last hand back" in text
    assert "Shift" not in text
