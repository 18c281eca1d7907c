"""The command line: wires every other room together, one file a command group, each imported when it is chosen."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Sequence

import click

from shadowlog import __version__
from shadowlog.domain.text import clean
from shadowlog.errors import ShadowlogError

COMMANDS = {
    "record": ("shadowlog.cli.screens:record", "Record an observation, a new one or one that is open."),
    "diary": ("shadowlog.cli.diary:diary", "Plan what is in the head's diary for the day of an observation."),
    "demo": ("shadowlog.cli.demo:demo", "Make the invented demonstration study and look at it."),
    "train": ("shadowlog.cli.train:train", "Practise coding on a day that is played as text; compare two codings."),
    "list": ("shadowlog.cli.look:list_", "List studies and their observations."),
    "show": ("shadowlog.cli.look:show", "Show an observation, episode by episode."),
    "summary": ("shadowlog.cli.breakdowns:summary", "Break observations down: how often, how long."),
    "compare": ("shadowlog.cli.compare:compare", "Set days, heads or observers side by side."),
    "agreement": ("shadowlog.cli.agreement:agreement", "Compare what two observers recorded of one day."),
    "questionnaire": (
        "shadowlog.cli.questionnaire:questionnaire",
        "A two-scale questionnaire: now, importance, the gap; beside the observed days.",
    ),
    "budget": ("shadowlog.cli.budget:budget", "Time budget by behaviour: count, total, mean, spread, gaps, share."),
    "report": ("shadowlog.cli.report:report", "Write the head's report, one HTML page."),
    "page": ("shadowlog.cli.home:page", "Write the page that the head fills in at home."),
    "present": ("shadowlog.cli.present:present", "Write slides for a workshop of several heads."),
    "workshop": ("shadowlog.cli.workshop:workshop", "Keep what a room guessed, counted and told."),
    "consent": (
        "shadowlog.cli.consent:consent",
        "List what heads agreed to; record it anew, or that it was taken back.",
    ),
    "answers": ("shadowlog.cli.home:answers", "Take in the answers that the head's page saved."),
    "export": (
        "shadowlog.cli.move:export",
        "Write observations for other programs: CSV, lossless JSON, Parquet, TraMineR.",
    ),
    "import": ("shadowlog.cli.move:import_", "Read a timed day (CSV), a lossless JSON or a BORIS file."),
    "codebook": ("shadowlog.cli.codebook:codebook", "List, show and check coding schemes."),
    "settings": (
        "shadowlog.cli.settings:settings_",
        "Show the settings and the name of every act; write a file to edit.",
    ),
    "doctor": ("shadowlog.cli.care:doctor", "Look the database over; rebuild its tables from the journal."),
    "backup": ("shadowlog.cli.care:backup", "Copy the database, checked."),
    "restore": ("shadowlog.cli.care:restore", "Put a backup in the place of the database."),
    "replay": ("shadowlog.cli.replay:replay", ""),
}
"""Every command: where it is, and the line that --help shows without importing it. An empty line hides it."""


class Commands(click.Group):
    """A group that imports a command only when it is run or asked for help, so that --help itself is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of a day's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command by its name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items() if line])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  shadowlog demo --no-tui      Every command has its own --help with an example.",
)
@click.option("--db", metavar="PATH", help="The database; else $SHADOWLOG_DB, else the platform's data folder.")
@click.version_option(__version__, prog_name="shadowlog")
@click.pass_context
def cli(ctx: click.Context, db: str | None) -> None:
    """Follow a headteacher for a day, log every interaction as it happens, and hand the day back as a picture.

    Without a command, the home screen opens.
    """
    from shadowlog import paths

    ctx.obj = paths.database(db)
    if ctx.invoked_subcommand is None:
        from shadowlog.cli.screens import home

        home(ctx.obj)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code: 0 done, 1 refused, 2 bad input, 3 not found, 4 the database, 70 a fault."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, never half a page.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except ShadowlogError as error:
        _complain(str(error))
        return error.exit_code
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        click.echo(clean(told.getvalue(), lines=True), err=True, nl=False)
        return error.exit_code
    except click.Abort:
        _complain("stopped.")
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        from shadowlog.cli import trouble

        # The file's name may be the user's own; it is theirs to see, and goes to no log.
        _complain(trouble.told(error))
        return 4
    except Exception as error:  # noqa: BLE001  the last door: no traceback, no values, only where it happened
        from shadowlog.cli import fault_log

        log = fault_log.note(error)
        _complain(f"{fault(error)}{f' It is in {log} too.' if log else ''}")
        return 70
    return code if isinstance(code, int) else 0


def _complain(text: str) -> None:
    click.echo(f"shadowlog: {clean(text, lines=True)}", err=True)


def fault(error: BaseException) -> str:
    """Say where an unforeseen error happened, without a value of any variable: those may be about people."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"
    return f"an error of the program ({type(error).__name__} at {place}). Nothing recorded is lost. Please report that line."


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run())
