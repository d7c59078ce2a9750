"""The chain of referrals: codes, steps, visits, medicine of the chronically ill, and what members ask for."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    _create_referral()
    _create_referral_step()
    _create_referral_visit()
    _create_chronic_supply()
    _create_referral_request()


def _create_referral() -> None:
    op.create_table("referral", *_columns(), *_constraints())
    _create_indexes()
    protect("referral")


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=True),
        sa.Column("from_tier", sa.String(), nullable=False),
        sa.Column("from_provider_id", sa.Uuid(), nullable=True),
        sa.Column("to_tier", sa.String(), nullable=False),
        sa.Column("to_provider_id", sa.Uuid(), nullable=True),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("diagnosis_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("doctor", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("visits_allowed", sa.SmallInteger(), nullable=False),
        sa.Column("visits_used", sa.SmallInteger(), nullable=False),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("return_until", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("certified_by", sa.String(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("(kind = 'back') = (condition IS NOT NULL)", name=op.f("ck_referral_condition")),
        sa.CheckConstraint("from_tier IN ('ppk1', 'ppk2', 'ppk3')", name=op.f("ck_referral_from_tier")),
        sa.CheckConstraint("kind IN ('tiered', 'onward', 'continuation', 'back')", name=op.f("ck_referral_kind")),
        sa.CheckConstraint(
            "origin IN ('facility', 'telemedicine', 'reimbursed_visit', 'helpline')", name=op.f("ck_referral_origin")
        ),
        sa.CheckConstraint(
            "state IN ('issued', 'accepted', 'completed', 'expired', 'cancelled')", name=op.f("ck_referral_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'completed') OR accepted_by IS NOT NULL", name=op.f("ck_referral_accepted_by")
        ),
        sa.CheckConstraint("to_tier IN ('ppk1', 'ppk2', 'ppk3')", name=op.f("ck_referral_to_tier")),
        sa.CheckConstraint("(accepted_by IS NULL) = (accepted_at IS NULL)", name=op.f("ck_referral_accepted")),
        sa.CheckConstraint("earlier_id IS NOT NULL OR chain_id = id", name=op.f("ck_referral_first_of_chain")),
        sa.CheckConstraint("earlier_id IS NULL OR earlier_id <> id", name=op.f("ck_referral_follows_another")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_referral_period")),
        sa.CheckConstraint("visits_used BETWEEN 0 AND visits_allowed", name=op.f("ck_referral_visits")),
        sa.ForeignKeyConstraint(["accepted_by"], ["provider.id"], name=op.f("fk_referral_accepted_by")),
        sa.ForeignKeyConstraint(
            ["client_id", "earlier_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_referral_client_id_earlier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"], ["member.client_id", "member.id"], name=op.f("fk_referral_client_id_member_id")
        ),
        sa.ForeignKeyConstraint(["from_provider_id"], ["provider.id"], name=op.f("fk_referral_from_provider_id")),
        sa.ForeignKeyConstraint(["to_provider_id"], ["provider.id"], name=op.f("fk_referral_to_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_referral")),
        sa.UniqueConstraint("client_id", "code", name=op.f("uq_referral_client_id_code")),
    ]


def _create_indexes() -> None:
    op.create_index(
        op.f("ix_referral_client_id_accepted_by_created_at_id"),
        "referral",
        ["client_id", "accepted_by", "created_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_referral_client_id_chain_id"), "referral", ["client_id", "chain_id"], unique=False)
    op.create_index(
        op.f("ix_referral_client_id_from_provider_id_created_at_id"),
        "referral",
        ["client_id", "from_provider_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_referral_client_id_member_id_created_at_id"),
        "referral",
        ["client_id", "member_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_referral_client_id_to_provider_id_created_at_id"),
        "referral",
        ["client_id", "to_provider_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_referral_clock",
        "referral",
        ["client_id", "valid_until", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('issued', 'accepted')"),
    )
    op.create_index(
        "uq_referral_paid_visit",
        "referral",
        ["client_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("origin = 'reimbursed_visit' AND state <> 'cancelled'"),
    )


def _create_referral_step() -> None:
    op.create_table(
        "referral_step",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('issued', 'accepted', 'visited', 'supplied', 'completed', 'expired', 'cancelled')",
            name=op.f("ck_referral_step_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "referral_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_referral_step_client_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_referral_step_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_referral_step")),
    )
    op.create_index(
        op.f("ix_referral_step_client_id_referral_id_created_at"),
        "referral_step",
        ["client_id", "referral_id", "created_at"],
        unique=False,
    )
    protect("referral_step", insert_only=True)


def _create_referral_visit() -> None:
    op.create_table(
        "referral_visit",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "referral_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_referral_visit_client_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_referral_visit_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_referral_visit")),
        sa.UniqueConstraint(
            "client_id", "referral_id", "visited_on", name=op.f("uq_referral_visit_client_id_referral_id_visited_on")
        ),
    )
    protect("referral_visit", insert_only=True)


def _create_chronic_supply() -> None:
    op.create_table(
        "chronic_supply",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("dispensed_on", sa.Date(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_chronic_supply_days")),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_chronic_supply_client_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "referral_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_chronic_supply_client_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_chronic_supply_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_chronic_supply")),
        sa.UniqueConstraint(
            "client_id",
            "referral_id",
            "dispensed_on",
            name=op.f("uq_chronic_supply_client_id_referral_id_dispensed_on"),
        ),
    )
    op.create_index(
        op.f("ix_chronic_supply_client_id_member_id_dispensed_on"),
        "chronic_supply",
        ["client_id", "member_id", "dispensed_on"],
        unique=False,
    )
    protect("chronic_supply", insert_only=True)


def _create_referral_request() -> None:
    op.create_table(
        "referral_request",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("earlier_id", sa.Uuid(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'issued') = (referral_id IS NOT NULL)", name=op.f("ck_referral_request_issued")),
        sa.CheckConstraint(
            "kind IN ('tiered', 'onward', 'continuation', 'back')", name=op.f("ck_referral_request_kind")
        ),
        sa.CheckConstraint("state IN ('open', 'issued', 'refused')", name=op.f("ck_referral_request_state")),
        sa.ForeignKeyConstraint(
            ["client_id", "case_id"],
            ["helpline_case.client_id", "helpline_case.id"],
            name=op.f("fk_referral_request_client_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.id"],
            name=op.f("fk_referral_request_client_id_claim_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "earlier_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_referral_request_client_id_earlier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_referral_request_client_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "referral_id"],
            ["referral.client_id", "referral.id"],
            name=op.f("fk_referral_request_client_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_referral_request_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_referral_request")),
    )
    op.create_index(
        op.f("ix_referral_request_client_id_member_id_created_at_id"),
        "referral_request",
        ["client_id", "member_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_referral_request_open",
        "referral_request",
        ["client_id", "member_id", "kind", "specialty"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    protect("referral_request")


def downgrade() -> None:
    for table in ("referral_request", "chronic_supply", "referral_visit", "referral_step", "referral"):
        op.drop_table(table)
