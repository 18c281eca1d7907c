"""The numbered rules of the keys; each test's docstring is the rule."""

from __future__ import annotations

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.answers import recover, typed_end
from shadowlog.domain.recorder import step
from shadowlog.domain.terms import Party
from shadowlog.errors import Refused
from tests.typist import Typist


def test_first_press_is_the_time() -> None:
    """The instant of the first press is the start; the code of the second follows while it runs."""
    typist = Typist("3 +20 t")
    assert typist.story == [(1, "teacher, teaching")]


def test_interruption_acts_at_its_own_press() -> None:
    """1. I and C act at their own press: they begin an uncoded episode."""
    assert Typist("3 t +10 I").story == [(1, "teacher, teaching"), (13, "who?, what?")]
    typist = Typist("3 t +10 C")
    assert typist.day.concurrent is not None
    assert typist.day.concurrent.parties == ()
    assert typist.seconds(typist.day.spans[typist.day.concurrent.id].start) == 13


@pytest.mark.parametrize(
    ("keys", "where"),
    [("J +3 5", "joined"), ("F +3 7", "contact")],
)
def test_prefixes_are_timed_at_their_own_press(keys: str, where: str) -> None:
    """1. J and F wait for one key and are timed at their own press."""
    typist = Typist(f"3 t +10 {keys}")
    if where == "joined":
        assert typist.day.foreground is not None
        assert typist.seconds(typist.day.foreground.parties[1].joined) == 13
    else:
        assert [typist.seconds(x.at) for x in typist.day.contacts.values()] == [13]


def test_a_key_that_does_not_fit_cancels_the_prefix_and_is_obeyed() -> None:
    """1. A key that does not fit cancels the prefix, says so, and is obeyed."""
    typist = Typist("3 t +10 J a")
    assert typist.last.message.startswith("J cancelled")
    assert typist.words == ["teacher, teaching", "teacher, admin"]
    typist = Typist("3 t +10 G I")
    assert typist.last.message.startswith("G cancelled")
    assert typist.words == ["teacher, teaching", "who?, what?"]


def test_missing_code_is_taken_however_late() -> None:
    """2. A running episode takes its missing who or what however late."""
    assert Typist("3 +600 t").story == [(1, "teacher, teaching")]
    assert Typist("t +600 3").story == [(1, "teacher, teaching")]


def test_a_different_role_starts_the_next_episode() -> None:
    """2. A different role always starts the next episode; the first stays incomplete. J adds a party."""
    assert Typist("3 7 t").words == ["teacher, what?", "pupil, teaching"]
    assert Typist("3 J 7 t").words == ["teacher + pupil, teaching"]


def test_what_then_who_is_who_then_what() -> None:
    """3. A what key on a complete episode starts the next with the who carried over; a who key within the settling time
    replaces a carried who."""
    assert Typist("t 3").words == Typist("3 t").words
    assert Typist("3 t +30 a").words == ["teacher, teaching", "teacher, admin"]
    assert Typist("3 t +30 a +2 7").words == ["teacher, teaching", "pupil, admin"]
    assert Typist("3 t +30 a +5 7").words == ["teacher, teaching", "teacher, admin", "pupil, what?"]


def test_same_role_at_once_is_one_more() -> None:
    """4. 3 3 within the settling time, no key between: two teachers. Otherwise another episode."""
    assert Typist("3 3 t").words == ["teacher ×2, teaching"]
    assert Typist("3 3 3 t").words == ["teacher ×3, teaching"]
    assert Typist("3 +5 3 t").words == ["teacher, what?", "teacher, teaching"]
    assert Typist("3 t 3").words == ["teacher, teaching", "teacher, what?"]


def test_one_press_is_one_person_unless_a_group() -> None:
    """4. One press is one person; unknown for roles flagged group."""
    typist = Typist("3 t 7 g")
    counts = [e.parties[0].count for e in typist.day.episodes.values()]
    assert counts == [1, None]
    assert Typist("7 7 g").words == ["pupil, general"]


