"""What binds a page at home to its day: one text for one value, a key that follows from the day, a mark for each row."""

from __future__ import annotations

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.recorder import fold
from shadowlog.domain.sealing import canonical, key_of, marks, seal
from shadowlog.domain.terms import Party, Verification
from shadowlog.errors import Refused
from tests.answering import PAGE, Talk, with_head
from tests.typist import OBSERVATION


def test_one_text_for_one_value() -> None:
    """Names are sorted, there are no spaces, and letters stay as they are."""
    assert canonical({"b": [1, True, None], "a": "é\n\u2028"}) == '{"a":"é\\n\u2028","b":[1,true,null]}'


def test_a_known_seal() -> None:
    """The seal of a value under a key is what `openssl dgst -sha256 -hmac Jefe` says of its text."""
    assert seal(b"Jefe".hex(), {}) == "7bb7ae87018c3fb8b9be866ac39dea2bcc1ad2c907c314bbcad059bdeee591d6"


def test_a_key_follows_from_page_and_day_and_from_nothing_later() -> None:
    """Each page of a day has a key of its own, which what is said later does not change; a day not given has none."""
    talk = with_head()
    key = key_of(talk.day, PAGE)
    assert key != key_of(talk.day, "f" * 32)
    talk.tell(c.Verify, episode=next(iter(talk.day.episodes)), view=Verification.AGREE)
    assert key_of(fold(OBSERVATION, talk.journal), PAGE) == key
    with pytest.raises(Refused, match="not with its head"):
        key_of(Talk("3 t X X").day, PAGE)


def test_a_mark_changes_with_what_is_shown_of_a_row() -> None:
    """Another who, what, place or time is another mark for that row and its neighbours in time alone; a word is not."""
    talk = with_head()
    first, second, third = talk.day.episodes
    before = marks(talk.day)
    talk.tell(c.Verify, episode=first, view=Verification.DISPUTE, comment="no")
    talk.tell(c.AddNote, author="O1", note="n", episode=first, text="later")
    assert marks(talk.day) == before
    talk.tell(c.Amend, author="O1", episode=first, parties=(Party("parent"),), reason="seen again")
    after = marks(talk.day)
    assert [id_ for id_ in before if after[id_] != before[id_]] == [first]
    start = talk.day.spells(third)[0].start
    talk.tell(c.Retime, author="O1", episode=third, start=start + 5_000, reason="seen again")
    assert [id_ for id_ in before if marks(talk.day)[id_] != after[id_]] == [second, third]
