"""What is told of a day for practice: everything that is coded, and nothing that gives the code away."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from shadowlog.cli.train import INVENTED
from shadowlog.codebooks.presets import preset, presets
from shadowlog.domain import scene_words as words
from shadowlog.domain.clock import FakeClock, ScaledClock
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE
from shadowlog.domain.recorder import fold
from shadowlog.domain.scenes import first_sight, scene_lines
from shadowlog.domain.terms import Episode, Party, Record, State, Stretch
from shadowlog.exchange.demo import demo_day
from tests.typist import Typist


def record(number: int = 0) -> Record:
    """An invented day."""
    made = demo_day(number)
    day = fold(made.observation, made.commands)
    return day.record(day.track[-1].at)


def told(keys: str) -> list[tuple[int, str]]:
    """What is told of a typed day, with the seconds since it began."""
    typist = Typist(keys)
    day = typist.day.record(typist.clock.wall)
    return [(typist.seconds(each.at), each.text) for each in scene_lines(day, day.start, day.end + 1)]


def labels_told(number: int) -> set[str]:
    """The labels, of every dimension, that stand as whole words in what is told of an invented day, in any case."""
    day = record(number)
    book = day.observation.codebook
    text = "\n".join(each.text for each in scene_lines(day, day.start, day.end)).casefold()
    labels = {code.label for dimension in book.dimensions for code in book.codes(dimension.id)}
    return {label for label in labels if re.search(rf"(?<!\w){re.escape(label.casefold())}(?!\w)", text)}


def test_no_line_names_a_what_or_a_mode() -> None:
    """In all invented days no what and no mode stands by its label; of the others only everyday words do."""
    book = preset("default")
    told = {label for number in range(INVENTED) for label in labels_told(number)}
    assert told & {code.label for d in (ACTIVITY, MODE) for code in book.codes(d)} == set()
    people, places = {"Head", "Teachers", "Alone"}, {"Staffroom", "Meeting room"}
    assert told == people | places | {"Meeting", "Telephone", "Head watches"}


@pytest.mark.parametrize("number", [0, 3])
def test_no_line_tells_a_name_a_note_or_a_room(number: int) -> None:
    """No note, no person code and no room of an invented day stands in what is told of it, in any case."""
    day = record(number)
    text = "\n".join(each.text for each in scene_lines(day, day.start, day.end)).casefold()
    secrets = [note.text for note in day.notes if note.text]
    secrets += [p.person for e in day.episodes for p in e.parties if p.person]
    secrets += [e.room for e in day.episodes if e.room]
    assert len(secrets) > 10
    assert [each for each in secrets if f" {each.casefold()}" in text] == []


@pytest.mark.parametrize("number", [0, 2])
def test_every_beginning_is_told_at_its_instant(number: int) -> None:
    """Every spell, gap, contact, coming and going of an invented day has a line of its own at its instant, and no more."""
    day = record(number)
    parties = [p for e in day.episodes for p in e.parties]
    comings, goings = [p.joined for p in parties if p.joined], [p.left for p in parties if p.left]
    assert comings
    assert bool(goings) == (number == 2)
    begun = [s.start for before, s in pairwise((None, *day.track)) if s and not (before and same_spell(before, s))]
    beside = [at for s in day.concurrent for at in (s.start, s.end) if at is not None and at < day.end]
    expected = [*begun, *beside, *(c.at for c in day.contacts), *comings, *goings, day.end]
    assert [each.at for each in scene_lines(day, day.start, day.end)] == sorted(expected)


def same_spell(before: Stretch, after: Stretch) -> bool:
    """Whether a stretch goes on with what the one before it was."""
    return before.episode is not None and before.episode == after.episode


def test_the_same_day_is_told_in_the_same_words_and_never_twice_alike() -> None:
    """Telling a day again gives the same lines; two scenes of one kind after each other have other words."""
    day = record()
    lines = scene_lines(day, day.start, day.end)
    assert lines == scene_lines(day, day.start, day.end)
    assert len({each.text for each in lines}) > 0.7 * len(lines)


def test_interruption_resuming_joining_contact_and_off_the_record() -> None:
    """Each act of an observer has something that is seen at its instant."""
    lines = told("3 t +60 I 5 a +30 R +30 J 1 +10 F 7 +10 L 1 +10 O +20 O +5 D +10")
    assert [at for at, _ in lines] == [0, 1, 63, 96, 127, 139, 151, 163, 184, 190, 201]
    text = [line for _, line in lines]
    assert any(mark in text[2] for mark in ("bursts", "knock", "broken off"))
    assert "went" in text[3] or "goes back" in text[3]
    assert "not for the record" in text[7]


def test_what_the_key_leaves_open_is_told_as_not_to_be_seen() -> None:
    """A missing who or what is somebody unseen, something unheard."""
    ((_, who),) = [each for each in told("3 +30") if each[0] == 1]
    assert "hear" in who
    ((_, what),) = [each for each in told("t +30") if each[0] == 1]
    assert "somebody" in what


@pytest.mark.parametrize("name", presets())
def test_every_shipped_code_has_words_or_a_definition_to_tell_it_by(name: str) -> None:
    """In each codebook that ships, a what or a place has several wordings or else a definition; a who has its words."""
    book = preset(name)
    for dimension, known in ((ACTIVITY, words.TOGETHER), (PLACE, words.PLACES)):
        codes = book.codes(dimension)
        assert [c.id for c in codes if len(known.get(c.id, ())) < 2 and (c.id in known or not c.definition)] == []
    assert {c.id for c in book.codes(ROLE)} - set(words.PEOPLE) == {"alone"}


def test_the_readme_says_which_codebooks_are_told_by_definitions() -> None:
    """README names the codebooks whose every what has wordings, and those in which one or all are told by definition."""
    worded = {name: {c.id for c in preset(name).codes(ACTIVITY)} <= set(words.TOGETHER) for name in presets()}
    readme = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    said = readme.partition("Every what of")[2].partition("some or all have none")[0]
    whole, _, partly = said.partition("has such wordings")
    assert set(re.findall("`(.*?)`", whole)) == {name for name, all_of_it in worded.items() if all_of_it}
    assert set(re.findall("`(.*?)`", partly)) == {name for name, all_of_it in worded.items() if not all_of_it}


def test_what_has_no_words_is_told_by_its_definition_and_an_own_who_by_its_label() -> None:
    """With other ids than the shipped ones, a what is told by its definition's first sentence and a who by its label."""
    day = record()
    book = day.observation.codebook
    what = replace(book.code(ACTIVITY, "admin"), id="papers", definition="Forms of all sorts. Not letters.")
    who = replace(book.code(ROLE, "office"), id="desk_staff", label="Desk staff")
    own = replace(
        book,
        dimensions=tuple(
            replace(d, codes=(*d.codes, what if d.id == ACTIVITY else who)) if d.id in {ACTIVITY, ROLE} else d
            for d in book.dimensions
        ),
    )
    episode = Episode("e", (Party("desk_staff", 2),), codes={ACTIVITY: "papers"})
    told = Record(
        replace(day.observation, codebook=own), 0, 9_000, False,
        (Stretch("s", 0, 9_000, State.EPISODE, "e"),), (), (episode,),
    )  # fmt: skip
    first = scene_lines(told, 0, 9_000)[0].text
    assert first.endswith("two of: desk staff. What goes on: forms of all sorts.")


def test_a_scene_may_begin_in_the_middle() -> None:
    """From the middle of an episode on, what goes on is told first, at the start of the scene."""
    day = record()
    start = first_sight(day) + 60_000
    first = scene_lines(day, start, start + 600_000)[0]
    assert first.at == start


def test_a_scaled_clock_runs_so_many_times_as_fast_and_can_stand_still() -> None:
    """At speed 4 a second is four; paused it stands; both its clocks stay together."""
    inner = FakeClock()
    clock = ScaledClock(inner, 1_000_000, 4)
    inner.advance(1)
    assert clock.now().wall == 1_004_000
    clock.pause()
    inner.advance(60)
    assert (clock.now().wall, clock.paused) == (1_004_000, True)
    clock.pause()
    inner.advance(0.5)
    assert (clock.now().wall, clock.now().mono) == (1_006_000, 6_000_000_000)
