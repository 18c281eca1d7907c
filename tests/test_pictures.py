"""The pictures in the documents are the screens of this version."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"


def pictures() -> ModuleType:
    """The program that draws them."""
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["record-80x24", "record-no-colour"])
def test_a_picture_is_what_its_keys_give_now(name: str) -> None:
    """Drawn again, a picture is the file that is kept: `uv run python docs/pictures.py` draws them all."""
    assert pictures().picture(name) == (DOCS / "screens" / f"{name}.svg").read_text(encoding="utf-8")


def test_every_picture_is_there_and_asks_nothing_of_any_machine() -> None:
    """Each picture has its file and each file its keys; none loads a font, a style or a script from elsewhere."""
    kept = {path.stem: path.read_text(encoding="utf-8") for path in (DOCS / "screens").glob("*.svg")}
    assert kept.keys() == pictures().PICTURES.keys()
    for text in kept.values():
        assert not re.search(r"url\(|href|<script|@import|<image", text.replace('clip-path="url(#', ""))


def test_without_colour_there_is_none() -> None:
    """In the picture that is drawn under NO_COLOR every mark of the program has one and the same colour."""
    text = (DOCS / "screens" / "record-no-colour.svg").read_text(encoding="utf-8")
    styles = re.findall(r"\.terminal-r\d+ \{ fill: (#[0-9a-f]+)", text)
    assert len(set(styles)) == 1
