"""Writes a codebook as the TOML file that `reader.read` gives again, whole."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator

from shadowlog.domain.codebook import Code, Codebook

_BARE = frozenset(string.ascii_letters + string.digits + "_-")


def write(codebook: Codebook) -> str:
    """Give the codebook as TOML text, with every dimension written out."""
    return "\n".join(_lines(codebook)) + "\n"


def _lines(codebook: Codebook) -> Iterator[str]:
    yield _pair("id", codebook.id)
    yield f"version = {codebook.version}"
    yield _pair("name", codebook.name)
    if codebook.source:
        yield _pair("source", codebook.source)
    for dimension in codebook.dimensions:
        yield from ("", "[[dimensions]]", _pair("id", dimension.id), _pair("label", dimension.label))
        for code in dimension.codes:
            yield from ("", "[[dimensions.codes]]", *_code(code))
    for rollup in codebook.rollups:
        yield from ("", "[[rollups]]", _pair("id", rollup.id), _pair("label", rollup.label))
        yield from (_pair("dimension", rollup.dimension), "[rollups.headings]")
        yield from (_pair(_name(heading), label) for heading, label in rollup.headings)


def _code(code: Code) -> Iterator[str]:
    yield _pair("id", code.id)
    yield _pair("label", code.label)
    for name, value in (("key", code.key), ("person", code.person), ("definition", code.definition)):
        if value:
            yield _pair(name, value)
    if code.flags:
        yield f"flags = [{', '.join(_quoted(f) for f in sorted(code.flags))}]"
    yield from (_pair(f"rollups.{_name(rollup)}", heading) for rollup, heading in code.rollups.items())


def _pair(name: str, value: str) -> str:
    return f"{name} = {_quoted(value)}"


def _quoted(value: str) -> str:
    # JSON escapes all that TOML wants escaped, but for the one control character above the printable ones.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _name(value: str) -> str:
    return value if value and set(value) <= _BARE else _quoted(value)
