"""Pasted text and typed keys are told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shadowlog.tui.pasting import END, LONGEST, PATIENCE, START, PasteSplitter


@given(st.lists(st.tuples(st.booleans(), st.text("ab\x1b[]20~;1", min_size=1))), st.data())
def test_pieces_come_out_as_they_went_in(pieces: list[tuple[bool, str]], data: st.DataObject) -> None:
    """However the stream is cut into reads, what was pasted is pasted and what was typed is typed."""
    pieces = [(pasted, text.replace(START, "").replace(END, "").strip("\x1b[20") or "a") for pasted, text in pieces]
    stream = "".join(f"{START}{text}{END}" if pasted else text for pasted, text in pieces)
    splitter, found, at = PasteSplitter(), [], 0
    while at < len(stream):
        size = data.draw(st.integers(1, 7))
        found += splitter.feed(stream[at : at + size])
        at += size
    found += splitter.idle()
    assert "".join(text for pasted, text in found if not pasted) == "".join(t for pasted, t in pieces if not pasted)
    assert [text for pasted, text in found if pasted] == [text for pasted, text in pieces if pasted]


def test_an_escape_in_a_paste_presses_nothing() -> None:
    """Escape sequences inside a paste stay in the paste."""
    assert PasteSplitter().feed(f"a{START}x\x1b]52;c;eA==\x07y{END}b") == [
        (False, "a"),
        (True, "x\x1b]52;c;eA==\x07y"),
        (False, "b"),
    ]


def test_a_paste_without_an_end_is_over_after_a_while() -> None:
    """When the end of a paste never comes, keys are keys again after a moment."""
    splitter = PasteSplitter()
    assert splitter.feed(f"{START}abc") == []
    assert [splitter.idle() for _ in range(PATIENCE)][-1] == [(True, "abc")]
    assert splitter.feed("d") == [(False, "d")]


def test_a_lone_escape_is_handed_on() -> None:
    """Escape alone could begin a marker; when nothing follows it is the key."""
    splitter = PasteSplitter()
    assert splitter.feed("\x1b") == []
    assert splitter.idle() == [(False, "\x1b")]


def test_a_huge_paste_is_bounded() -> None:
    """What is kept of a paste has a limit."""
    splitter = PasteSplitter()
    splitter.feed(START)
    for _ in range(30):
        splitter.feed("x" * 50_000)
    assert splitter.feed(END) == [(True, "x" * LONGEST)]
