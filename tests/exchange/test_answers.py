"""What a head answered at home comes into the day's journal whole, in order, once; anything else is refused and named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.feedback_rules import Stage, stage
from shadowlog.domain.recorder import fold
from shadowlog.domain.sealing import LARGEST, canonical, marks
from shadowlog.domain.terms import Party, Verification
from shadowlog.errors import BadInput, NotFound, Refused, ShadowlogError
from shadowlog.exchange.answers import Heard, heard, parsed, read
from tests.answering import EVENING, Talk, saved, view, with_head
from tests.typist import OBSERVATION

WORKSHOP = ("workshop",)


def hear(talk: Talk, folder: Path, data: bytes) -> Heard:
    """What the program makes of a file that was sent back."""
    path = folder / "answers.json"
    path.write_bytes(data)
    return heard(read(path), talk.day, WORKSHOP, [command.id for command in talk.journal], talk.clock)


def take(talk: Talk, folder: Path, data: bytes) -> Heard:
    """Import a file."""
    found = hear(talk, folder, data)
    for command, _ in found.told:
        talk.say(command)
    return found


def everything(talk: Talk) -> list[dict[str, Any]]:
    """One answer of each kind, in the order of a page."""
    kinds: list[dict[str, Any]] = [
        {"kind": "place", "value": 30, "seen": False},
        {"kind": "estimate", "of": "activity", "shares": {"admin": 40}, "importance": {"teaching": 5}},
        {"kind": "guess", "of": "interruptions", "number": 12},
        {"kind": "reveal", "of": "activity"},
        {"kind": "reveal", "of": "interruptions"},
        {"kind": "reveal", "of": "day"},
        {"kind": "typical", "rating": 2, "unusual": "a flood"},
        {"kind": "answer", "prompt": "initiative", "text": "mostly me"},
        {"kind": "place", "value": 45, "seen": True},
        {"kind": "signoff", "section": "timeline"},
        {"kind": "release", "layers": ["workshop"]},
    ]
    made = [each | {"at": EVENING + n * 1000} for n, each in enumerate(kinds)]
    rows = [
        view(talk.day, 0, "agree"),
        view(talk.day, 1, "amend", who=["office", "parent"], what="general", comment="she had rung before"),
        view(talk.day, 2, "dispute", comment="there was nobody"),
    ]
    return [*made[:6], *(row | {"at": EVENING + 6000} for row in rows), *made[6:]]


def test_every_answer_is_said_by_the_head_at_its_time(tmp_path: Path) -> None:
    """Each answer is a command of the head's, at the time it was given, in the order it was given, said now."""
    talk = with_head()
    said = everything(talk)
    found = take(talk, tmp_path, saved(talk.day, *said))
    commands = [command for command, _ in found.told]
    kinds = [type(command).__name__ for command in commands]
    assert kinds == [
        *("Place", "Estimate", "Guess", *["Reveal"] * 3, "Verify", "Amend", "Verify", "Verify", "Typical", "Answer"),
        *("Place", "SignOff", "Release"),
    ]
    assert {command.author for command in commands} == {"H01"}
    assert [command.at for command in commands if not isinstance(command, c.Amend)] == [each["at"] for each in said]
    assert {command.said for command in commands} == {talk.clock.now()}
    estimate = talk.day.feedback["Estimate activity"]
    assert isinstance(estimate, f.Estimate)
    assert (estimate.shares, estimate.importance) == ({"admin": 0.4}, {"teaching": 5})
    first, second, third = talk.day.episodes.values()
    assert (first.verification, third.verification) == (Verification.AGREE, Verification.DISPUTE)
    assert second.parties == (Party("office"), Party("parent"))
    assert (second.what, second.verification) == ("general", Verification.AMEND)
    amended = next(command for command in commands if isinstance(command, c.Amend))
    assert amended.reason == "she had rung before"
    assert stage(talk.day) is Stage.RELEASED
    assert found.words[1].endswith("estimate, admin: 40 % of the day; estimate, teaching: importance 5 of 5")


