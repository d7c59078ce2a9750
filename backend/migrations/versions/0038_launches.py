"""The way of a new client to its first day."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    _table(
        "launch",
        sa.Column("launch_on", sa.Date(), nullable=False),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("launched_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_launch_client_id")),
        sa.UniqueConstraint("client_id", name=op.f("uq_launch_client_id")),
    )
    _table(
        "launch_task",
        sa.Column("launch_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_launch_task_done")),
        sa.ForeignKeyConstraint(
            ["client_id", "launch_id"],
            ["launch.client_id", "launch.id"],
            name=op.f("fk_launch_task_client_id_launch_id"),
        ),
        sa.UniqueConstraint("client_id", "launch_id", "code", name=op.f("uq_launch_task_client_id_launch_id_code")),
    )


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *rest,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{name}")),
    )
    protect(name)


def downgrade() -> None:
    op.drop_table("launch_task")
    op.drop_table("launch")
