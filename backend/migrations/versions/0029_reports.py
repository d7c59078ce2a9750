"""The supervisors' report finds the cases and messages of a period."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_index("ix_helpline_case_opened", "helpline_case", ["client_id", "created_at"])
    op.create_index("ix_helpline_case_closed", "helpline_case", ["client_id", "closed_at"])
    op.create_index("ix_message_created", "message", ["client_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_message_created", "message")
    op.drop_index("ix_helpline_case_closed", "helpline_case")
    op.drop_index("ix_helpline_case_opened", "helpline_case")
