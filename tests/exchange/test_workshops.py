"""The workshops of a study as tidy tables: nothing that was kept is missing, nothing is a formula, all is explained."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import polars as pl

from shadowlog.domain.clock import Instant
from shadowlog.domain.study import Study
from shadowlog.domain.study_commands import FreezeSet, RecordWorkshop
from shadowlog.exchange import tidy
from shadowlog.exchange.workshops import COLUMNS, kept

SAID: dict[str, Any] = {"id": "w", "at": 0, "author": "facilitator", "said": Instant(0, 0, "boot")}
ONE, TWO = "0" * 16, "f" * 16
FROZEN = {
    ONE: FreezeSet(**SAID, set=ONE, made_of=("o-1", "o-2"), deck={}),
    TWO: FreezeSet(**SAID, set=TWO, made_of=("o-2",), deck={}),
}
FULL = RecordWorkshop(
    **SAID,
    set=TWO,
    date="2027-02-03",
    there=("4 heads", "@ adviser"),
    guesses={"alone": 30.5, "interactions": 12.0},
    hands={"incident 1": {"formally": 2, "culturally": 0}, "incident 2": {"pragmatically": 5}},
    aids="time, and a room\na word before",
    barriers="=nobody asked",
)
BARE = RecordWorkshop(**SAID, set=ONE, date="2027-03-01")
STUDY = Study("s-1", "Pilot", sets=FROZEN, workshops=(FULL, BARE))


def rows(text: str) -> list[dict[str, str]]:
    """A table as Python's csv reads it."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_for_each_thing_kept() -> None:
    """Who was there, guesses, hands, aids and barriers have a line each; a workshop of which nothing was kept has one too."""
    found = rows(tidy.tables([], study=STUDY)["workshops"])
    assert {(each["workshop"], each["date"], each["set"]) for each in found} == {
        ("1", "2027-02-03", TWO),
        ("2", "2027-03-01", ONE),
    }
    assert [tuple(each[name] for name in ("workshop", "what", "of", "way", "value", "text")) for each in found] == [
        ("1", "there", "", "", "", "4 heads"),
        ("1", "there", "", "", "", "'@ adviser"),
        ("1", "guess", "alone", "", "30.5", ""),
        ("1", "guess", "interactions", "", "12.0", ""),
        ("1", "hands", "incident 1", "formally", "2", ""),
        ("1", "hands", "incident 1", "culturally", "0", ""),
        ("1", "hands", "incident 2", "pragmatically", "5", ""),
        ("1", "aid", "", "", "", "time, and a room"),
        ("1", "aid", "", "", "", "a word before"),
        ("1", "barrier", "", "", "", "'=nobody asked"),
        ("2", "", "", "", "", ""),
    ]


def test_what_sets_are_made_of() -> None:
    """Every frozen set has a line for each observation that it was made of, shown in a workshop or not."""
    found = rows(tidy.tables([], study=STUDY)["sets"])
    assert [(each["set"], each["observation"]) for each in found] == [(ONE, "o-1"), (ONE, "o-2"), (TWO, "o-2")]


def test_every_column_is_explained() -> None:
    """The dictionary explains every column of the two tables where they are there, and no table that is not."""
    with_both, without = tidy.tables([], study=STUDY), tidy.tables([], study=Study("s-2", "Empty"))
    told = {(each["file"], each["column"]) for each in rows(with_both["dictionary"])}
    assert told >= {(f"{name}.csv", column.name) for name in COLUMNS for column in COLUMNS[name]}
    assert {f"{name}.csv" for name in with_both} == {file for file, _ in told}
    assert without == tidy.tables([])
    assert set(with_both) - set(without) == {"workshops", "sets"}


def test_sets_without_a_workshop() -> None:
    """Slides that were frozen and never shown make the table of the sets alone."""
    assert list(kept(Study("s-1", "Pilot", sets=FROZEN))) == ["sets"]


def test_polars_reads_it(tmp_path: Path) -> None:
    """A library reads the two files with numbers as numbers, and they join."""
    tidy.write([], tmp_path, study=STUDY)
    shown = pl.read_csv(tmp_path / "workshops.csv", schema_overrides={"set": pl.String})
    sets = pl.read_csv(tmp_path / "sets.csv", schema_overrides={"set": pl.String})
    assert shown.schema["value"] == pl.Float64
    assert shown.filter(pl.col("what") == "hands")["value"].sum() == 7
    assert shown.select("workshop", "set").unique().join(sets, on="set").height == 3
