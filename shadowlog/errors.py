"""What went wrong and what to do about it: every error a user can meet is one of these."""

from __future__ import annotations


class ShadowlogError(Exception):
    """An error for the user: one sentence of what happened, one of what to do. Never holds personal data."""

    exit_code = 1

    def __init__(self, what: str, cure: str = "") -> None:
        ended = what if not cure or what.endswith((".", "?", "!", ":")) else f"{what}."
        super().__init__(f"{ended} {cure}".strip())
        self.what = what
        self.cure = cure


class Refused(ShadowlogError):
    """The recorder does not do this to the day as it stands; the day is unchanged."""


class BadInput(ShadowlogError):
    """Something that came in from outside is wrong; nothing was written. `where` names file, line and column."""

    exit_code = 2

    def __init__(self, what: str, cure: str = "", where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what, cure)
        self.where = where


class NotFound(ShadowlogError):
    """What was asked for is not there."""

    exit_code = 3


class StoreError(ShadowlogError):
    """The database cannot be used as asked."""

    exit_code = 4


class Busy(StoreError):
    """Another program holds the database."""


class Damaged(StoreError):
    """The database is damaged; it is never opened for writing."""


class NewerDatabase(StoreError):
    """The database was made by a newer version."""


class ReadOnly(StoreError):
    """The database can be read but not written."""
