"""The desk: queues, versions and clocks of cases, who looks at them, medical notes, satisfaction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0018"
down_revision = "0017"

_CASE = ["client_id", "case_id"]

_OPEN_MEDICAL = """
CREATE FUNCTION app_open_medical(p_session uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_doctor boolean := EXISTS (
        SELECT FROM sign_in_session s
          JOIN staff_client c ON c.staff_id = s.staff_id AND c.client_id = s.client_id AND c.role = 'doctor'
         WHERE s.client_id = current_client() AND s.id = p_session AND s.ended_at IS NULL);
BEGIN
    PERFORM set_config('app.medical_client', CASE WHEN v_doctor THEN current_client()::text ELSE '' END, true);
    RETURN v_doctor;
END $$
"""
"""Until the transaction ends medical notes are shown, when the sign-in is a doctor's of this client."""

_DOCTORS_ONLY = (
    "client_id = current_client() AND client_id = nullif(current_setting('app.medical_client', true), '')::uuid"
)


def upgrade() -> None:
    _case()
    _case_watch()
    _medical_note()
    _satisfaction()


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


def _case() -> None:
    now = sa.text("now()")
    for column in (
        sa.Column("desk", sa.String(), nullable=False, server_default="helpline"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("filled", postgresql.JSONB(), nullable=False, server_default="{}"),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False, server_default=now),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("first_reply_at", sa.DateTime(timezone=True)),
        sa.Column("assigned_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("helpline_case", column)
    op.add_column("case_event", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE helpline_case SET waiting_since = created_at, assigned_at = taken_at")
    for name in ("desk", "version", "filled", "waiting_since"):
        op.alter_column("helpline_case", name, server_default=None)
    op.alter_column("case_event", "version", server_default=None)
    op.create_check_constraint("desk", "helpline_case", "desk IN ('helpline', 'doctor')")
    op.drop_index("ix_helpline_case_queue", "helpline_case")
    op.create_index("ix_helpline_case_queue", "helpline_case", ["client_id", "state", "rank", "waiting_since", "id"])
    op.create_index("ix_helpline_case_assigned", "helpline_case", ["client_id", "assigned_to", "state"])


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *rest,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            _CASE, ["helpline_case.client_id", "helpline_case.id"], name=op.f(f"fk_{name}_client_id_case_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{name}")),
    )


def _case_watch() -> None:
    _table(
        "case_watch",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True)),
        sa.Column("typed_at", sa.DateTime(timezone=True)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint(*_CASE, "staff_id", name=op.f("uq_case_watch_client_id_case_id_staff_id")),
    )
    protect("case_watch")


def _medical_note() -> None:
    _table(
        "medical_note",
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.CheckConstraint(
            "outcome IN ('advice', 'teleconsultation', 'referral', 'ambulance')", name=op.f("ck_medical_note_outcome")
        ),
    )
    op.create_index("ix_medical_note_case", "medical_note", [*_CASE, "created_at"])
    protect("medical_note")
    op.execute("DROP POLICY of_client ON medical_note")
    op.execute(f"CREATE POLICY of_doctors ON medical_note USING ({_DOCTORS_ONLY}) WITH CHECK ({_DOCTORS_ONLY})")
    op.execute(_OPEN_MEDICAL)


def _satisfaction() -> None:
    _table(
        "satisfaction",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("score", sa.Integer()),
        sa.Column("follow_up_id", sa.Uuid()),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_satisfaction_score")),
        sa.ForeignKeyConstraint(
            ["client_id", "follow_up_id"],
            ["helpline_case.client_id", "helpline_case.id"],
            name=op.f("fk_satisfaction_client_id_follow_up_id"),
        ),
        sa.UniqueConstraint(*_CASE, name=op.f("uq_satisfaction_client_id_case_id")),
    )
    op.create_index("ix_satisfaction_asked", "satisfaction", ["client_id", "asked_at"])
    protect("satisfaction")
