"""What several commands share: help on -h, what paths, ids, zones and dates may be, the database they were given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowlog.domain.almanac import DATE_RULE, date_of, zone_named
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound

if TYPE_CHECKING:
    import datetime as dt

    from shadowlog.store.engine import Store

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _PathType(click.Path):
    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Give the path; BadInput, naming the option, if there can be none of that name."""
        del ctx
        from shadowlog.paths import path_of

        return path_of(value, _called(param))


class _IdType(click.types.StringParamType):
    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the beginning or end of an id; NotFound for what stands in no id."""
        del param, ctx
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", str(value)):
            raise NotFound(f"There is no observation {shown(str(value))}.", "`shadowlog list` shows those there are.")
        return str(value)


PATH, OBSERVATION = _PathType(), _IdType()
as_version = click.option(
    "--as",
    "version",
    type=click.Choice(["recorded", "amended", "verified"]),
    help="The day as the observer left it when it ended; with what was put right since, by the head too; or of that only "
    "what the head agreed to or changed.  [default: amended]",
)


def _called(param: click.Parameter | None) -> str:
    """What the user calls a parameter: the option as it is written, or the argument as the help shows it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.name or "").upper() if param else ""


def say(text: object, *, err: bool = False) -> None:
    """Print text in which words from outside may stand: nothing in it is obeyed by a terminal."""
    click.echo(clean(str(text), lines=True), err=err)


def time_given(text: str) -> int:
    """Give the ms of a time as 16:00 or 0:45:30; BadInput for anything else."""
    match = re.fullmatch(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", text, re.ASCII)
    if match is None:
        raise BadInput(f"{shown(text)} is no time", "As 16:00 or 0:45:30.", "--end")
    return ((int(match[1]) * 60 + int(match[2])) * 60 + int(match[3] or 0)) * 1000


def day_given(text: str, option: str = "--date") -> dt.date:
    """Give the date of an option; BadInput for what is none."""
    if (found := date_of(text)) is None:
        raise BadInput(f"{shown(text)} is no date", DATE_RULE, option)
    return found


def zone_given(name: str | None) -> str:
    """Give the zone of --zone, or the machine's where nothing was said; BadInput for what is none."""
    if name is None:
        return local_zone()
    from shadowlog.exchange.local_time import zone_of

    return zone_of(name, "--zone").key


def study_given(name: str) -> str:
    """Give the name of --study; BadInput for what no study can be called."""
    from shadowlog.domain.study import NAME_RULE, name_fault

    if fault := name_fault(name):
        raise BadInput(f"a study's name {fault}", NAME_RULE, "--study")
    return name


def local_zone() -> str:
    """Give the machine's time zone by name: TZ, else what /etc/localtime links to; UTC where that names none."""
    named = os.environ.get("TZ", "").lstrip(":")
    if not named or named.startswith("/"):
        parts = Path(named or "/etc/localtime").resolve().parts
        named = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"
    return named if zone_named(named) else "UTC"


def database() -> Path:
    """Give the path of the database this run was given."""
    path = click.get_current_context().find_root().obj
    if not isinstance(path, Path):
        message = "the command was called without the program"
        raise TypeError(message)
    return path


@contextmanager
def opened(*, writing: bool) -> Iterator[Store]:
    """Open the database for one command, every chain of it verified before anything is written; raises as the store."""
    from shadowlog.store.engine import open_store

    with open_store(database(), writing=writing) as store:
        yield store


def second_folder() -> Path | None:
    """Give the second folder for backups that the settings name; None where they name none."""
    from shadowlog import paths, settings

    where = paths.settings()
    chosen = settings.read(where).backups
    return paths.path_of(chosen, str(where)) if chosen else None
