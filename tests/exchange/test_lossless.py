"""The lossless JSON gives back what it was given, and takes nothing that no recorder wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shadowlog.domain import codebook_json
from shadowlog.domain import commands as c
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.feedback import HandOver
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Party, Period, Verification
from shadowlog.errors import BadInput, NotFound, Refused
from shadowlog.exchange import lossless
from shadowlog.exchange.demo import demo_days
from shadowlog.exchange.lossless import dump, load, load_day
from tests.typist import ACT_OF, OBSERVATION, Typist

SIGNS = ["1", "3", "5", "7", "8", "i", "y", "k", "z", "h", "t", "a", "g", "m", "9", "0", "c", "o"]
KEYS = st.sampled_from([*SIGNS, *SIGNS, *ACT_OF])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
WATCHED = replace(OBSERVATION, periods=(Period("Lesson 1", 540, 600), Period("Break", 600, 620)))


class Session(Typist):
    """A typist whose day names the digest of its codebook."""

    def say(self, command: c.Command) -> None:
        """Say a command to the recorder."""
        if isinstance(command, c.Begin):
            command = replace(command, codebook=codebook_json.digest(self.day.observation.codebook))
        super().say(command)


def later(session: Session, data: st.DataObject) -> None:
    """Put something right afterwards, with a reason and people in it."""
    episode = data.draw(st.sampled_from([*session.day.episodes]))
    envelope = session.moment().envelope()
    by_head = {**envelope, "author": session.day.observation.head}
    person = data.draw(st.sampled_from([None, "T3"]))
    made = data.draw(
        st.sampled_from(
            [
                c.Amend(
                    episode=episode,
                    parties=(Party("teacher", 2, person), Party("pupil", None)),
                    reason="ré",
                    **envelope,
                ),
                c.Amend(episode=episode, codes={"activity": None}, room="R 4", reason="", **envelope),
                HandOver(**envelope),
                c.Verify(episode=episode, view=Verification.DISPUTE, comment="No, = earlier", **by_head),
                c.Verify(episode=episode, view=None, **by_head),
                c.Retract(episode=episode, reason="none was", **envelope),
                c.ClockEvent(drift=-4_000, **envelope),
            ]
        )
    )
    session.say(made)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.data())
def test_round_trip(data: st.DataObject) -> None:
    """Whatever was pressed, typed and corrected comes back: the same observation, commands, day and text."""
    session = Session(observation=WATCHED)
    for key in data.draw(st.lists(KEYS, max_size=60)):
        session.clock.advance(data.draw(st.sampled_from([0, 1, 6, 400])))
        try:
            session.press(key)
        except Refused:
            continue
        if session.last.ask is not None:
            text = data.draw(TEXTS)
            try:
                session.press(f'"{text}"')
            except Refused:
                continue
    if session.day.episodes:
        # Behind a closed door there is less to put right.
        with suppress(Refused):
            later(session, data)
    text = dump(WATCHED, session.journal)
    observation, commands = load(text)
    assert observation == WATCHED
    assert list(commands) == session.journal
    assert load_day(text) == fold(observation, commands)
    assert dump(observation, commands) == text


def test_demonstration_round_trip() -> None:
    """A whole invented day comes back."""
    day = demo_days()[0]
    assert load(dump(day.observation, day.commands).encode()) == (day.observation, day.commands)


def test_nothing_said_yet() -> None:
    """An observation nobody has begun comes back with no journal."""
    assert load(dump(WATCHED, [])) == (WATCHED, ())


def test_erased_content() -> None:
    """Where a text or a person was erased the rest still reads."""
    session = Session('3 t K 4 N "seen" +60 7 g', WATCHED)
    values = json.loads(dump(WATCHED, session.journal))
    for entry in values["journal"]:
        entry["content"] = {}
    day = load_day(json.dumps(values))
    assert {party.person for episode in day.episodes.values() for party in episode.parties} == {None}
    assert [note.text for note in day.notes.values()] == [""]


def sound() -> dict[str, Any]:
    """A sound file as values."""
    session = Session('3 t J 5 K 2 G 4 P o N "seen" +60 7 g +5 I 5 a R U', WATCHED)
    values: dict[str, Any] = json.loads(dump(WATCHED, session.journal))
    return values


def entry(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first entry of a kind."""
    return next(e for e in values["journal"] if e["kind"] == kind)