def test_group_size() -> None:
    """4. G + 1-9 sets the size of the party named last; G 0 asks for a number."""
    assert Typist("7 g G 6").words == ["pupil ×6, general"]
    typist = Typist("7 g G 0")
    assert typist.last.ask is not None
    assert typist.type('"28"').words == ["pupil ×28, general"]
    assert Typist("3 t J 7 G 4").words == ["teacher + pupil ×4, teaching"]


def test_the_running_activity_again_does_nothing() -> None:
    """5. An activity key equal to the running one does nothing and says so."""
    typist = Typist("3 t +9 t")
    assert typist.last.message == "teaching already"
    assert typist.words == ["teacher, teaching"]


def test_resume_goes_back_through_nested_interruptions() -> None:
    """6. R ends the foreground and resumes the newest suspended; later it is a new R."""
    typist = Typist("3 t +60 I 5 a +60 I 8 g +60 R +60 R +60")
    assert typist.words == [
        *("teacher, teaching", "office, admin", "parent, general", "office, admin", "teacher, teaching"),
    ]
    assert typist.day.live.suspended == ()


def test_resume_at_once_takes_the_next_older_instead() -> None:
    """6. A second R within the settling time takes the next older instead, leaving no spell."""
    typist = Typist("3 t +60 I 5 a +60 I 8 g +60 R R")
    assert typist.words == ["teacher, teaching", "office, admin", "parent, general", "teacher, teaching"]
    resumed = typist.story[-1][0]
    assert resumed == typist.seconds(typist.journal[-2].at), "it goes on from the first R"
    assert [typist.day.episodes[e].parties[0].role for e in typist.day.live.suspended] == ["office"]


def test_resume_at_once_goes_on_to_the_oldest() -> None:
    """6. R R R takes the third; what was passed over stays suspended, the newest last."""
    typist = Typist("3 t +9 I 5 a +9 I 8 g +9 I 7 t +9 R R R")
    assert typist.words[-1] == "teacher, teaching"
    assert [typist.day.episodes[e].parties[0].role for e in typist.day.live.suspended] == ["office", "parent"]
    assert typist.type("R").last.message == "Nothing older is suspended"


def test_a_forgotten_interruption() -> None:
    """6. With nothing suspended, R resumes the episode before: what came between becomes its interrupter."""
    typist = Typist("3 t +60 5 a +60 R")
    assert typist.words == ["teacher, teaching", "office, admin", "teacher, teaching"]
    office = next(e for e in typist.day.episodes.values() if e.parties[0].role == "office")
    assert typist.day.foreground is not None
    assert office.interrupts == typist.day.foreground.id
    assert office.codes["mode"] == "interruption"


def test_a_forgotten_interruption_behind_a_closed_door() -> None:
    """6. What came between behind a closed door becomes the interrupter and stays without a code."""
    typist = Typist("3 t +60 D +60 R")
    closed = next(e for e in typist.day.episodes.values() if e.closed)
    assert closed.interrupts is not None
    assert dict(closed.codes) == {}


def test_resume_after_space() -> None:
    """6. With nothing suspended, after space, what came between is a gap."""
    assert Typist("3 t +60 _ +60 R").words == ["teacher, teaching", "gap", "teacher, teaching"]


def test_what_follows_an_interrupter_is_none() -> None:
    """7. I 3 t 7 g: 7 is no interrupter; what was suspended stays so."""
    typist = Typist("i a +60 I 3 t +60 7 g")
    pupil = typist.day.foreground
    assert pupil is not None
    assert pupil.interrupts is None
    assert [typist.day.episodes[e].what for e in typist.day.live.suspended] == ["admin"]


def test_acts_on_the_running_episode_during_an_interruption() -> None:
    """8. J, L, G, K and [ act on the foreground, during an interruption too; L of the only party is refused."""
    typist = Typist("i a +60 I 3 t +20 J 5 K 2 [")
    assert typist.words == ["alone, admin", "teacher + office O2, teaching"]
    assert typist.story[-1][0] == 63 - 15
    with pytest.raises(Refused, match="Nobody would be left"):
        Typist("3 t +10 L 3")


