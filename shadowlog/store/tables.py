"""The tables: the append-only journal, its chains, and the projection that folding the journal gives again.

Every time is in ms since the epoch (UTC). Changing a table here needs a migration beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from shadowlog.domain.terms import State, Verification
from shadowlog.store.triggers import add_triggers

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

PLANNED, RECORDING, CLOSED = "planned", "recording", "closed"


class Row(SQLModel):
    """What every table shares: the naming convention of its constraints."""

    metadata: ClassVar[sa.MetaData] = sa.MetaData(naming_convention=NAMES)


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """Give the rule that a column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=column)


def later(reference: str, target: str) -> sa.ForeignKeyConstraint:
    """Give a reference that is looked at when the transaction commits, so that rows may come in any order."""
    return sa.ForeignKeyConstraint([reference], [target], deferrable=True, initially="DEFERRED")


class Meta(Row, table=True):
    """What the database says of itself: the program's version and this device's id."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class Journal(Row, table=True):
    """One command. The hash covers everything but text, through salted digests, and the hash before it."""

    __tablename__ = "journal"
    __table_args__ = (
        sa.UniqueConstraint("stream", "writer", "sequence"),
        sa.CheckConstraint("sequence > 0", name="sequence"),
        sa.CheckConstraint("content IS NULL OR content_salt IS NOT NULL", name="content_salt"),
        sa.CheckConstraint("skeleton IS NULL OR skeleton_salt IS NOT NULL", name="skeleton_salt"),
        # Without a rowid nothing but the key can be replaced, and the trigger below guards the key.
        {"sqlite_with_rowid": False},
    )
    id: str = Field(primary_key=True)
    stream: str
    writer: str
    sequence: int = Field(sa_type=sa.BigInteger)
    kind: str
    version: int
    at: int = Field(sa_type=sa.BigInteger)
    said_wall: int = Field(sa_type=sa.BigInteger)
    said_mono: int = Field(sa_type=sa.BigInteger)
    said_boot: str
    author: str
    skeleton: str | None = Field(sa_type=sa.Text)
    skeleton_salt: str | None
    skeleton_digest: str
    content: str | None = Field(sa_type=sa.Text)
    content_salt: str | None
    content_digest: str | None
    previous: str
    hash: str


class Chain(Row, table=True):
    """The newest link of each writer's chain, so that rows missing at the end are noticed."""

    __tablename__ = "chain"
    stream: str = Field(primary_key=True)
    writer: str = Field(primary_key=True)
    sequence: int = Field(sa_type=sa.BigInteger)
    hash: str


class Study(Row, table=True):
    """A research project. `retention` is a date, as 2031-08-31."""

    __tablename__ = "study"
    id: str = Field(primary_key=True)
    name: str
    retention: str
    founded: int = Field(sa_type=sa.BigInteger)


class Head(Row, table=True):
    """A head, by code."""

    __tablename__ = "head"
    __table_args__ = (later("study", "study.id"),)
    study: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class Observer(Row, table=True):
    """An observer, by code."""

    __tablename__ = "observer"
    __table_args__ = (later("study", "study.id"),)
    study: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class Codebook(Row, table=True):
    """One version of a coding scheme as JSON, by its digest."""

    __tablename__ = "codebook"
    digest: str = Field(primary_key=True)
    id: str
    version: int
    name: str
    content: str = Field(sa_type=sa.Text)


class Consent(Row, table=True):
    """What a head agreed to: the date, the wording's version, how it was given, and the layers, as a JSON list."""

    __tablename__ = "consent"
    __table_args__ = (later("study", "study.id"),)
    id: str = Field(primary_key=True)
    study: str
    head: str
    date: str
    wording: str
    how: str
    layers: str
    recorded: int = Field(sa_type=sa.BigInteger)


class Observation(Row, table=True):
    """One observer's record of one head over one day. `periods` is a JSON list of (label, start, end) in minutes."""

    __tablename__ = "observation"
    __table_args__ = (
        one_of("state", (PLANNED, RECORDING, CLOSED)),
        later("study", "study.id"),
        later("codebook", "codebook.digest"),
        sa.Index("ix_observation_study", "study"),
    )
    id: str = Field(primary_key=True)
    study: str
    head: str
    observer: str
    codebook: str
    zone: str
    date: str
    periods: str
    consent: str
    state: str
    started: int | None = Field(sa_type=sa.BigInteger)
    ended: int | None = Field(sa_type=sa.BigInteger)


