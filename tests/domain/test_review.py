"""A recorded day as a list: what is on it, what goes through the sieve, what is to do."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain import commands as c
from shadowlog.domain.naming import unnamed
from shadowlog.domain.recorder import new_day
from shadowlog.domain.review import MARKS, ONLY, Item, Sieve, items, marks, named, neighbours, sifted, to_do
from shadowlog.domain.terms import Party, State, Verification
from shadowlog.errors import Refused
from tests.domain.test_corrections import Corrector
from tests.typist import ACT_OF, BOOK, OBSERVATION, Typist

ZONE = OBSERVATION.zone


def a_day() -> Corrector:
    """Desk work interrupted by a teacher, a contact, pupils with no what, a gap, and the day ends."""
    return Corrector("i a P o +100 I 3 +100 R +100 F 8 7 +100 _ +60 5 a +30 ? X X")


def listed(day: Corrector) -> tuple[Item, ...]:
    """The day's items."""
    return items(day.day, day.day.track[-1].at)


def words(day: Corrector, found: tuple[Item, ...]) -> list[str]:
    """Who and what of items in one word each."""
    return [", ".join(part for part in named(BOOK, item) if part) for item in found]


def test_an_interrupted_episode_is_one_item_with_its_spells() -> None:
    """Items stand in order of their first start; an episode with two spells is one, its length net of the interruption."""
    day = a_day()
    assert words(day, listed(day)) == [
        "uncoded", "alone, admin", "teacher, what?", "parent, contact", "pupil, what?", "uncoded", "office, admin",
    ]  # fmt: skip
    desk = listed(day)[1]
    assert (len(desk.spells), desk.length) == (2, 207_000)
    assert desk.end - desk.start == 207_000 + (listed(day)[2].length or 0)


def test_an_episode_is_named_after_everyone_who_was_in_it() -> None:
    """Who left before the end is in the row; who left and came again is there once, and who is there at the end is first
    where it was first.
    """
    day = Corrector("3 t +60 J 7 +60 L 7 +60 J 7 +60 L 7 +60 J 5 +60 L 3 +60 _ X X")
    assert words(day, listed(day))[1] == "teacher + pupil + office, teaching"


def test_talk_with_the_shadower_asks_for_no_what() -> None:
    """It is in no breakdown: nothing is to do of it, nothing to name later, and where it runs beside, keys go on to the
    foreground; with somebody else there a what is asked for as always.
    """
    day = Corrector("3 t +60 y +60 J 5 +60 7 g C y +20 5 t +30 C X X")
    found = listed(day)
    assert words(day, found)[2:] == [
        "shadower + office, what?", "pupil, general", "shadower, in no breakdown", "office, teaching",
    ]  # fmt: skip
    assert [item.lacks for item in found[2:]] == [("what?",), (), (), ()]
    assert unnamed(day.day) == 1
    assert to_do(found)[1] == 1


def test_no_time_is_lost_between_the_items() -> None:
    """The lengths of foreground items make up the whole day."""
    day = a_day()
    whole = day.day.track[-1].at - day.day.start
    assert sum(item.length or 0 for item in listed(day)) == whole


def test_a_day_that_has_not_begun_has_no_items() -> None:
    """Before Begin there is nothing to list."""
    assert items(new_day(OBSERVATION), 0) == ()


def test_marks_say_what_there_is_to_know() -> None:
    """Missing dimensions, unsure, amended, late, the head's view, spells and notes are all marked."""
    day = a_day()
    pupils = day.named("pupil, what?")
    day.do(c.Amend, episode=day.named("teacher, what?"), codes={"activity": "teaching"})
    day.given()
    day.say(c.Verify(episode=pupils, view=Verification.DISPUTE, **{**day.moment().envelope(), "author": "H01"}))
    day.say(c.AddNote(note="n", episode=pupils, text="loud", incident=True, **day.moment().envelope()))
    start = day.at(10)
    day.do(c.Insert, episode="late", start=start, end=start + 5000, parties=(Party("teacher"),))
    told = {named(BOOK, item)[0]: tuple(mark.words for mark in marks(item, ZONE)) for item in listed(day)}
    signs = {named(BOOK, item)[0]: "".join(mark.sign for mark in marks(item, ZONE)) for item in listed(day)}
    assert told["pupil"] == ("what?", "head disputes", "★")
    assert told["office"] == ("unsure",)
    assert "3 spells" in told["alone"]
    late = next(item for item in listed(day) if item.id == "late")
    assert [mark.words for mark in marks(late, ZONE)][:2] == ["what?", "late 08:08"]
    assert (signs["pupil"], signs["office"]) == ("H★", "?")
    assert signs["alone"].startswith("‖3")
    assert late.episode is not None
    assert (late.start, late.episode.entered) == (start, day.moment().at)


