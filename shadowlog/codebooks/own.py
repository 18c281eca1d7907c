"""A user's own codebooks: TOML files in one folder, a file a version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as File

from shadowlog.codebooks.reader import read
from shadowlog.codebooks.writer import write
from shadowlog.domain.codebook import Codebook
from shadowlog.errors import BadInput, ShadowlogError

MARK = "# Written by shadowlog's codebook screen, which may write it anew until an observation uses it.\n\n"
"""A file that begins so is the program's to replace; one that was written by hand never is."""


@dataclass(frozen=True, slots=True)
class Own:
    """A codebook of the user's: where it is, and whether the program wrote the file."""

    file: File
    codebook: Codebook
    ours: bool


def read_all(folder: File) -> tuple[tuple[Own, ...], tuple[ShadowlogError, ...]]:
    """Read every codebook in a folder, by name; also what is wrong with those that cannot be read."""
    found: list[Own] = []
    wrong: list[ShadowlogError] = []
    try:
        files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    except OSError as error:
        return (), (BadInput(f"cannot be read ({error.strerror})", "Name a readable folder.", str(folder)),)
    for file in files:
        try:
            book = read(file, file.name)
            with file.open("rb") as opened:
                ours = opened.read(len(MARK)) == MARK.encode()
        except ShadowlogError as error:
            wrong.append(error)
        else:
            found.append(Own(file, book, ours))
    return tuple(found), tuple(wrong)


def file_of(folder: File, codebook: Codebook) -> File:
    """The file that a version of a codebook is kept in."""
    return folder / f"{codebook.id}.v{codebook.version}.toml"


def text_of(codebook: Codebook, mark: str = MARK) -> str:
    """Give a codebook as the text of a file; BadInput where it would not read again as it is."""
    text = mark + write(codebook)
    if read(text, codebook.id) != codebook:
        raise BadInput("the codebook would not read again as it is", "Nothing was kept.")
    return text
