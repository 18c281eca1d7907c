"""Coding schemes on the command line: listed, written out, taken in, adopted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from shadowlog.cli import run
from shadowlog.cli.codebook import codebook
from shadowlog.codebooks.presets import preset, presets
from shadowlog.codebooks.reader import read
from shadowlog.store import library
from shadowlog.store.engine import open_store

Program = Callable[..., str]


@pytest.fixture
def program(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program on a database of its own; gives what it printed, or its error where the exit code is not 0."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHADOWLOG_CODEBOOKS", raising=False)

    def call(*arguments: str, code: int = 0) -> str:
        capfd.readouterr()
        got = run(["--db", str(tmp_path / "data" / "a.db"), *arguments])
        out, err = capfd.readouterr()
        assert got == code, (out, err)
        return err if code else out

    return call


@pytest.mark.parametrize("name", sorted(codebook.commands))
def test_every_command_of_the_group_has_an_example(name: str) -> None:
    """Each subcommand says what it does and gives an example of itself."""
    told = CliRunner().invoke(codebook, [name, "--help"]).output
    assert f"Example:  shadowlog codebook {name}" in told


@pytest.mark.parametrize("id_", presets())
def test_what_is_written_out_reads_again(program: Program, tmp_path: Path, id_: str) -> None:
    """Every preset written to a file is sound and the same codebook; printed, it is the same text."""
    assert "Written" in program("codebook", "export", id_, "-o", "out.toml")
    assert read(tmp_path / "out.toml") == preset(id_)
    assert "sound" in program("codebook", "check", "out.toml")
    assert read(program("codebook", "export", id_)) == preset(id_)


def test_nothing_is_overwritten_unasked(program: Program, tmp_path: Path) -> None:
    """A file that is there stays, unless it is asked for with --force."""
    (tmp_path / "out.toml").write_text("mine", encoding="utf-8")
    assert "there already" in program("codebook", "export", "default", "-o", "out.toml", code=2)
    assert (tmp_path / "out.toml").read_text(encoding="utf-8") == "mine"
    program("codebook", "export", "default", "-o", "out.toml", "--force")
    assert read(tmp_path / "out.toml") == preset("default")


def test_a_file_is_taken_in_and_can_be_chosen(program: Program, tmp_path: Path) -> None:
    """A scheme of one's own is listed, shown and recorded with; its comments stay; taken in again nothing changes."""
    text = "# ours\n" + program("codebook", "export", "stanford").replace('id = "stanford"', 'id = "ours"', 1)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assert "ours.v1.toml" in program("codebook", "add", "ours.toml")
    kept = tmp_path / "data" / "codebooks" / "ours.v1.toml"
    assert kept.read_text(encoding="utf-8") == text
    assert "ours " in program("codebook", "list")
    assert "yours" in program("codebook", "list")
    assert "Budgets and resources" in program("codebook", "show", "ours@1")
    assert "there already" in program("codebook", "add", "ours.toml")
    assert not (tmp_path / "data" / "a.db").exists()


def test_a_version_with_other_content_is_refused(program: Program, tmp_path: Path) -> None:
    """A file that calls itself a version there is, and is another, is refused with the version it could be."""
    text = program("codebook", "export", "default").replace("Leadership team", "Senior team", 1)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assert "Write version = 2" in program("codebook", "add", "ours.toml", code=1)
    assert not (tmp_path / "data").exists()


def test_a_study_adopts_a_file(program: Program, tmp_path: Path) -> None:
    """With --study the scheme goes into the study's journal; for an unknown study nothing at all is kept."""
    program("demo", "--no-tui")
    text = program("codebook", "export", "stanford").replace('id = "stanford"', 'id = "ours"', 1)
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assert "no study 'Nobody'" in program("codebook", "add", "ours.toml", "--study", "Nobody", code=3)
    assert not (tmp_path / "data" / "codebooks").exists()
    with open_store(tmp_path / "data" / "a.db", writing=False) as store:
        name = library.studies(store)[0].name
    program("codebook", "add", "ours.toml", "--study", name)
    with open_store(tmp_path / "data" / "a.db", writing=False) as store:
        assert read(tmp_path / "ours.toml") in library.studies(store)[0].codebooks.values()


def test_a_database_that_cannot_be_read_hides_no_preset(program: Program, tmp_path: Path) -> None:
    """Where the database is damaged the presets are still shown, and why the rest is not is said."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.db").write_bytes(b"no database" * 100)
    assert "Leadership team" in program("codebook", "show", "default")
