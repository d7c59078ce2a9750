"""Tables of the providers domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backend.migrations.tenancy import protect, share

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _provider()
    _network_provider()


def downgrade() -> None:
    op.drop_table("network_provider")
    op.drop_table("provider")


def _provider() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("search_name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("region_code", sa.String),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("city", sa.String, nullable=False),
        sa.Column("latitude", sa.Double()),
        sa.Column("longitude", sa.Double()),
        sa.Column("phone", sa.String),
        sa.Column("opening", JSONB, nullable=False),
        sa.Column("tier", sa.String),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.CheckConstraint(
            "kind IN ('clinic', 'hospital', 'laboratory', 'pharmacy', 'optician', 'dentist')", name="ck_provider_kind"
        ),
        sa.CheckConstraint("tier IS NULL OR tier IN ('ppk1', 'ppk2', 'ppk3')", name="ck_provider_tier"),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="ck_provider_place"),
        sa.PrimaryKeyConstraint("id", name="pk_provider"),
        sa.UniqueConstraint("country", "code", name="uq_provider_country_code"),
    )
    op.create_index("ix_provider_latitude_longitude", "provider", ["latitude", "longitude"])
    op.create_index(
        "ix_provider_search_name",
        "provider",
        ["search_name"],
        postgresql_using="gin",
        postgresql_ops={"search_name": "gin_trgm_ops"},
    )
    share("provider")


def _network_provider() -> None:
    op.create_table(
        "network_provider",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("network", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("cashless", sa.Boolean, nullable=False),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ck_network_provider_period"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_network_provider_provider_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_network_provider"),
        sa.UniqueConstraint(
            "client_id",
            "network",
            "provider_id",
            "valid_from",
            name="uq_network_provider_client_id_network_provider_id_valid_from",
        ),
    )
    op.create_index("ix_network_provider_client_id_provider_id", "network_provider", ["client_id", "provider_id"])
    protect("network_provider")