def test_a_time_that_cannot_be_is_brought_within(tmp_path: Path) -> None:
    """A home clock that is wrong says nothing before the end of the day and nothing after now."""
    talk = with_head()
    end = talk.day.track[-1].at
    early, late = view(talk.day, 0, "agree", at=end - 60_000), view(talk.day, 1, "agree", at=EVENING * 2)
    found = hear(talk, tmp_path, saved(talk.day, early, late))
    assert [command.at for command, _ in found.told] == [end, talk.day.position(talk.clock.now())]


def test_the_time_of_an_answer_is_that_of_the_wall(tmp_path: Path) -> None:
    """A day that was written down a year ago, on a clock that this machine never had, is answered today."""
    talk = with_head()
    talk.clock.wall += 365 * 86_400_000
    today = talk.clock.wall - 1_000
    found = hear(talk, tmp_path, saved(talk.day, view(talk.day, 0, "agree", at=today)))
    assert [command.at for command, _ in found.told] == [today]


def test_an_amendment_changes_something(tmp_path: Path) -> None:
    """Naming again who and what is there already is no amendment, and is refused as a whole."""
    talk = with_head()
    first = next(iter(talk.day.episodes.values()))
    same = {**view(talk.day, 0, "amend"), "who": [party.role for party in first.parties], "what": first.what}
    with pytest.raises(Refused, match="there already"):
        hear(talk, tmp_path, saved(talk.day, same))


def test_no_use_is_an_answer_too(tmp_path: Path) -> None:
    """A head who says "none of these" has answered: an older file of the page releases nothing after that."""
    talk = with_head()
    none = {"kind": "release", "at": EVENING + 60_000, "layers": []}
    take(talk, tmp_path, saved(talk.day, none))
    older = hear(talk, tmp_path, saved(talk.day, {**none, "at": EVENING, "layers": ["workshop"]}))
    assert (older.told, older.late) == ((), ("Release: a newer answer stands",))


def test_the_same_file_twice_says_nothing_twice(tmp_path: Path) -> None:
    """A second import of a file finds every answer said; a later file of the page says only what is new in it."""
    talk = with_head()
    said = everything(talk)
    take(talk, tmp_path, saved(talk.day, *said))
    again = take(talk, tmp_path, saved(talk.day, *said, made_at=EVENING + 99))
    assert (again.told, again.known, again.late) == ((), len(said), ())
    more = {"kind": "signoff", "section": "incidents", "at": EVENING + 100_000}
    later = take(talk, tmp_path, saved(talk.day, *said, more))
    assert [type(command) for command, _ in later.told] == [f.SignOff]


def test_an_older_answer_does_not_take_a_newer_ones_place(tmp_path: Path) -> None:
    """What the head said later, in whatever way, stands; the older answer is left out and named."""
    talk = with_head()
    talk.tell(f.Typical, rating=4)
    older = {"kind": "typical", "at": EVENING, "rating": 1, "unusual": ""}
    found = hear(talk, tmp_path, saved(talk.day, older))
    assert (found.told, found.late) == ((), ("Typical H01: a newer answer stands",))


def test_a_guess_that_was_shown_meanwhile_is_left_out(tmp_path: Path) -> None:
    """A guess at what the head has been shown on the screen since is no guess any more; the rest is said."""
    talk = with_head()
    talk.tell(f.Reveal, of="alone")
    guess = {"kind": "guess", "at": EVENING, "of": "alone", "number": 30}
    found = hear(talk, tmp_path, saved(talk.day, guess, view(talk.day, 0, "agree")))
    assert [type(command) for command, _ in found.told] == [c.Verify]
    assert found.late == ("Guess alone: it was shown before this was imported",)


