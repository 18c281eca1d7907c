"""What keeps the journal append-only, whoever writes to the database: old rows may only lose what is erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

KEPT = (
    *("id", "stream", "writer", "sequence", "kind", "version", "at", "said_wall", "said_mono", "said_boot", "author"),
    *("previous", "hash", "skeleton_digest", "content_digest"),
)
"""The columns that never change."""

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
# INSERT OR REPLACE would delete without asking the trigger on deletion.
_TAKEN = """EXISTS (SELECT 1 FROM journal WHERE id = NEW.id
    OR (stream = NEW.stream AND writer = NEW.writer AND sequence = NEW.sequence))"""
_ERASED = f"""({_SAME}
    AND NEW.content IS NULL AND NEW.content_salt IS NULL
    AND ((NEW.skeleton IS OLD.skeleton AND NEW.skeleton_salt IS OLD.skeleton_salt)
        OR (NEW.skeleton IS NULL AND NEW.skeleton_salt IS NULL)))"""

TRIGGERS = (
    f"CREATE TRIGGER journal_adds BEFORE INSERT ON journal WHEN {_TAKEN} {_REFUSE}",
    f"CREATE TRIGGER journal_keeps BEFORE DELETE ON journal {_REFUSE}",
    f"CREATE TRIGGER journal_erases BEFORE UPDATE ON journal WHEN NOT {_ERASED} {_REFUSE}",
)


def add_triggers(_: sa.Table, connection: sa.Connection, **__: Any) -> None:
    """Put the triggers beside the journal just made."""
    if connection.dialect.name == "sqlite":
        for trigger in TRIGGERS:
            connection.exec_driver_sql(trigger)
