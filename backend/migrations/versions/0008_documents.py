"""Tables of the documents domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid()),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("upload_key", sa.String()),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("refusal", sa.String()),
        sa.Column("pages", sa.Integer()),
        sa.Column("quality", postgresql.JSONB(), nullable=False),
        sa.Column("first_answer", postgresql.JSONB(), nullable=False),
        sa.Column("extracted", postgresql.JSONB(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('received', 'ready', 'refused')", name=op.f("ck_document_state")),
        sa.CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name=op.f("ck_document_refusal_has_a_reason")),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_document_bytes_positive")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_document_client_id_client")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "client_id", "uploaded_by", "upload_key", name=op.f("uq_document_client_id_uploaded_by_upload_key")
        ),
    )
    op.create_index(op.f("ix_document_client_id_fingerprint"), "document", ["client_id", "fingerprint"])
    op.create_index(op.f("ix_document_client_id_keep_until"), "document", ["client_id", "keep_until"])
    protect("document")


def downgrade() -> None:
    op.drop_table("document")
