"""The README's table of faults names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
README = (TESTS.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## When things go wrong\n")[2].partition("\n## ")[0]
ROWS = [line for line in SECTION.splitlines() if line.startswith("| ")][1:]
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", SECTION)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_named_test_is_there(file: str, name: str) -> None:
    """What a row of the table says is proved by a test of that name in that file."""
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_row_names_a_test() -> None:
    """Each of the thirteen faults has its test beside it, named in full."""
    assert len(ROWS) == 13
    assert all(re.search(r"`[\w/]+\.py::\w+`", row) for row in ROWS)
    assert not re.search(r"::\w+`", re.sub(r"`[\w/]+\.py::\w+`", "", SECTION))
