"""Tables of the notifications domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from backend.migrations.tenancy import protect, share

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _notification()
    _notification_attempt()
    _notification_preference()
    _device_registration()
    _opt_out()
    _message_template()
    _rehearsal_message()


def downgrade() -> None:
    op.drop_table("rehearsal_message")
    op.drop_table("message_template")
    op.drop_table("opt_out")
    op.drop_table("device_registration")
    op.drop_table("notification_preference")
    op.drop_table("notification_attempt")
    op.drop_table("notification")


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_notification"),
    )
    op.create_index(
        "ix_notification_client_id_member_id_created_at", "notification", ["client_id", "member_id", "created_at"]
    )
    protect("notification")


def _notification_attempt() -> None:
    op.create_table(
        "notification_attempt",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notification_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.SmallInteger, nullable=False),
        sa.Column("vendor_id", sa.String),
        sa.Column("vendor_code", sa.String),
        sa.Column("cause", sa.String),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("channel IN ('push', 'whatsapp', 'sms', 'mail')", name="ck_notification_attempt_channel"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'read', "
            "'send_uncertain', 'undelivered', 'failed', 'skipped')",
            name="ck_notification_attempt_state",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "notification_id"],
            ["notification.client_id", "notification.id"],
            name="fk_notification_attempt_client_id_notification_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_notification_attempt"),
        sa.UniqueConstraint(
            "client_id",
            "notification_id",
            "position",
            name="uq_notification_attempt_client_id_notification_id_position",
        ),
    )
    op.create_index("ix_notification_attempt_client_id_vendor_id", "notification_attempt", ["client_id", "vendor_id"])
    protect("notification_attempt")


def _notification_preference() -> None:
    op.create_table(
        "notification_preference",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("channels", JSONB, nullable=False),
        sa.Column("muted", JSONB, nullable=False),
        sa.Column("quiet_from", sa.Time),
        sa.Column("quiet_until", sa.Time),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name="fk_notification_preference_client_id_member_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_notification_preference"),
        sa.UniqueConstraint("client_id", "member_id", name="uq_notification_preference_client_id_member_id"),
    )
    protect("notification_preference")


def _device_registration() -> None:
    op.create_table(
        "device_registration",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('token', 'fid')", name="ck_device_registration_kind"),
        sa.CheckConstraint("platform IN ('android', 'ios', 'web')", name="ck_device_registration_platform"),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name="fk_device_registration_client_id_member_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_device_registration"),
        sa.UniqueConstraint("client_id", "value", name="uq_device_registration_client_id_value"),
    )
    op.create_index("ix_device_registration_client_id_member_id", "device_registration", ["client_id", "member_id"])
    protect("device_registration")


def _opt_out() -> None:
    op.create_table(
        "opt_out",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_opt_out"),
        sa.UniqueConstraint("client_id", "channel", "address", name="uq_opt_out_client_id_channel_address"),
    )
    protect("opt_out")


def _message_template() -> None:
    op.create_table(
        "message_template",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("content_sid", sa.String, nullable=False),
        sa.Column("variables", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_message_template"),
        sa.UniqueConstraint("client_id", "event", "language", name="uq_message_template_client_id_event_language"),
    )
    protect("message_template")


def _rehearsal_message() -> None:
    op.create_table(
        "rehearsal_message",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("template", sa.String),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("media", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal_message"),
    )
    op.create_index("ix_rehearsal_message_created_at", "rehearsal_message", ["created_at"])
    share("rehearsal_message")
