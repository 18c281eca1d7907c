"""What speaks against the place of a database: folders that others change, disks that are not here, little room."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

LITTLE = 100_000_000
"""Bytes; less free room than this is said."""

_SYNCED = re.compile(
    r"onedrive.*|dropbox.*|google ?drive.*|my drive|icloud.*|com~apple~clouddocs|mobile documents|nextcloud.*"
    r"|owncloud.*|pcloud.*|box|box sync|syncthing|sync",
    re.IGNORECASE,
)
_REMOTE = re.compile(r"nfs\d?|cifs|smb\w*|fuse\.(sshfs|rclone|davfs\w*|s3fs|gvfsd-fuse)|9p|afs|ceph|glusterfs|davfs\w*")
_MOUNTS = Path("/proc/self/mounts")


def doubts(path: Path) -> tuple[str, ...]:
    """Give, as sentences, what speaks against recording into a database at this path; () if nothing does."""
    path = path.absolute()
    found = []
    if any(_SYNCED.fullmatch(part) for part in path.parts[1:-1]):
        found.append("This folder is synchronised with other machines, which can damage a database. Record elsewhere.")
    if path.as_posix().startswith("//") or _REMOTE.fullmatch(_kind(path)):
        found.append("This folder is on another machine; a lost connection can damage a database. Record locally.")
    room = _room(path)
    if room is not None and room < LITTLE:
        found.append(f"Only {room // 1_000_000} MB are free here. Make room before the day begins.")
    return tuple(found)


def _kind(path: Path) -> str:
    """The kind of file system the path lies on, where the system says so."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounted = [(fields[1], fields[2]) for fields in (line.split() for line in lines) if len(fields) > 2]
    over = [(point, kind) for point, kind in mounted if path.is_relative_to(point.replace("\\040", " "))]
    return max(over, key=lambda each: len(each[0]), default=("", ""))[1]


def _room(path: Path) -> int | None:
    there = next((each for each in path.parents if each.is_dir()), None)
    return shutil.disk_usage(there).free if there else None
