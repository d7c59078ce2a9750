"""Tables of the helpline domain: cases and what happened to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "helpline_case",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("priority IN ('urgent', 'high', 'normal')", name=op.f("ck_helpline_case_priority")),
        sa.CheckConstraint("state IN ('open', 'taken', 'closed')", name=op.f("ck_helpline_case_state")),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_helpline_case_client_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_helpline_case")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_helpline_case_client_id_number")),
    )
    op.create_index("ix_helpline_case_conversation", "helpline_case", ["client_id", "conversation_id"], unique=False)
    op.create_index("ix_helpline_case_member", "helpline_case", ["client_id", "member_id"], unique=False)
    op.create_index(
        "ix_helpline_case_queue", "helpline_case", ["client_id", "state", "rank", "created_at"], unique=False
    )
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "case_id"],
            ["helpline_case.client_id", "helpline_case.id"],
            name=op.f("fk_case_event_client_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_case_event")),
    )
    op.create_index("ix_case_event_case", "case_event", ["client_id", "case_id", "created_at"], unique=False)
    protect("helpline_case")
    protect("case_event", insert_only=True)


def downgrade() -> None:
    op.drop_table("case_event")
    op.drop_table("helpline_case")
