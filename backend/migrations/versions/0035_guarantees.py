"""Letters of guarantee from admission to discharge."""

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