def test_leave() -> None:
    """8. L and a role: that party leaves at the instant of L, and the episode goes on."""
    typist = Typist("3 t J 5 +10 L +2 3")
    assert typist.day.foreground is not None
    assert [typist.seconds(p.left) for p in typist.day.foreground.parties] == [15, -1]
    assert typist.words == ["office, teaching"]


def test_concurrent_takes_codes_until_complete() -> None:
    """9. One concurrent episode at a time; it takes codes until complete, then keys return to the foreground. C ends
    it."""
    typist = Typist("m i +30 C 3 t +10 a")
    assert typist.words == ["alone, moving", "alone, admin"]
    beside = typist.day.concurrent
    assert beside is not None
    assert (beside.parties[0].role, beside.what) == ("teacher", "teaching")
    typist.type("C")
    assert typist.day.concurrent is None
    assert typist.seconds(typist.day.spans[beside.id].end) == 47


@pytest.mark.parametrize("keys", ["I", "_", "5", "a", "R"])
def test_concurrent_goes_on(keys: str) -> None:
    """9. I, R, space and new starts leave the concurrent episode running."""
    typist = Typist(f"i m +9 I 5 g +9 C 3 t +9 {keys}")
    assert typist.day.concurrent is not None


@pytest.mark.parametrize("keys", ["O", "X X"])
def test_concurrent_ends_with_the_record(keys: str) -> None:
    """9. O and X end the concurrent episode."""
    typist = Typist(f"i m +9 C 3 t +9 {keys}")
    assert typist.day.concurrent is None
    assert all(s.end is not None for s in typist.day.spans.values())


def test_contact_changes_nothing_else() -> None:
    """10. F changes nothing else; it is refused off the record."""
    before = Typist("3 t +9")
    track, episodes = before.day.track, before.day.episodes
    before.type("F 7")
    assert (before.day.track, before.day.episodes) == (track, episodes)
    assert [x.role for x in before.day.contacts.values()] == ["pupil"]
    off = Typist("3 t O F 7")
    assert off.day.contacts == {}
    assert off.words == ["teacher, teaching", "off"]


def test_closed_door() -> None:
    """11. D begins a closed episode: who carried over or given within the settling time, what never asked for, N refused.
    A what key starts the next; D again leaves a gap."""
    assert Typist("3 t +30 D").words == ["teacher, teaching", "teacher, closed door"]
    assert Typist("3 t +30 D 8").words == ["teacher, teaching", "parent, closed door"]
    assert Typist("3 t +30 D +9 8").words[-2:] == ["teacher, closed door", "parent, what?"]
    assert Typist("D +9 8").words == ["who?, closed door", "parent, what?"]
    assert Typist("3 t +30 D +9 a").words[-1] == "teacher, admin"
    assert Typist("3 t +30 D +9 D").words[-1] == "gap"
    noted = Typist("3 t +30 D N")
    assert noted.last.ask is None
    assert "no note" in noted.last.message


def test_off_the_record() -> None:
    """12. O ends running spells; suspended ones stay suspended. O again begins a gap."""
    typist = Typist("i a +30 I 3 t +30 O +60 O")
    assert typist.words == ["alone, admin", "teacher, teaching", "off", "gap"]
    assert len(typist.day.live.suspended) == 1


@pytest.mark.parametrize("key", ["3", "t", "_", "I", "R", "J", "P", "F", "C", "N", "D", "[", "T", "?", "Y"])
def test_while_off_other_keys_are_refused_visibly(key: str) -> None:
    """12. While off, only O, U and X work; others are refused visibly."""
    typist = Typist("3 t +30 O")
    before = typist.day
    typist.type(key)
    assert typist.day is before
    assert "Off the record" in typist.last.message


