"""`shadowlog present`: only what was verified and released, nothing that tells who, frozen so that it can be shown again."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from shadowlog.domain import commands as c
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.recorder import step
from shadowlog.exchange.demo import DemoDay
from shadowlog.exchange.demo_workshop import LAYERS
from shadowlog.store import journal, library
from shadowlog.store.engine import open_store
from tests.cli.telling import telling
from tests.workshop import asked, imported, study


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[DemoDay]:
    """The demonstration's seven days, verified and released, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return study(tmp_path / "days.db")


@pytest.fixture
def program(days: list[DemoDay], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Any:
    del days

    return telling(tmp_path / "days.db", capfd)


def test_nothing_in_it_tells_who(program: Any, days: list[DemoDay], tmp_path: Path) -> None:
    """The bytes of the deck hold no note but released incidents, no code of a head, observer or person, no date, no id."""
    program("present", "--study", "Demo", "-o", "deck.html", "--csv", "deck.csv")
    text = (tmp_path / "deck.html").read_text(encoding="utf-8")
    body = text[text.index("<body") :] + (tmp_path / "deck.csv").read_text(encoding="utf-8")
    for made in days:
        day = [each for each in made.commands if isinstance(each, c.AddNote)]
        starred = {each.note for each in made.commands if isinstance(each, c.SetIncident) and each.incident}
        for note in day:
            assert note.incident or note.note in starred or not note.text or note.text not in body
        seen = made.observation
        for word in (seen.id, seen.head, seen.observer, made.date.isoformat(), f"{made.date:%d %B}", seen.id[-4:]):
            assert not re.search(rf"\b{re.escape(word)}\b", body), word
        codes = {p.person for e in made.commands for p in getattr(e, "parties", None) or () if p.person}
        codes |= {e.person for e in made.commands if isinstance(e, c.SetPerson) and e.person}
        assert codes
        assert not [code for code in codes if re.search(rf"\b{code}\b", body)]
    assert "http" not in body


def test_a_note_would_be_found(program: Any, days: list[DemoDay], tmp_path: Path) -> None:
    """Negative control: the head's own report of such a day does hold its code, its date and its notes."""
    made = days[0]
    program("report", made.observation.id, "-o", "day.html")
    text = (tmp_path / "day.html").read_text(encoding="utf-8")
    assert re.search(rf"\b{made.observation.head}\b", text)
    notes = [each.text for each in made.commands if isinstance(each, c.AddNote) and each.text and not each.incident]
    assert any(text_ in text for text_ in notes)


def test_the_table_holds_what_is_shown(program: Any, tmp_path: Path) -> None:
    """Every number of the slides is a line of the table, those left out are empty and say so, and a library reads it."""
    said = program("present", "--study", "Demo", "-o", "deck.html", "--csv", "deck.csv")
    told = pl.read_csv(tmp_path / "deck.csv")
    assert told.columns == ["part", "heading", "measure", "head", "value", "unit", "remark"]
    assert set(told["head"]) == {"A", "B", "C", "all"}
    empty = told.filter(pl.col("value").is_null())
    assert f"Left out: {len(empty)} numbers" in said
    assert set(empty["remark"]) == {"left out: about few people, or giving such a number away"}
    body = (tmp_path / "deck.html").read_text(encoding="utf-8")
    shares = told.filter((pl.col("measure") == "how often") & pl.col("value").is_not_null())
    for heading, value in zip(shares["heading"], shares["value"], strict=True):
        if value:
            assert heading in body
            assert f"<b>{value * 100:.0f}\u00a0%</b>" in body


def test_what_was_projected_stays_as_it_was(program: Any, days: list[DemoDay], tmp_path: Path) -> None:
    """A later edit changes no frozen set: opened again it is the same file, to the byte; the journal still adds up."""
    said = program("present", "--study", "Demo", "-o", "deck.html")
    frozen = re.search(r"Frozen: set ([0-9a-f]{16}), of 7 days", said)
    assert frozen
    assert re.search(rf"{frozen[1]}  \d{{4}}-\d\d-\d\d  7 days", program("present", "--study", "Demo", "--sets"))
    before = (tmp_path / "deck.html").read_bytes()
    with open_store(tmp_path / "days.db", writing=True) as store:
        day = journal.load(store, days[0].observation.id)
        first = next(iter(day.episodes))
        amend = c.Retract(
            id="late", at=day.track[-1].at, author="S1", said=FakeClock().now(), reason="none was", episode=first
        )
        after, changes = step(day, amend)
        journal.append(store, day.observation.id, amend, changes)
    program("present", "--study", "Demo", "--set", frozen[1][:4], "-o", "again.html")
    assert (tmp_path / "again.html").read_bytes() == before
    assert "There is no such set. There are: " in program("present", "--study", "Demo", "--set", "zz", code=3)
    program("doctor", "--rebuild")
    assert after.episodes.keys() == day.episodes.keys() - {first}


def test_the_same_letters_are_no_heads_order(program: Any, tmp_path: Path) -> None:
    """The order of the letters is drawn anew for each set: of many sets not all are alike."""
    made = set()
    for number in range(12):
        program("present", "--study", "Demo", "-o", f"{number}.html", "--csv", f"{number}.csv")
        # The interactions an hour of each letter tell its head; incidents are shuffled too, and are in no table.
        lines = list(csv.DictReader((tmp_path / f"{number}.csv").read_text(encoding="utf-8").splitlines()))
        order = tuple(
            line["value"] for line in lines if line["measure"] == "interactions" and line["part"] == "measure"
        )
        assert len(set(order)) == 3
        made.add(order)
        if len(made) > 1:
            return
    raise AssertionError("the order never changed")


def test_a_day_that_was_named_and_may_not_be_shown_is_refused(
    program: Any, days: list[DemoDay], tmp_path: Path
) -> None:
    """A withdrawn head's day, named, is refused with the reason and nothing is written; of the whole study it is left out."""
    with open_store(tmp_path / "days.db", writing=True) as store:
        (found,) = library.studies(store)
        library.record_consent(
            store, found.id, head="H02", date="2026-12-01", wording="1", how="by mail",
            layers=[each for each in LAYERS if each != "workshop"], author="S1", clock=FakeClock(),
        )  # fmt: skip
    theirs = next(made for made in days if made.observation.head == "H02").observation.id
    refused = program("present", theirs, "--study", "Demo", "-o", "deck.html", code=1)
    assert "These may not be shown, and nothing was written: H02" in refused
    assert "no longer agrees" in refused
    assert not (tmp_path / "deck.html").exists()
    left = program("present", "--study", "Demo", "--dry-run")
    assert left.count("Left out: H02") == 2
    assert "nothing was frozen or written" in left
    assert "No set is frozen yet." in program("present", "--study", "Demo", "--sets")


def test_a_file_that_cannot_be_written_freezes_nothing(program: Any, tmp_path: Path) -> None:
    """Where the file is there already nothing is frozen; with --force it is."""
    (tmp_path / "deck.html").write_text("mine")
    assert "there already" in program("present", "--study", "Demo", "-o", "deck.html", code=2)
    assert "No set is frozen yet." in program("present", "--study", "Demo", "--sets")
    program("present", "--study", "Demo", "-o", "deck.html", "--force")
    assert len(program("present", "--study", "Demo", "--sets").splitlines()) == 1


def test_five_real_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Imported days are refused until their heads are asked, have verified them and released them; then they are shown."""
    monkeypatch.chdir(tmp_path)

    told = telling(tmp_path / "real.db", capfd)
    imported(tmp_path / "real.db")
    assert told("present", "--study", "Real", "--dry-run", code=1).count("no longer agrees") == 5
    asked(tmp_path / "real.db")
    said = told("present", "--study", "Real", "-o", "deck.html", "--csv", "deck.csv")
    assert "of 5 days" in said
    text = (tmp_path / "deck.html").read_text(encoding="utf-8")
    assert "5 days beside 5 heads" in text
    assert not re.search(r"\bH(03|04|08|11|20)\b|2007|27 April", text[text.index("<body") :])
    told_ = pl.read_csv(tmp_path / "deck.csv")
    assert set(told_["head"]) == {*"ABCDE", "all"}
    assert told_.filter(pl.col("value").is_not_null()).height > 20


def test_one_rule_for_days_that_were_shown(program: Any, tmp_path: Path) -> None:
    """Days that were shown by one rule of who are not shown by another, which would tell how few people shared their time."""
    program("present", "--study", "Demo", "-o", "deck.html", "--who", "full")
    refused = program("present", "--study", "Demo", "-o", "other.html", code=1)
    assert "by --who full" in refused
    assert "Say --who full." in refused
    assert not (tmp_path / "other.html").exists()
    assert len(program("present", "--study", "Demo", "--sets").splitlines()) == 1


def test_one_head_or_two_are_warned_of(program: Any, days: list[DemoDay]) -> None:
    """Slides of one head, and of two, of whom each knows the other's letter, are made with a word of warning."""
    first, *_, last = (made.observation.id for made in days)
    assert "slides of one head" in program("present", first, "--study", "Demo", "-o", "one.html")
    assert "each will know the other's letter" in program("present", first, last, "--study", "Demo", "-o", "two.html")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--set", "last", "--who", "full"), "a frozen set is shown as it is"),
        (("--sets", "-o", "x.html"), "it only lists the sets"),
        (("--set", ""), "There is no such set."),
        (("-o", "x.html", "--csv", "./x.html"), "two files are to be written to that one place"),
    ],
)
def test_options_that_do_not_go_together(program: Any, tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    """Options that would be ignored are refused, and nothing is written or frozen."""
    code = 3 if "" in options else 2
    assert words in program("present", "--study", "Demo", *options, code=code)
    assert not list(tmp_path.glob("*.html"))
    assert "No set is frozen yet." in program("present", "--study", "Demo", "--sets")


def test_the_same_slides_are_frozen_once(program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where chance gives the same slides once more they are written, and their set stays the one there is."""
    monkeypatch.setattr("random.SystemRandom", lambda: SimpleNamespace(shuffle=lambda _: None))
    program("present", "--study", "Demo", "-o", "one.html")
    program("present", "--study", "Demo", "-o", "again.html")
    assert len(program("present", "--study", "Demo", "--sets").splitlines()) == 1
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "again.html").read_bytes()


def test_incidents_are_read_before_they_are_shown(program: Any, tmp_path: Path) -> None:
    """A dry run lists the wording of every incident that the slides would deal, so that somebody reads it first."""
    said = program("present", "--study", "Demo", "--dry-run")
    program("present", "--study", "Demo", "-o", "deck.html")
    listed = sorted(
        line.removeprefix("To be dealt: ") for line in said.splitlines() if line.startswith("To be dealt: ")
    )
    text = unescape((tmp_path / "deck.html").read_text(encoding="utf-8"))
    assert listed == sorted(re.findall(r"<blockquote[^>]*>([^<]+)</blockquote>", text))
    assert listed
