"""What papers look like and what was done to them; standard prices of the market; providers unlike their peers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BIT, JSONB

from backend.migrations.tenancy import protect, share

revision = "0041"
down_revision = "0040"

_KINDS = ("facilities", "tariffs", "doctors", "rooms")
_OLD_NAME = "ck_provider_import_ck_provider_import_kind"
"""The naming convention had its prefix put twice."""


def upgrade() -> None:
    _papers()
    _market()
    _patterns()


def downgrade() -> None:
    for table in ("provider_pattern_rest", "provider_pattern", "market_price"):
        op.drop_table(table)
    _kinds_of_import("ck_provider_import_kind", _OLD_NAME, _KINDS)
    for table in ("page_likeness_piece", "page_likeness"):
        op.drop_table(table)
    op.drop_index("ix_document_read_total", "document")
    op.drop_index("ix_document_read_number", "document")
    for column in ("read_total", "read_on", "read_number", "marks"):
        op.drop_column("document", column)


def _papers() -> None:
    op.add_column("document", sa.Column("marks", JSONB, nullable=False, server_default="{}"))
    op.alter_column("document", "marks", server_default=None)
    op.add_column("document", sa.Column("read_number", sa.String))
    op.add_column("document", sa.Column("read_on", sa.Date))
    op.add_column("document", sa.Column("read_total", sa.BigInteger))
    op.create_index(
        "ix_document_read_number",
        "document",
        ["client_id", "read_number"],
        postgresql_where=sa.text("read_number IS NOT NULL"),
    )
    op.create_index(
        "ix_document_read_total",
        "document",
        ["client_id", "read_total", "read_on"],
        postgresql_where=sa.text("read_total > 0"),
    )
    _of_page(
        "page_likeness",
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("bits", BIT(256), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "document_id", "page", "turn", name="pk_page_likeness"),
    )
    _of_page(
        "page_likeness_piece",
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("piece", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "piece", "document_id", "page", name="pk_page_likeness_piece"),
    )
    op.create_index("ix_page_likeness_piece_document", "page_likeness_piece", ["client_id", "document_id"])


def _of_page(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["client_id", "document_id"],
            ["document.client_id", "document.id"],
            name=f"fk_{table}_client_id_document_id",
            ondelete="CASCADE",
        ),
    )
    protect(table)


def _market() -> None:
    _kinds_of_import(_OLD_NAME, "ck_provider_import_kind", (*_KINDS, "market"))
    op.create_table(
        "market_price",
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("region_code", sa.String, nullable=False),
        sa.Column("service_code", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("source", sa.String),
        sa.Column("import_id", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_market_price_not_negative")),
        sa.CheckConstraint("unit IN ('each', 'day')", name=op.f("ck_market_price_unit")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_market_price_period")),
        sa.PrimaryKeyConstraint("country", "service_code", "region_code", "unit", "valid_from", name="pk_market_price"),
    )
    # What bills were reckoned with is never rewritten: a later day takes over.
    share("market_price", insert_only=True)


def _kinds_of_import(before: str, after: str, kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(before), "provider_import")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f(after), "provider_import", f"kind IN ({listed})")


def _patterns() -> None:
    op.create_table(
        "provider_pattern",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("figures", JSONB, nullable=False),
        sa.Column("first_seen_on", sa.Date, nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_provider_pattern_client_id"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_provider_pattern_provider_id"),
        sa.PrimaryKeyConstraint("client_id", "provider_id", "reason", name="pk_provider_pattern"),
    )
    protect("provider_pattern")
    op.create_table(
        "provider_pattern_rest",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("set_by", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_provider_pattern_rest_client_id"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_provider_pattern_rest_provider_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_provider_pattern_rest"),
    )
    op.create_index(
        "ix_provider_pattern_rest_client_id_provider_id", "provider_pattern_rest", ["client_id", "provider_id"]
    )
    protect("provider_pattern_rest", insert_only=True)
