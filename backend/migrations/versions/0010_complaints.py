"""Tables of the complaints domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _create_complaint()
    _create_complaint_step()


def _create_complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("spoken", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("resolve_by", sa.Date(), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_count", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("acknowledge_by <= resolve_by", name=op.f("ck_complaint_acknowledged_before_resolved")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.id"], name=op.f("fk_complaint_client_id_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"], ["member.client_id", "member.id"], name=op.f("fk_complaint_client_id_member_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_complaint_client_id_number")),
    )
    op.create_index(
        op.f("ix_complaint_client_id_member_id_created_at_id"),
        "complaint",
        ["client_id", "member_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_complaint_client_id_status_resolve_by_id"),
        "complaint",
        ["client_id", "status", "resolve_by", "id"],
        unique=False,
    )
    op.create_index(
        "ix_complaint_clock",
        "complaint",
        ["client_id", "resolve_by"],
        unique=False,
        postgresql_where=sa.text("status NOT IN ('resolved', 'closed') AND overdue_at IS NULL"),
    )
    protect("complaint")


def _create_complaint_step() -> None:
    op.create_table(
        "complaint_step",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "complaint_id"],
            ["complaint.client_id", "complaint.id"],
            name=op.f("fk_complaint_step_client_id_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_complaint_step")),
    )
    op.create_index(
        op.f("ix_complaint_step_client_id_complaint_id_created_at"),
        "complaint_step",
        ["client_id", "complaint_id", "created_at"],
        unique=False,
    )
    protect("complaint_step", insert_only=True)


def downgrade() -> None:
    op.drop_table("complaint_step")
    op.drop_table("complaint")
