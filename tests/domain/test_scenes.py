"""What is told of a day for practice: everything that is coded, and nothing that gives the code away."""

from __future__ import annotations

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.domain import scene_words as words
from shadowlog.domain.clock import FakeClock, ScaledClock
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE
from shadowlog.domain.recorder import fold
from shadowlog.domain.scenes import first_sight, scene_lines
from shadowlog.domain.terms import Record
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


@pytest.mark.parametrize("number", [0, 3])
def test_no_line_names_a_code(number: int) -> None:
    """No label of a who, a what or a mode stands in what is told of a whole invented day, nor a name or a note."""
    day = record(number)
    book = day.observation.codebook
    labels = [code.label for d in (ROLE, ACTIVITY, MODE) for code in book.codes(d)]
    text = "\n".join(each.text for each in scene_lines(day, day.start, day.end))
    assert [label for label in labels if label in text] == []
    secrets = [note.text for note in day.notes if note.text]
    secrets += [p.person for e in day.episodes for p in e.parties if p.person]
    secrets += [e.room for e in day.episodes if e.room]
    assert len(secrets) > 10
    assert [each for each in secrets if f" {each}" in text] == []


def test_every_beginning_is_told_at_its_instant() -> None:
    """Every spell, gap, contact, coming and going of an invented day has its line at its own instant."""
    day = record()
    at = [each.at for each in scene_lines(day, day.start, day.end)]
    assert at == sorted(at)
    expected = {s.start for s in day.track} | {c.at for c in day.contacts} | {s.start for s in day.concurrent}
    comings = {p.joined for e in day.episodes for p in e.parties if p.joined}
    assert expected - set(at) == set()
    assert len(comings & set(at)) >= len(comings) - 1


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


def test_every_shipped_code_has_words_or_a_definition_to_tell_it_by() -> None:
    """For the codebooks that ship, what and place have several wordings; roles have words for one, many and some."""
    for name in ("default", "structured-observation", "instruction-management-personal"):
        book = preset(name)
        for code in book.codes(ACTIVITY):
            assert len(words.TOGETHER.get(code.id, ())) >= 2 or code.id == "company", code.id
    assert {c.id for c in preset("default").codes(ROLE)} - set(words.PEOPLE) == {"alone"}
    assert {c.id for c in preset("default").codes(PLACE)} == set(words.PLACES)
    assert all(code.definition for code in preset("stanford").codes(ACTIVITY))


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
