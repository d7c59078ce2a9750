"""Consultations at a distance."""

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
