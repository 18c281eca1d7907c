from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain.text import clean, named, short_ends, shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain, über 😀 Ωμέγα", "plain, über 😀 Ωμέγα"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bPq#0;2\x1b\\b", "ab"),
        ("a\x1b(Bb\x1bcc", "abc"),
        ("cut \x1b[", "cut "),
        ("bell\x07 null\x00 back\x08", "bell null back"),
        ("[/b][bold]kept", "[/b][bold]kept"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("left\u202eright\u2066\u200b\ufeff\u061c", "leftright"),
        ("half \ud800", "half "),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f \U0001f468\u200d\U0001f469", "\U0001f3f4\U000e0067\U000e0062\U000e007f \U0001f468\u200d\U0001f469"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_text(text: str, left: str) -> None:
    """Escape sequences go whole, control characters and what reorders text go, all else stays as it is."""
    assert clean(text) == left


def test_lines_are_kept_when_asked() -> None:
    """Line breaks stay, as one kind, where a text may have lines."""
    assert clean("one\r\ntwo\rthree", lines=True) == "one\ntwo\nthree"


@given(st.text())
def test_a_clean_text_is_clean(text: str) -> None:
    """Cleaning twice changes nothing, and nothing that steers a terminal is left."""
    once = clean(text)
    assert clean(once) == once
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in once)


@given(st.lists(st.text("0aB", min_size=1, max_size=8), unique_by=str.casefold))
def test_a_short_end_names_one_id(ids: list[str]) -> None:
    """No other id begins or ends, in any case, with the short end of an id, unless that is the whole of it."""
    for id_, end in short_ends(ids, least=2).items():
        assert id_.endswith(end)
        others = [each.casefold() for each in ids if each != id_]
        assert end == id_ or not any(
            each.startswith(end.casefold()) or each.endswith(end.casefold()) for each in others
        )


def test_a_name_in_another_case() -> None:
    """A name is found in any case of letters, as written if it is there so, and not where two others would do."""
    assert named("break", ["Break", "Lunch"]) == "Break"
    assert named("Break", ["break", "Break"]) == "Break"
    assert named("BREAK", ["break", "Break"]) is None
    assert named("Bre", ["Break"]) is None


def test_values_in_messages() -> None:
    """A foreign value is quoted cleaned and cut."""
    assert shown("a\x1b[1mb") == "'ab'"
    assert shown("x" * 41) == "'" + "x" * 39 + "…'"
