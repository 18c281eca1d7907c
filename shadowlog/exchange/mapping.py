"""Mappings: how columns and foreign values of a table become a codebook's codes. They are TOML files; some ship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as File

from pydantic import BaseModel, ConfigDict, Field

from shadowlog.codebooks.document import Document
from shadowlog.codebooks.positions import Path
from shadowlog.codebooks.problems import Problem, refusal
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.codebook_rules import nearest
from shadowlog.domain.text import shown
from shadowlog.errors import BadInput, NotFound


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Columns(_Table):
    """`[columns]`: the columns that are no codes. Only `start` must be mapped; `optional` lists those a file may lack."""

    start: str
    end: str = ""
    people: str = ""
    note: str = ""
    interrupts: str = ""
    confidence: str = ""
    optional: list[str] = []


class CodeColumn(_Table):
    """`[codes.<dimension>]`: the column of a dimension and what its values become."""

    column: str
    values: dict[str, str] = Field(default={}, max_length=1000)
    uncoded: list[str] = Field(default=[], max_length=100)
    separator: str = ""

    def code(self, value: str, codebook: Codebook, dimension: str) -> str | None:
        """The code of a foreign value, None where it leaves the dimension uncoded; KeyError for an unknown value."""
        if value in self.uncoded:
            return None
        if self.values:
            return self.values[value]
        return codebook.code(dimension, value).id

    def vocabulary(self, codebook: Codebook, dimension: str) -> list[str]:
        """Every value that the column may hold."""
        known = list(self.values) or [c.id for c in codebook.codes(dimension)]
        return [*known, *self.uncoded]


class TableMapping(_Table):
    """A whole mapping. `unsure_below` is the confidence, 0 to 1, under which an episode counts as unsure."""

    id: str
    name: str
    codebook: str
    unsure_below: float = Field(default=0.5, ge=0, le=1)
    columns: Columns
    codes: dict[str, CodeColumn] = Field(min_length=1, max_length=50)

    def required(self) -> list[str]:
        """The columns that a file must have, in the mapping's order."""
        return [c for c in self.known() if c not in self.columns.optional]

    def known(self) -> list[str]:
        """Every column that the mapping reads."""
        plain = self.columns.model_dump(exclude={"optional"}).values()
        return [*filter(None, plain), *(c.column for c in self.codes.values())]

    def strangers(self, codebook: Codebook) -> Iterator[tuple[str, str]]:
        """The (dimension, code) pairs that the mapping writes and the codebook lacks."""
        for dimension, column in self.codes.items():
            for code in dict.fromkeys(column.values.values()):
                if not codebook.has(dimension, code):
                    yield dimension, code


def read(source: File | str | bytes, name: str = "") -> TableMapping:
    """Give the mapping of a TOML file, or of its text; BadInput names every problem with its line."""
    document = Document(source, name)
    problems = [*document.problems(TableMapping).values()] or list(_problems(document))
    if problems:
        raise refusal(document.name, problems)
    return TableMapping.model_validate(document.values)


def _problems(document: Document) -> Iterator[Problem]:
    mapping = TableMapping.model_validate(document.values)
    seen: dict[str, str] = {}
    uses: dict[Path, str] = {
        ("columns", n): c for n, c in mapping.columns.model_dump(exclude={"optional"}).items() if c
    }
    uses |= {("codes", d, "column"): c.column for d, c in mapping.codes.items()}
    for path, column in uses.items():
        if column in seen:
            what = f"the column {shown(column)} is mapped twice, as {shown(seen[column])} too"
            yield document.problem(path, what, "map it once")
        seen.setdefault(column, str(path[1]))
    for column in mapping.columns.optional:
        if column not in seen:
            yield document.problem(
                ("columns", "optional"), f"no column {shown(column)} is mapped", nearest(column, seen)
            )
    for dimension, each in mapping.codes.items():
        if each.separator and dimension != ROLE:
            path = ("codes", dimension, "separator")
            yield document.problem(path, f"{shown(dimension)} holds one code an episode", "leave the separator out")
        for value in each.uncoded:
            if value in each.values:
                path = ("codes", dimension, "uncoded")
                yield document.problem(path, f"{shown(value)} is both coded and uncoded", "say one of the two")


def mappings() -> list[str]:
    """The ids of the shipped mappings."""
    return sorted(f.name[: -len(".toml")] for f in _folder().iterdir() if f.name.endswith(".toml"))


@lru_cache
def mapping(id_: str) -> TableMapping:
    """Give a shipped mapping; NotFound, naming those there are, if there is none of that id."""
    if id_ not in mappings():
        raise NotFound(f"there is no shipped mapping {shown(id_)}", nearest(id_, mappings()))
    return read((_folder() / f"{id_}.toml").read_text(encoding="utf-8"), f"{id_}.toml")


def mapping_for(header: Sequence[str]) -> TableMapping:
    """Give the shipped mapping that fits a table's header best; BadInput if none knows half of its own columns there.

    A file that lacks a column or two still finds its mapping, so that reading it can say which.
    """
    have = {h.strip().casefold() for h in header}
    best = max(mappings(), key=lambda m: _fit(mapping(m), have))
    if _fit(mapping(best), have) < 0.5:
        known = "; ".join(f"{m}: {', '.join(mapping(m).required())}" for m in mappings())
        raise BadInput("no shipped mapping knows this header", f"Name a mapping file, or use the columns of {known}.")
    return mapping(best)


def _fit(each: TableMapping, have: set[str]) -> float:
    required = each.required()
    return sum(c.casefold() in have for c in required) / len(required)


def _folder() -> Traversable:
    return files("shadowlog.exchange") / "mappings"
