"""The first tables: the journal with its chains and triggers, studies, and the projection of every day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT = (
    *("id", "stream", "writer", "sequence", "kind", "version", "at", "said_wall", "said_mono", "said_boot", "author"),
    *("previous", "hash", "skeleton_digest", "content_digest"),
)
SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
REFUSE = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
TAKEN = """EXISTS (SELECT 1 FROM journal WHERE id = NEW.id
    OR (stream = NEW.stream AND writer = NEW.writer AND sequence = NEW.sequence))"""
ERASED = f"""({SAME}
    AND NEW.content IS NULL AND NEW.content_salt IS NULL
    AND ((NEW.skeleton IS OLD.skeleton AND NEW.skeleton_salt IS OLD.skeleton_salt)
        OR (NEW.skeleton IS NULL AND NEW.skeleton_salt IS NULL)))"""
TRIGGERS = (
    f"CREATE TRIGGER journal_adds BEFORE INSERT ON journal WHEN {TAKEN} {REFUSE}",
    f"CREATE TRIGGER journal_keeps BEFORE DELETE ON journal {REFUSE}",
    f"CREATE TRIGGER journal_erases BEFORE UPDATE ON journal WHEN NOT {ERASED} {REFUSE}",
)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "chain",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "writer", name="pk_chain"),
    )
    op.create_table(
        "codebook",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_codebook"),
    )
    op.create_table(
        "draft",
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("episode", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("observation", name="pk_draft"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("said_wall", sa.BigInteger(), nullable=False),
        sa.Column("said_mono", sa.BigInteger(), nullable=False),
        sa.Column("said_boot", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("skeleton", sa.Text(), nullable=True),
        sa.Column("skeleton_salt", sa.String(), nullable=True),
        sa.Column("skeleton_digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("content_salt", sa.String(), nullable=True),
        sa.Column("content_digest", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("stream", "writer", "sequence", name="uq_journal_stream_writer_sequence"),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_journal_sequence")),
        sa.CheckConstraint("content IS NULL OR content_salt IS NOT NULL", name=op.f("ck_journal_content_salt")),
        sa.CheckConstraint("skeleton IS NULL OR skeleton_salt IS NOT NULL", name=op.f("ck_journal_skeleton_salt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "study",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("retention", sa.String(), nullable=False),
        sa.Column("founded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_study"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("layers", sa.String(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.ForeignKeyConstraint(
            ["study"], ["study.id"], name="fk_consent_study", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_table(
        "head",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("study", "code", name="pk_head"),
        sa.ForeignKeyConstraint(["study"], ["study.id"], name="fk_head_study", deferrable=True, initially="DEFERRED"),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("observer", sa.String(), nullable=False),
        sa.Column("codebook", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("periods", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.CheckConstraint("state IN ('planned', 'recording', 'closed')", name=op.f("ck_observation_state")),
        sa.ForeignKeyConstraint(
            ["study"], ["study.id"], name="fk_observation_study", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["codebook"], ["codebook.digest"], name="fk_observation_codebook", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_observation_study", "observation", ["study"])
    op.create_table(
        "observer",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("study", "code", name="pk_observer"),
        sa.ForeignKeyConstraint(
            ["study"], ["study.id"], name="fk_observer_study", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.ForeignKeyConstraint(
            ["observation"], ["observation.id"], name="fk_contact_observation", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_contact_observation", "contact", ["observation"])
    op.create_table(
        "episode",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("initiator", sa.String(), nullable=True),
        sa.Column("medium", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("lead", sa.String(), nullable=True),
        sa.Column("influence", sa.String(), nullable=True),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("interrupts", sa.String(), nullable=True),
        sa.Column("concurrent", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("duration_known", sa.Boolean(), nullable=False),
        sa.Column("entered", sa.BigInteger(), nullable=True),
        sa.Column("amended", sa.Boolean(), nullable=False),
        sa.Column("verification", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_episode"),
        sa.CheckConstraint(
            "verification IN ('agree', 'amend', 'dispute', 'strike')", name=op.f("ck_episode_verification")
        ),
        sa.ForeignKeyConstraint(
            ["observation"], ["observation.id"], name="fk_episode_observation", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["interrupts"], ["episode.id"], name="fk_episode_interrupts", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_episode_interrupts", "episode", ["interrupts"])
    op.create_index("ix_episode_observation", "episode", ["observation"])
    op.create_table(
        "gap",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.CheckConstraint("state IN ('gap', 'off', 'unseen')", name=op.f("ck_gap_state")),
        sa.CheckConstraint("ended >= started", name=op.f("ck_gap_ended")),
        sa.ForeignKeyConstraint(
            ["observation"], ["observation.id"], name="fk_gap_observation", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_gap_observation", "gap", ["observation", "started"])
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("episode", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("incident", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.ForeignKeyConstraint(
            ["observation"], ["observation.id"], name="fk_note_observation", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["episode"], ["episode.id"], name="fk_note_episode", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_note_episode", "note", ["episode"])
    op.create_index("ix_note_observation", "note", ["observation"])
    op.create_table(
        "party",
        sa.Column("episode", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("joined", sa.BigInteger(), nullable=True),
        sa.Column("left", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("episode", "position", name="pk_party"),
        sa.ForeignKeyConstraint(
            ["episode"], ["episode.id"], name="fk_party_episode", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_table(
        "spell",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("episode", sa.String(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("concurrent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spell"),
        sa.CheckConstraint("ended >= started", name=op.f("ck_spell_ended")),
        sa.ForeignKeyConstraint(
            ["observation"], ["observation.id"], name="fk_spell_observation", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["episode"], ["episode.id"], name="fk_spell_episode", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_spell_episode", "spell", ["episode"])
    op.create_index("ix_spell_observation", "spell", ["observation", "started"])
    op.create_index(
        "ux_spell_open",
        "spell",
        ["observation", "concurrent"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(sa.text(trigger))