def test_a_note_is_one_and_two_are_several() -> None:
    """One plain note and two differ in words and share their sign; a sign is one character, with a number at most."""
    day = a_day()
    office = day.named("office, admin")
    for n, words_, sign in ((1, "1 note", "?¶"), (2, "2 notes", "?¶")):
        day.say(c.AddNote(note=f"n{n}", episode=office, text="loud", **day.moment().envelope()))
        found = marks(next(item for item in listed(day) if item.id == office), ZONE)
        assert found[-1].words == words_
        assert "".join(mark.sign for mark in found) == sign
    assert all(len(sign.replace("{}", "")) <= 1 for _, sign in MARKS.values())


def test_each_filter_shows_what_it_says() -> None:
    """All, to do, incomplete, unsure, amended and late, and by role and activity, each let their own through."""
    day = a_day()
    day.do(c.Amend, episode=day.named("alone, admin"), codes={"place": "corridor"})
    found = listed(day)

    def through(**fields: str) -> list[str]:
        return words(day, sifted(BOOK, found, Sieve(**fields)))

    assert through(only="incomplete") == ["teacher, what?", "pupil, what?"]
    assert through(only="unsure") == ["office, admin"]
    assert through(only="to do") == ["teacher, what?", "pupil, what?", "office, admin"]
    assert through(only="amended") == ["alone, admin"]
    assert through(only="late") == []
    assert through(role="parent") == ["parent, contact"]
    assert through(activity="admin", only="unsure") == ["office, admin"]
    assert len(through()) == len(found)
    turned = Sieve()
    for _ in ONLY:
        turned = turned.following()
    assert turned == Sieve()


def test_search_finds_labels_rooms_codes_and_notes() -> None:
    """Every word must occur, in any case of letters, in labels, room, person code or notes; nothing is a pattern."""
    day = a_day()
    teacher = day.named("teacher, what?")
    day.do(c.Amend, episode=teacher, parties=(Party("teacher", 1, "T3"),), room="Room 4b")
    day.say(c.AddNote(note="n", episode=teacher, text="Timetable [/b] .*", **day.moment().envelope()))

    def through(text: str) -> list[str]:
        return words(day, sifted(BOOK, listed(day), Sieve(search=text)))

    mine = ["teacher T3, what?"]
    assert (
        through("t3") == through("ROOM 4B") == through("timetable teacher") == through("[/b]") == through(".*") == mine
    )
    assert through("uncoded") == ["uncoded", "uncoded"]
    assert through("parent") == ["parent, contact"]
    assert through("interruption") == mine
    assert through("nobody") == []


def test_what_is_to_do_goes_round() -> None:
    """The next incomplete or unsure item follows the cursor; after the last comes the first; none are left at the end."""
    day = a_day()
    found = listed(day)
    seen, at = [], None
    for _ in range(4):
        item, count = to_do(found, at)
        assert count == 3
        assert item is not None
        at = item.id
        seen += words(day, (item,))
    assert seen == ["teacher, what?", "pupil, what?", "office, admin", "teacher, what?"]
    assert to_do(found[:2]) == (None, 0)


def test_neighbours_are_the_episodes_before_and_after() -> None:
    """Gaps and contacts between two episodes do not part them for a merge."""
    day = a_day()
    found = listed(day)
    before, after = neighbours(found, day.named("pupil, what?"))
    assert before is not None
    assert after is not None
    assert words(day, (before, after)) == ["teacher, what?", "office, admin"]
    assert neighbours(found, "none") == (None, None)


@given(st.lists(st.sampled_from(["1", "3", "7", "i", "t", "a", "g", "+60", *ACT_OF]), max_size=30))
def test_every_episode_contact_and_note_is_listed_once(keys: list[str]) -> None:
    """Whatever was recorded, the list holds each episode, contact and note on the day once, in order, and to-do agrees."""
    typist = Typist()
    for key in keys:
        try:
            typist.type(key)
        except (Refused, AssertionError):
            continue  # refused, or it asks for a text
    day, now = typist.day, typist.moment().at
    found = items(day, now)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert Counter(item.id for item in found if item.episode) == Counter(list(day.episodes))
    assert {item.id for item in found if item.contact} == set(day.contacts)
    notes = Counter(note.id for item in found for note in item.notes)
    assert notes == Counter(list(day.notes))
    assert to_do(found)[1] == sum(e.unsure or not e.complete for e in day.episodes.values())
    assert all((item.episode is not None) == (item.state is State.EPISODE) for item in found)
