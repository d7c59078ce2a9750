"""Referrals and their codes."""

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
