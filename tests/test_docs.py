"""What the README and the help say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from shadowlog.cli import COMMANDS, cli, run
from shadowlog.tui.actions import key_table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SHOWN = [name for name, (_, line) in COMMANDS.items() if line]


@pytest.mark.parametrize("name", SHOWN)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """Every command says what it does and gives an example of itself."""
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"shadowlog {name}" in result.output


def test_the_help_names_every_form_of_an_export() -> None:
    """The line that --help has for export names each form that --to takes."""
    command = cli.get_command(click.Context(cli), "export")
    assert command is not None
    (form,) = (each.type for each in command.params if each.name == "form")
    assert isinstance(form, click.Choice)
    assert all(each in COMMANDS["export"][1].casefold() for each in form.choices)


@pytest.mark.parametrize("name", SHOWN)
def test_every_command_is_in_the_readme(name: str) -> None:
    """The README names every command."""
    assert f"`shadowlog {name}" in README


def test_the_readme_names_no_command_or_option_there_is_not() -> None:
    """Every command and option in the README's examples exists."""
    for line in re.findall(r"shadowlog ((?:[a-z]+)(?: [^`|\n]*)?)`", README):
        words = line.split()
        command = cli.get_command(click.Context(cli), words[0])
        assert command is not None, words[0]
        if isinstance(command, click.Group) and words[1] in command.commands:
            command = command.commands[words[1]]
        known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
        used = {re.split(r"[\]=]", w)[0].strip("[") for w in words[1:] if w.lstrip("[").startswith("-")}
        assert used <= known, f"{words[0]}: {used - known}"


def test_the_examples_of_breakdowns_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """On the demonstration study each of the README's breakdowns runs word for word, ids included, and so do its options."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHADOWLOG_DB", str(tmp_path / "x.db"))
    section = README.partition("The commands break down ")[2].partition("## Commands")[0]
    examples = [re.split(r" {2,}", line)[0] for line in section.split("```")[1].splitlines() if line]
    assert len(examples) >= 6
    asked = (
        "summary --study Demonstration --period break",
        "summary --data data",
        "compare --study Demonstration --across heads",
    )
    for line in ("demo --no-tui", *(each.removeprefix("shadowlog ") for each in examples), *asked):
        assert run(line.split()) == 0, (line, capfd.readouterr().err)


def test_the_readme_has_the_key_table() -> None:
    """The README's table of keys is the registry's."""
    assert key_table().strip() in README
