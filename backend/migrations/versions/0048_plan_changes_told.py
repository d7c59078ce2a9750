"""A plan that is new goes through the second person too, and who was told of a change in force is noted once."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.alter_column("plan_change", "plan_id", nullable=True)
    op.add_column("plan_change", sa.Column("hr_told_at", sa.DateTime(timezone=True)))
    op.create_table(
        "plan_change_told",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_change_id", sa.Uuid, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_plan_change_told")),
        _of("plan_change_id", "plan_change"),
        _of("member_id", "member"),
        sa.UniqueConstraint(
            "client_id",
            "plan_change_id",
            "member_id",
            name=op.f("uq_plan_change_told_client_id_plan_change_id_member_id"),
        ),
    )
    protect("plan_change_told")


def downgrade() -> None:
    op.drop_table("plan_change_told")
    op.drop_column("plan_change", "hr_told_at")
    op.execute("DELETE FROM plan_change WHERE plan_id IS NULL")
    op.alter_column("plan_change", "plan_id", nullable=False)


def _of(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        [f"{table}.client_id", f"{table}.id"],
        name=op.f(f"fk_plan_change_told_client_id_{column}"),
    )
