"""What the recorder refuses, in plain words, leaving the day as it was; and what a payload refuses to read."""

from __future__ import annotations

from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.clock import Instant
from shadowlog.domain.kinds import KINDS
from shadowlog.domain.payload import pack, unpack
from shadowlog.domain.recorder import fold, new_day, step
from shadowlog.domain.sentences import SAYINGS, sentence
from shadowlog.domain.terms import Party
from shadowlog.errors import BadInput, Refused
from tests.typist import OBSERVATION, Typist

BUSY = "3 t +60 I 5 a +60 C 8 g +60"


def foreground(typist: Typist) -> str:
    """The id of what runs."""
    assert typist.day.foreground is not None
    return typist.day.foreground.id


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        (c.Begin, {"codebook": "x"}, "begun already"),
        (c.Start, {"episode": "id-00002"}, "taken"),
        (c.Start, {"episode": "new", "parties": (Party("nobody"),)}, "no role 'nobody'"),
        (c.Start, {"episode": "new", "parties": (Party("teacher", 0),)}, "party of 0"),
        (c.Start, {"episode": "new", "parties": (Party("pupil", 1, "P1"),)}, "no person codes"),
        (c.Start, {"episode": "new", "parties": (Party("teacher", 1, "Mary"),)}, "letters and a number"),
        (c.Start, {"episode": "new", "parties": (Party("alone"), Party("teacher"))}, "with nobody"),
        (c.Start, {"episode": "new", "codes": {"activity": "dancing"}}, "no activity 'dancing'"),
        (c.Start, {"episode": "new", "codes": {"role": "teacher"}}, "no role"),
        (c.Start, {"episode": "new", "concurrent": True}, "C ends it"),
        (c.Start, {"episode": "new", "at": 0}, "before what runs now"),
        (c.Resume, {"episode": "none"}, "not suspended"),
        (c.ResumeBefore, {"episode": "none"}, "no such episode"),
        (c.SetCompany, {"episode": "none", "parties": (Party("teacher"),)}, "not running"),
        (c.SetSize, {"episode": "F", "position": 7, "count": 1}, "no such party"),
        (c.SetCompany, {"episode": "F", "parties": ()}, "at least one"),
        (c.Join, {"episode": "F", "party": Party("alone")}, "with nobody"),
        (c.MakeContact, {"contact": "new", "role": "alone"}, "no contact"),
        (c.MakeContact, {"contact": "new", "role": "shadower"}, "no contact"),
        (c.AddNote, {"note": "new", "episode": "none"}, "no such episode"),
        (c.AddNote, {"note": "new", "episode": None, "text": "x" * 120_001}, "at most"),
        (c.SetIncident, {"note": "none"}, "no such note"),
        (c.SetUnsure, {"episode": "none"}, "no such episode"),
        (c.ComeBack, {}, "on the record"),
        (c.MoveStart, {"to": 0}, "between"),
        (c.Recover, {"end": 0}, "between"),
        (c.Undo, {"target": "none"}, "nothing to undo"),
        (c.Redo, {"target": "none"}, "nothing to redo"),
    ],
)
def test_refused(kind: type[c.Command], fields: dict[str, Any], why: str) -> None:
    """The recorder refuses what a rule forbids, says why, and keeps the day."""
    typist = Typist(BUSY)
    fields = {k: foreground(typist) if v == "F" else v for k, v in fields.items()}
    with pytest.raises(Refused, match=why):
        step(typist.day, kind(**{**typist.moment().envelope(), **fields}))


def test_no_note_on_somebody_who_objects() -> None:
    """Whoever objects is an other person: no note is kept."""
    typist = Typist("k t +60 N")
    assert "asked not to be recorded" in typist.last.message
    with pytest.raises(Refused, match="asked not to be recorded"):
        typist.say(c.AddNote(note="n", episode=foreground(typist), **typist.moment().envelope()))


