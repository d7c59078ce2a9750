"""Visits, bills of providers, keys of hospital systems."""

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
