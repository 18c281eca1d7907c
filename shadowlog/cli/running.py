"""Runs a terminal program for a command: with what the user chose once, and to an end in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TypedDict

import click

from shadowlog.cli.options import say

if TYPE_CHECKING:
    from shadowlog.settings import Settings
    from shadowlog.tui.app import ShadowlogApp


class Chosen(TypedDict):
    """What a program takes of the settings: the theme's word, the settling time (ms), whom to tell of a new theme."""

    theme: str
    settling: int
    remember: Callable[[str], None]


def settings_in_force() -> Settings:
    """Read the settings and give the acts their keys; BadInput where the file is wrong."""
    from shadowlog import paths, settings
    from shadowlog.tui import actions

    where = paths.settings()
    found = settings.read(where)
    actions.choose_keys(found.keys, str(where))
    return found


def chosen() -> Chosen:
    """Give what the user chose, for a program that is about to be made; BadInput where the settings are wrong."""
    from shadowlog import paths, settings

    found = settings_in_force()
    return {
        "theme": found.theme,
        "settling": found.settling,
        "remember": partial(settings.remember_theme, paths.settings()),
    }


def run_app(app: ShadowlogApp, last_words: Callable[[], str] = str) -> NoReturn:
    """Run a program and leave with its code; a fault is logged and told, else the last words are printed, if any."""
    code = app.run()
    if app.problem:
        from shadowlog.cli import fault_log

        log = fault_log.note(app.fault) if app.fault else None
        say(f"shadowlog: {app.problem}{f' Where it happened is kept in {log}.' if log else ''}", err=True)
    elif words := last_words():
        say(words)
    raise click.exceptions.Exit(code)
