"""The codebooks that can be chosen: shipped, the user's own files, and what studies have adopted. Where edits are kept."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shadowlog.codebooks import own
from shadowlog.codebooks.presets import preset, presets
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.codebook_rules import nearest
from shadowlog.domain.text import shown
from shadowlog.errors import NotFound, Refused, StoreError
from shadowlog.tui.ports import Scheme, Shelf

if TYPE_CHECKING:
    from shadowlog.domain.study import Study


@dataclass(slots=True)
class _Found:
    codebook: Codebook
    shipped: bool = False
    file: Path | None = None
    ours: bool = False
    studies: list[str] = field(default_factory=list)
    used: int = 0

    @property
    def frozen(self) -> bool:
        return self.shipped or self.used > 0

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        # Of two that call themselves the same version, the one that a new observation most likely means.
        return self.file is None, not self.shipped, not self.used


def look(studies: Iterable[Study], folder: Path) -> Shelf:
    """Everything on the shelf, for studies as they stand and a folder of the user's own files."""
    found, troubles = _found(studies, folder)
    shipped = presets()
    order = {id_: n for n, id_ in enumerate(shipped)}
    found.sort(key=lambda f: (order.get(f.codebook.id, len(order)), f.codebook.id, -f.codebook.version, f.rank))
    schemes: list[Scheme] = []
    offered: set[str] = set()
    for each in found:
        book = each.codebook
        full = f"{book.id}@{book.version}"
        choice = "" if full in offered else full if book.id in offered else book.id
        offered |= {book.id, full}
        schemes.append(
            Scheme(
                codebook=book,
                choice=choice,
                shipped=each.shipped,
                file=each.file.name if each.file else "",
                studies=tuple(each.studies),
                used=each.used,
                edit=_edit(found, each),
            )
        )
    return Shelf(tuple(schemes), str(folder), troubles)


def choose(shelf: Shelf, choice: str) -> Codebook:
    """Give the codebook of a choice: an id for its newest version, or id@version; NotFound names what there is."""
    for each in shelf.schemes:
        book = each.codebook
        if each.choice and choice in {each.choice, f"{book.id}@{book.version}"}:
            return book
    known = [each.choice for each in shelf.schemes if each.choice]
    raise NotFound(f"there is no codebook {shown(choice)}", nearest(choice, known))


def keep(studies: Iterable[Study], folder: Path, codebook: Codebook, edited: Codebook | None) -> Codebook:
    """Keep what was made of a codebook in the user's folder; give it in the version that it has now.

    One that an observation uses, that is shipped, or that was written by hand is never touched: an edit of it is the
    next version, in a file of its own. Refused where what was edited is there no more, or another file has that name;
    StoreError where the file cannot be written. Nothing is half kept.
    """
    found, _ = _found(studies, folder)
    if edited is None:
        codebook = replace(codebook, version=_newest(found, codebook.id) + 1)
        file, in_place = own.file_of(folder, codebook), False
    else:
        name = digest(edited)
        base = next((f for f in found if digest(f.codebook) == name), None)
        if base is None:
            raise Refused("This codebook was changed elsewhere meanwhile.", "Open it again; nothing was kept.")
        codebook = replace(codebook, version=_edit(found, base))
        in_place = codebook.version == base.codebook.version
        file = base.file if in_place and base.file else own.file_of(folder, codebook)
    if not in_place and file.exists():
        raise Refused(f"There is a file {file.name} already.", "Name it otherwise; nothing was kept.")
    put(file, own.text_of(codebook))
    return codebook


def put(file: Path, text: str) -> None:
    """Let a text stand in a file, whole or not at all, for its owner alone; StoreError where it cannot be."""
    from shadowlog.store import files

    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}")
    try:
        files.make_folder(file.parent)
        files.make_empty(beside)
        beside.write_text(text, encoding="utf-8")
        files.put(beside, file)
    except OSError as error:
        raise StoreError(
            f"{file} cannot be written ({error.strerror})", "Nothing was kept; what was there stays."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _edit(found: Iterable[_Found], base: _Found) -> int:
    if base.ours and not base.frozen:
        return base.codebook.version
    return _newest(found, base.codebook.id) + 1


def _newest(found: Iterable[_Found], id_: str) -> int:
    return max((f.codebook.version for f in found if f.codebook.id == id_), default=0)


def _found(studies: Iterable[Study], folder: Path) -> tuple[list[_Found], tuple[str, ...]]:
    by_name: dict[str, _Found] = {}

    def at(book: Codebook) -> _Found:
        return by_name.setdefault(digest(book), _Found(book))

    for id_ in presets():
        at(preset(id_)).shipped = True
    kept, wrong = own.read_all(folder)
    for each in kept:
        one = at(each.codebook)
        one.file, one.ours = each.file, each.ours
    for study in studies:
        for name, book in study.codebooks.items():
            one = at(book)
            one.studies.append(study.name)
            one.used += sum(plan.codebook == name for plan in study.observations.values())
    return list(by_name.values()), tuple(str(error) for error in wrong)
