"""Changes of plans: proposals with their files, previews, affected claims.

Late enrolments follow their plan, and a card whose cover goes on in another version of it does not say that it ends.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backend.migrations.tenancy import protect

revision = "0040"
down_revision = "0039"

_FUNCTIONS = Path(__file__).resolve().parent.parent / "functions"


def upgrade() -> None:
    _change()
    _preview()
    _claim()
    for name in ("enrolment_follows_its_plan", "api_member_card"):
        _run((_FUNCTIONS / f"{name}.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """The card keeps its newer function: it reads the same tables and says no less."""
    op.execute("DROP TRIGGER enrolment_follows_its_plan ON enrolment")
    op.execute("DROP FUNCTION enrolment_follows_its_plan")
    for table in ("plan_preview_claim", "plan_preview", "plan_change"):
        op.drop_table(table)


def _run(statements: str) -> None:
    """Through the driver's own cursor: what stands in a function is no placeholder."""
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(statements)


def _change() -> None:
    _table(
        "plan_change",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("filename", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("proposed_by", sa.Uuid, nullable=False),
        sa.Column("in_force_by", sa.Uuid),
        sa.Column("in_force_at", sa.DateTime(timezone=True)),
        sa.Column("new_plan_id", sa.Uuid),
        sa.CheckConstraint("state IN ('proposed', 'in_force', 'withdrawn')", name="ck_plan_change_state"),
        sa.CheckConstraint("in_force_by <> proposed_by", name="ck_plan_change_second_person"),
        sa.CheckConstraint(
            "(state = 'in_force') = (new_plan_id IS NOT NULL AND in_force_by IS NOT NULL AND in_force_at IS NOT NULL)",
            name="ck_plan_change_in_force",
        ),
        _of("plan_change", "plan_id", "plan"),
        _of("plan_change", "new_plan_id", "plan"),
    )
    op.create_index("ix_plan_change_client_id_created_at", "plan_change", ["client_id", "created_at"])
    op.create_index(
        "ix_plan_change_in_force",
        "plan_change",
        ["client_id", "code", "effective_on"],
        postgresql_where=sa.text("state = 'in_force'"),
    )


def _preview() -> None:
    _table(
        "plan_preview",
        sa.Column("plan_change_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("months", sa.Integer, nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("asked_by", sa.Uuid, nullable=False),
        sa.Column("total_claims", sa.Integer, nullable=False),
        sa.Column("done_claims", sa.Integer, nullable=False),
        sa.Column("not_judged", sa.Integer, nullable=False),
        sa.Column("after_family", sa.Uuid),
        sa.Column("sums", JSONB, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("seen_by", JSONB, nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done')", name="ck_plan_preview_state"),
        sa.CheckConstraint("last_on >= first_on", name="ck_plan_preview_window"),
        _of("plan_preview", "plan_change_id", "plan_change"),
        sa.UniqueConstraint("client_id", "plan_change_id", name="uq_plan_preview_client_id_plan_change_id"),
    )


def _claim() -> None:
    amounts = ("plan_before", "plan_after", "member_before", "member_after", "difference")
    _table(
        "plan_preview_claim",
        sa.Column("preview_id", sa.Uuid, nullable=False),
        sa.Column("claim_id", sa.Uuid, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("visit_on", sa.Date, nullable=False),
        sa.Column("benefit_group", sa.String, nullable=False),
        *(sa.Column(f"{name}_minor", sa.BigInteger, nullable=False) for name in amounts),
        sa.Column("steps", JSONB, nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "preview_id"],
            ["plan_preview.client_id", "plan_preview.id"],
            name="fk_plan_preview_claim_client_id_preview_id",
            ondelete="CASCADE",
        ),
        _of("plan_preview_claim", "claim_id", "claim"),
        _of("plan_preview_claim", "member_id", "member"),
        sa.UniqueConstraint(
            "client_id", "preview_id", "claim_id", name="uq_plan_preview_claim_client_id_preview_id_claim_id"
        ),
    )
    op.create_index(
        "ix_plan_preview_claim_by_difference",
        "plan_preview_claim",
        ["client_id", "preview_id", "difference_minor", "id"],
    )


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column], [f"{target}.client_id", f"{target}.id"], name=f"fk_{table}_client_id_{column}"
    )


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *rest,
        sa.PrimaryKeyConstraint("client_id", "id", name=f"pk_{name}"),
    )
    protect(name)
