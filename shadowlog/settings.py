"""What a user chose once: colours, the settling time, other keys for acts. A TOML file in the platform's folder."""

from __future__ import annotations

import contextlib
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

THEMES = ("dark", "light", "high-contrast")
SHORTEST, LONGEST = 1.0, 30.0
"""The settling time may lie between, in seconds."""
LARGEST = 100_000
"""No settings file is larger, in bytes."""

_THEME = re.compile(r"""(?m)^([ \t]*theme[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""")

TEMPLATE = """\
# What shadowlog does differently for you. Delete a line and it is as it was.

# The colours: dark, light or high-contrast. Without colours: the environment variable NO_COLOR.
# theme = "dark"

# The settling time in seconds: what is pressed within it belongs to what was pressed before.
# settling_seconds = 5

# A second folder for backups, as on a stick; the first is beside the database.
# backups = "/media/stick/shadowlog"

# Other keys for acts: the name of the act, and its keys, the first of which is shown. Keys that no other act takes over
# go on working too. `shadowlog settings` lists every act with its name.
# [keys]
# note = ["N", "f4"]
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; `settling` in ms, `keys` from the name of an act to its keys."""

    theme: str = "dark"
    settling: int = 5_000
    backups: str = ""
    """A second folder for backups, as the user wrote it; empty for none."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(path: Path) -> Settings:
    """Give the settings of a file, those of the program where there is none; BadInput where it is no settings file."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise BadInput(
            f"The settings cannot be read ({error.strerror})", "Make the file readable.", str(path)
        ) from None
    if len(raw) > LARGEST:
        raise BadInput(
            "This is too large for settings", "Move it away; shadowlog settings --write makes one.", str(path)
        )
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # Wrong TOML, no text, a number of ten thousand digits, brackets without end.
        raise BadInput(f"The settings are no TOML: {shown(str(error))}", "Mend the line.", str(path)) from None
    return _checked(found, str(path))


def _checked(found: Mapping[str, Any], where: str) -> Settings:
    names = ("theme", "settling_seconds", "backups", "keys")
    for name in found:
        if name not in names:
            raise BadInput(f"There is no setting {shown(name)}", f"There are {', '.join(names)}.", where)
    theme = found.get("theme", "dark")
    if theme not in THEMES:
        raise BadInput(f"There is no theme {shown(str(theme))}", f"There are {', '.join(THEMES)}.", where)
    seconds = found.get("settling_seconds", 5)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not SHORTEST <= seconds <= LONGEST:
        raise BadInput("settling_seconds is no number from 1 to 30", "Write settling_seconds = 5.", where)
    backups = found.get("backups", "")
    if not isinstance(backups, str):
        raise BadInput("backups is no folder", 'Write backups = "/media/stick".', where)
    return Settings(theme, round(seconds * 1000), backups, _keys(found.get("keys", {}), where))


def _keys(found: object, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(found, dict):
        raise BadInput("keys is no table", 'Write [keys] and below it note = ["N"].', where)
    keys: dict[str, tuple[str, ...]] = {}
    for act, given in found.items():
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not listed or not all(isinstance(key, str) and key for key in listed):
            raise BadInput(f"The keys of {shown(act)} are no list of keys", 'Write note = ["N", "f4"].', where)
        keys[act] = tuple(listed)
    return keys


def remember_theme(path: Path, theme: str) -> None:
    """Keep the chosen theme; all else in the file stays as it is written. A file that cannot be written is left alone."""
    # A theme that cannot be remembered takes nothing from the day: it is chosen again next time.
    with contextlib.suppress(OSError, UnicodeDecodeError, BadInput):
        path = path.resolve()
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        kept, count = _THEME.subn(rf'\g<1>"{theme}"', text, count=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.new")
        try:
            aside.write_text(kept if count else f'theme = "{theme}"\n{text}', encoding="utf-8")
            read(aside)
            if path.exists():
                shutil.copymode(path, aside)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
