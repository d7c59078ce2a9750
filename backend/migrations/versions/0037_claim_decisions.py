"""Decisions on claims and their traces: judgements with their lines, who decided, appeals; how lines are coded."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backend.migrations.tenancy import protect

revision = "0037"
down_revision = "0036"

_SHARES = ("plan", "other", "member", "provider", "excess_cost", "excess_claim")


def upgrade() -> None:
    """Judgements belong to whatever asks for one; decisions and appeals to claims."""
    _judgement()
    _judgement_line()
    _claim_decision()
    _claim_appeal()
    op.add_column("claim", sa.Column("diagnosis", sa.String))
    op.add_column("claim", sa.Column("assessment", JSONB, nullable=False, server_default="{}"))
    op.alter_column("claim", "assessment", server_default=None)
    for column in ("benefit_code", "service_code", "diagnosis", "finding"):
        op.add_column("claim_line", sa.Column(column, sa.String))
    op.add_column("claim_line", sa.Column("item", sa.String, nullable=False, server_default="other"))
    op.alter_column("claim_line", "item", server_default=None)
    op.add_column("claim_line", sa.Column("accepted_minor", sa.BigInteger))
    op.create_check_constraint("ck_claim_line_accepted", "claim_line", "accepted_minor BETWEEN 0 AND amount_minor")


def downgrade() -> None:
    """Back to claims that nobody decides."""
    op.drop_constraint("ck_claim_line_accepted", "claim_line")
    for column in ("accepted_minor", "item", "finding", "diagnosis", "service_code", "benefit_code"):
        op.drop_column("claim_line", column)
    op.drop_column("claim", "assessment")
    op.drop_column("claim", "diagnosis")
    for table in ("claim_appeal", "claim_decision", "judgement_line", "judgement"):
        op.drop_table(table)


def _of_client() -> tuple[sa.Column, ...]:
    return (
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _shares() -> tuple[sa.Column, ...]:
    return tuple(sa.Column(f"{name}_minor", sa.BigInteger, nullable=False) for name in _SHARES)


def _judgement() -> None:
    op.create_table(
        "judgement",
        *_of_client(),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("source_type", sa.String, nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("cashless", sa.Boolean, nullable=False),
        sa.Column("case_key", sa.String),
        sa.Column("binding", sa.Boolean, nullable=False),
        sa.Column("billed_minor", sa.BigInteger, nullable=False),
        *_shares(),
        sa.Column("exclusions", JSONB, nullable=False),
        sa.CheckConstraint(
            "plan_minor + other_minor + member_minor + provider_minor = billed_minor", name="ck_judgement_adds_up"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"], ["member.client_id", "member.id"], name="fk_judgement_client_id_member_id"
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_judgement"),
    )
    op.create_index(
        "ix_judgement_client_id_source_type_source_id", "judgement", ["client_id", "source_type", "source_id"]
    )
    op.create_index(
        "ix_judgement_client_id_member_id_happened_on", "judgement", ["client_id", "member_id", "happened_on"]
    )
    protect("judgement")


def _judgement_line() -> None:
    op.create_table(
        "judgement_line",
        *_of_client(),
        sa.Column("judgement_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("line_key", sa.String, nullable=False),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("benefit_code", sa.String, nullable=False),
        sa.Column("billed_minor", sa.BigInteger, nullable=False),
        *_shares(),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("deductible_minor", sa.BigInteger, nullable=False),
        sa.Column("co_payment_minor", sa.BigInteger, nullable=False),
        sa.Column("steps", JSONB, nullable=False),
        sa.CheckConstraint(
            "plan_minor + other_minor + member_minor + provider_minor = billed_minor", name="ck_judgement_line_adds_up"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "judgement_id"],
            ["judgement.client_id", "judgement.id"],
            name="fk_judgement_line_client_id_judgement_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_judgement_line"),
        sa.UniqueConstraint(
            "client_id", "judgement_id", "position", name="uq_judgement_line_client_id_judgement_id_position"
        ),
    )
    protect("judgement_line", insert_only=True)


def _claim_decision() -> None:
    op.create_table(
        "claim_decision",
        *_of_client(),
        sa.Column("claim_id", sa.Uuid, nullable=False),
        sa.Column("judgement_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("confirmed_by", sa.Uuid),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("note", sa.String),
        sa.Column("payable_id", sa.Uuid),
        sa.CheckConstraint("kind IN ('automatic', 'analyst', 'appeal')", name="ck_claim_decision_kind"),
        sa.CheckConstraint("state IN ('waiting', 'in_force', 'replaced')", name="ck_claim_decision_state"),
        sa.CheckConstraint("kind = 'automatic' OR decided_by IS NOT NULL", name="ck_claim_decision_somebody"),
        sa.CheckConstraint("confirmed_by <> decided_by", name="ck_claim_decision_second_person"),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.id"], name="fk_claim_decision_client_id_claim_id"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "judgement_id"],
            ["judgement.client_id", "judgement.id"],
            name="fk_claim_decision_client_id_judgement_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_claim_decision"),
    )
    op.create_index(
        "ix_claim_decision_client_id_claim_id_created_at", "claim_decision", ["client_id", "claim_id", "created_at"]
    )
    op.create_index(
        "uq_claim_decision_open",
        "claim_decision",
        ["client_id", "claim_id", "state"],
        unique=True,
        postgresql_where=sa.text("state <> 'replaced'"),
    )
    protect("claim_decision")


def _claim_appeal() -> None:
    op.create_table(
        "claim_appeal",
        *_of_client(),
        sa.Column("claim_id", sa.Uuid, nullable=False),
        sa.Column("decision_id", sa.Uuid, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("answer_by", sa.Date, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.id"], name="fk_claim_appeal_client_id_claim_id"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "decision_id"],
            ["claim_decision.client_id", "claim_decision.id"],
            name="fk_claim_appeal_client_id_decision_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_claim_appeal"),
    )
    op.create_index(
        "uq_claim_appeal_open",
        "claim_appeal",
        ["client_id", "claim_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index("ix_claim_appeal_client_id_claim_id", "claim_appeal", ["client_id", "claim_id"])
    protect("claim_appeal")