def test_a_row_put_right_since_is_named_and_nothing_is_said(tmp_path: Path) -> None:
    """Where the observer put an episode right after the page was written, a word on it is refused, by its time."""
    talk = with_head()
    data = saved(talk.day, view(talk.day, 0, "agree"), view(talk.day, 1, "agree"))
    talk.tell(c.Amend, author="O1", episode=list(talk.day.episodes)[1], parties=(Party("teacher"),), reason="misread")
    with pytest.raises(Refused, match=r"^Rows were put right since the page was written: 08:\d\d \(teacher, admin\)\."):
        hear(talk, tmp_path, data)
    talk.tell(c.Retract, author="O1", episode=next(iter(talk.day.episodes)), reason="it was none")
    with pytest.raises(Refused, match="1 that is no longer there"):
        hear(talk, tmp_path, data)


@pytest.mark.parametrize(
    ("word", "fields", "kinds", "who", "what"),
    [
        ("agree", {}, ["Amend", "Verify"], ["office"], "admin"),
        ("dispute", {"comment": "no"}, ["Amend", "Verify"], ["office"], "admin"),
        ("amend", {"what": "teaching"}, ["Amend", "Verify"], ["office"], "teaching"),
        ("amend", {"who": ["parent"]}, ["Verify"], ["parent"], "admin"),
        ("amend", {"who": ["pupil", "office"], "what": "general"}, ["Amend", "Verify"], ["office", "pupil"], "general"),
    ],
)
def test_a_page_is_of_use_after_its_own_answers_were_taken_in(
    word: str, fields: dict[str, Any], kinds: list[str], who: list[str], what: str, tmp_path: Path
) -> None:
    """A later file of a page changes the head's mind: what was amended becomes as the page showed it, or as it is said now."""
    talk = with_head()
    first = view(talk.day, 1, "amend", who=["parent"])
    later = {**view(talk.day, 1, word, **fields), "at": EVENING + 60_000}
    others = view(talk.day, 0, "agree"), view(talk.day, 2, "agree", at=EVENING + 61_000)
    take(talk, tmp_path, saved(talk.day, first, others[0]))
    second = list(talk.day.episodes)[1]
    assert [party.role for party in talk.day.episodes[second].parties] == ["parent"]
    found = take(talk, tmp_path, saved(talk.day, later, *others))
    assert [type(command).__name__ for command, _ in found.told] == [*kinds, "Verify"]
    now = talk.day.episodes[second]
    assert ([party.role for party in now.parties], now.what) == (who, what)
    assert now.verification is Verification(word)


def test_a_code_that_the_page_does_not_show_stays(tmp_path: Path) -> None:
    """What the observer coded since of things that no page shows is not undone by a later word of the head's."""
    talk = with_head()
    second = list(talk.day.episodes)[1]
    take(talk, tmp_path, saved(talk.day, view(talk.day, 1, "amend", who=["parent"])))
    later = {**view(talk.day, 1, "agree"), "mark": view_before_amending(talk), "at": EVENING + 60_000}
    talk.tell(c.Amend, author="O1", episode=second, codes={"mode": "scheduled"}, reason="it was in the diary")
    take(talk, tmp_path, saved(talk.day, later))
    now = talk.day.episodes[second]
    assert (now.codes["mode"], [party.role for party in now.parties]) == ("scheduled", ["office"])


def view_before_amending(talk: Talk) -> str:
    """The mark that the second row had before anything was said of it."""
    day = fold(OBSERVATION, [each for each in talk.journal if not isinstance(each, c.Amend)])
    return marks(day)[list(day.episodes)[1]]


def test_an_older_release_that_is_no_longer_allowed_refuses_nothing(tmp_path: Path) -> None:
    """An answer that would be left out anyway is not held against the file."""
    talk = with_head()
    talk.tell(f.Release, layers=())
    older = {"kind": "release", "layers": ["archive"], "at": EVENING}
    found = hear(talk, tmp_path, saved(talk.day, older, view(talk.day, 0, "agree")))
    assert [type(command) for command, _ in found.told] == [c.Verify]
    assert found.late == ("Release: a newer answer stands",)


