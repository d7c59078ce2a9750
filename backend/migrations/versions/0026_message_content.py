"""What people can tap on WhatsApp, as the vendor keeps it; and the rehearsal keeps the choices of a message."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "message_content",
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content_sid", sa.String(), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_message_content"),
        sa.UniqueConstraint("client_id", "language", "digest", name="uq_message_content_client_id_language_digest"),
    )
    protect("message_content")
    op.add_column("rehearsal_message", sa.Column("choices", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("rehearsal_message", "choices")
    op.drop_table("message_content")
