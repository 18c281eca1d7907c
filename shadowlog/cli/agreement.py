"""How far two observers of one day agree."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.options import HELP, OBSERVATION, opened, say
from shadowlog.domain.text import shown

if TYPE_CHECKING:
    from shadowlog.analysis.agreement import Agreement
    from shadowlog.store.engine import Store


class Seconds(click.FloatRange):
    """Seconds within a range. Click's own takes nan, which is neither below the one end nor above the other."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Give the seconds; click's BadParameter for what is none or is out of the range."""
        found: float = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{shown(str(value))} is no number of seconds.", param, ctx)
        return found


@click.command("agreement", context_settings=HELP, epilog="Example:  shadowlog agreement 6a07 91c2 --unit 10")
@click.argument("first", type=OBSERVATION)
@click.argument("second", type=OBSERVATION)
@click.option("--unit", type=Seconds(0.001, 3_600), default=1, show_default=True, help="Seconds of a unit.")
@click.option(
    "--tolerance", type=Seconds(0, 3_600), default=5, show_default=True, help="Seconds by which codings may be apart."
)
@click.option(
    "--offset",
    type=Seconds(-86_400, 86_400),
    help="Seconds to add to the second's times, 0 for none; else it is estimated, up to ten minutes.",
)
@click.option("--all", "every", is_flag=True, help="List every disagreement, not the 30 longest.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text; docs/agreement.md says what it holds.")
def agreement(
    first: str, second: str, unit: float, tolerance: float, offset: float | None, every: bool, as_json: bool
) -> None:
    """Compare what two observers recorded of one day: kappa, events side by side, lengths, and where they differ.

    It says something of two codings, and nothing of the head.
    """
    from shadowlog.analysis.agreement_words import agreement_lines
    from shadowlog.analysis.plain import plain

    with opened(writing=False) as store:
        found = compared(store, first, second, unit=unit, tolerance=tolerance, offset=offset)
    if as_json:
        told = {"format": "shadowlog-agreement", "version": 1, **plain(found)}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))
        return
    say("\n".join(agreement_lines(found, len(found.disagreements) if every else 30)))


def compared(
    store: Store, first: str, second: str, *, unit: float = 1, tolerance: float = 5, offset: float | None = None
) -> Agreement:
    """Compare two observations by their ids; times in seconds. Raises what `record_of` and `agreement` raise."""
    from shadowlog.analysis import agreement as analysis
    from shadowlog.cli.look import record_of

    one, other = (record_of(store, each) for each in (first, second))
    moved = None if offset is None else round(offset * 1_000)
    return analysis.agreement(one, other, unit=round(unit * 1_000), tolerance=round(tolerance * 1_000), offset=moved)
