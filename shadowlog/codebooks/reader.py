"""Reads a codebook file: all that is wrong with it is told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as File
from typing import Any, TypeVar

from shadowlog.codebooks import shipped
from shadowlog.codebooks.document import Document
from shadowlog.codebooks.positions import Path
from shadowlog.codebooks.problems import refusal
from shadowlog.codebooks.schema import CodebookFile
from shadowlog.domain import codebook as words
from shadowlog.domain.codebook import Code, Codebook, Dimension, RollUp
from shadowlog.domain.codebook_rules import Fault, faults, nearest
from shadowlog.domain.text import shown

_ORDER = (words.ROLE, words.ACTIVITY, words.MODE, words.INITIATOR, words.MEDIUM, words.PLACE)
"""The order in which dimensions are drawn when some of them come from elsewhere; others follow."""
_T = TypeVar("_T", Dimension, RollUp)
_Placed = tuple[_T, Path]  # with the path of what brought it into the file


def read(source: File | str | bytes, name: str = "") -> Codebook:
    """Give the codebook of a TOML file, or of its text or bytes; `name` is what messages call it.

    BadInput names every problem with file, line and column, what is wrong and what would be right; NotFound for a file
    that is not there.
    """
    document = Document(source, name)
    misfits = document.problems(CodebookFile)
    codebook, found = _assembled(document.values)
    # A field that does not fit stands as empty in the assembled codebook; what follows from that is no news.
    problems = [
        document.problem(f.path, f.what, f.right)
        for f in found
        if not any(f.path[:n] in misfits for n in range(1, len(f.path) + 1))
    ]
    if problems or misfits:
        raise refusal(document.name, [*misfits.values(), *problems])
    return codebook


@lru_cache
def preset(id_: str) -> Codebook:
    """Give a shipped codebook; NotFound if there is none of that id."""
    return read(shipped.text(id_), f"{id_}.toml")


def _assembled(values: Mapping[str, Any]) -> tuple[Codebook, list[Fault]]:
    """The codebook as far as the values tell, and what breaks its rules, at the paths of the file."""
    own: list[_Placed[Dimension]] = [
        (_dimension(t), ("dimensions", n)) for n, t in enumerate(_tables(values, "dimensions"))
    ]
    rollups: list[_Placed[RollUp]] = [(_rollup(t), ("rollups", n)) for n, t in enumerate(_tables(values, "rollups"))]
    found: list[Fault] = []
    dimensions = own
    if borrowed := _borrowed(values, {d.id for d, _ in own}, found):
        dimensions = sorted([*own, *((d, path) for d, _, path in borrowed)], key=_rank)
        named = {r for d, _ in own for c in d.codes for r in c.rollups}
        known = {r.id for r, _ in rollups}
        for dimension, source, path in borrowed:
            rollups += [(r, path) for r in source.rollups if r.dimension == dimension.id and r.id not in known]
        if base := _base(values.get("extends")):
            kept = {d.id for d, _, _ in borrowed}
            rollups += [
                (r, ("extends",))
                for r in base.rollups
                if r.dimension not in kept and r.id in named and r.id not in known
            ]
    for each in (words.ROLE, words.ACTIVITY):
        if each not in {d.id for d, _ in dimensions}:
            right = f'add [[dimensions]] with id = "{each}", or take = {{ {each} = "{shipped.FIRST}" }}'
            found.append(Fault((), f"there is no dimension '{each}'", right))
    version = values.get("version", 1)
    codebook = Codebook(
        id=_text(values, "id"),
        version=version if isinstance(version, int) else 1,
        name=_text(values, "name"),
        dimensions=tuple(d for d, _ in dimensions),
        rollups=tuple(r for r, _ in rollups),
        source=_text(values, "source"),
    )
    origins = {"dimensions": [p for _, p in dimensions], "rollups": [p for _, p in rollups]}
    return codebook, [*found, *(_at_home(f, origins) for f in faults(codebook))]


def _at_home(fault: Fault, origins: Mapping[str, list[Path]]) -> Fault:
    table, *rest = fault.path
    if table not in origins:
        return fault
    origin = origins[str(table)][int(rest[0])]
    inside = tuple(rest[1:]) if origin[0] == table else ()
    return Fault((*origin, *inside), fault.what, fault.right)


def _borrowed(values: Mapping[str, Any], own: set[str], found: list[Fault]) -> list[tuple[Dimension, Codebook, Path]]:
    """The dimensions that `take` and `extends` bring in, each with the codebook it is from."""
    borrowed: list[tuple[Dimension, Codebook, Path]] = []
    take = values.get("take")
    for dimension, id_ in take.items() if isinstance(take, dict) else ():
        path = ("take", dimension)
        base = _base(id_)
        if base is None:
            found.append(_no_preset(path, id_))
        elif dimension in own:
            what = f"the dimension {shown(dimension)} is both given and taken"
            found.append(Fault(path, what, "leave out one of the two"))
        elif dimension not in {d.id for d in base.dimensions}:
            right = nearest(dimension, [d.id for d in base.dimensions])
            found.append(Fault(path, f"the codebook '{base.id}' has no dimension {shown(dimension)}", right))
        else:
            borrowed.append((base.dimension(dimension), base, path))
    extended = values.get("extends")
    if base := _base(extended):
        have = own | {d.id for d, _, _ in borrowed}
        borrowed += [(d, base, ("extends",)) for d in base.dimensions if d.id not in have]
    elif extended:
        found.append(_no_preset(("extends",), extended))
    return borrowed


def _no_preset(path: Path, id_: object) -> Fault:
    return Fault(path, f"there is no shipped codebook {shown(str(id_))}", nearest(str(id_), shipped.ids()))


def _base(id_: object) -> Codebook | None:
    return preset(id_) if isinstance(id_, str) and id_ in shipped.ids() else None


def _rank(placed: _Placed[Dimension]) -> int:
    return _ORDER.index(placed[0].id) if placed[0].id in _ORDER else len(_ORDER)


def _dimension(table: Mapping[str, Any]) -> Dimension:
    return Dimension(
        id=_text(table, "id"),
        label=_text(table, "label"),
        codes=tuple(_code(t) for t in _tables(table, "codes")),
        ordered=table.get("ordered") is True,
    )


def _code(table: Mapping[str, Any]) -> Code:
    flags = table.get("flags")
    return Code(
        id=_text(table, "id"),
        label=_text(table, "label"),
        definition=_text(table, "definition"),
        key=_text(table, "key"),
        flags=frozenset(f for f in flags if isinstance(f, str)) if isinstance(flags, list) else frozenset(),
        rollups=dict(_pairs(table, "rollups")),
        person=_text(table, "person"),
    )


def _rollup(table: Mapping[str, Any]) -> RollUp:
    return RollUp(
        id=_text(table, "id"),
        label=_text(table, "label"),
        dimension=_text(table, "dimension"),
        headings=tuple(_pairs(table, "headings")),
    )


def _tables(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = table.get(name)
    return [t if isinstance(t, dict) else {} for t in found] if isinstance(found, list) else []


def _pairs(table: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    found = table.get(name)
    for key, value in found.items() if isinstance(found, dict) else ():
        if isinstance(value, str):
            yield key, value


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""
