"""The codebooks that come with the program."""

from __future__ import annotations

from shadowlog.codebooks import reader, shipped
from shadowlog.domain.codebook import Codebook


def presets() -> list[str]:
    """The ids of the shipped codebooks, the default one first."""
    return shipped.ids()


def preset(id_: str) -> Codebook:
    """Give a shipped codebook; NotFound, naming those there are, if there is none of that id."""
    return reader.preset(id_)
