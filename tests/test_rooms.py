"""The house: who may see whom, in the source and at run time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ["domain", "codebooks", "store", "analysis", "report", "exchange", "tui", "cli"]


def modules_after(statement: str) -> set[str]:
    """The modules a fresh interpreter holds after a statement."""
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("statement", "unseen"),
    [
        (
            "from shadowlog.cli import cli; cli.main(['--help'])",
            ["textual", "sqlmodel", "sqlalchemy", "plotly", "polars", "narwhals", "pydantic", "alembic", "jinja2"],
        ),
        ("import shadowlog", ["click", "textual", "pydantic"]),
        ("import shadowlog.tui.app", ["shadowlog.domain.commands", "shadowlog.domain.study"]),
        ("import shadowlog.tui.app, shadowlog.tui.record", ["plotly", "alembic", "sqlmodel", "sqlalchemy", "polars"]),
        (
            "import shadowlog.tui.agreement, shadowlog.tui.summary",
            ["plotly", "alembic", "sqlalchemy", "polars", "narwhals"],
        ),
        ("import shadowlog.store.library, shadowlog.store.journal", ["textual", "plotly", "alembic", "polars"]),
        ("import shadowlog.analysis.summary", ["textual", "sqlmodel", "sqlalchemy", "plotly"]),
        ("import shadowlog.report.page", ["textual", "sqlmodel", "sqlalchemy", "numpy", "pandas"]),
        ("import shadowlog.domain.recorder", ["pydantic", "textual", "sqlmodel", "click"]),
    ],
)
def test_what_a_room_does_not_bring_along(statement: str, unseen: list[str]) -> None:
    """A room imports only what it needs: help is light, the record screen paints before the database is there."""
    loaded = modules_after(statement)
    assert "shadowlog" in loaded
    assert [name for name in unseen if name in loaded] == []


def test_the_check_of_modules_can_fail() -> None:
    """Negative control: a module that is imported is seen."""
    assert "json" in modules_after("import json")


def test_import_contracts_hold() -> None:
    """Folders are layers, the domain is the standard library, and only the screens see textual."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_belongs_there(room: str) -> None:
    """The docstring of a folder's __init__ says in one sentence what belongs there."""
    text = (ROOT / "shadowlog" / room / "__init__.py").read_text(encoding="utf-8")
    assert text.startswith('"""')


def test_modules_stay_short() -> None:
    """A module is short enough to be read at one sitting."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "shadowlog").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert long == {}