def changed(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Let one value, named by its path, be another."""

    def change(values: dict[str, Any]) -> None:
        here: Any = values
        *way, last = path.split("/")
        for step in way:
            here = next((e for e in here if e["kind"] == step), None) if isinstance(here, list) else here[step]
        here[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (changed("format", "other"), "format", "should be 'shadowlog'"),
        (changed("version", 2), "version", "should be 1"),
        (changed("stray", 1), "stray", "no field known"),
        (changed("observation/zone", "Middle/Earth"), "observation.zone", "no time zone"),
        (changed("observation/zone", "../../etc/passwd"), "observation.zone", "no time zone"),
        (changed("observation/zone", "localtime"), "observation.zone", "no time zone"),
        (changed("observation/zone", ""), "observation.zone", "at least 1 character"),
        (changed("observation/id", "../../x"), "observation.id", "pattern"),
        (changed("observation/id", "x" * 65), "observation.id", "pattern"),
        (changed("observation/study", "a\nb"), "observation.study", "cannot be seen"),
        (changed("observation/study", "x" * 201), "observation.study", "200 characters"),
        (changed("observation/head", "Mary"), "observation.head", "should be a code"),
        (changed("observation/observer", "Mary"), "observation.observer", "should be a code"),
        (changed("observation/head", "H\u202e01"), "observation.head", "control characters"),
        (changed("observation/stray", ""), "observation.stray", "no field known"),
        (changed("observation/periods", [{"label": "x", "start": 9, "end": 9}]), "observation.periods[0]", "end after"),
        (changed("codebook/stray", 1), "codebook", "unknown field 'stray'"),
        (changed("codebook/name", "\x1b[31mred"), "codebook.name", "control characters"),
        (changed("journal/Start/kind", "Launch"), "journal[1].kind", "no command 'Launch'"),
        (changed("journal/Start/version", 2), "journal[1]", "version 2"),
        (changed("journal/Start/at", -1), "journal[1].at", "greater than or equal to 0"),
        (changed("journal/Start/at", "soon"), "journal[1].at", "integer"),
        (changed("journal/Start/at", True), "journal[1].at", "integer"),
        (changed("journal/Start/stray", 1), "journal[1].stray", "no field known"),
        (changed("journal/Start/said/boot", "\x07"), "journal[1].said.boot", "control characters"),
        (changed("journal/Start/skeleton/stray", 1), "journal[1].skeleton.stray", "no field known"),
        (changed("journal/Start/skeleton/suspends", "yes"), "journal[1].skeleton.suspends", "boolean"),
        (changed("journal/Start/skeleton/parties", [["teacher"]]), "journal[1].skeleton.parties[0][1]", "missing"),
        (changed("journal/Start/skeleton/parties", "abc"), "journal[1].skeleton.parties", "array"),
        (changed("journal/Start/skeleton/codes", {"mode": 1}), "journal[1].skeleton.codes.mode", "string"),
        (changed("journal/Start/skeleton/room", "R4"), "journal[1].skeleton.room", "no field known"),
        (changed("journal/Start/content/parties", ["T3", "T4"]), "journal[1].content.parties", "as long as"),
        (changed("journal/Start/content/room", "\x1b]0;x\x07"), "journal[1].content.room", "control characters"),
        (
            changed("journal/Start/content/room", "x" * (LONGEST_TEXT + 1)),
            "journal[1].content.room",
            f"{LONGEST_TEXT} characters",
        ),
        (changed("journal/Start/skeleton/codes", {"mode": "planned"}), "journal[1]", "no mode 'planned'"),
        (changed("journal/AddNote/content/text", None), "journal[7].content.text", "string"),
        (changed("journal/Start/content/parties", None), "journal[1].content.parties", "array"),
        (changed("journal/SetSize/skeleton/count", 0), "journal[5]", "A party of 0"),
        (changed("journal/SetSize/skeleton/count", 1.5), "journal[5].skeleton.count", "integer"),
        (changed("journal/SetSize/skeleton/count", 10**40), "journal[5].skeleton.count", "no day can hold"),
        (changed("journal/SetSize/id", "id-00001"), "journal[5].id", "two entries"),
        (changed("journal/SetSize/id", "../x y"), "journal[5].id", "pattern"),
        (changed("journal/SetSize/id", "id-00001/1"), "journal[5].id", "pattern"),
        (changed("journal/Start/skeleton/episode", "id-00002/1"), "journal[1].skeleton.episode", "pattern"),
        (changed("journal/AddNote/skeleton/episode", "a/b"), "journal[7].skeleton.episode", "pattern"),
        (changed("journal/Begin/at", 0), "journal[0].at", "1970-01-02"),
        (changed("journal/Begin/skeleton/codebook", "0" * 64), "journal[0].skeleton.codebook", "digest"),
        (changed("journal/Undo/skeleton/target", "id-99999"), "journal[14]", "nothing to undo"),
        (changed("journal/Resume/at", 1), "journal[13]", "before what runs now began"),
    ],
)
def test_refused(change: Callable[[dict[str, Any]], None], where: str, what: str) -> None:
    """What no recorder wrote is refused, and the message says where in the file and what is wrong."""
    values = sound()
    load(json.dumps(values))
    change(values)
    with pytest.raises(BadInput) as caught:
        load(json.dumps(values), "day.json")
    assert caught.value.where == f"day.json: {where}"
    assert what in caught.value.what


def test_a_name_that_stands_twice() -> None:
    """An object that says one thing twice is refused: readers differ over which of them counts."""
    text = dump(WATCHED, []).replace('"id": "o-1"', '"id": "o-2", "id": "o-1"', 1)
    assert '"o-2"' in text
    with pytest.raises(BadInput, match="'id' stands twice"):
        load(text)
    with pytest.raises(BadInput, match="'id' stands twice"):
        load(text.encode())


def test_a_byte_order_mark() -> None:
    """A file that begins with a byte order mark, as some editors write it, is read."""
    text = dump(WATCHED, [])
    assert load(b"\xef\xbb\xbf" + text.encode()) == load("\ufeff" + text) == (WATCHED, ())


def test_what_a_message_quotes_is_short_and_plain() -> None:
    """A name from the file is cut and cleaned before a message quotes it."""
    values = sound()
    values["codebook"]["\x1b[31m" + "x" * 5_000] = 1
    with pytest.raises(BadInput) as caught:
        load(json.dumps(values))
    assert len(str(caught.value)) < 500
    assert "\x1b" not in str(caught.value)


def test_missing_field() -> None:
    """A field that must be there and is not is named."""
    values = sound()
    del entry(values, "Start")["skeleton"]["episode"]
    with pytest.raises(BadInput, match=r"journal\[1\]\.skeleton\.episode: is missing"):
        load(json.dumps(values))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "\x00",
        '{"format": "shadowlog"',
        "[" * 100_000,
        '{"a":' * 100_000,
        b"\xff\xfe{}",
        b"PK\x03\x04",
    ],
    ids=["empty", "null", "list", "open", "nul", "cut", "deep", "deeper", "utf-16", "zip"],
)
def test_no_such_file(text: str | bytes) -> None:
    """Text that is no JSON, cut short or nested without end is refused in words."""
    with pytest.raises(BadInput, match="cut short"):
        load(text)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the bound is refused unread."""
    monkeypatch.setattr(lossless, "LARGEST", 10)
    with pytest.raises(BadInput, match="larger than"):
        load(" " * 11)


def test_messages_hold_nothing_of_the_file() -> None:
    """A message never quotes a note."""
    values = sound()
    entry(values, "AddNote")["content"]["text"] = ["a private remark"]
    with pytest.raises(BadInput) as caught:
        load(json.dumps(values))
    assert "private" not in str(caught.value)


def test_files(tmp_path: Path) -> None:
    """A file is written once, read back, and not overwritten unasked."""
    session = Session("3 t +60 7 g", WATCHED)
    path = lossless.write(WATCHED, session.journal, tmp_path / "new" / "day.json")
    assert lossless.read(path) == (WATCHED, tuple(session.journal))
    with pytest.raises(BadInput, match="there already"):
        lossless.write(WATCHED, [], path)
    assert lossless.read(path) == (WATCHED, tuple(session.journal))
    lossless.write(WATCHED, [], path, overwrite=True)
    assert lossless.read(path) == (WATCHED, ())
    assert [p.name for p in path.parent.iterdir()] == ["day.json"]
    with pytest.raises(NotFound, match=r"none\.json"):
        lossless.read(tmp_path / "none.json")
