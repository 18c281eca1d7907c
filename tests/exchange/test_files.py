"""How an export reaches the disk: whole or not at all, folders included."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.errors import BadInput
from shadowlog.exchange import files


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
