"""Tables of the clients domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect, share

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _client()
    _contract()
    _plan_year()
    _hr_contact()


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


def _client() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("languages", postgresql.JSONB(), nullable=False),
        sa.Column("default_language", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_client"),
        sa.UniqueConstraint("slug", name="uq_client_slug"),
    )
    share("client")


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("number", sa.String, nullable=False),
        sa.Column("product", sa.String, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("terms", postgresql.JSONB(), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="ex_contract_period",
        ),
        sa.CheckConstraint("product IN ('managed_care', 'indemnity')", name="ck_contract_product"),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_contract_period"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_contract_client_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_contract"),
        sa.UniqueConstraint("client_id", "number", name="uq_contract_client_id_number"),
    )
    protect("contract")


def _plan_year() -> None:
    op.create_table(
        "plan_year",
        sa.Column("contract_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="ex_plan_year_period",
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_plan_year_period"),
        sa.ForeignKeyConstraint(
            ["client_id", "contract_id"],
            ["contract.client_id", "contract.id"],
            name="fk_plan_year_client_id_contract_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_plan_year"),
    )
    op.create_index("ix_plan_year_client_id_contract_id", "plan_year", ["client_id", "contract_id"])
    protect("plan_year")


def _hr_contact() -> None:
    op.create_table(
        "hr_contact",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("phone", sa.String),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_hr_contact_client_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_hr_contact"),
        sa.UniqueConstraint("client_id", "email", name="uq_hr_contact_client_id_email"),
    )
    protect("hr_contact")
