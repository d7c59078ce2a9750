"""Private calendar feeds."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "identity_id"],
            ["identity.client_id", "identity.id"],
            name=op.f("fk_calendar_feed_client_id_identity_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("client_id", "digest", name=op.f("uq_calendar_feed_client_id_digest")),
    )
    op.create_index(
        "uq_calendar_feed_living",
        "calendar_feed",
        ["client_id", "identity_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    protect("calendar_feed")


def downgrade() -> None:
    op.drop_table("calendar_feed")
