"""`shadowlog workshop`: what a room guessed, counted and told is kept with the study, of a frozen set alone, without names."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.deck_shape import from_plain
from shadowlog.domain.clock import SystemClock
from shadowlog.report.slides import slides
from shadowlog.store import library
from shadowlog.store.engine import open_store
from tests.cli.telling import telling
from tests.workshop import study

NOTHING = "No workshop of this study is kept yet.\n"
TODAY, BEFORE, AFTER = ((datetime.now().astimezone().date() + timedelta(days=days)).isoformat() for days in (0, -2, 2))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    study(tmp_path / "days.db")

    return telling(tmp_path / "days.db", capfd)


def frozen(program: Any) -> str:
    """A frozen set's id."""
    found = re.search("set ([0-9a-f]{16})", program("present", "--study", "Demo", "-o", "deck.html"))
    assert found
    return found[1]


def saved(folder: Path, set_: str, **changed: Any) -> str:
    """The file that slides save."""
    values = {
        "format": "shadowlog-room",
        "version": 1,
        "set": set_,
        "guesses": {"interactions": 12, "alone": 30.5},
        "hands": {"incident 1": {"formally": 2, "culturally": 1}},
    }
    path = folder / "room.json"
    path.write_text(json.dumps(values | changed))
    return str(path)


def test_a_room_is_kept_with_the_study(program: Any, tmp_path: Path) -> None:
    """Guesses, hands, who was there, aids and barriers are listed and given as JSON, and the journal adds up."""
    set_ = frozen(program)
    words = ["--there", "4 heads", "--there", "1 adviser", "--aid", "time, and a room", "--barrier", "=nobody asked"]
    told = program("workshop", saved(tmp_path, set_), "--study", "Demo", "--date", TODAY, *words)
    assert told == f"Kept: the workshop of {TODAY} with set {set_}.\n"
    assert program("workshop", "--study", "Demo").splitlines() == [
        f"{TODAY}  set {set_}  4 heads, 1 adviser",
        "  What part of the day is a head alone? The room guessed 30.5 %.",
        "  How many times an hour is somebody with a head? The room guessed 12 an hour.",
        "  incident 1: formally 2, culturally 1",
        "  helped: time, and a room",
        "  stood in the way: =nobody asked",
    ]
    (kept,) = json.loads(program("workshop", "--study", "Demo", "--json"))
    assert (kept["set"], kept["there"], kept["aids"]) == (set_, ["4 heads", "1 adviser"], "time, and a room")
    program("doctor", "--rebuild")


def test_it_is_exported_with_the_study(program: Any, tmp_path: Path) -> None:
    """An export of the study as tables holds its workshops and its sets, one of a named day does not; nor does a data set."""
    set_ = frozen(program)
    program("export", "--study", "Demo", "--to", "csv", "-o", "before")
    assert not (tmp_path / "before" / "workshops.csv").exists()
    program("workshop", saved(tmp_path, set_), "--study", "Demo", "--date", TODAY, "--barrier", "=nobody asked")
    program("export", "--study", "Demo", "--to", "csv", "-o", "all")
    assert f"1,{TODAY},{set_},barrier,,,,'=nobody asked" in (tmp_path / "all" / "workshops.csv").read_text()
    days = {line.split(",")[0] for line in (tmp_path / "all" / "observations.csv").read_text().splitlines()[1:]}
    sets = [line.split(",") for line in (tmp_path / "all" / "sets.csv").read_text().splitlines()[1:]]
    assert {id_ for id_, _ in sets} == {set_}
    assert {day for _, day in sets} == days
    program("export", min(days), "--to", "csv", "-o", "one")
    program("export", "--study", "Demo", "--to", "parquet", "-o", "data")
    named = {each.name for folder in ("one", "data") for each in (tmp_path / folder).rglob("*")}
    assert "observations.csv" in named
    assert not {each for each in named if each.startswith(("workshops", "sets"))}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"format": "other"}, "format"),
    ({"version": 2}, "version"),
    ({"set": "zz"}, "set"),
    ({"guesses": {"alone": -1}}, "guesses"),
    ({"guesses": {"<script>": 1}}, "guesses"),
    ({"hands": {"incident 1": {"by vote": 1}}}, "none of the six ways"),
    ({"extra": 1}, "extra"),
]


