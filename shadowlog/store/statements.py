"""Statements of the key-press path: built and compiled once, then handed to the driver as they are."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from shadowlog.store.tables import Row, table


class Prepared:
    """A statement whose values go to the driver as they are, without being looked up and converted again each time."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        """Take a statement; it is compiled at its first use."""
        self._statement = statement
        self._text = ""

    def run(self, connection: sa.Connection, values: dict[str, Any] | list[dict[str, Any]]) -> sa.CursorResult[Any]:
        """Run it with named values, or once for each of several."""
        if not self._text:
            self._text = str(self._statement.compile(dialect=connection.dialect))
        return connection.exec_driver_sql(self._text, values)


def upsert(row: type[Row]) -> Prepared:
    """Give the statement that puts a row in, or in the place of the one with its key."""
    target = table(row)
    statement = insert(target)
    others = {c.name: statement.excluded[c.name] for c in target.columns if not c.primary_key}
    if not others:
        return Prepared(statement.on_conflict_do_nothing())
    return Prepared(statement.on_conflict_do_update(index_elements=list(target.primary_key.columns), set_=others))
