"""A consent to a legal text says which version of it was agreed to."""

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """What was agreed to so far were wordings without versions."""
    op.execute("ALTER TABLE consent ADD COLUMN version integer CHECK (version > 0)")


def downgrade() -> None:
    """The words themselves stay."""
    op.execute("ALTER TABLE consent DROP COLUMN version")
