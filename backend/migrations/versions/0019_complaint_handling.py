"""What a complaint disputes, who has it, what was told about its deadlines; a client's own calendar."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0019"
down_revision = "0018"

_NEW = (
    ("claim_line_id", sa.Uuid()),
    ("letter_id", sa.Uuid()),
    ("call_id", sa.Uuid()),
    ("provider_id", sa.Uuid()),
    ("product", sa.String()),
    ("amount_minor", sa.BigInteger()),
    ("currency", sa.String()),
    ("information_by", sa.Date()),
    ("resolve_by_before", sa.Date()),
    ("days_left", sa.Integer()),
    ("extension_reason", sa.String()),
    ("converted_at", sa.DateTime(timezone=True)),
    ("handler_id", sa.Uuid()),
    ("closed_at", sa.DateTime(timezone=True)),
    ("closed_reason", sa.String()),
    ("outcome", sa.String()),
    ("redress", sa.String()),
)
_LINKS = (
    ("claim_line", ["client_id", "claim_line_id"], ["client_id", "id"]),
    ("guarantee_letter", ["client_id", "letter_id"], ["client_id", "id"]),
    ("call", ["client_id", "call_id"], ["client_id", "id"]),
    ("provider", ["provider_id"], ["id"]),
    ("staff", ["handler_id"], ["id"]),
)
_CHECKS = (
    ("priority", "priority IN ('urgent', 'high', 'normal')"),
    ("outcome", "outcome IS NULL OR outcome IN ('upheld', 'partly', 'rejected')"),
    ("amount", "(amount_minor IS NULL) = (currency IS NULL) AND amount_minor >= 0"),
    ("waits_until", "(status = 'information_requested') = (information_by IS NOT NULL)"),
)


def upgrade() -> None:
    _widen_complaint()
    _create_complaint_respondent()
    _create_complaint_notice()
    _create_complaint_referral()
    _create_regulator_report()
    _create_calendar_day()
    op.add_column("notification", sa.Column("staff_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_notification_staff_id"), "notification", "staff", ["staff_id"], ["id"])


def _widen_complaint() -> None:
    for name, kind in _NEW:
        op.add_column("complaint", sa.Column(name, kind, nullable=True))
    op.add_column("complaint", sa.Column("priority", sa.String(), nullable=False, server_default="normal"))
    op.add_column("complaint", sa.Column("information_extended", sa.Boolean(), nullable=False, server_default="false"))
    op.add_column("complaint", sa.Column("level", sa.Integer(), nullable=False, server_default="1"))
    for name in ("priority", "information_extended", "level"):
        op.alter_column("complaint", name, server_default=None)
    # Who is waited for has the whole time from the papers on, as before; the owner passes row security for a moment.
    op.execute("ALTER TABLE complaint NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE complaint SET information_by = resolve_by, resolve_by_before = resolve_by, days_left = 10"
        " WHERE status = 'information_requested'"
    )
    op.execute("UPDATE complaint SET closed_at = COALESCE(resolved_at, created_at) WHERE status = 'closed'")
    op.execute("ALTER TABLE complaint FORCE ROW LEVEL SECURITY")
    for table, own, theirs in _LINKS:
        op.create_foreign_key(op.f(f"fk_complaint_{'_'.join(own)}"), "complaint", table, own, theirs)
    for name, condition in _CHECKS:
        op.create_check_constraint(op.f(f"ck_complaint_{name}"), "complaint", condition)
    op.drop_index("ix_complaint_clock", table_name="complaint")
    op.create_index(
        "ix_complaint_clock",
        "complaint",
        ["client_id", "resolve_by", "id"],
        postgresql_where=sa.text("status IN ('received', 'acknowledged')"),
    )
    op.create_index(
        "ix_complaint_information",
        "complaint",
        ["client_id", "information_by", "id"],
        postgresql_where=sa.text("information_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_complaint_client_id_handler_id_resolve_by"), "complaint", ["client_id", "handler_id", "resolve_by"]
    )
    op.create_index(
        op.f("ix_complaint_step_client_id_kind_created_at"), "complaint_step", ["client_id", "kind", "created_at"]
    )


def _own(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
    )


def _of_complaint(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_own(table),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "complaint_id"],
            ["complaint.client_id", "complaint.id"],
            name=op.f(f"fk_{table}_client_id_complaint_id"),
        ),
    )


def _create_complaint_respondent() -> None:
    op.create_table(
        "complaint_respondent",
        *_of_complaint("complaint_respondent"),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_respondent_staff_id")),
        sa.UniqueConstraint(
            "client_id",
            "complaint_id",
            "staff_id",
            name=op.f("uq_complaint_respondent_client_id_complaint_id_staff_id"),
        ),
    )
    protect("complaint_respondent")


def _create_complaint_notice() -> None:
    op.create_table(
        "complaint_notice",
        *_of_complaint("complaint_notice"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.UniqueConstraint(
            "client_id",
            "complaint_id",
            "kind",
            "due_on",
            "step",
            name=op.f("uq_complaint_notice_client_id_complaint_id_kind_due_on_step"),
        ),
    )
    protect("complaint_notice", insert_only=True)


def _create_complaint_referral() -> None:
    op.create_table(
        "complaint_referral",
        *_of_complaint("complaint_referral"),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.CheckConstraint("body IN ('laps_sjk', 'regulator', 'court')", name=op.f("ck_complaint_referral_body")),
        sa.UniqueConstraint(
            "client_id",
            "complaint_id",
            "body",
            "number",
            name=op.f("uq_complaint_referral_client_id_complaint_id_body_number"),
        ),
    )
    op.create_index(
        op.f("ix_complaint_referral_client_id_referred_on"), "complaint_referral", ["client_id", "referred_on"]
    )
    protect("complaint_referral", insert_only=True)


def _create_regulator_report() -> None:
    op.create_table(
        "regulator_report",
        *_own("regulator_report"),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["sent_by"], ["staff.id"], name=op.f("fk_regulator_report_sent_by")),
        sa.UniqueConstraint("client_id", "quarter", name=op.f("uq_regulator_report_client_id_quarter")),
    )
    protect("regulator_report")


def _create_calendar_day() -> None:
    op.create_table(
        "calendar_day",
        *_own("calendar_day"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_calendar_day_client_id")),
        sa.UniqueConstraint("client_id", "day", name=op.f("uq_calendar_day_client_id_day")),
    )
    protect("calendar_day")


def downgrade() -> None:
    op.drop_column("notification", "staff_id")
    for table in ("calendar_day", "regulator_report", "complaint_referral", "complaint_notice", "complaint_respondent"):
        op.drop_table(table)
    op.drop_index("ix_complaint_step_client_id_kind_created_at", table_name="complaint_step")
    op.drop_index("ix_complaint_clock", table_name="complaint")
    for name in ("priority", "information_extended", "level", *(name for name, _ in _NEW)):
        op.drop_column("complaint", name)
    op.create_index(
        "ix_complaint_clock",
        "complaint",
        ["client_id", "resolve_by"],
        postgresql_where=sa.text("status NOT IN ('resolved', 'closed') AND overdue_at IS NULL"),
    )
