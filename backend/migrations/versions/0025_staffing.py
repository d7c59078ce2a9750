"""Tables of the staffing domain: skills, shifts, opening hours, closed days, presence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    _staff_skill()
    _shift()
    _opening_hours()
    _closed_day()
    _presence()


def downgrade() -> None:
    for table in ("presence", "closed_day", "opening_hours", "shift", "staff_skill"):
        op.drop_table(table)


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *rest,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=f"pk_{name}"),
    )
    protect(name)


def _of_colleague(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id", "client_id"],
            ["staff_client.staff_id", "staff_client.client_id"],
            name=f"fk_{table}_staff_id_staff_client",
            ondelete="CASCADE",
        ),
    )


def _one_each(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("client_id", "staff_id", name=f"uq_{table}_client_id_staff_id")


def _of_client(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=f"fk_{table}_client_id_client")


def _staff_skill() -> None:
    _table(
        "staff_skill",
        *_of_colleague("staff_skill"),
        _one_each("staff_skill"),
        sa.Column("languages", postgresql.JSONB(), nullable=False),
        sa.Column("doctor", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 1 AND 50", name=op.f("ck_staff_skill_capacity")),
    )


def _shift() -> None:
    _table(
        "shift",
        *_of_colleague("shift"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shift_period")),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.column("staff_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            using="gist",
            name="ex_shift_period",
        ),
    )
    op.create_index("ix_shift_ends_at", "shift", ["client_id", "ends_at", "starts_at"])


def _opening_hours() -> None:
    _table(
        "opening_hours",
        _of_client("opening_hours"),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.UniqueConstraint(
            "client_id", "desk", "weekday", "opens", name="uq_opening_hours_client_id_desk_weekday_opens"
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")),
    )


def _closed_day() -> None:
    _table(
        "closed_day",
        _of_client("closed_day"),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.UniqueConstraint("client_id", "desk", "day", name="uq_closed_day_client_id_desk_day"),
    )


def _presence() -> None:
    _table(
        "presence",
        *_of_colleague("presence"),
        _one_each("presence"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('available', 'away')", name=op.f("ck_presence_state")),
    )
