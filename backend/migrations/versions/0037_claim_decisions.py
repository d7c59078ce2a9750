"""Decisions on claims and their traces."""

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