def test_what_the_observer_puts_right_after_the_head_is_named(tmp_path: Path) -> None:
    """The head's own amendment leaves a page of use; an observer's amendment of the same row, before or after, does not."""
    talk = with_head()
    second = list(talk.day.episodes)[1]
    page = view(talk.day, 1, "agree")
    take(talk, tmp_path, saved(talk.day, view(talk.day, 1, "amend", who=["parent"])))
    talk.tell(c.Amend, author="O1", episode=second, codes={"activity": "teaching"}, reason="misread")
    with pytest.raises(Refused, match="Rows were put right"):
        hear(talk, tmp_path, saved(talk.day, {**page, "at": EVENING + 1000}))
    talk.tell(c.Amend, episode=second, codes={"activity": "general"}, reason="as the head said")
    with pytest.raises(Refused, match="Rows were put right"):
        hear(talk, tmp_path, saved(talk.day, {**page, "at": EVENING + 1000}))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"view": "agree", "who": ["pupil"]}, "says who or what it was beside “agree”"),
        ({"view": "strike", "what": "general"}, "says who or what it was beside “strike”"),
        ({"view": "dispute", "comment": "  "}, "without a word of what it was"),
    ],
)
def test_a_word_that_no_page_says_is_refused(said: dict[str, Any], why: str, tmp_path: Path) -> None:
    """Only an amendment says who or what it was, and a dispute says what was wrong."""
    talk = with_head()
    with pytest.raises(BadInput, match=why):
        hear(talk, tmp_path, saved(talk.day, view(talk.day, 0, "agree") | said))
    twice = {"kind": "release", "layers": ["workshop", "workshop"], "at": EVENING}
    with pytest.raises(BadInput, match="twice for the same"):
        hear(talk, tmp_path, saved(talk.day, twice))


def test_an_overtaken_word_on_a_row_holds_nothing_up(tmp_path: Path) -> None:
    """A word that is left out anyway needs no row as it was; the rest of the file is taken."""
    talk = with_head()
    second = list(talk.day.episodes)[1]
    data = saved(talk.day, view(talk.day, 1, "agree"), view(talk.day, 0, "agree"))
    talk.tell(c.Amend, author="O1", episode=second, codes={"activity": "general"}, reason="misread")
    talk.tell(c.Verify, episode=second, view=Verification.AGREE)
    found = hear(talk, tmp_path, data)
    assert [type(command) for command, _ in found.told] == [c.Verify]
    assert found.late == ("row 08:01, office, general: a newer answer stands",)


def test_a_guess_that_came_after_the_reveal_goes_in_whatever_order_the_files_come(tmp_path: Path) -> None:
    """Taken in before the file that says that the day had been shown by then, a guess is discounted when that one comes."""
    talk = with_head()
    later = {"kind": "guess", "at": EVENING + 3_600_000, "of": "interruptions", "number": 0}
    take(talk, tmp_path, saved(talk.day, later))
    assert "Guess interruptions" in talk.day.feedback
    found = take(talk, tmp_path, saved(talk.day, {"kind": "reveal", "at": EVENING, "of": "day"}))
    assert "Guess interruptions" not in talk.day.feedback
    assert found.late == ("Guess interruptions: it had been shown before that was said",)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe or a folder is no file of answers, and nothing waits for it."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(BadInput, match="is no file"):
            read(path)


def test_a_question_of_nobody_is_refused(tmp_path: Path) -> None:
    """An answer to a prompt that the program does not ask was written by no page of it."""
    talk = with_head()
    answer = {"kind": "answer", "prompt": "salary", "text": "more", "at": EVENING}
    with pytest.raises(BadInput, match="a question salary, which is none of ours"):
        hear(talk, tmp_path, saved(talk.day, answer))
    told = hear(talk, tmp_path, saved(talk.day, {**answer, "prompt": "look-at"})).told
    assert [type(command) for command, _ in told] == [f.Answer]