def test_net_suspended_and_off_are_elapsed() -> None:
    """12. Net + suspended + off = elapsed."""
    typist = Typist("i a +30 I 3 t +30 O +60 O +5 R +40 X X")
    desk = next(e.id for e in typist.day.episodes.values() if e.what == "admin")
    spells = typist.day.spells(desk)
    net = sum((s.end or 0) - s.start for s in spells)
    elapsed = (spells[-1].end or 0) - spells[0].start
    away = {
        name: sum(
            (s.end or 0) - s.start
            for s in typist.day.stretches()
            if s.start >= spells[0].start and s.episode != desk and (s.state == "off") == (name == "off")
        )
        for name in ("off", "suspended")
    }
    assert net + away["off"] + away["suspended"] == elapsed
    assert away["off"] == 61_000


def test_start_moves_the_shared_boundary() -> None:
    """13. [ and T move the boundary shared with what came before, never past its start."""
    assert Typist("3 t +60 7 g [").story == [(1, "teacher, teaching"), (48, "pupil, general")]
    typist = Typist("3 t +20 7 g {")
    assert typist.story == [(1, "teacher, teaching"), (1, "pupil, general")]
    assert "no earlier" in typist.last.message


def test_start_never_passes_now_or_an_off_record_edge() -> None:
    """13. ] never past now, nothing past an off-record edge; they stop there and say so."""
    typist = Typist("3 t +5 7 g ]")
    assert typist.story[-1][0] == 10
    assert "no later" in typist.last.message
    typist = Typist("3 t +5 O +60 O +3 7 g {")
    assert [s for s in typist.story if s[1] in {"off", "gap", "pupil, general"}] == [
        *((8, "off"), (69, "gap"), (69, "pupil, general")),
    ]


def test_typed_start() -> None:
    """13. T takes a time of day, and stops where it may not go."""
    typist = Typist("3 t +600 7 g T")
    start = typist.day.start
    typist.type('"08:05:30"')
    assert typist.day.track[-1].at == start + 330_000
    typist.type("T").type('"25:00"')
    assert "no time of day" in typist.last.message


def test_undo_is_as_if_it_had_not_been() -> None:
    """14. U: as if the newest act had not been made; time since belongs to what then ran."""
    typist = Typist("3 t +60 7")
    typist.type("+60 U")
    assert typist.story == [(1, "teacher, teaching")]


def test_undone_resume() -> None:
    """14. An undone R: the interrupter never stopped."""
    typist = Typist("i a +60 I 3 t +60 R +60 U")
    assert typist.words == ["alone, admin", "teacher, teaching"]
    assert len(typist.day.live.suspended) == 1


def test_a_new_act_clears_redo() -> None:
    """14. A new act clears redo; without one, redo makes again what undo took back."""
    typist = Typist("3 t +60 7 g")
    done = typist.day
    typist.type("U U Y Y")
    assert typist.day == done
    typist.type("U 5 Y")
    assert typist.last.message == "Nothing to redo"


def test_what_is_never_undone() -> None:
    """14. Clock events, consent and the head's acts are not undone."""
    typist = Typist("3 t +60 7")
    pupil = typist.day.foreground
    assert pupil is not None
    typist.say(c.ClockEvent(drift=5_000, **typist.moment().envelope()))
    typist.type("U")
    assert typist.words == ["teacher, teaching"]
    assert [type(a.command).__name__ for a in typist.day.acts] == ["Begin", "Start", "SetCode", "ClockEvent"]
    with pytest.raises(Refused, match="cannot be undone"):
        step(typist.day, c.Undo(target=typist.day.acts[-1].command.id, **typist.moment().envelope()))


def test_undo_is_each_persons_own() -> None:
    """14. The newest act of this author: nobody undoes another's."""
    typist = Typist("3 t +60")
    teacher = typist.day.foreground
    assert teacher is not None
    typist.author = "H01"
    typist.type("U")
    assert typist.last.message == "Nothing to undo"
    with pytest.raises(Refused, match="own"):
        step(typist.day, c.Undo(target=typist.day.acts[-1].command.id, **typist.moment().envelope()))


