"""Facilities in full, networks and contracts, tariffs, the first-tier provider of a member."""

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
