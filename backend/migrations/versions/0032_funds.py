"""The ledger, holds on a client's fund, payments."""

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Filled by the work that needs it."""


def downgrade() -> None:
    """Filled by the work that needs it."""