def test_nothing_before_the_beginning() -> None:
    """Nothing can be said to a day that has not begun."""
    with pytest.raises(Refused, match="not begun"):
        step(new_day(OBSERVATION), c.Pause(**Typist().moment().envelope()))


def test_undo_of_what_later_entries_rest_on_is_refused() -> None:
    """An act on which another's rests is not undone under it."""
    typist = Typist("3 t +60")
    episode, act = foreground(typist), typist.journal[1].id
    typist.author = "H01"
    typist.say(c.SetUnsure(episode=episode, **typist.moment().envelope()))
    typist.author = "O1"
    with pytest.raises(Refused, match="Later entries rest on"):
        typist.say(c.Undo(target=act, **typist.moment().envelope()))


def every_kind() -> list[c.Command]:
    """A journal in which every kind of command that a hand can say stands."""
    typist = Typist("3 t +9 P c ⏎")
    typist.type('"12a" J 5 K 2 L 5 G 4 M H V F 7 C i m +9 C N')
    typist.type('"talk" * ? [ I 8 g +9 R +9 5 a +9 R _ +5 D +5 O +5 O 3 U Y X X')
    return typist.journal


def test_payloads_keep_every_command() -> None:
    """A command's payload gives the command again, and what may be about a person is in its content alone."""
    for command in every_kind():
        skeleton, content = pack(command)
        again = unpack(
            type(command).__name__, 1, skeleton, content,
            id_=command.id, at=command.at, author=command.author, said=command.said,
        )  # fmt: skip
        assert again == command
        assert not {"text", "room", "person", "reason"} & skeleton.keys()


def test_erased_content_still_folds() -> None:
    """With every text and person code erased, the skeleton folds to a day of the same spells and roles."""
    journal = every_kind()
    bare = [
        unpack(type(x).__name__, 1, pack(x)[0], {}, id_=x.id, at=x.at, author=x.author, said=x.said) for x in journal
    ]
    full, less = fold(OBSERVATION, journal), fold(OBSERVATION, bare)
    assert full.track == less.track
    assert all(n.text == "" for n in less.notes.values())
    assert all(p.person is None for e in less.episodes.values() for p in e.parties)
    roles = [[p.role for p in e.parties] for e in full.episodes.values()]
    assert roles == [[p.role for p in e.parties] for e in less.episodes.values()]


@pytest.mark.parametrize(
    ("kind", "version", "skeleton", "why"),
    [
        ("Dance", 1, {}, "does not know"),
        ("Pause", 2, {}, "version 2"),
        ("Pause", 1, {"steps": 3}, "no field 'steps'"),
        ("Start", 1, {}, "lacks its field 'episode'"),
        ("Start", 1, {"episode": "e", "parties": [["a", 1, 2, 3, 4, 5]]}, "cannot be read"),
    ],
)
def test_a_payload_that_cannot_be_read(kind: str, version: int, skeleton: dict[str, Any], why: str) -> None:
    """A journal with a kind, a version or a field this program does not know is refused, with a cure."""
    with pytest.raises(BadInput, match=why) as caught:
        unpack(kind, version, skeleton, {}, id_="i", at=0, author="O1", said=Instant(0, 0, "b"))
    assert caught.value.cure


def test_every_act_has_its_line() -> None:
    """Every act shows one line of what it did, and so does its undoing."""
    said: set[type[c.Command]] = set()
    day = new_day(OBSERVATION)
    for command in every_kind():
        before, (day, _) = day, step(day, command)
        line = sentence(before, day, command)
        assert line[2] == line[5] == ":"
        assert "\n" not in line
        said.add(type(command))
    live = {kind for kind in KINDS.values() if kind.LIVE} - {c.Recover}
    assert live <= said
    assert said - set(SAYINGS) == {c.Undo, c.Redo}
    typist = Typist("3 t +60 I 5")
    before = typist.day
    typist.type("U")
    assert sentence(before, typist.day, typist.journal[-1]).endswith("undone: office, what?")
