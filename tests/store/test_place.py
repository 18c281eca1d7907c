"""What is said about a place before a day is recorded there."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.store import place
from shadowlog.store.place import doubts

HOME = Path("/no/such/home")


@pytest.fixture(autouse=True)
def _roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "LITTLE", 0)


@pytest.mark.parametrize(
    "folder", ["OneDrive - A School", "Dropbox", "Google Drive", "Library/Mobile Documents/x", "Nextcloud/days"]
)
def test_a_synchronised_folder_is_doubtful(folder: str) -> None:
    """Folders that a service copies to and fro are named as such."""
    (said,) = doubts(HOME / folder / "days.db")
    assert "synchronised" in said


@pytest.mark.parametrize("folder", ["days", "Inbox", "synced notes", "."])
def test_an_ordinary_folder_is_not(folder: str) -> None:
    """Nothing is said about a folder that only sounds alike."""
    assert doubts(HOME / folder / "days.db") == ()


def test_a_folder_on_another_machine_is_doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mount that holds the folder decides, and the longest one wins."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /no/such/my\\040share nfs4 rw 0 0\n"
        "/dev/sdb /no/such/my\\040share/local xfs rw 0 0\nbroken\n"
    )
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    (said,) = doubts(Path("/no/such/my share/days.db"))
    assert "another machine" in said
    assert doubts(Path("/no/such/my share/local/days.db")) == ()
    assert doubts(Path("/no/such/days.db")) == ()
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "none")
    assert doubts(Path("/no/such/my share/days.db")) == ()


def test_little_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much is free is said when it is little, also where the folder is not yet made."""
    monkeypatch.setattr(place, "LITTLE", 1 << 80)
    (said,) = doubts(tmp_path / "new" / "days.db")
    assert "MB are free" in said
