"""Tables of the conversations domain: threads, messages, raw events, calls, verification."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0013"
down_revision = "0012"

TABLES = ("conversation", "contact_identifier", "message", "inbound_event", "call", "verification")


def upgrade() -> None:
    _create_conversation()
    _create_inbound_event()
    _create_call()
    _create_contact_identifier()
    _create_message()
    _create_verification()
    op.create_foreign_key(
        "fk_helpline_case_client_id_conversation_id",
        "helpline_case",
        "conversation",
        ["client_id", "conversation_id"],
        ["client_id", "id"],
    )
    for table in TABLES:
        protect(table)


def downgrade() -> None:
    op.drop_constraint("fk_helpline_case_client_id_conversation_id", "helpline_case")
    op.drop_table("verification")
    op.drop_table("message")
    op.drop_table("contact_identifier")
    op.drop_table("call")
    op.drop_table("inbound_event")
    op.drop_table("conversation")


def _create_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "merged_into_id"],
            ["conversation.client_id", "conversation.id"],
            name=op.f("fk_conversation_client_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_conversation_client_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_conversation")),
    )
    op.create_index(
        "uq_conversation_member",
        "conversation",
        ["client_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("member_id IS NOT NULL AND merged_into_id IS NULL"),
    )


def _create_inbound_event() -> None:
    op.create_table(
        "inbound_event",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("vendor_key", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_inbound_event")),
        sa.UniqueConstraint("client_id", "kind", "vendor_key", name=op.f("uq_inbound_event_client_id_kind_vendor_key")),
    )
    op.create_index("ix_inbound_event_created", "inbound_event", ["client_id", "created_at"], unique=False)


def _create_call() -> None:
    op.create_table(
        "call",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.Column("last_turn", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "conversation_id"],
            ["conversation.client_id", "conversation.id"],
            name=op.f("fk_call_client_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_call")),
        sa.UniqueConstraint("client_id", "call_sid", name=op.f("uq_call_client_id_call_sid")),
        sa.UniqueConstraint("client_id", "token", name=op.f("uq_call_client_id_token")),
    )
    op.create_index("ix_call_conversation", "call", ["client_id", "conversation_id"], unique=False)


def _create_contact_identifier() -> None:
    op.create_table(
        "contact_identifier",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'bsuid', 'wa_id', 'device')", name=op.f("ck_contact_identifier_kind")),
        sa.ForeignKeyConstraint(
            ["client_id", "conversation_id"],
            ["conversation.client_id", "conversation.id"],
            name=op.f("fk_contact_identifier_client_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_contact_identifier")),
        sa.UniqueConstraint(
            "client_id", "channel", "kind", "value", name=op.f("uq_contact_identifier_client_id_channel_kind_value")
        ),
    )
    op.create_index(
        "ix_contact_identifier_conversation", "contact_identifier", ["client_id", "conversation_id"], unique=False
    )


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("args", postgresql.JSONB(), nullable=False),
        sa.Column("buttons", postgresql.JSONB(), nullable=False),
        sa.Column("media", postgresql.JSONB(), nullable=False),
        sa.Column("location", postgresql.JSONB(), nullable=True),
        sa.Column("intent", sa.String(), nullable=True),
        sa.Column("vendor_id", sa.String(), nullable=True),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("send_state", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("author IN ('member', 'bot', 'agent')", name=op.f("ck_message_author")),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_message_direction")),
        sa.ForeignKeyConstraint(
            ["client_id", "conversation_id"],
            ["conversation.client_id", "conversation.id"],
            name=op.f("fk_message_client_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("client_id", "vendor_id", name=op.f("uq_message_client_id_vendor_id")),
    )
    op.create_index("ix_message_answers", "message", ["client_id", "answers_id"], unique=False)
    op.create_index("ix_message_thread", "message", ["client_id", "conversation_id", "created_at", "id"], unique=False)


def _create_verification() -> None:
    op.create_table(
        "verification",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("identifier_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("session_key", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'verified', 'failed')", name=op.f("ck_verification_state")),
        sa.ForeignKeyConstraint(
            ["client_id", "conversation_id"],
            ["conversation.client_id", "conversation.id"],
            name=op.f("fk_verification_client_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_verification_client_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_verification")),
    )
    op.create_index(
        "ix_verification_conversation", "verification", ["client_id", "conversation_id", "created_at"], unique=False
    )
    op.create_index(
        "ix_verification_identifier", "verification", ["client_id", "identifier_id", "created_at"], unique=False
    )
