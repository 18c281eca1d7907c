"""A data set in Parquet: all of it or nothing, by study, without notes and room labels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from shadowlog.analysis.dataset import MANIFEST
from shadowlog.analysis.dataset_rules import COLUMNS
from shadowlog.analysis.frame import Frames
from shadowlog.analysis.prepare import prepared
from shadowlog.domain.terms import Note, Record
from shadowlog.errors import BadInput
from shadowlog.exchange.parquet import write, write_frames
from tests.analysis.days import SCHEME, Diary

SECRET = "Mrs Sweetwater"


def day(observation: str = "day", study: str = "S1", room: str = SECRET) -> Record:
    """A lesson in a room with a telling label, and a note that names somebody."""
    diary = Diary(observation)
    diary.episode("a", 10, "teachers", activity="teaching", place="classroom")
    diary.mark("a", room=room)
    record = diary.record(notes=(Note("n", diary.now, "a", f"{SECRET} was late"),))
    return replace(record, observation=replace(record.observation, study=study))


def test_neither_notes_nor_room_labels_leave(tmp_path: Path) -> None:
    """What a note says and what a room is called stand in no cell; the room is a number, the same in every day of a head."""
    folder = write([day(), day("other"), day("third", room="Elsewhere")], tmp_path / "set")
    cells = set()
    for path in folder.rglob("*.parquet"):
        for column in pl.read_parquet(path, hive_partitioning=False):
            cells |= {str(cell) for cell in column}
    assert not any(SECRET in cell for cell in cells)
    rooms = pl.read_parquet(folder / "episodes/*/*.parquet", hive_partitioning=False).sort("obs")
    assert rooms.select("obs", "room").rows() == [("day", "1"), ("other", "1"), ("third", "2")]
    assert SECRET not in (folder / MANIFEST).read_text(encoding="utf-8")


def test_the_control_would_see_a_label(tmp_path: Path) -> None:
    """The look through all cells finds what is in one: a head's code."""
    folder = write([day()], tmp_path / "set")
    found = pl.read_parquet(folder / "observations/*/*.parquet", hive_partitioning=False)
    assert "H01" in {str(cell) for column in found for cell in column}


def test_it_is_parted_by_study(tmp_path: Path) -> None:
    """Each frame has a folder for each study, and the manifest names every file with its size."""
    folder = write([day(), day("other", "S 2/x")], tmp_path / "set")
    told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert {path.name for path in (folder / "spells").iterdir()} == {"study=S1", "study=S_20_2_2f_x"}
    assert {name.split("/")[0] for name in told["files"]} == set(COLUMNS)
    assert all((folder / name).stat().st_size == size for name, size in told["files"].items())


def test_nothing_is_replaced_but_a_data_set_that_was_asked_for(tmp_path: Path) -> None:
    """What is there stays unless it is a data set and overwriting was asked for; a folder of anything else always stays."""
    folder = write([day()], tmp_path / "set")
    with pytest.raises(BadInput, match="has that name already"):
        write([day("other")], folder)
    write([day("other")], folder, overwrite=True)
    assert pl.read_parquet(folder / "observations/*/*.parquet", hive_partitioning=False)["obs"].to_list() == ["other"]
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(BadInput, match="has that name already") as refusal:
        write([day()], mine, overwrite=True)
    assert "Only a data set" in str(refusal.value)
    assert (mine / "thesis.txt").read_text() == "years of work"


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    """A second part with another codebook, or one that cannot be made, leaves neither a data set nor what was begun of it."""

    def broken() -> Iterator[Frames]:
        yield prepared([day()])
        raise OSError("the disk is gone")

    other = replace(SCHEME, version=SCHEME.version + 1)
    wrong = replace(day("other"), observation=replace(day("other").observation, codebook=other))
    with pytest.raises(BadInput, match="different codebooks"):
        write_frames([prepared([day()]), prepared([wrong])], tmp_path / "set")
    with pytest.raises(OSError, match="gone"):
        write_frames(broken(), tmp_path / "set")
    assert list(tmp_path.iterdir()) == []


def test_no_day_and_a_day_twice_are_refused(tmp_path: Path) -> None:
    """A data set of nothing, and one with a day twice, are none."""
    with pytest.raises(BadInput, match="no observation"):
        write([], tmp_path / "set")
    with pytest.raises(BadInput, match="no observation"):
        write_frames([], tmp_path / "set")
    with pytest.raises(BadInput, match="named twice"):
        write([day(), day()], tmp_path / "set")
    assert list(tmp_path.iterdir()) == []
