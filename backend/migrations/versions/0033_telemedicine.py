"""Consultations at a distance: teleconsultations, prescriptions with their repeats, rest certificates.

A call-back can belong to a consultation and so to no earlier call.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0033"
down_revision = "0032"

_STATES = "state IN ('waiting', 'scheduled', 'called', 'in_progress', 'ended', 'cancelled', 'no_show', 'diverted')"
_OPEN = sa.text("state IN ('called', 'in_progress', 'scheduled', 'waiting')")


def upgrade() -> None:
    op.alter_column("callback", "call_id", existing_type=sa.Uuid(), nullable=True)
    _teleconsultation()
    _teleconsultation_step()
    _prescription()
    _dispensing()
    _rest_certificate()


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


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


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column], [f"{other}.client_id", f"{other}.id"], name=op.f(f"fk_{table}_client_id_{column}")
    )


def _of_staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["doctor_id"], ["staff.id"], name=op.f(f"fk_{table}_doctor_id"))


def _number(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("client_id", "number", name=op.f(f"uq_{table}_client_id_number"))


def _teleconsultation() -> None:
    table = "teleconsultation"
    _table(
        table,
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid()),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary()),
        sa.Column("danger", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        _moment("starts_at"),
        _moment("queued_at"),
        sa.Column("doctor_id", sa.Uuid()),
        _moment("called_at"),
        _moment("began_at"),
        _moment("ended_at"),
        _moment("reminded_at"),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("benefit_code", sa.String()),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("diagnoses", sa.LargeBinary()),
        sa.Column("advice", sa.LargeBinary()),
        sa.Column("follow_up_on", sa.Date()),
        _moment("follow_up_told_at"),
        sa.Column("referral_code", sa.String()),
        _number(table),
        _of(table, "member_id", "member"),
        _of(table, "conversation_id", "conversation"),
        _of(table, "case_id", "helpline_case"),
        _of_staff(table),
        sa.CheckConstraint(_STATES, name=op.f("ck_teleconsultation_state")),
        sa.CheckConstraint(
            "state <> 'scheduled' OR (starts_at IS NOT NULL AND doctor_id IS NOT NULL)",
            name=op.f("ck_teleconsultation_appointment"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('called', 'in_progress', 'ended') OR doctor_id IS NOT NULL",
            name=op.f("ck_teleconsultation_its_doctor"),
        ),
        sa.CheckConstraint("fee_minor >= 0", name=op.f("ck_teleconsultation_fee")),
    )
    op.create_index(
        op.f("ix_teleconsultation_client_id_member_id_created_at_id"),
        table,
        ["client_id", "member_id", "created_at", "id"],
    )
    op.create_index("uq_teleconsultation_open", table, ["client_id", "member_id"], unique=True, postgresql_where=_OPEN)
    op.create_index(
        "uq_teleconsultation_slot",
        table,
        ["client_id", "doctor_id", "starts_at"],
        unique=True,
        postgresql_where=sa.text("state = 'scheduled'"),
    )
    op.create_index("ix_teleconsultation_queue", table, ["client_id", "state", "rank", "queued_at", "id"])
    op.create_index("ix_teleconsultation_doctor", table, ["client_id", "doctor_id", "state"])
    op.create_index("ix_teleconsultation_ended", table, ["client_id", "ended_at"])


def _teleconsultation_step() -> None:
    table = "teleconsultation_step"
    _table(
        table,
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        sa.Column("why", sa.String()),
        _of(table, "consultation_id", "teleconsultation"),
    )
    op.create_index("ix_teleconsultation_step_consultation", table, ["client_id", "consultation_id", "created_at"])


def _prescription() -> None:
    table = "prescription"
    _table(
        table,
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("repeats", postgresql.JSONB(), nullable=False),
        _moment("withdrawn_at"),
        sa.Column("approved_repeats", sa.Integer()),
        sa.Column("approved_until", sa.Date()),
        sa.Column("approved_by", sa.Uuid()),
        sa.Column("approval_text", sa.String()),
        _number(table),
        _of(table, "consultation_id", "teleconsultation"),
        _of(table, "member_id", "member"),
        _of_staff(table),
        sa.CheckConstraint(
            "(approved_repeats IS NULL) = (approved_until IS NULL)", name=op.f("ck_prescription_approval")
        ),
        sa.CheckConstraint(
            "approved_repeats IS NULL OR approval_text IS NOT NULL", name=op.f("ck_prescription_approved_in_writing")
        ),
        sa.CheckConstraint("approved_repeats BETWEEN 1 AND 12", name=op.f("ck_prescription_approved_repeats")),
    )
    op.create_index("ix_prescription_consultation", table, ["client_id", "consultation_id"])
    op.create_index("ix_prescription_member", table, ["client_id", "member_id", "created_at"])


def _dispensing() -> None:
    table = "dispensing"
    _table(
        table,
        sa.Column("prescription_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("dispensed_on", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.Uuid()),
        sa.Column("dispensed_by", sa.Uuid()),
        _of(table, "prescription_id", "prescription"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_dispensing_provider_id")),
        sa.UniqueConstraint(
            "client_id", "prescription_id", "ordinal", name=op.f("uq_dispensing_client_id_prescription_id_ordinal")
        ),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 13", name=op.f("ck_dispensing_ordinal")),
    )


def _rest_certificate() -> None:
    table = "rest_certificate"
    _table(
        table,
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        _moment("issued_at", nullable=False),
        _moment("withdrawn_at"),
        _number(table),
        _of(table, "consultation_id", "teleconsultation"),
        _of(table, "member_id", "member"),
        _of_staff(table),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_rest_certificate_days")),
    )
    op.create_index(
        "uq_rest_certificate_consultation",
        table,
        ["client_id", "consultation_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("ix_rest_certificate_member", table, ["client_id", "member_id"])
