"""The telephone between the bot and a person: queue, call-backs, voicemail, recordings with consent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0022"
down_revision = "0021"

_WHEN = sa.DateTime(timezone=True)
_OUTCOMES = "outcome IN ('answered', 'abandoned', 'callback', 'voicemail')"
_DESKS = "desk IN ('helpline', 'doctor')"
_PURPOSES = "purpose IN ('conversation', 'voicemail')"


def upgrade() -> None:
    _queued_call()
    _callback()
    _recording_consent()
    _call_recording()
    _voicemail()
    _staff_phone()


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


def _table(name: str, *rest: sa.schema.SchemaItem, of: tuple[str, ...]) -> None:
    owners = {
        "call_id": "call",
        "conversation_id": "conversation",
        "case_id": "helpline_case",
        "queued_call_id": "queued_call",
        "recording_id": "call_recording",
    }
    keys = [
        sa.ForeignKeyConstraint(
            ["client_id", column],
            [f"{owners[column]}.client_id", f"{owners[column]}.id"],
            name=op.f(f"fk_{name}_client_id_{column}"),
        )
        for column in of
    ]
    optional = {"case_id", "queued_call_id"}
    columns = [sa.Column(column, sa.Uuid(), nullable=column in optional) for column in of]
    op.create_table(
        name,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
        *columns,
        *rest,
        *keys,
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{name}")),
    )
    protect(name)


def _text(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=optional)


def _moment(name: str, *, optional: bool = True) -> sa.Column[Any]:
    return sa.Column(name, _WHEN, nullable=optional)


def _staff(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=True)


def _queued_call() -> None:
    _table(
        "queued_call",
        _text("desk"),
        sa.Column("rank", sa.Integer(), nullable=False),
        _text("language"),
        _text("queue"),
        _text("queue_sid", optional=True),
        _moment("entered_at", optional=False),
        _moment("heard_at", optional=False),
        _staff("claimed_by"),
        _moment("claimed_at"),
        _text("agent_phone", optional=True),
        _text("agent_sid", optional=True),
        _moment("answered_at"),
        _staff("answered_by"),
        _moment("left_at"),
        _text("outcome", optional=True),
        sa.CheckConstraint(_DESKS, name=op.f("ck_queued_call_desk")),
        sa.CheckConstraint(_OUTCOMES, name=op.f("ck_queued_call_outcome")),
        sa.CheckConstraint("(outcome IS NULL) = (left_at IS NULL)", name=op.f("ck_queued_call_left_with_an_outcome")),
        of=("call_id", "conversation_id", "case_id"),
    )
    waiting = sa.text("left_at IS NULL")
    op.create_index(
        "uq_queued_call_waiting", "queued_call", ["client_id", "call_id"], unique=True, postgresql_where=waiting
    )
    op.create_index(
        "ix_queued_call_waiting", "queued_call", ["client_id", "desk", "rank", "entered_at"], postgresql_where=waiting
    )
    op.create_index("ix_queued_call_entered", "queued_call", ["client_id", "entered_at"])
    op.create_index("ix_queued_call_left", "queued_call", ["client_id", "desk", "left_at"])
    op.create_index("ix_queued_call_conversation", "queued_call", ["client_id", "conversation_id"])


def _callback() -> None:
    _table(
        "callback",
        _text("desk"),
        _text("language"),
        _text("phone"),
        _moment("due_from", optional=False),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("attempted_at"),
        _staff("attempted_by"),
        _text("agent_phone", optional=True),
        _text("agent_sid", optional=True),
        _moment("reached_at"),
        _moment("done_at"),
        sa.CheckConstraint(_DESKS, name=op.f("ck_callback_desk")),
        sa.CheckConstraint("state IN ('due', 'calling', 'done', 'failed')", name=op.f("ck_callback_state")),
        sa.UniqueConstraint("client_id", "call_id", name=op.f("uq_callback_client_id_call_id")),
        of=("call_id", "queued_call_id", "conversation_id", "case_id"),
    )
    op.create_index("ix_callback_due", "callback", ["client_id", "state", "due_from"])
    op.create_index("ix_callback_conversation", "callback", ["client_id", "conversation_id"])


def _recording_consent() -> None:
    _table(
        "recording_consent",
        _text("purpose"),
        sa.Column("given", sa.Boolean(), nullable=False),
        _moment("at", optional=False),
        _text("language"),
        _text("wording"),
        sa.CheckConstraint(_PURPOSES, name=op.f("ck_recording_consent_purpose")),
        sa.UniqueConstraint(
            "client_id", "call_id", "purpose", name=op.f("uq_recording_consent_client_id_call_id_purpose")
        ),
        of=("call_id",),
    )


def _call_recording() -> None:
    _table(
        "call_recording",
        _text("purpose"),
        _text("recording_sid"),
        sa.Column("seconds", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.CheckConstraint(_PURPOSES, name=op.f("ck_call_recording_purpose")),
        sa.CheckConstraint("state IN ('there', 'stored', 'ours', 'forgotten')", name=op.f("ck_call_recording_state")),
        sa.UniqueConstraint("client_id", "recording_sid", name=op.f("uq_call_recording_client_id_recording_sid")),
        of=("call_id",),
    )
    op.create_index("ix_call_recording_call", "call_recording", ["client_id", "call_id"])
    op.create_index("ix_call_recording_keep_until", "call_recording", ["client_id", "keep_until"])


def _voicemail() -> None:
    _table(
        "voicemail",
        _moment("heard_at"),
        _staff("heard_by"),
        sa.UniqueConstraint("client_id", "recording_id", name=op.f("uq_voicemail_client_id_recording_id")),
        of=("call_id", "conversation_id", "case_id", "recording_id"),
    )
    op.create_index("ix_voicemail_conversation", "voicemail", ["client_id", "conversation_id"])


def _staff_phone() -> None:
    _table(
        "staff_phone",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        _text("phone"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_phone_staff_id_staff")),
        sa.UniqueConstraint("client_id", "staff_id", name=op.f("uq_staff_phone_client_id_staff_id")),
        of=(),
    )
