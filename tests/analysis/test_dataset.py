"""Data sets from outside: what is wrong with one is told in words, by frame and column, on whichever engine it is opened."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from shadowlog.analysis.dataset import MANIFEST, open_dataset, summarise_dataset
from shadowlog.analysis.dataset_rules import COLUMNS, check_files
from shadowlog.analysis.summary import summarise
from shadowlog.cli import run
from shadowlog.domain.terms import Period, Record
from shadowlog.errors import BadInput
from shadowlog.exchange.parquet import write
from tests.analysis.days import SCHEME, random_day


def day(seed: int, head: str = "H01") -> Record:
    """A random day with a period of the school day, of a head."""
    made = random_day(seed, 12, f"day {seed}")
    about = replace(made.observation, head=head, periods=(Period("morning", 480, 720),))
    return replace(made, observation=about)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set as it is exported."""
    return write([day(seed) for seed in range(3)], tmp_path_factory.mktemp("sound") / "set")


def changed(sound: Path, folder: Path, frame: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """A copy of the data set with one frame changed, and a manifest that knows its size."""
    copy = Path(shutil.copytree(sound, folder / "set"))
    (file,) = (copy / frame).rglob("*.parquet")
    change(pl.read_parquet(file, hive_partitioning=False)).write_parquet(file)
    told = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    told["files"][file.relative_to(copy).as_posix()] = file.stat().st_size
    (copy / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return copy


def without(name: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A change that drops a column."""
    return lambda table: table.drop(name)


def with_other(name: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A change that puts numbers of 32 bits in a column."""
    return lambda table: table.with_columns(pl.lit(0, pl.Int32).alias(name))


@pytest.mark.parametrize("frame", COLUMNS)
def test_a_column_that_is_not_as_it_should_be(sound: Path, tmp_path: Path, frame: str) -> None:
    """Each column of each frame that is missing, or of another kind, is named with its frame."""
    (table,) = [pl.read_parquet(each, hive_partitioning=False) for each in (sound / frame).rglob("*.parquet")]
    file = tmp_path / "part-0.parquet"
    for name in COLUMNS[frame]:
        for change, what in (
            (without(name), f"the frame {frame} has no column {name}. "),
            (with_other(name), f"the column {name} of the frame {frame} is Int32. "),
        ):
            change(table).write_parquet(file)
            with pytest.raises(BadInput) as refusal:
                check_files({frame: [file]}, SCHEME)
            assert what in str(refusal.value)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_column_is_missed_when_a_data_set_is_opened(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    """`summary --data` of files that lack a column is bad input and no fault of the program."""
    where = changed(sound, tmp_path, "recorded", without("episode"))
    assert run(["summary", "--data", str(where), "--engine", engine]) == 2
    assert "the frame recorded has no column episode" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("frame", "name", "value", "what"),
    [
        ("breaks", "why", "tired", "the column why of the frame breaks holds 'tired'. It is one of gap, off"),
        ("breaks", "why", "\x1b[31mred", "holds 'red'"),
        ("observations", "zone", "Mars/Base", "the column zone of the frame observations holds 'Mars/Base'"),
        ("observations", "date", "2026-13-01", "the column date of the frame observations holds '2026-13-01'"),
        ("observations", "hi", 2**62, "the column hi of the frame observations holds"),
        ("observations", "head", None, "the column head of the frame observations is empty in 3 lines"),
        ("periods", "hi", None, "the column hi of the frame periods is empty in 3 lines"),
        ("spells", "ms", None, "the column ms of the frame spells is empty in"),
    ],
)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_value_that_there_cannot_be(
    sound: Path, tmp_path: Path, frame: str, name: str, value: object, what: str, engine: str
) -> None:
    """A value that no breakdown can reckon with is named with its frame and column, and what would be right."""
    where = changed(sound, tmp_path, frame, lambda t: t.with_columns(pl.lit(value, t.schema[name]).alias(name)))
    with pytest.raises(BadInput) as refusal:
        open_dataset(where, engine)
    assert what in str(refusal.value)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_bytes_that_were_garbled(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    """A file of the right size with other bytes in it is refused in words, wherever they lie and whatever is asked."""
    dice = random.Random(3)
    copy = Path(shutil.copytree(sound, tmp_path / "set"))
    asked = ["--by", "head", "--by", "role", "--study", "s", "--only", "role=teachers", "--engine", engine]
    codes = []
    for file in sorted(copy.rglob("*.parquet")):
        whole = file.read_bytes()
        for _ in range(2):
            garbled = bytearray(whole)
            for _ in range(20):
                garbled[dice.randrange(len(whole))] = dice.randrange(256)
            file.write_bytes(garbled)
            codes.append(run(["summary", "--data", str(copy), *asked]))
        file.write_bytes(whole)
    assert set(codes) <= {0, 2}
    assert codes.count(2) > len(codes) // 2
    assert "Error)" in capsys.readouterr().err


def named(label: str) -> Callable[[dict[str, Any]], object]:
    """A change of the first code's label."""

    def change(told: dict[str, Any]) -> object:
        told["codebook"]["dimensions"][0]["codes"][0]["label"] = label
        return told

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda told: {**told, "longest": float("inf")}, "the manifest cannot be read"),
        (lambda told: {**told, "spells": float("inf")}, "the manifest cannot be read"),
        (lambda told: {**told, "longest": 1.5}, "the manifest cannot be read"),
        (lambda told: {**told, "longest": 10**18}, "a spell is longer than 62 days"),
        (lambda told: {**told, "files": {k: v + 0.5 for k, v in told["files"].items()}}, "the manifest cannot be read"),
        (lambda _: "[" * 100_000, "the manifest cannot be read"),
        (named("x" * 100_000), "codebook.dimensions.0.codes.0.label: the label has 100000 characters"),
        (named("\x1b[31mred"), "codebook.dimensions.0.codes.0.label: the label holds control characters"),
        (
            lambda told: {**told, "codebook": {**told["codebook"], "name": "\u202ex"}},
            "the name holds control characters",
        ),
    ],
)
def test_a_manifest_of_another_form(
    sound: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], what: str
) -> None:
    """A manifest is believed in nothing: its numbers are whole and bounded, its codebook keeps to a codebook's rules."""
    copy = Path(shutil.copytree(sound, tmp_path / "set"))
    told = change(json.loads((copy / MANIFEST).read_text(encoding="utf-8")))
    (copy / MANIFEST).write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        open_dataset(copy)
    assert what in str(refusal.value)


def test_rooms_of_several_data_sets(tmp_path: Path) -> None:
    """Rooms that several data sets number for one head are not counted, since nobody knows which are the same; a head's own are."""
    one, other, third = day(6), day(8), day(3, "H02")
    write([one], tmp_path / "set1")
    write([other], tmp_path / "set2")
    write([third], tmp_path / "set3")
    together = write([one, other], tmp_path / "both")
    assert summarise_dataset(together).presence.rooms == summarise([one, other]).presence.rooms == 2
    assert summarise_dataset(tmp_path / "set[12]").presence.rooms is None
    assert summarise_dataset(tmp_path / "set[13]").presence.rooms == summarise([one, third]).presence.rooms == 3
