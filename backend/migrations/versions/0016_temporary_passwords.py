"""Until when a password that an administrator handed out can be exchanged for one's own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("staff", sa.Column("password_temporary_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("staff", "password_temporary_until")
