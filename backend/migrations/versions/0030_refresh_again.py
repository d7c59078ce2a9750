"""What a refresh was asked with, so that asking again after a lost answer gives the same answer."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("sign_in_session", sa.Column("renewal_digest", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in_session", "renewal_digest")
