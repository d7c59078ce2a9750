"""Letters of guarantee from admission to discharge."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0035"
down_revision = "0034"

_FIGURES = ("billed_minor", "plan_minor", "other_minor", "cost_minor", "claim_minor", "provider_minor")
_MOMENTS = ("admitted_at", "discharged_at", "left_at", "discharge_wanted_at", "discharge_raised_at", "handed_over_at")
_BEFORE = {
    "kind": "kind IN ('initial')",
    "state": "state IN ('requested', 'issued', 'confirmed', 'lapsed', 'void')",
}
_AFTER = {
    "kind": "kind IN ('initial', 'final')",
    "state": "state IN ('requested', 'issued', 'confirmed', 'final', 'refused', 'lapsed', 'void')",
}
_NEW = {
    "care": "care IN ('inpatient', 'surgery', 'maternity')",
    "promise": "promised_minor >= 0 AND days >= 1",
    "final_figures": "(state = 'final') = (billed_minor IS NOT NULL)",
    "split": "billed_minor = plan_minor + other_minor + cost_minor + claim_minor + provider_minor",
    "collected": "collected_minor >= 0 AND collected_minor <= coalesce(cost_minor, 0)",
    "left_paid": "left_at IS NULL OR collected_minor = cost_minor",
}


def upgrade() -> None:
    _widen_letter()
    _create_ask()
    _ask_for_what_is_requested()
    protect("guarantee_ask")


def _widen_letter() -> None:
    op.add_column("guarantee_letter", sa.Column("care", sa.String(), nullable=False, server_default="inpatient"))
    op.add_column("guarantee_letter", sa.Column("days", sa.SmallInteger(), nullable=False, server_default="1"))
    op.add_column("guarantee_letter", sa.Column("sent_by_doctor", sa.Boolean(), nullable=True))
    op.add_column("guarantee_letter", sa.Column("expected_hours", sa.Integer(), nullable=True))
    op.add_column("guarantee_letter", sa.Column("emergency", sa.Boolean(), nullable=False, server_default="false"))
    op.add_column("guarantee_letter", sa.Column("currency", sa.String(), nullable=True))
    # As the owner: the letters of every client at once.
    op.execute("ALTER TABLE guarantee_letter NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE guarantee_letter SET currency = client.currency FROM client WHERE client.id = client_id")
    op.execute("ALTER TABLE guarantee_letter FORCE ROW LEVEL SECURITY")
    op.alter_column("guarantee_letter", "currency", nullable=False)
    for name in ("promised_minor", "collected_minor"):
        op.add_column("guarantee_letter", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    for name in _FIGURES:
        op.add_column("guarantee_letter", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in _MOMENTS:
        op.add_column("guarantee_letter", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("guarantee_letter", sa.Column("claim_due_on", sa.Date(), nullable=True))
    for name in ("room", "reckoning"):
        op.add_column("guarantee_letter", sa.Column(name, postgresql.JSONB(), nullable=True))
    for name in ("care", "days", "emergency", "promised_minor", "collected_minor"):
        op.alter_column("guarantee_letter", name, server_default=None)
    for name, rule in _AFTER.items():
        op.drop_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter")
        op.create_check_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter", rule)
    for name, rule in _NEW.items():
        op.create_check_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter", rule)


def _create_ask() -> None:
    op.create_table(
        "guarantee_ask",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("asked_minor", sa.BigInteger(), nullable=False),
        sa.Column("granted_minor", sa.BigInteger(), nullable=True),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("for_doctor", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worked_seconds", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("papers", postgresql.JSONB(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('admission', 'extension', 'discharge')", name=op.f("ck_guarantee_ask_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'papers_wanted', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_guarantee_ask_state"),
        ),
        sa.CheckConstraint(
            "days >= 0 AND asked_minor >= 0 AND granted_minor >= 0", name=op.f("ck_guarantee_ask_figures")
        ),
        sa.CheckConstraint("(state = 'waiting') = (answer_by IS NOT NULL)", name=op.f("ck_guarantee_ask_clock")),
        sa.CheckConstraint("state <> 'refused' OR answer IS NOT NULL", name=op.f("ck_guarantee_ask_refused_why")),
        sa.ForeignKeyConstraint(
            ["client_id", "letter_id"],
            ["guarantee_letter.client_id", "guarantee_letter.id"],
            name=op.f("fk_guarantee_ask_client_id_letter_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_guarantee_ask")),
    )
    op.create_index(
        op.f("ix_guarantee_ask_client_id_letter_id_created_at_id"),
        "guarantee_ask",
        ["client_id", "letter_id", "created_at", "id"],
    )
    op.create_index(
        "uq_guarantee_ask_open",
        "guarantee_ask",
        ["client_id", "letter_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'papers_wanted')"),
    )
    op.create_index(
        "ix_guarantee_ask_clock",
        "guarantee_ask",
        ["client_id", "answer_by", "id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _ask_for_what_is_requested() -> None:
    """Letters that wait since before there were asks get one, with the four hours that contracts have by default."""
    op.execute("ALTER TABLE guarantee_letter NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "INSERT INTO guarantee_ask (client_id, id, created_at, letter_id, kind, state, days, asked_minor, lines,"
        " for_doctor, asked_at, asked_by, running_since, worked_seconds, answer_by, told, papers)"
        " SELECT client_id, gen_random_uuid(), requested_at, id, 'admission', 'waiting', 0, 0, '[]', false,"
        " requested_at, 'system', requested_at, 0, requested_at + interval '4 hours', '[]', '[]'"
        " FROM guarantee_letter WHERE state = 'requested'"
    )
    op.execute("ALTER TABLE guarantee_letter FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_table("guarantee_ask")
    for name in _NEW:
        op.drop_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter")
    for name, rule in _BEFORE.items():
        op.drop_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter")
        op.create_check_constraint(op.f(f"ck_guarantee_letter_{name}"), "guarantee_letter", rule)
    for name in (
        *(
            "care",
            "days",
            "sent_by_doctor",
            "expected_hours",
            "emergency",
            "currency",
            "promised_minor",
            "collected_minor",
        ),
        *_FIGURES,
        *_MOMENTS,
        *("claim_due_on", "room", "reckoning"),
    ):
        op.drop_column("guarantee_letter", name)
