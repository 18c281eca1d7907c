"""The proof that the tables are a projection: every journal folded again must give the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shadowlog.store import journal, library, projection
from shadowlog.store import tables as t
from shadowlog.store.engine import Store

Rows = dict[tuple[Any, ...], dict[str, Any]]

TABLES: tuple[type[t.Row], ...] = (*library.STUDY_TABLES, *projection.DAY_TABLES)
"""Every table that the journal gives again, in an order in which they can be filled."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not what the journal gives: never its values, which may name people."""

    table: str
    id: str
    what: str
    """missing, stray or changed."""


def rebuild(store: Store, *, repair: bool = True) -> tuple[Difference, ...]:
    """Fold every journal again and, where rows differ, put the folded ones in their place, all or nothing.

    Without `repair` it only looks, and the store may be open for viewing. Damaged where a chain does not hold.
    """
    with store.write() if repair else store.read() as connection:
        expected = _expected(store, connection)
        found = {row: _keyed(row, _stored(connection, row)) for row in TABLES}
        differences = tuple(each for row in TABLES for each in _compare(row, expected[row], found[row]))
        if repair and differences:
            _replace(connection, expected)
    return differences


def _expected(store: Store, connection: sa.Connection) -> dict[type[t.Row], Rows]:
    """What the journal gives, study by study and day by day."""
    found: dict[type[t.Row], Rows] = {row: {} for row in TABLES}
    for study, command in library.told(store, connection):
        for row, values in library.rows_of(study, command):
            found[row].update(_keyed(row, [values]))
        # What a day is folded with is what the journal says, not what a table holds.
        store.codebooks.update(study.codebooks)
    for observation in found[t.Observation].values():
        day = journal.fold_day(store, connection, journal.as_planned(store, connection, observation))
        observation.update(projection.state_row(day))
        for row, many in projection.rows_of(day).items():
            found[row].update(_keyed(row, many))
    return found


def _key(row: type[t.Row], values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values[column.name] for column in t.table(row).primary_key.columns)


def _keyed(row: type[t.Row], many: Iterable[dict[str, Any]]) -> Rows:
    return {_key(row, values): values for values in many}


def _stored(connection: sa.Connection, row: type[t.Row]) -> list[dict[str, Any]]:
    names = [column.name for column in t.table(row).columns]
    return [dict(zip(names, each, strict=True)) for each in connection.execute(sa.select(t.table(row)))]


def _compare(row: type[t.Row], expected: Rows, found: Rows) -> list[Difference]:
    differences = []
    for key in sorted({*expected, *found}):
        if expected.get(key) != found.get(key):
            what = "missing" if key not in found else "stray" if key not in expected else "changed"
            differences.append(Difference(t.table(row).name, "/".join(map(str, key)), what))
    return differences


def _replace(connection: sa.Connection, expected: dict[type[t.Row], Rows]) -> None:
    for row in reversed(TABLES):
        connection.execute(sa.delete(t.table(row)))
    for row in TABLES:
        if values := list(expected[row].values()):
            connection.execute(sa.insert(t.table(row)), values)