def test_nothing_is_guessed_or_placed_before_once_the_day_was_shown(tmp_path: Path) -> None:
    """Once the head was shown the day on the screen, a page's guesses, estimates and place before are left out by name."""
    talk = with_head()
    talk.tell(f.Reveal, author="O1", of=f.WHOLE)
    found = hear(talk, tmp_path, saved(talk.day, *everything(talk)[:3]))
    assert found.told == ()
    assert [line.split(":")[0] for line in found.late] == ["Place before", "Estimate activity", "Guess interruptions"]


def test_words_that_look_as_if_they_named_somebody_are_pointed_out(tmp_path: Path) -> None:
    """Of every kind of words the lines that look as if they held a name are given, once each, with what it is."""
    talk = with_head()
    said = [
        view(talk.day, 0, "dispute", comment="that was Mrs Example"),
        view(talk.day, 1, "amend", what="general", comment="with J.S. of the office"),
        {"kind": "typical", "rating": 3, "unusual": "nothing", "at": EVENING},
        {"kind": "answer", "prompt": "trust", "text": "the one born in May", "at": EVENING},
    ]
    found = hear(talk, tmp_path, saved(talk.day, *said))
    assert [line.split(":")[0] for line in found.doubtful] == ["a name", "initials", "a date of birth"]
    assert "Mrs Example" in found.doubtful[0]


def test_what_the_head_says_leaves_the_other_rows_fresh(tmp_path: Path) -> None:
    """A word on one row, a star or a later note changes no row's mark, so a page goes on being of use."""
    talk = with_head()
    data = saved(talk.day, *(view(talk.day, n, "agree") for n in range(3)))
    first, second, third = talk.day.episodes
    talk.tell(c.Verify, episode=second, view=Verification.DISPUTE, comment="no")
    talk.tell(c.SetUnsure, author="O1", episode=second)
    talk.tell(c.AddNote, author="O1", note="later", episode=third, text="seen later")
    talk.tell(c.SetIncident, author="O1", note="later", incident=True)
    found = hear(talk, tmp_path, data)
    assert [command.episode for command, _ in found.told if isinstance(command, c.Verify)] == [first, third]
    assert found.late == ("row 08:01, office, admin: a newer answer stands",)


BYTES = sorted({" ", "\n", "A", "\x00", "0", "}", '"', "\\", "é"})


@pytest.mark.parametrize("byte", BYTES)
def test_a_changed_byte_anywhere_is_found(byte: str) -> None:
    """Any character of the file that becomes a space, a letter, a digit, a bracket, a quote or a NUL is refused."""
    talk = with_head()
    said = [*everything(talk)[:2], view(talk.day, 1, "dispute", comment="é")]
    text = saved(talk.day, *said).decode().rstrip("\n")
    taken = []
    for place, old in enumerate(text):
        changed = f"{text[:place]}{byte}{text[place + 1 :]}"
        if byte == old or changed.strip("\n") == text:
            continue
        try:
            heard(parsed(changed.encode(), "answers.json"), talk.day, WORKSHOP, (), talk.clock)
        except ShadowlogError:
            continue
        taken.append(place)
    assert taken == []


