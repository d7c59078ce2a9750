"""Which services a benefit stands for, and the benefit that a member chose where the bill's words leave it open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.add_column("benefit", sa.Column("services", JSONB, nullable=False, server_default="[]"))
    op.alter_column("benefit", "services", server_default=None)
    op.add_column("claim", sa.Column("chosen_benefit", sa.String))


def downgrade() -> None:
    op.drop_column("claim", "chosen_benefit")
    op.drop_column("benefit", "services")
