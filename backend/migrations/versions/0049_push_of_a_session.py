"""A device that takes push belongs to the sign-in it was registered in: it falls silent with it."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    op.add_column("device_registration", sa.Column("session_id", sa.Uuid))
    op.create_foreign_key(
        op.f("fk_device_registration_client_id_session_id"),
        "device_registration",
        "sign_in_session",
        ["client_id", "session_id"],
        ["client_id", "id"],
        ondelete="CASCADE",
    )
    op.create_index(
        op.f("ix_device_registration_client_id_session_id"), "device_registration", ["client_id", "session_id"]
    )


def downgrade() -> None:
    op.drop_column("device_registration", "session_id")
