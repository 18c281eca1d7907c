"""A codebook as plain values and back: what a store keeps of a frozen version and what its digest is taken over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from shadowlog.domain.codebook import Code, Codebook, Dimension, RollUp
from shadowlog.errors import BadInput

FORMAT = 1
_CURE = "The file was changed, cut short or made by a newer version."
_T = TypeVar("_T")


def to_dict(codebook: Codebook) -> dict[str, Any]:
    """Give the codebook as values that JSON knows; the same codebook always gives the same values."""
    return {
        "format": FORMAT,
        "id": codebook.id,
        "version": codebook.version,
        "name": codebook.name,
        "source": codebook.source,
        "dimensions": [
            # Said only where it is so: the digests of schemes without it stay what they were.
            {"id": d.id, "label": d.label, "codes": [_from_code(c) for c in d.codes]}
            | ({"ordered": True} if d.ordered else {})
            for d in codebook.dimensions
        ],
        "rollups": [
            {"id": r.id, "label": r.label, "dimension": r.dimension, "headings": [list(h) for h in r.headings]}
            for r in codebook.rollups
        ],
    }


def from_dict(values: Mapping[str, Any]) -> Codebook:
    """Give the codebook again; BadInput for an unknown or missing field, a wrong type or another format.

    A codebook frozen long ago must always read, so its content is not judged here: `codebook_rules.faults` does that
    for what comes from outside.
    """
    top = _Fields(values, "codebook")
    if (found := top.take("format", int)) != FORMAT:
        raise BadInput(f"the codebook is in format {found}, known is {FORMAT}", "Use a newer shadowlog.")
    codebook = Codebook(
        id=top.take("id", str),
        version=top.take("version", int),
        name=top.take("name", str),
        source=top.take("source", str),
        dimensions=tuple(_dimension(d, f"dimensions[{n}]") for n, d in enumerate(top.take("dimensions", list))),
        rollups=tuple(_rollup(r, f"rollups[{n}]") for n, r in enumerate(top.take("rollups", list))),
    )
    top.end()
    return codebook


def canonical(codebook: Codebook) -> bytes:
    """Give the codebook as canonical JSON: sorted names, no spaces, ASCII."""
    return json.dumps(to_dict(codebook), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def digest(codebook: Codebook) -> str:
    """Give the SHA-256 of the canonical JSON, in hexadecimal: the name of this frozen version."""
    return hashlib.sha256(canonical(codebook)).hexdigest()


def _from_code(code: Code) -> dict[str, Any]:
    return {
        "id": code.id,
        "label": code.label,
        "definition": code.definition,
        "key": code.key,
        "flags": sorted(code.flags),
        "rollups": dict(sorted(code.rollups.items())),
        "person": code.person,
    }


def _dimension(values: object, where: str) -> Dimension:
    fields = _Fields(values, where)
    dimension = Dimension(
        id=fields.take("id", str),
        label=fields.take("label", str),
        codes=tuple(_code(c, f"{where}.codes[{n}]") for n, c in enumerate(fields.take("codes", list))),
        ordered=fields.flag("ordered"),
    )
    fields.end()
    return dimension


def _code(values: object, where: str) -> Code:
    fields = _Fields(values, where)
    code = Code(
        id=fields.take("id", str),
        label=fields.take("label", str),
        definition=fields.take("definition", str),
        key=fields.take("key", str),
        flags=frozenset(_text(f, f"{where}.flags") for f in fields.take("flags", list)),
        rollups={_text(k, where): _text(v, f"{where}.rollups") for k, v in fields.take("rollups", dict).items()},
        person=fields.take("person", str),
    )
    fields.end()
    return code


def _rollup(values: object, where: str) -> RollUp:
    fields = _Fields(values, where)
    rollup = RollUp(
        id=fields.take("id", str),
        label=fields.take("label", str),
        dimension=fields.take("dimension", str),
        headings=tuple(_heading(h, f"{where}.headings[{n}]") for n, h in enumerate(fields.take("headings", list))),
    )
    fields.end()
    return rollup


def _heading(value: object, where: str) -> tuple[str, str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadInput("should be a pair of id and label", _CURE, where)
    return _text(value[0], where), _text(value[1], where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BadInput("should be text", _CURE, where)
    # JSON can spell half a surrogate pair, which no file and no database can hold.
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise BadInput("holds half a character", _CURE, where)
    return value


class _Fields:
    """A foreign object read field by field; what was not taken by `end` is unknown."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise BadInput("should be an object with named fields", _CURE, where)
        self._rest = dict(values)
        self._where = where

    def take(self, name: str, kind: type[_T]) -> _T:
        where = f"{self._where}.{name}"
        if name not in self._rest:
            raise BadInput("is missing", _CURE, where)
        value = self._rest.pop(name)
        if isinstance(value, bool) or not isinstance(value, kind):
            raise BadInput(f"should be {_KINDS[kind]}", _CURE, where)
        if isinstance(value, str):
            _text(value, where)
        return value

    def flag(self, name: str) -> bool:
        """A field that is true or false, and false where it is not given."""
        value = self._rest.pop(name, False)
        if not isinstance(value, bool):
            raise BadInput("should be true or false", _CURE, f"{self._where}.{name}")
        return value

    def end(self) -> None:
        if self._rest:
            names = ", ".join(sorted(repr(n) for n in self._rest))
            raise BadInput(f"unknown field {names}", _CURE, self._where)


_KINDS: Mapping[type, str] = {int: "a whole number", str: "text", list: "a list", dict: "an object with named fields"}
