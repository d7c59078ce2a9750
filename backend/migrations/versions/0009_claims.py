"""Tables of the claims domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create_claim()
    _create_claim_line()
    _create_claim_document()
    _create_claim_event()


def _create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_group", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("discharge_on", sa.Date(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.String(), nullable=True),
        sa.Column("place_region", sa.String(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("claimed_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("circumstances", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("missing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("requested", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("flags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submit_by", sa.Date(), nullable=True),
        sa.Column("resubmit_by", sa.Date(), nullable=True),
        sa.Column("settle_by", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status = 'draft' OR status = 'withdrawn' OR submitted_at IS NOT NULL", name=op.f("ck_claim_submitted_at")
        ),
        sa.CheckConstraint("claimed_minor > 0", name=op.f("ck_claim_claimed_positive")),
        sa.CheckConstraint("discharge_on >= visit_on", name=op.f("ck_claim_discharge_after_visit")),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"], ["member.client_id", "member.id"], name=op.f("fk_claim_client_id_member_id")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_claim_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_claim")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_claim_client_id_number")),
    )
    op.create_index(
        op.f("ix_claim_client_id_member_id_created_at_id"),
        "claim",
        ["client_id", "member_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_claim_client_id_status_submitted_at_id"),
        "claim",
        ["client_id", "status", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_claim_invoice",
        "claim",
        ["client_id", "visit_on", "claimed_minor"],
        unique=False,
        postgresql_where=sa.text("invoice_number IS NOT NULL"),
    )
    protect("claim")


def _create_claim_line() -> None:
    op.create_table(
        "claim_line",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("proposed_by_document_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_claim_line_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.id"], name=op.f("fk_claim_line_client_id_claim_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_claim_line")),
        sa.UniqueConstraint(
            "client_id", "claim_id", "position", name=op.f("uq_claim_line_client_id_claim_id_position")
        ),
    )
    protect("claim_line")


def _create_claim_document() -> None:
    op.create_table(
        "claim_document",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.id"],
            name=op.f("fk_claim_document_client_id_claim_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "document_id"],
            ["document.client_id", "document.id"],
            name=op.f("fk_claim_document_client_id_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_claim_document")),
        sa.UniqueConstraint(
            "client_id",
            "claim_id",
            "document_id",
            "requirement",
            name=op.f("uq_claim_document_client_id_claim_id_document_id_requirement"),
        ),
    )
    op.create_index(
        op.f("ix_claim_document_client_id_document_id"), "claim_document", ["client_id", "document_id"], unique=False
    )
    protect("claim_document")


def _create_claim_event() -> None:
    op.create_table(
        "claim_event",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("missing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.id"], name=op.f("fk_claim_event_client_id_claim_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_claim_event")),
    )
    op.create_index(
        op.f("ix_claim_event_client_id_claim_id_created_at"),
        "claim_event",
        ["client_id", "claim_id", "created_at"],
        unique=False,
    )
    protect("claim_event", insert_only=True)


def downgrade() -> None:
    op.drop_table("claim_event")
    op.drop_table("claim_document")
    op.drop_table("claim_line")
    op.drop_table("claim")