def without(name: str) -> Callable[[dict[str, Any]], None]:
    """Take a field out of a file."""
    return lambda values: values.pop(name) and None


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another view": (lambda v: v["said"][0].update(view="strike"), "not the answers as a page"),
    "another time": (lambda v: v["said"][0].update(at=EVENING + 1), "not the answers as a page"),
    "one answer fewer": (lambda v: v["said"].pop(), "not the answers as a page"),
    "another page": (lambda v: v.update(page="f" * 32), "not the answers as a page"),
    "another seal": (lambda v: v.update(digest="0" * 64), "not the answers as a page"),
    "no seal": (without("digest"), "digest: is missing"),
    "a field more": (lambda v: v.update(extra=1), "extra: is no field known here"),
    "another format": (lambda v: v.update(format="shadowlog"), "is no file of answers"),
    "a newer version": (lambda v: v.update(version=2), "another version of shadowlog"),
    "a version in words": (lambda v: v.update(version="1"), "another version of shadowlog"),
    "no list": (lambda v: v.update(said={}), "said"),
    "an unknown kind": (lambda v: v["said"][0].update(kind="undo"), "said"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_file_is_refused_with_the_reason(what: str, tmp_path: Path) -> None:
    """A file that was changed in its meaning, its form or its seal is refused, and the message says which."""
    talk = with_head()
    change, reason = TAMPERED[what]
    values = json.loads(saved(talk.day, view(talk.day, 0, "agree"), view(talk.day, 1, "agree")))
    change(values)
    with pytest.raises(BadInput, match=reason):
        hear(talk, tmp_path, canonical(values).encode())


FORMS: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"PK\x03\x04",
    "not UTF-8": b'{"format":"\xff"}',
    "a list": b"[]",
    "a number": b"1e999",
    "deep": b"[" * 100_000,
    "too large": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_file_of_answers_is_refused(form: str, tmp_path: Path) -> None:
    """Files that no page saved are refused before anything is made of them."""
    with pytest.raises(BadInput):
        hear(with_head(), tmp_path, FORMS[form])


def test_a_name_that_stands_twice_and_another_spelling_are_refused(tmp_path: Path) -> None:
    """What two readers could read in two ways is no page's writing: names twice, 1.0 for 1, an escaped letter, spaces."""
    talk = with_head()
    text = saved(talk.day, view(talk.day, 0, "agree")).decode()
    others = [
        text.replace('"version":1', '"version":1,"version":1'),
        text.replace('"said"', '"\\u0073aid"'),
        text.replace(",", ", "),
    ]
    for other in others:
        with pytest.raises(BadInput, match="not written as a page writes it"):
            hear(talk, tmp_path, other.encode())
    with pytest.raises(BadInput):
        hear(talk, tmp_path, text.replace('"version":1', '"version":1.0').encode())


def test_a_file_of_another_day_database_or_page_is_refused(tmp_path: Path) -> None:
    """The seal of a page of another day, or of the same day in another database, is another one."""
    talk, other = with_head(), with_head("3 t +60 5 a X X")
    data = saved(talk.day, view(talk.day, 0, "agree"))
    with pytest.raises(BadInput, match="its page is of another database"):
        hear(other, tmp_path, data)
    fresh = Talk("3 t +60 X X")
    with pytest.raises(Refused, match="No page of this day was written here"):
        hear(fresh, tmp_path, data)


def test_a_line_feed_or_a_mark_at_the_beginning_is_no_tampering(tmp_path: Path) -> None:
    """What mail programs and editors put around a text does not matter."""
    talk = with_head()
    data = saved(talk.day, view(talk.day, 0, "agree")).rstrip(b"\n")
    for dressed in (data, data + b"\r\n", b"\xef\xbb\xbf" + data):
        assert len(hear(talk, tmp_path, dressed).told) == 1


HOSTILE = ["<script>alert(1)</script>", "[/b] [red]", "=cmd()|' /C calc'!A0", "a\nb", "𝕳 é 你好", "x" * 100_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_hostile_words_are_kept_as_typed(text: str, tmp_path: Path) -> None:
    """What would be markup or a formula elsewhere is a comment, letter by letter."""
    talk = with_head()
    take(talk, tmp_path, saved(talk.day, view(talk.day, 0, "dispute", comment=text)))
    said = next(each for each in talk.day.feedback.values() if isinstance(each, c.Verify))
    assert said.comment == text


@pytest.mark.parametrize("text", ["x\x00", "\x1b[31mred", "a\u202eb", "x\u200by", "y" * 120_001])
def test_words_that_no_page_saves_are_refused(text: str, tmp_path: Path) -> None:
    """Control characters, what turns the direction, and more than 120,000 characters: a page takes them out or asks."""
    talk = with_head()
    with pytest.raises(BadInput, match="said"):
        hear(talk, tmp_path, saved(talk.day, view(talk.day, 0, "dispute", comment=text)))


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    """Half a surrogate pair, raw or escaped, is no text."""
    talk = with_head()
    text = saved(talk.day, view(talk.day, 0, "dispute", comment="here")).decode()
    with pytest.raises(BadInput):
        hear(talk, tmp_path, text.replace("here", "\\ud800").encode())
    with pytest.raises(BadInput):
        hear(talk, tmp_path, text.replace("here", "\ud800").encode("utf-8", "surrogatepass"))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "estimate", "of": "activity", "shares": {"admin": 60, "teaching": 60}, "importance": {}}, "Shares"),
    ({"kind": "estimate", "of": "weather", "shares": {"rain": 60}, "importance": {}}, "no such dimension"),
    ({"kind": "estimate", "of": "activity", "shares": {"admin": 101}, "importance": {}}, "less than or equal to 100"),
    ({"kind": "guess", "of": "alone", "number": 0.5}, "valid integer"),
    ({"kind": "guess", "of": "alone", "number": True}, "valid integer"),
    ({"kind": "guess", "of": "alone", "number": 10**30}, "said"),
    ({"kind": "reveal", "of": "happiness"}, "nothing of that name"),
    ({"kind": "place", "value": 101, "seen": True}, "less than or equal to 100"),
    ({"kind": "signoff", "section": "all"}, "no such section"),
    ({"kind": "release", "layers": ["archive"]}, "head's consent does not agree"),
]


