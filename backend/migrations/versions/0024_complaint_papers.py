"""Photos and PDFs beside a complaint."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "complaint_document",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "complaint_id"],
            ["complaint.client_id", "complaint.id"],
            name=op.f("fk_complaint_document_client_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "document_id"],
            ["document.client_id", "document.id"],
            name=op.f("fk_complaint_document_client_id_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_complaint_document")),
        sa.UniqueConstraint(
            "client_id",
            "complaint_id",
            "document_id",
            name=op.f("uq_complaint_document_client_id_complaint_id_document_id"),
        ),
    )
    op.create_index(
        op.f("ix_complaint_document_client_id_document_id"), "complaint_document", ["client_id", "document_id"]
    )
    protect("complaint_document")


def downgrade() -> None:
    op.drop_table("complaint_document")
