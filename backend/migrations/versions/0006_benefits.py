"""Tables of the benefits domain."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backend.migrations.tenancy import protect

revision = "0006"
down_revision = "0005"

_BENEFIT_TABLE = Path(__file__).resolve().parent.parent / "functions" / "api_member_benefits.sql"


def upgrade() -> None:
    _plan()
    op.create_foreign_key(
        "fk_enrolment_client_id_plan_id", "enrolment", "plan", ["client_id", "plan_id"], ["client_id", "id"]
    )
    _benefit()
    _benefit_limit()
    _utilisation_entry()
    op.execute(
        "CREATE FUNCTION money_json(p_minor bigint, p_currency text) RETURNS json LANGUAGE sql STABLE AS "
        "$$ SELECT CASE WHEN p_minor IS NOT NULL "
        "THEN json_build_object('amount_minor', p_minor, 'currency', p_currency) END $$"
    )
    op.execute(
        "CREATE FUNCTION in_language(p_names jsonb, p_language text) RETURNS text LANGUAGE sql IMMUTABLE AS "
        "$$ SELECT coalesce(p_names ->> p_language, p_names ->> 'en') $$"
    )
    # Through the driver's own cursor: the function has percent signs that are no placeholders.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(_BENEFIT_TABLE.read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP FUNCTION api_member_benefits")
    op.execute("DROP FUNCTION in_language")
    op.execute("DROP FUNCTION money_json")
    op.drop_constraint("fk_enrolment_client_id_plan_id", "enrolment")
    op.drop_table("utilisation_entry")
    op.drop_table("benefit_limit")
    op.drop_table("benefit")
    op.drop_table("plan")


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("names", JSONB, nullable=False),
        sa.Column("product", sa.String, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("network", sa.String),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.CheckConstraint("product IN ('managed_care', 'indemnity')", name="ck_plan_product"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_plan"),
        sa.UniqueConstraint("client_id", "code", "valid_from", name="uq_plan_client_id_code_valid_from"),
    )
    protect("plan")


def _benefit() -> None:
    op.create_table(
        "benefit",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("benefit_group", sa.String, nullable=False),
        sa.Column("names", JSONB, nullable=False),
        sa.Column("room_class", sa.String),
        sa.Column("room_rate_minor", sa.BigInteger),
        sa.Column("prorata", sa.String, nullable=False),
        sa.Column("co_payment", JSONB),
        sa.Column("deductible", JSONB),
        sa.Column("waiting_days", sa.Integer, nullable=False),
        sa.Column("waiting_by_condition", JSONB, nullable=False),
        sa.Column("exclusions", JSONB, nullable=False),
        sa.Column("referral_required", sa.Boolean, nullable=False),
        sa.Column("network_only", sa.Boolean, nullable=False),
        sa.Column("reimbursable", sa.Boolean, nullable=False),
        sa.Column("approval_required", sa.Boolean, nullable=False),
        sa.CheckConstraint(
            "benefit_group IN ('inpatient', 'outpatient', 'dental', 'maternity', 'optical', "
            "'pharmacy', 'medical_checkup', 'emergency', 'ambulance', 'guarantee')",
            name="ck_benefit_benefit_group",
        ),
        sa.CheckConstraint("prorata IN ('none', 'room', 'room_linked')", name="ck_benefit_prorata"),
        sa.CheckConstraint("waiting_days >= 0", name="ck_benefit_waiting_days"),
        sa.ForeignKeyConstraint(
            ["client_id", "plan_id"], ["plan.client_id", "plan.id"], name="fk_benefit_client_id_plan_id"
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_benefit"),
        sa.UniqueConstraint("client_id", "plan_id", "code", name="uq_benefit_client_id_plan_id_code"),
    )
    protect("benefit")


def _benefit_limit() -> None:
    op.create_table(
        "benefit_limit",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("benefit_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("years", sa.SmallInteger, nullable=False),
        sa.Column("shared_by", sa.String, nullable=False),
        sa.Column("pool", sa.String),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("count", sa.Integer),
        sa.CheckConstraint("basis IN ('day', 'visit', 'case', 'year', 'lifetime')", name="ck_benefit_limit_basis"),
        sa.CheckConstraint("shared_by IN ('person', 'family')", name="ck_benefit_limit_shared_by"),
        sa.CheckConstraint("amount_minor >= 0 AND count >= 0 AND years > 0", name="ck_benefit_limit_figures"),
        sa.CheckConstraint("amount_minor IS NOT NULL OR count IS NOT NULL", name="ck_benefit_limit_something"),
        sa.ForeignKeyConstraint(
            ["client_id", "benefit_id"],
            ["benefit.client_id", "benefit.id"],
            name="fk_benefit_limit_client_id_benefit_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_benefit_limit"),
    )
    op.create_index("ix_benefit_limit_client_id_benefit_id", "benefit_limit", ["client_id", "benefit_id"])
    protect("benefit_limit")


def _utilisation_entry() -> None:
    op.create_table(
        "utilisation_entry",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("benefit_id", sa.Uuid, nullable=False),
        sa.Column("benefit_code", sa.String, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("employee_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("case_key", sa.String),
        sa.Column("source_type", sa.String, nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.CheckConstraint("kind IN ('hold', 'release', 'consume', 'reverse')", name="ck_utilisation_entry_kind"),
        sa.CheckConstraint("amount_minor >= 0 AND count >= 0", name="ck_utilisation_entry_figures"),
        sa.ForeignKeyConstraint(
            ["client_id", "benefit_id"],
            ["benefit.client_id", "benefit.id"],
            name="fk_utilisation_entry_client_id_benefit_id",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "employee_id"],
            ["member.client_id", "member.id"],
            name="fk_utilisation_entry_client_id_employee_id",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name="fk_utilisation_entry_client_id_member_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_utilisation_entry"),
        sa.UniqueConstraint("client_id", "key", name="uq_utilisation_entry_client_id_key"),
    )
    op.create_index(
        "ix_utilisation_entry_client_id_employee_id_happened_on",
        "utilisation_entry",
        ["client_id", "employee_id", "happened_on"],
    )
    op.create_index(
        "ix_utilisation_entry_client_id_source_type_source_id",
        "utilisation_entry",
        ["client_id", "source_type", "source_id"],
    )
    protect("utilisation_entry", insert_only=True)