@pytest.mark.parametrize(("changed", "why"), WRONG)
def test_a_file_that_no_slides_saved_is_refused(
    program: Any, tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    """Another format, a strange number or name, or a field more is refused, named, and nothing is kept."""
    set_ = frozen(program)
    assert why in program("workshop", saved(tmp_path, set_, **changed), "--study", "Demo", code=2)
    assert program("workshop", "--study", "Demo") == NOTHING


def test_names_and_foreign_sets_are_refused(program: Any, tmp_path: Path) -> None:
    """Words that may name somebody are shown and kept only when said to be meant so; a set of another study is none."""
    set_ = frozen(program)
    told = program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", "asked Priya first", code=1)
    assert "Looks as if it named somebody: asked Priya first" in told
    assert "The study has no such set" in program("workshop", saved(tmp_path, "0" * 16), "--study", "Demo", code=1)
    assert program("workshop", "--study", "Demo") == NOTHING
    program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", "asked Priya first", "--as-typed")
    assert "no words" in program("workshop", saved(tmp_path, set_), "--study", "Demo", "--aid", " ", code=2)


def listed(program: Any) -> list[Any]:
    found: list[Any] = json.loads(program("workshop", "--study", "Demo", "--json"))
    return found


def test_a_workshop_without_a_saved_file_is_kept(program: Any, tmp_path: Path) -> None:
    """In the place of a file the set is named, by the beginning of its id or as the last one; nothing is guessed or counted."""
    set_ = frozen(program)
    words = ["--study", "Demo", "--there", "4 heads", "--aid", "time, and a room"]
    assert program("workshop", "--set", set_[:6], *words) == f"Kept: the workshop of {TODAY} with set {set_}.\n"
    program("workshop", "--set", "last", "--study", "Demo", "--barrier", "nobody asked")
    one, two = listed(program)
    assert (one["set"], one["there"], one["guesses"], one["hands"], one["aids"]) == (
        set_, ["4 heads"], {}, {}, "time, and a room",
    )  # fmt: skip
    assert (two["set"], two["there"], two["barriers"]) == (set_, [], "nobody asked")
    program("doctor", "--rebuild")
    assert f"There are: {set_}." in program("workshop", "--set", "zz", *words, code=3)
    assert "There is no such set" in program("workshop", "--set", "", *words, code=3)
    assert program("workshop", saved(tmp_path, set_), "--set", "last", *words).startswith("Kept")


@pytest.mark.parametrize(
    "said",
    [["--there", "4 heads"], ["--aid", "time"], ["--barrier", "no time"], ["--date", "2026-11-24"], ["--as-typed"]],
)
def test_words_of_no_workshop_are_refused(program: Any, said: list[str]) -> None:
    """What is said without a file or a set is refused, with what would be right, and nothing is kept."""
    frozen(program)
    told = program("workshop", "--study", "Demo", *said, code=2)
    assert said[0] in told
    assert "Name the file that the slides saved, or the set with --set ID or --set last." in told
    assert program("workshop", "--study", "Demo") == NOTHING
    assert "JSON is of what is kept" in program("workshop", "--study", "Demo", "--set", "last", "--json", code=2)


def test_a_file_and_a_set_that_differ_are_refused(program: Any, tmp_path: Path) -> None:
    """A file of one set and --set of another are refused, both named, and nothing is kept."""
    one = frozen(program)
    for number in range(12):
        program("present", "--study", "Demo", "-o", f"{number}.html")
        if len(program("present", "--study", "Demo", "--sets").splitlines()) > 1:
            break
    told = program("workshop", saved(tmp_path, one), "--set", "last", "--study", "Demo", code=2)
    assert f"the file is of set {one}, and --set names" in told
    assert program("workshop", "--study", "Demo") == NOTHING


def test_nothing_kept_is_said_in_words(program: Any) -> None:
    """A study without workshops is told so; as JSON it is an empty list."""
    assert program("workshop", "--study", "Demo") == NOTHING
    assert listed(program) == []


SLIDES: list[tuple[dict[str, Any], str]] = [
    (
        {"guesses": {"golf": 1}},
        "room.json: guesses: this set has no slide to guess of 'golf'. It has: interactions, brief",
    ),
    ({"guesses": {"cover": 1}}, "no slide to guess of 'cover'"),
    ({"guesses": {"talis all": 1}}, "no slide to guess of 'talis all'"),
    ({"guesses": {"incident 1": 1}}, "no slide to guess of 'incident 1'"),
    (
        {"hands": {"incident 99": {"formally": 2}}},
        "room.json: hands: this set has no incident 'incident 99'. It has: incident 1",
    ),
    ({"hands": {"alone": {"formally": 2}}}, "no incident 'alone'"),
]


@pytest.mark.parametrize(("changed", "why"), SLIDES)
def test_what_is_of_no_slide_of_the_set_is_refused(
    program: Any, tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    """A guess of a slide that asks for none, or hands on what is no incident, is refused with those there are; nothing is kept."""
    told = program("workshop", saved(tmp_path, frozen(program), **changed), "--study", "Demo", code=2)
    assert why in told
    assert program("workshop", "--study", "Demo") == NOTHING


def test_an_incident_that_takes_several_slides_is_counted_on_its_last(program: Any, tmp_path: Path) -> None:
    """Hands for a long incident are those of the slide on which it is sorted; its first part is no incident to count on."""
    set_ = frozen(program)
    with open_store(tmp_path / "days.db", writing=True) as store:
        (found,) = library.studies(store)
        deck = dict(found.sets[set_].deck)
        deck["incidents"] = ["One word after another. " * 120, "Short."]
        library.freeze_set(
            store, found.id, set_="a" * 16, made_of=found.sets[set_].made_of, deck=deck, author="facilitator",
            clock=SystemClock(),
        )  # fmt: skip
    ids = [each.id for each in slides(from_plain(deck))]
    assert "incident 1 part 1" in ids
    part = {"hands": {"incident 1 part 1": {"formally": 1}}}
    told = program("workshop", saved(tmp_path, "a" * 16, **part), "--study", "Demo", code=2)
    assert "no incident 'incident 1 part 1'. It has: incident 1, incident 2." in told
    program("workshop", saved(tmp_path, "a" * 16, hands={"incident 1": {"formally": 1}}), "--study", "Demo")


def test_a_day_before_the_set_or_to_come_is_refused(program: Any, tmp_path: Path) -> None:
    """No workshop was on a day before its slides were frozen, and none that is to come has been; the right days are named."""
    set_ = frozen(program)
    for where in (["--set", "last", "--there", "4 heads"], [saved(tmp_path, set_)]):
        told = program("workshop", *where, "--study", "Demo", "--date", BEFORE, code=2)
        assert f"--date: on {BEFORE} set {set_} was not frozen yet. It was on {TODAY}." in told
        told = program("workshop", *where, "--study", "Demo", "--date", AFTER, code=2)
        assert f"--date: {AFTER} is still to come. Today is {TODAY}." in told
    assert program("workshop", "--study", "Demo") == NOTHING


def test_nothing_is_kept_twice(program: Any, tmp_path: Path) -> None:
    """The same file, also under another name and with other words, and the same words of a set again, are kept once."""
    set_ = frozen(program)
    program("workshop", saved(tmp_path, set_), "--study", "Demo", "--there", "4 heads")
    (tmp_path / "room.json").rename(tmp_path / "copy.json")
    told = program("workshop", str(tmp_path / "copy.json"), "--study", "Demo", "--aid", "time", code=1)
    assert f"This is kept already, as the workshop of {TODAY}" in told
    assert len(listed(program)) == 1
    program("workshop", saved(tmp_path, set_, guesses={"alone": 31}), "--study", "Demo")
    program("workshop", "--set", "last", "--study", "Demo", "--there", "4 heads")
    assert "kept already" in program("workshop", "--set", "last", "--study", "Demo", "--there", "4 heads", code=1)
    program("workshop", "--set", "last", "--study", "Demo", "--there", "5 heads")
    assert len(listed(program)) == 4
