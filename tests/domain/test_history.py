"""The history of an episode: first word, every act that touched it, what stands now."""

from __future__ import annotations

from shadowlog.domain import commands as c
from shadowlog.domain.feedback import Tag
from shadowlog.domain.history import gone, history
from shadowlog.domain.sentences import sentence
from shadowlog.domain.terms import Party, Verification
from tests.domain.test_corrections import Corrector, morning


def words(day: Corrector, episode: str) -> list[str]:
    """What the acts did."""
    return [each.words for each in history(day.day, episode).told]


def test_the_first_word_stays_whatever_follows() -> None:
    """After two amendments the first word is what the recording said, and each amendment has before, after and reason."""
    day = morning()
    teacher = day.named("teacher, what?")
    day.do(c.Amend, episode=teacher, codes={"activity": "teaching"})
    day.do(c.Amend, episode=teacher, parties=(Party("teacher", 2, "T3"), Party("pupil", None)))
    told = history(day.day, teacher)
    assert told.first.startswith("teacher, what?, 08:01:43–08:03:25")
    assert told.now.startswith("teacher ×2 T3 + pupil, teaching, 08:01:43–08:03:25")
    assert [(each.words, each.reason) for each in told.told if each.later] == [
        ("amended: what: what? → teaching", "seen again"),
        ("amended: who: teacher → teacher ×2 T3 + pupil", "seen again"),
    ]
    assert {each.author for each in told.told} == {"O1"}


def test_live_acts_are_told_too() -> None:
    """Being interrupted, resumed and ended stands in the history of the episode it happened to."""
    day = morning()
    assert words(day, day.named("alone, admin")) == [
        "begun: alone, what?, 08:00:01–running, unscheduled",
        "what: what? → admin",
        "interrupted: ended 08:01:43",
        "resumed: to: 08:01:43 → running; spells: nothing → 2",
        "ended 08:05:06",
    ]


def test_what_was_split_off_knows_where_it_came_from() -> None:
    """The new episode's history begins with that of the one it was cut from, and its first word is that one's."""
    day = morning()
    desk = day.named("alone, admin")
    day.do(c.Split, episode=desk, new="new", when=day.at(60))
    assert words(day, desk)[-1] == "split at 08:01:00: to: 08:05:06 → 08:01:00; spells: 2 → nothing"
    assert words(day, "new")[-1] == "split at 08:01:00: alone, admin, 08:01:00–08:05:06 in 2 spells, unscheduled"
    assert history(day.day, "new").first == history(day.day, desk).first
    day.do(c.Amend, episode="new", codes={"activity": "teaching"})
    assert words(day, "new")[-1] == "amended: what: admin → teaching"
    assert words(day, desk)[-1].startswith("split")


def test_a_merge_tells_of_both() -> None:
    """The history of what two were merged into holds the acts and the first words of both."""
    day = Corrector("3 +60 5 +0 t +60 a")
    teacher, office = day.named("teacher, what?"), day.named("office, teaching")
    day.do(c.Merge, episode=teacher, other=office)
    told = history(day.day, teacher)
    assert told.first.count("08:0") == 4
    assert "office, teaching" in told.first
    assert told.told[-1].words.startswith("merged with: office, teaching")
    assert history(day.day, office).now == "none"


def test_retracted_is_not_forgotten() -> None:
    """A retracted episode has its history still, and the gap it left leads to it."""
    day = morning()
    pupils = day.named("pupil, general")
    start = day.day.spells(pupils)[0].start
    day.do(c.Retract, episode=pupils)
    told = history(day.day, pupils)
    assert told.first.startswith("pupil, general")
    assert told.told[-1].words.startswith("retracted: pupil, general")
    assert gone(day.day, start, start + 1000) == (pupils,)
    assert gone(day.day, day.at(1), day.at(50)) == ()


def test_a_retracted_concurrent_episode_is_found() -> None:
    """What ran beside another and was retracted is found by its time, as what was merged is; undone, neither is gone."""
    day = Corrector("3 t +60 C 5 +60 C +60 7 g +60 X X")
    beside = next(iter(day.day.spans))
    span = day.day.spans[beside]
    assert span.end is not None
    day.do(c.Retract, episode=beside)
    assert gone(day.day) == gone(day.day, span.start, span.end) == (beside,)
    assert gone(day.day, span.end, span.end + 60_000) == ()
    day.say(c.Undo(target=day.journal[-1].id, **day.moment().envelope()))
    assert gone(day.day) == ()
    teacher, pupils = day.named("teacher, teaching"), day.named("pupil, general")
    day.do(c.Merge, episode=teacher, other=pupils)
    assert gone(day.day) == (pupils,)
    assert gone(day.day, span.start, span.end) == ()


def test_what_was_taken_back_is_no_part_of_it() -> None:
    """An amendment that was undone is in the journal and not in the history of acts in effect."""
    day = morning()
    teacher = day.named("teacher, what?")
    before = words(day, teacher)
    day.do(c.Amend, episode=teacher, codes={"activity": "teaching"})
    day.say(c.Undo(target=day.journal[-1].id, **day.moment().envelope()))
    assert words(day, teacher) == before


def test_joining_leaving_notes_and_marks_are_told() -> None:
    """Who joined and left when, notes, stars, unsure and the room all stand there."""
    day = Corrector('3 t P c ⏎ "4b" +60 J 7 +60 L 7 N "[/b]" * ? [ +5 X X')
    told = words(day, next(iter(day.day.episodes)))
    assert any(text.endswith("pupil (from 08:01:07)") for text in told)
    assert any("to 08:02:09" in text for text in told)
    assert "note: [/b]" in told
    assert "starred" in told
    assert "unsure" in told
    assert "room: nothing → 4b" in told


def test_nobody_has_an_empty_history() -> None:
    """An id that was never an episode's has no acts."""
    told = history(morning().day, "none")
    assert (told.first, told.told, told.now) == ("", (), "none")


def test_what_the_head_said_is_told_with_its_comment() -> None:
    """Every view stands there with the head's words and author, also the same one again, and the way of an incident."""
    day = morning()
    teacher = day.named("teacher, what?")
    say = {"author": "H01", "episode": teacher}
    day.given()
    day.say(c.AddNote(note="n", episode=teacher, text="loud", incident=True, **day.moment().envelope()))
    day.say(c.Verify(view=Verification.DISPUTE, comment="it was [b]money[/b]", **{**day.moment().envelope(), **say}))
    day.say(c.Verify(view=Verification.DISPUTE, **{**day.moment().envelope(), **say}))
    day.say(Tag(note="n", way="formally", evidence="by post", **day.moment().envelope()))
    assert [(each.author, each.words) for each in history(day.day, teacher).told if each.later] == [
        ("H01", "head: dispute, “it was [b]money[/b]”"),
        ("H01", "head: dispute"),
        ("O1", "incident, formally: by post"),
    ]


def test_what_comes_back_is_named() -> None:
    """Undoing a retraction says which episode is there again, and redoing it which one is gone."""
    day = morning()
    day.do(c.Retract, episode=day.named("pupil, general"))
    target = day.journal[-1].id
    for kind, said in ((c.Undo, "undone"), (c.Redo, "made again")):
        before, command = day.day, kind(target=target, **day.moment().envelope())
        day.say(command)
        assert sentence(before, day.day, command).endswith(f"  {said}: retracted: pupil, general")