class Episode(Row, table=True):
    """An episode as it now stands. `codes` holds the dimensions that have no column, as JSON."""

    __tablename__ = "episode"
    __table_args__ = (
        one_of("verification", Verification),
        later("observation", "observation.id"),
        later("interrupts", "episode.id"),
        sa.Index("ix_episode_observation", "observation"),
        sa.Index("ix_episode_interrupts", "interrupts"),
    )
    id: str = Field(primary_key=True)
    observation: str
    activity: str | None
    mode: str | None
    initiator: str | None
    medium: str | None
    place: str | None
    lead: str | None
    influence: str | None
    codes: str
    room: str | None
    carried: bool
    interrupts: str | None
    concurrent: bool
    closed: bool
    unsure: bool
    duration_known: bool
    entered: int | None = Field(sa_type=sa.BigInteger)
    amended: bool
    verification: str | None


class Spell(Row, table=True):
    """One uninterrupted interval of an episode, by the switch that began it; `ended` null is still running."""

    __tablename__ = "spell"
    __table_args__ = (
        sa.CheckConstraint("ended >= started", name="ended"),
        later("observation", "observation.id"),
        later("episode", "episode.id"),
        sa.Index("ix_spell_episode", "episode"),
        # One open foreground spell, and one open concurrent one beside it.
        sa.Index(
            "ux_spell_open",
            "observation",
            "concurrent",
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        ),
        sa.Index("ix_spell_observation", "observation", "started"),
    )
    id: str = Field(primary_key=True)
    observation: str
    episode: str
    started: int = Field(sa_type=sa.BigInteger)
    ended: int | None = Field(sa_type=sa.BigInteger)
    concurrent: bool


class Gap(Row, table=True):
    """A stretch that is no episode's: a gap, off the record, or not observed."""

    __tablename__ = "gap"
    __table_args__ = (
        one_of("state", (State.GAP, State.OFF, State.UNSEEN)),
        sa.CheckConstraint("ended >= started", name="ended"),
        later("observation", "observation.id"),
        sa.Index("ix_gap_observation", "observation", "started"),
    )
    id: str = Field(primary_key=True)
    observation: str
    state: str
    started: int = Field(sa_type=sa.BigInteger)
    ended: int | None = Field(sa_type=sa.BigInteger)


class Party(Row, table=True):
    """One group present in an episode, in the order in which they were named."""

    __tablename__ = "party"
    __table_args__ = (later("episode", "episode.id"),)
    episode: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    role: str
    count: int | None
    person: str | None
    joined: int | None = Field(sa_type=sa.BigInteger)
    left: int | None = Field(sa_type=sa.BigInteger)


class Contact(Row, table=True):
    """A fleeting contact: counted, no duration."""

    __tablename__ = "contact"
    __table_args__ = (
        later("observation", "observation.id"),
        sa.Index("ix_contact_observation", "observation"),
    )
    id: str = Field(primary_key=True)
    observation: str
    at: int = Field(sa_type=sa.BigInteger)
    role: str
    place: str | None


class Note(Row, table=True):
    """A remark on an episode or, with none, on the day."""

    __tablename__ = "note"
    __table_args__ = (
        later("observation", "observation.id"),
        later("episode", "episode.id"),
        sa.Index("ix_note_observation", "observation"),
        sa.Index("ix_note_episode", "episode"),
    )
    id: str = Field(primary_key=True)
    observation: str
    at: int = Field(sa_type=sa.BigInteger)
    episode: str | None
    text: str = Field(sa_type=sa.Text)
    incident: bool


class Feedback(Row, table=True):
    """What was said of a day with its head: the newest answer to each question. `said` is its fields as JSON."""

    __tablename__ = "feedback"
    __table_args__ = (later("observation", "observation.id"), sa.Index("ix_feedback_observation", "observation"))
    id: str = Field(primary_key=True)
    observation: str
    question: str
    kind: str
    author: str
    at: int = Field(sa_type=sa.BigInteger)
    said: str = Field(sa_type=sa.Text)


class Draft(Row, table=True):
    """A half-typed note, kept so that a crash does not lose it; no part of the journal."""

    __tablename__ = "draft"
    observation: str = Field(primary_key=True)
    at: int = Field(sa_type=sa.BigInteger)
    episode: str | None
    text: str = Field(sa_type=sa.Text)


def table(row: type[Row]) -> sa.Table:
    """Give the table of a row class."""
    return Row.metadata.tables[str(row.__tablename__)]


sa.event.listen(table(Journal), "after_create", add_triggers)
