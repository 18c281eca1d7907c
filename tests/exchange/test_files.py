"""How an export reaches the disk: whole or not at all, folders included."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from shadowlog.errors import BadInput
from shadowlog.exchange import files
from shadowlog.store.files import make_empty


def test_a_failed_export_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders made for an export that fails go again."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "make_empty", full)
    with pytest.raises(OSError, match="No space"):
        files.save({tmp_path / "a" / "b" / "c.json": b"x", tmp_path / "a" / "d" / "e.json": b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    """A folder that was there before, or that holds something by now, stays when an export fails."""
    (tmp_path / "kept").mkdir()

    def write() -> None:
        with files.folder(tmp_path / "kept" / "new" / "newer"):
            (tmp_path / "kept" / "new" / "note").write_text("mine")
            raise BadInput("no")

    with pytest.raises(BadInput):
        write()
    assert [each.name for each in (tmp_path / "kept" / "new").iterdir()] == ["note"]


def test_an_export_makes_its_folders(tmp_path: Path) -> None:
    """Folders that are missing are made, and nothing but the files is in them."""
    target = tmp_path / "a" / "b" / "c.json"
    assert files.save({target: b"x"}) == (target,)
    assert [each.name for each in target.parent.iterdir()] == ["c.json"]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """A file is not written over unasked, and the refusal names it; asked for, it is; a folder never is."""
    target = tmp_path / "day.html"
    target.write_text("dear", encoding="utf-8")
    with pytest.raises(BadInput, match=r"day\.html: the file is there already"):
        files.save({target: b"x"})
    assert target.read_text(encoding="utf-8") == "dear"
    files.save({target: b"x"}, overwrite=True)
    assert target.read_bytes() == b"x"
    with pytest.raises(BadInput, match="a folder has that name"):
        files.save({tmp_path: b"x"}, overwrite=True)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_stays(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program makes while this one is written stays, with hard links or on a stick without them."""
    target = tmp_path / "day.html"

    def meanwhile(path: Path) -> None:
        make_empty(path)
        target.write_text("dear", encoding="utf-8")

    def no_link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(files, "make_empty", meanwhile)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_link)
    with pytest.raises(BadInput, match="is there already"):
        files.save({tmp_path / "a.html": b"x", target: b"x"})
    assert target.read_text(encoding="utf-8") == "dear"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_written_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a memory stick without hard links a file is written whole too."""

    def no_link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_link)
    files.save({tmp_path / "day.html": b"x"})
    assert (tmp_path / "day.html").read_bytes() == b"x"


def test_a_failure_half_way_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails neither a file nor a part of one is left, and an old one is as it was."""
    target = tmp_path / "day.html"
    target.write_text("dear", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.save({target: b"x"}, overwrite=True)
    assert target.read_text(encoding="utf-8") == "dear"
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_written_over_a_database_or_what_is_no_file(tmp_path: Path) -> None:
    """Asked to overwrite, an export still takes the place of no database, of nothing beside one, and of no device."""
    database = tmp_path / "days.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE day (id)")
    lock, pipe, other = (tmp_path / name for name in ("days.db.lock", "pipe", "other.lock"))
    for each in (lock, other):
        each.write_text("mine")
    os.mkfifo(pipe)
    for path, why in ((database, "a database"), (lock, "a database"), (pipe, "is no file")):
        with pytest.raises(BadInput, match=why):
            files.save({path: b"x"}, overwrite=True)
    assert lock.read_text() == "mine"
    files.save({other: b"x"}, overwrite=True)
    assert other.read_bytes() == b"x"


def test_files_are_put_there_once_what_they_belong_to_is_kept(tmp_path: Path) -> None:
    """Within the block no file is there yet; where it fails none is, what was there stays, and nothing lies beside."""
    new, old = tmp_path / "new.html", tmp_path / "old.html"
    old.write_text("dear")

    def fails() -> None:
        with files.prepared({new: b"x", old: b"y"}, overwrite=True):
            assert not new.exists()
            assert old.read_text() == "dear"
            raise BadInput("the disk is full")

    with pytest.raises(BadInput):
        fails()
    assert [path.name for path in tmp_path.iterdir()] == ["old.html"]
    assert old.read_text() == "dear"
    with files.prepared({new: b"x", old: b"y"}, overwrite=True):
        pass
    assert (new.read_bytes(), old.read_bytes()) == (b"x", b"y")


def test_what_somebody_else_put_there_meanwhile_stays(tmp_path: Path) -> None:
    """A file that comes to be in the place while the block runs is refused and left alone."""
    path = tmp_path / "new.html"

    def raced() -> None:
        with files.prepared({path: b"x"}):
            path.write_text("theirs")

    with pytest.raises(BadInput, match="there already"):
        raced()
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("overwrite", [True, False])
def test_two_files_in_one_place_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overwrite: bool) -> None:
    """One place named for two files is refused and named, also as ./x, by way of a folder, as a whole path or by a link."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "x.html")
    (tmp_path / "other").symlink_to(tmp_path / "folder")
    for one, two in (
        ("x.html", "x.html"),
        ("x.html", "./x.html"),
        ("x.html", "folder/../x.html"),
        ("x.html", str(tmp_path / "x.html")),
        ("x.html", "link"),
        ("folder/y", "other/y"),
    ):
        with pytest.raises(BadInput, match=f"^{Path(two)}: two files are to be written to that one place"):
            files.check(Path(one), Path(two), overwrite=overwrite)
    files.check(Path("x.html"), Path("folder/x.html"), overwrite=overwrite)