def test_end_of_day_is_confirmed_once() -> None:
    """15. X, confirmed once, ends the day; suspended episodes end with their last spell."""
    typist = Typist("i a +60 I 3 t +60 X")
    assert not typist.day.ended
    typist.type("X")
    assert typist.day.ended
    assert typist.seconds(typist.day.track[-1].at) == 126
    desk = next(e.id for e in typist.day.episodes.values() if e.what == "admin")
    assert [typist.seconds(s.end) for s in typist.day.spells(desk)] == [63]
    typist.type("3")
    assert "The day has ended" in typist.last.message
    typist.type("U")
    assert not typist.day.ended


def test_late_entry_cuts_a_hole() -> None:
    """16. A late entry cuts a hole in the foreground below it; the rest becomes two spells of one episode."""
    typist = Typist("i a +600")
    start = typist.day.start
    late = c.Insert(
        episode="late", start=start + 100_000, end=start + 160_000, reason="forgotten", **typist.moment().envelope()
    )
    typist.say(late)
    assert typist.story == [(1, "alone, admin"), (100, "who?, what?"), (160, "alone, admin")]
    assert typist.day.episodes["late"].entered == late.at
    assert len(typist.day.episodes) == 2


def test_after_a_crash_one_question_covers_foreground_and_concurrent() -> None:
    """17. After a crash one question covers foreground and concurrent; suspended ones stay."""
    typist = Typist("i a +60 I 3 t +10 C 5 g +30")
    last = typist.day.live.last
    typist.clock.advance(3600)
    typist.say(recover(typist.day, typist.moment(), "last"))
    assert typist.words[-2:] == ["unseen", "gap"]
    assert typist.day.concurrent is None
    assert typist.day.track[-2].at == last
    assert sorted(e.unsure for e in typist.day.episodes.values()) == [False, True, True]
    assert len(typist.day.live.suspended) == 1


def test_keep_running_after_a_crash() -> None:
    """17. Kept running, nothing is lost, and the timeline goes on from the wall clock of another boot."""
    typist = Typist("3 t +60")
    typist.clock.advance(3600)
    typist.clock.boot, typist.clock.mono = "boot-2", 5
    assert typist.day.position(typist.clock.now()) is None
    typist.say(recover(typist.day, typist.moment_by_wall(), "keep"))
    typist.clock.advance(10)
    assert typist.day.position(typist.clock.now()) == typist.clock.wall
    assert typist.words == ["teacher, teaching"]


def test_modes_and_sticky_place() -> None:
    """18. I sets mode interruption; other episodes begin unscheduled, face to face; only place is sticky."""
    typist = Typist("3 t P c M V H +9 I 5 a +9 7 g")
    first, second, third = typist.day.episodes.values()
    assert (first.codes["mode"], first.codes["medium"], first.codes["initiator"]) == ("interruption", "phone", "head")
    assert (second.codes["mode"], second.codes["medium"]) == ("interruption", "f2f")
    assert (third.codes["mode"], third.codes["medium"]) == ("unscheduled", "f2f")
    assert [e.place for e in typist.day.episodes.values()] == ["classroom"] * 3
    assert "initiator" not in third.codes


def test_alone_is_not_face_to_face() -> None:
    """18. Alone, nobody is face to face; with somebody in place of nobody, they are again."""
    typist = Typist("i a")
    assert "medium" not in next(iter(typist.day.episodes.values())).codes
    typist = Typist("i a +30 t 3")
    assert [e.codes.get("medium") for e in typist.day.episodes.values()] == [None, "f2f"]


def test_two_character_codes_share_a_leader() -> None:
    """Two-character keys share a leader; the leader is the time."""
    typist = Typist("3 t +30 z +2 h a")
    assert typist.story == [(1, "teacher, teaching"), (33, "heads, admin")]
    typist = Typist("3 t +30 z 5")
    assert "z5 is no code" in typist.last.message
    assert typist.words == ["teacher, teaching", "office, what?"]
    assert Typist("3 t F z z").day.contacts


def test_undo_and_redo_go_round_what_is_never_undone() -> None:
    """14. An act taken back from under a recovery, and made again, stands where it stood."""
    typist = Typist("3 t +60")
    typist.say(recover(typist.day, typist.moment(), "last"))
    typist.clock.advance(5)
    done = typist.day
    typist.type("U")
    assert typist.words[0] == "teacher, what?"
    typist.type("Y")
    assert typist.day == done


