"""What is built holds what the program needs and nothing that is anybody's data."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and a source distribution, built from a copy with a database and an export lying about."""
    here = tmp_path_factory.mktemp("source")
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis")
    shutil.copytree(ROOT, here / "project", ignore=ignored)
    for stray in ("shadowlog.db", "exports/H01-2026-11-24-report.html", "shadowlog/left.db"):
        (here / "project" / stray).write_text("somebody's day")
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv is not None, "uv builds the distributions: pip install uv"
    command = [uv, "build", "--quiet", "--out-dir", str(here / "dist"), str(here / "project")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return here / "dist"


def test_the_wheel_holds_migrations_presets_and_templates(built: Path) -> None:
    """The wheel holds what is read at run time: migrations, presets, mappings, templates, the type marker."""
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    for needed in (
        "shadowlog/migrations/env.py",
        "shadowlog/codebooks/presets/default.toml",
        "shadowlog/exchange/mappings/timed-day.toml",
        "shadowlog/py.typed",
    ):
        assert needed in names
    assert any(name.startswith("shadowlog/report/templates/") for name in names)
    assert any(name.startswith("shadowlog/migrations/versions/0001") for name in names)


def test_nothing_built_holds_data(built: Path) -> None:
    """Neither the wheel nor the source distribution holds a database or an export."""
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names += archive.getnames()
    assert len(names) > 100
    assert [name for name in names if name.endswith((".db", ".lock", "-report.html")) or "/exports/" in name] == []
