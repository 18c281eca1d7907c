"""Writes a codebook as the TOML file that `reader.read` gives again, whole."""

from __future__ import annotations

from typing import Any

import tomli_w

from shadowlog.domain.codebook import Code, Codebook


def write(codebook: Codebook) -> str:
    """Give the codebook as TOML text, with every dimension written out."""
    return tomli_w.dumps(_table(codebook), indent=2)


def _table(codebook: Codebook) -> dict[str, Any]:
    table: dict[str, Any] = {"id": codebook.id, "version": codebook.version, "name": codebook.name}
    if codebook.source:
        table["source"] = codebook.source
    table["dimensions"] = [
        {"id": d.id, "label": d.label}
        | ({"ordered": True} if d.ordered else {})
        | {"codes": [_code(code) for code in d.codes]}
        for d in codebook.dimensions
    ]
    if codebook.rollups:
        table["rollups"] = [
            {"id": r.id, "label": r.label, "dimension": r.dimension, "headings": dict(r.headings)}
            for r in codebook.rollups
        ]
    return table


def _code(code: Code) -> dict[str, Any]:
    table: dict[str, Any] = {"id": code.id, "label": code.label}
    texts = {"key": code.key, "person": code.person, "definition": code.definition}
    table |= {name: value for name, value in texts.items() if value}
    if code.flags:
        table["flags"] = sorted(code.flags)
    if code.rollups:
        table["rollups"] = dict(code.rollups)
    return table
