"""The codebook file as pydantic sees it: which tables and fields there are, and of which kind."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CodeTable(_Table):
    """`[[dimensions.codes]]`: one value of a dimension."""

    id: str
    label: str
    definition: str = ""
    key: str = ""
    person: str = ""
    flags: list[str] = Field(default=[], max_length=20)
    rollups: dict[str, str] = {}


class DimensionTable(_Table):
    """`[[dimensions]]`: one axis of the scheme."""

    id: str
    label: str
    ordered: bool = False
    codes: list[CodeTable] = Field(max_length=300)


class RollUpTable(_Table):
    """`[[rollups]]`: a coarser scheme for one dimension; `headings` is id = label, in order."""

    id: str
    label: str
    dimension: str
    headings: dict[str, str] = Field(max_length=300)


class CodebookFile(_Table):
    """A whole file. `extends` and `take` bring in dimensions, with their roll-ups, from shipped codebooks."""

    id: str
    name: str
    version: int = Field(default=1, ge=1, le=1_000_000)
    source: str = ""
    extends: str = ""
    take: dict[str, str] = {}
    dimensions: list[DimensionTable] = Field(default=[], max_length=50)
    rollups: list[RollUpTable] = Field(default=[], max_length=50)