def test_every_press_is_a_last_key() -> None:
    """17. A note and a mark of doubt are presses too: the last key is theirs."""
    typist = Typist("3 t +600 ?")
    assert typist.seconds(typist.day.live.last) == 603
    typist.type("+600 N").type('"a remark"')
    assert typist.seconds(typist.day.live.last) == 1204


def test_two_character_codes_count_people_too() -> None:
    """4. The same two characters again at once are one more person; a leader that is dropped says so."""
    assert Typist("z z z z a").words == ["visitor ×2, admin"]
    typist = Typist("3 t z I")
    assert typist.last.message == "z cancelled."


def test_who_was_put_right_at_once_is_not_one_more() -> None:
    """4. Pressing a role again counts one more only while it is there: after a correction it begins anew."""
    typist = Typist("3")
    episode, moment = typist.day.foreground, typist.moment()
    assert episode is not None
    company = (Party("parent", None),)
    typist.say(c.Amend(episode=episode.id, parties=company, codes={}, reason="misread", **moment.envelope(moment.at)))
    assert typist.type("3 t").words == ["parent, what?", "teacher, teaching"]


def test_behind_a_closed_door_is_the_group_alone() -> None:
    """11. A closed episode keeps no person code, no room, no mode, no medium; K, M, H and V are refused there."""
    typist = Typist("3 K 3 t P c ⏎")
    typist.type('"Room 12" +30 D')
    closed = typist.day.foreground
    assert closed is not None
    assert closed.closed
    assert [(p.role, p.person) for p in closed.parties] == [("teacher", None)]
    assert (closed.room, dict(closed.codes)) == (None, {})
    for key in "KMHV":
        typist.type(key)
        assert "Closed door" in typist.last.message
        typist.hand = typist.last.hand
    typist.type("P d 8 g")
    assert [e.place for e in typist.day.episodes.values()] == ["classroom", None, "corridor"]


def test_a_start_that_moves_past_a_joining_takes_it_along() -> None:
    """13. Who joined before the moved start was there from the start; who left before it was never there."""
    typist = Typist("3 t J 1 L 1 J 5 +40 ] ]")
    assert typist.story[-1][0] == 31
    assert [(p.role, p.joined, p.left) for p in typist.day.episodes["id-00002"].parties] == [
        ("teacher", None, None),
        ("office", None, None),
    ]


def test_whoever_objects_is_not_named_where_a_note_stands() -> None:
    """An episode that holds a note cannot become one with somebody who asked not to be recorded."""
    typist = Typist("3 t N")
    typist.type('"as agreed"')
    with pytest.raises(Refused, match="holds a note"):
        typist.type("J k")


def test_person_codes_are_the_roles_own() -> None:
    """A person code is its role's letters and a number."""
    typist = Typist("3 t +9")
    with pytest.raises(Refused, match="As T3"):
        typist.say(c.SetPerson(person="L1", episode="id-00002", position=0, **typist.moment().envelope()))


@pytest.mark.parametrize(("text", "seconds"), [("08:30", 1_800), ("08:00", 86_400 - 0), ("7:59", 86_340), ("x", None)])
def test_a_typed_end_is_the_first_such_time_since_the_start(text: str, seconds: int | None) -> None:
    """17. A typed end is the first such time of day since the episode began, and never after now."""
    start = 1_795_507_200_000
    later = typed_end(text, "Europe/London", start + (1 if text == "08:00" else 0), start + 90_000_000)
    assert later == (None if seconds is None else start + seconds * 1000)
    assert typed_end("15:30", "Europe/London", start, start + 3_600_000) is None


def test_alone_is_not_counted() -> None:
    """G after alone says that there is nobody to count, for a digit and for 0; nothing is kept."""
    for keys in ("i a G 3", "i a G 0"):
        typist = Typist(keys)
        assert typist.last.message == "alone: nobody to count"
        assert typist.last.ask is None
        assert typist.words == ["alone, admin"]