@pytest.mark.parametrize(("said", "reason"), WRONG)
def test_an_answer_out_of_bounds_takes_the_file_with_it(said: dict[str, Any], reason: str, tmp_path: Path) -> None:
    """One answer that cannot be refuses the whole file, whatever its seal says."""
    talk = with_head()
    data = saved(talk.day, said | {"at": EVENING}, view(talk.day, 0, "agree"))
    with pytest.raises(ShadowlogError, match=reason):
        hear(talk, tmp_path, data)


def test_an_amendment_names_what_is_other(tmp_path: Path) -> None:
    """An amendment without who or what is none; one with codes that the codebook lacks is refused."""
    talk = with_head()
    for fields, reason in (
        ({}, "who else or what else"),
        ({"what": "flying"}, "no activity"),
        ({"who": ["x"]}, "role"),
    ):
        with pytest.raises(Refused, match=reason):
            hear(talk, tmp_path, saved(talk.day, view(talk.day, 0, "amend", **fields)))


def test_who_stays_keeps_number_and_name(tmp_path: Path) -> None:
    """Of those who were there the number and the person code stay; a group that is added is of unknown size."""
    talk = with_head("3 3 t K 2 +60 X X")
    before = next(iter(talk.day.episodes.values())).parties
    take(talk, tmp_path, saved(talk.day, view(talk.day, 0, "amend", who=["pupil", "teacher"])))
    assert next(iter(talk.day.episodes.values())).parties == (*before, Party("pupil", None))


def test_no_words_behind_a_closed_door(tmp_path: Path) -> None:
    """Of a closed door duration and group are kept: the head can agree or dispute, without words."""
    talk = with_head("3 D +60 X X")
    closed = next(n for n, each in enumerate(talk.day.episodes.values()) if each.closed)
    assert len(hear(talk, tmp_path, saved(talk.day, view(talk.day, closed, "dispute"))).told) == 1
    with pytest.raises(Refused, match="closed door"):
        hear(talk, tmp_path, saved(talk.day, view(talk.day, closed, "dispute", comment="a pupil's health")))


def test_a_question_is_answered_once_in_a_file(tmp_path: Path) -> None:
    """Two words on one row in one file are refused, with the place of the second."""
    talk = with_head()
    with pytest.raises(BadInput, match=r"said\[1\]"):
        hear(talk, tmp_path, saved(talk.day, view(talk.day, 0, "agree"), view(talk.day, 0, "strike")))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is said to be missing."""
    with pytest.raises(NotFound):
        read(tmp_path / "none.json")
