"""Brands made in the studio: versions, their drawings, preview links, and which version is in force."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0047"
down_revision = "0046"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _table(
        "brand_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("settings", postgresql.JSONB(), nullable=False),
        sa.Column("assets", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_brand_version_client_id_number")),
        sa.CheckConstraint("state IN ('draft', 'published', 'archived')", name=op.f("ck_brand_version_state")),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name=op.f("ck_brand_version_publication")
        ),
        sa.CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name=op.f("ck_brand_version_was_published")),
    )
    for state in ("draft", "published"):
        op.create_index(
            f"uq_brand_version_client_id_{state}",
            "brand_version",
            ["client_id"],
            unique=True,
            postgresql_where=sa.text(f"state = '{state}'"),
        )
    _table(
        "brand_asset",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("client_id", "digest", name=op.f("uq_brand_asset_client_id_digest")),
    )
    _table(
        "brand_preview",
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("settings", postgresql.JSONB(), nullable=True),
        sa.Column("assets", postgresql.JSONB(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.UniqueConstraint("client_id", "token_digest", name=op.f("uq_brand_preview_client_id_token_digest")),
        sa.CheckConstraint(
            "live = (settings IS NULL) AND live = (assets IS NULL)", name=op.f("ck_brand_preview_content")
        ),
    )
    # What every process asks once a second: a registry row, found before anybody knows the client.
    op.add_column("client", sa.Column("brand_version_id", sa.Uuid(), nullable=True))


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *rest,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{name}_client_id")),
    )
    protect(name)


def downgrade() -> None:
    op.drop_column("client", "brand_version_id")
    op.drop_table("brand_preview")
    op.drop_table("brand_asset")
    op.drop_table("brand_version")
