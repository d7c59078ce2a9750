"""Dossiers of complaints."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "complaint_dossier",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("told_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_role", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=True),
        sa.Column("head", sa.String(), nullable=True),
        sa.Column("pdf_bytes", sa.Integer(), nullable=True),
        sa.Column("zip_bytes", sa.Integer(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reader IN ('member', 'regulator', 'ombudsman', 'internal')", name=op.f("ck_complaint_dossier_reader")
        ),
        sa.CheckConstraint("state IN ('waiting', 'ready')", name=op.f("ck_complaint_dossier_state")),
        sa.CheckConstraint(
            "state = 'waiting' OR (made_at IS NOT NULL AND head IS NOT NULL)",
            name=op.f("ck_complaint_dossier_ready_is_made"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "complaint_id"],
            ["complaint.client_id", "complaint.id"],
            name=op.f("fk_complaint_dossier_client_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "told_by_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_complaint_dossier_client_id_told_by_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_complaint_dossier")),
    )
    for columns in (["complaint_id", "created_at"], ["keep_until"]):
        op.create_index(
            op.f("_".join(["ix_complaint_dossier_client_id", *columns])), "complaint_dossier", ["client_id", *columns]
        )
    op.create_index(
        "uq_complaint_dossier_waiting",
        "complaint_dossier",
        ["client_id", "complaint_id", "reader", "language", "told_by_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    protect("complaint_dossier")


def downgrade() -> None:
    op.drop_table("complaint_dossier")
