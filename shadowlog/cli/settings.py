"""What a user chose once: colours, settling time, keys."""

from __future__ import annotations

import click

from shadowlog.cli.options import HELP, say
from shadowlog.cli.running import settings_in_force
from shadowlog.errors import Refused


@click.command("settings", context_settings=HELP, epilog="Example:  shadowlog settings --write")
@click.option("--write", is_flag=True, help="Write a settings file to edit, where there is none.")
def settings_(*, write: bool) -> None:
    """Show the settings, where their file is, and every act of the record screen with its name and keys."""
    from shadowlog import paths, settings
    from shadowlog.tui import actions

    where = paths.settings()
    if write:
        if where.exists():
            raise Refused(f"There are settings already: {where}.", "Edit that file.")
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(settings.TEMPLATE, encoding="utf-8")
    found = settings_in_force()
    say(f"{where}{'' if where.exists() else ' (not there; shadowlog settings --write makes it)'}")
    say(f"theme             {found.theme}")
    say(f"settling_seconds  {found.settling / 1000:g}")
    say("keys")
    for act in actions.acts_of(actions.RECORD):
        if act.screen == actions.RECORD:
            say(f"  {act.name:<16} {act.all_keys:<12} {act.label}")
