"""What the head guessed and valued, beside what was observed. Guesses and importances come as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from shadowlog.analysis.basis import share
from shadowlog.analysis.patterns import ValuedRow
from shadowlog.analysis.tables import Table
from shadowlog.errors import BadInput


def valued(
    table: Table, guesses: Mapping[str, float], importances: Mapping[str, float], *, by_time: bool = True
) -> tuple[ValuedRow, ...]:
    """A row for each heading of the table: the head's guess, what was observed, the importance given, and both gaps.

    Guesses are shares (0 to 1), of the window or, without `by_time`, of the episodes. Importances are on any scale that
    begins at 0 and are made shares of their sum. A gap is None where one side of it is. BadInput for a heading that the
    table does not have, and for a number that is no share or below 0.
    """
    known = {row.code for row in table.rows if row.code is not None}
    for name, given, most in (("guess", guesses, 1.0), ("importance", importances, float("inf"))):
        for code, value in given.items():
            if code not in known:
                raise BadInput(
                    f"there is no heading {code!r} for this {name}", f"Use one of {', '.join(sorted(known))}."
                )
            if not isfinite(value) or not 0 <= value <= most:
                range_ = "from 0 to 1" if most == 1 else "of 0 or more"
                raise BadInput(f"the {name} of {code!r} is {value}", f"Give a number {range_}.")
    total = sum(importances.values())
    made = []
    for row in table.rows:
        observed = row.time_share if by_time else row.count_share
        guess, importance = guesses.get(row.code or ""), importances.get(row.code or "")
        worth = None if importance is None else share(importance, total)
        made.append(
            ValuedRow(
                row.code, row.label, guess, observed, importance, worth, _gap(guess, observed), _gap(observed, worth)
            )
        )
    return tuple(made)


def _gap(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
