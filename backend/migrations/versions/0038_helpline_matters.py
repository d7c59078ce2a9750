"""What the helpline was still missing."""

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
