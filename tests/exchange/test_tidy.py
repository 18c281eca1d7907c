"""The tidy tables hold what the record holds, read anywhere, and never run as formulas."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.domain.codebook import Code, Dimension
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Note, Record
from shadowlog.errors import BadInput
from shadowlog.exchange.demo import demo_days
from shadowlog.exchange.tidy import TABLES, cell, tables, write
from tests.typist import BOOK, OBSERVATION, Typist

GOLDEN = Path(__file__).parent.parent / "golden" / "tidy"
KEYS = '3 3 t H +60 J 5 K 2 P o +30 I 7 G 6 g N "=1+1" * +20 R +40 F 8 L 5 +10 C i a +30 C +5 i m +90 O +60 O 1 +30 X X'


def record(keys: str = KEYS) -> Record:
    """The record of a short day."""
    return Typist(keys).day.record(0)


def rows(text: str) -> list[dict[str, str]]:
    """A table as Python's csv reads it."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", TABLES)
def test_golden(name: str) -> None:
    """The tables of a short day, word for word."""
    assert tables([record()])[name].replace("\r\n", "\n") == (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


def test_python_reads_it() -> None:
    """Python's csv reads every row with every column."""
    day = record()
    found = {name: rows(text) for name, text in tables([day]).items()}
    assert len(found["observations"]) == 1
    assert [r["episode"] for r in found["episodes"]] == [e.id for e in day.episodes]
    assert len(found["spells"]) == len(day.track) + len(day.concurrent)
    assert len(found["parties"]) == sum(len(e.parties) for e in day.episodes)
    assert len(found["contacts"]) == len(day.contacts)
    assert len(found["notes"]) == len(day.notes)
    assert all(None not in r and None not in r.values() for table in found.values() for r in table)


def test_polars_reads_it(tmp_path: Path) -> None:
    """Polars reads the files of the whole demonstration study; the net times are the record's own."""
    records = [fold(d.observation, d.commands).record(0) for d in demo_days()]
    write(records, tmp_path)
    frames = {name: pl.read_csv(tmp_path / f"{name}.csv", infer_schema_length=None) for name in TABLES}
    assert frames["observations"].height == 7
    assert frames["episodes"].height == sum(len(r.episodes) for r in records)
    assert frames["episodes"].schema["net_ms"] == pl.Int64
    assert frames["episodes"].schema["unsure"] == pl.Boolean
    assert frames["episodes"]["start"].str.to_datetime("%+", time_zone="UTC").dt.epoch("ms").to_list() == (
        frames["episodes"]["start_ms"].to_list()
    )
    spent = (
        frames["spells"].filter(pl.col("episode").is_not_null()).group_by("observation", "episode").agg(pl.sum("ms"))
    )
    both = frames["episodes"].join(spent, on=["observation", "episode"])
    assert both.height == frames["episodes"].height
    assert (both["net_ms"] == both["ms"]).all()
    track = frames["spells"].filter(~pl.col("concurrent")).group_by("observation").agg(pl.sum("ms"))
    windows = frames["observations"].join(track, on="observation")
    assert (windows["ms"] == windows["end_ms"] - windows["start_ms"]).all()


def test_dictionary_knows_every_column() -> None:
    """Every column of every file is explained, and every code."""
    found = tables([record()])
    explained = {(r["file"], r["column"]) for r in rows(found["dictionary"]) if r["type"] != "value"}
    there = {
        (f"{name}.csv", column)
        for name, text in found.items()
        for column in next(csv.reader(io.StringIO(text, newline="")))
    }
    assert there == explained
    values = {(r["column"], r["code"]) for r in rows(found["dictionary"]) if r["type"] == "value"}
    assert values == {(d.id, c.id) for d in BOOK.dimensions for c in d.codes}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_no_formula(text: str) -> None:
    """A cell that begins with a sign of a formula is written as text."""
    assert cell(text) == f"'{text}"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_any_text_comes_back(text: str) -> None:
    """Whatever a note says, commas, quotes and line breaks too, comes back, but for the apostrophe before a formula."""
    day = record()
    note = Note("n-1", day.start, None, text)
    found = rows(tables([replace(day, notes=(note,))])["notes"])[0]["text"]
    assert found == cell(text)
    assert found.removeprefix("'") == text.removeprefix("'")
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_unknown_is_empty() -> None:
    """An unknown size, an unknown length and an uncoded what are empty cells, never 0."""
    found = rows(tables([record("7 +60 i a +30 X X")])["episodes"])
    assert [(r["people"], r["activity"], r["alone"]) for r in found] == [("", "", "false"), ("0", "admin", "true")]


def test_local_times_with_offset() -> None:
    """A time is local and carries its offset: summer and winter in one export tell apart."""
    day = record()
    summer = replace(day, observation=replace(day.observation, id="o-2", zone="Australia/Sydney"))
    starts = [r["start"] for r in rows(tables([day, summer])["observations"])]
    assert [s[-6:] for s in starts] == ["+00:00", "+11:00"]
    assert len({r["start_ms"] for r in rows(tables([day, summer])["observations"])}) == 1


def test_dimension_named_like_a_column() -> None:
    """A dimension whose id is a column already gets a column of its own."""
    book = replace(BOOK, dimensions=(*BOOK.dimensions, Dimension("room", "Kind of room", (Code("big", "Big"),))))
    day = Typist("3 t +60 X X", replace(OBSERVATION, codebook=book)).day.record(0)
    episode = replace(day.episodes[0], codes={"room": "big"}, room="R4")
    found = rows(tables([replace(day, episodes=(episode,))])["episodes"])[0]
    assert (found["room"], found["room_code"]) == ("R4", "big")


def test_nobody_twice() -> None:
    """The same observation twice is refused."""
    with pytest.raises(BadInput, match="twice"):
        tables([record(), record()])


def test_no_records() -> None:
    """No record gives tables of headers."""
    assert all(text.count("\r\n") == 1 for name, text in tables([]).items() if name != "dictionary")


def test_folder(tmp_path: Path) -> None:
    """A folder of files is written whole, is not overwritten unasked, and leaves nothing beside it."""
    made = write([record()], tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(f"{name}.csv" for name in TABLES)
    before = {p: p.read_bytes() for p in made}
    with pytest.raises(BadInput, match="there already"):
        write([record("3 t +60 X X")], tmp_path / "out")
    assert {p: p.read_bytes() for p in made} == before
    write([record("3 t +60 X X")], tmp_path / "out", overwrite=True)
    assert made[0].read_bytes() != before[made[0]]
    assert len(list((tmp_path / "out").iterdir())) == len(TABLES)


def test_one_file_in_the_way_stops_all(tmp_path: Path) -> None:
    """Where one file is in the way none is written."""
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=r"notes\.csv"):
        write([record()], tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.csv"]
    with pytest.raises(BadInput, match="name of the folder"):
        write([record()], tmp_path / "notes.csv")


def test_zip(tmp_path: Path) -> None:
    """A zip holds the same texts, and the same records give the same bytes."""
    write([record()], tmp_path / "a.zip")
    write([record()], tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {f"{name}.csv": text for name, text in tables([record()]).items()}
    with pytest.raises(BadInput, match="there already"):
        write([record()], tmp_path / "a.zip")
