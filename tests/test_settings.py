"""The settings file: what it may say, and what is said of what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from shadowlog.cli import cli
from shadowlog.domain.codebook_rules import ACT_KEYS
from shadowlog.errors import BadInput
from shadowlog.settings import TEMPLATE, Settings, read, remember_theme
from shadowlog.tui import actions


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    """Every act has its own keys again afterwards."""
    yield
    actions.choose_keys({})


def written(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    """No file, and the file that the program writes, change nothing."""
    assert read(tmp_path / "none.toml") == Settings()
    assert read(written(tmp_path, TEMPLATE)) == Settings()
    assert read(
        written(tmp_path, TEMPLATE.replace("# theme", "theme").replace("# [", "[").replace("# note", "note"))
    ) == (Settings(keys={"note": ("N", "f4")}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "There is no setting 'colour'"),
        ('theme = "pink"', "There is no theme 'pink'. There are dark, light, high-contrast."),
        ("settling_seconds = 0", "settling_seconds is no number from 1 to 30"),
        ("settling_seconds = true", "settling_seconds is no number from 1 to 30"),
        ("keys = 3", "keys is no table"),
        ("[keys]\nnote = []", "The keys of 'note' are no list of keys"),
        ("theme = [[[", "The settings are no TOML"),
        ("theme = " + "[" * 5000, "The settings are no TOML"),
        ("settling_seconds = " + "9" * 5000, "The settings are no TOML"),
        ("backups = 3", "backups is no folder"),
        ("x" * 200_000, "too large for settings"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    """A wrong line is refused, and the message names the file, what is wrong and what would be right."""
    path = written(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        read(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"nothe": ("B",)}, "There is no act 'nothe'. Did you mean note?"),
        ({"note": ("b",)}, "note: 'b' cannot be the key of an act"),
        ({"note": ("1",)}, "note: '1' cannot be the key of an act"),
        ({"note": ("-",)}, "note: '-' cannot be the key of an act"),
        ({"note": ("ctrl+q",)}, "cannot be the key of an act"),
        ({"note": ("f1",)}, "cannot be the key of an act"),
        ({"note": ("B",), "star": ("B",)}, "There is no act 'star'"),
        ({"note": ("B",), "incident": ("B",)}, "B is given to note and to incident"),
        ({"note": ("M",)}, "mode has no key left. Give it one: mode = [...]."),
    ],
)
def test_keys_that_cannot_be_are_refused_and_nothing_is_chosen(keys: dict[str, tuple[str, ...]], says: str) -> None:
    """An unknown act, a code's key, a fixed key, one key for two acts and an act left without any are refused."""
    actions.choose_keys({"note": ("B",)})
    before = actions.registry()
    with pytest.raises(BadInput) as caught:
        actions.choose_keys(keys, "settings.toml")
    assert says in str(caught.value)
    assert actions.registry() == before
    assert actions.by_key(actions.RECORD)["B"].name == "note"


def test_signs_of_acts_are_none_that_a_code_may_have() -> None:
    """The signs that a codebook leaves to acts are those that the acts of the record screen have, and no other."""
    signs = {key for act in actions.REGISTRY if act.screen == actions.RECORD for key in act.keys if len(key) == 1}
    assert {sign for sign in signs if not sign.isupper()} | {" "} == ACT_KEYS


def test_chosen_keys_are_those_of_strip_help_and_screen() -> None:
    """A key that is chosen comes first everywhere; the act's own go on working where no other act took them."""
    actions.choose_keys({"note": ("B", "f4"), "mode": ("N",), "initiator": ("M",)})
    table = actions.by_key(actions.RECORD)
    assert [table[key].name for key in ("B", "f4", "N", "M", "H")] == ["note", "note", "mode", "initiator", "initiator"]
    assert next(act.shown for act in actions.strip_of(actions.RECORD) if act.name == "note") == "B"
    assert "N" not in next(act.keys for act in actions.acts_of(actions.RECORD) if act.name == "note")


def test_the_chosen_theme_is_remembered_and_every_other_line_stays(tmp_path: Path) -> None:
    """The theme's line is put in or changed; comments and keys stay as they were written."""
    path = written(tmp_path, "# mine\n[keys]\nnote = 'B'  # left hand\n")
    remember_theme(path, "light")
    assert path.read_text(encoding="utf-8") == "theme = \"light\"\n# mine\n[keys]\nnote = 'B'  # left hand\n"
    remember_theme(path, "high-contrast")
    assert read(path) == Settings("high-contrast", keys={"note": ("B",)})
    indented = written(tmp_path, "  theme = 'dark'  # at night\n")
    remember_theme(indented, "light")
    assert indented.read_text(encoding="utf-8") == '  theme = "light"  # at night\n'
    link = tmp_path / "link.toml"
    link.symlink_to(indented)
    remember_theme(link, "dark")
    assert link.is_symlink()
    assert read(indented).theme == "dark"
    fresh = tmp_path / "new" / "settings.toml"
    remember_theme(fresh, "light")
    assert read(fresh).theme == "light"


def test_a_theme_that_cannot_be_remembered_stops_nobody(tmp_path: Path) -> None:
    """Where no file can be written the choice holds for this run, and nothing is raised."""
    (tmp_path / "folder").write_text("no folder", encoding="utf-8")
    remember_theme(tmp_path / "folder" / "settings.toml", "light")
    assert (tmp_path / "folder").read_text(encoding="utf-8") == "no folder"


def test_the_command_shows_the_settings_and_writes_a_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`shadowlog settings` lists every act with its name; --write makes the file, and never over another."""
    path = tmp_path / "deep" / "settings.toml"
    monkeypatch.setenv("SHADOWLOG_SETTINGS", str(path))
    told = CliRunner().invoke(cli, ["settings", "--write"])
    assert told.exit_code == 0
    assert path.read_text(encoding="utf-8") == TEMPLATE
    assert "interrupt        I" in told.output
    again = CliRunner().invoke(cli, ["settings", "--write"])
    assert again.exit_code != 0
