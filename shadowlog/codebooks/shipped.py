"""The texts of the codebooks that come with the program."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from shadowlog.domain.codebook_rules import nearest
from shadowlog.domain.text import shown
from shadowlog.errors import NotFound

FIRST = "default"


def ids() -> list[str]:
    """The ids of the shipped codebooks, the default one first."""
    found = sorted(f.name[: -len(".toml")] for f in _folder().iterdir() if f.name.endswith(".toml"))
    return sorted(found, key=lambda each: each != FIRST)


def text(id_: str) -> str:
    """The TOML text of a shipped codebook; NotFound if there is none of that id."""
    if id_ not in ids():
        raise NotFound(f"there is no shipped codebook {shown(id_)}", nearest(id_, ids()))
    return (_folder() / f"{id_}.toml").read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("shadowlog.codebooks") / "presets"
