"""The code that leads to a client's app. No row-level security: it is looked up before anybody knows the client."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import share

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "client_code",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_code_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_code")),
        sa.UniqueConstraint("code", name=op.f("uq_client_code_code")),
    )
    share("client_code")


def downgrade() -> None:
    op.drop_table("client_code")
