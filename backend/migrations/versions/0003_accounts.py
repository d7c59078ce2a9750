"""Tables of the accounts domain."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect, share

revision = "0003"
down_revision = "0002"

_BEGIN = """
CREATE OR REPLACE FUNCTION app_begin(p_client uuid, p_session uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.client_id', p_client::text, true);
    RETURN p_session IS NULL OR EXISTS (
        SELECT FROM sign_in_session s
         WHERE s.client_id = p_client AND s.id = p_session AND s.ended_at IS NULL);
END $$
"""
"""Opens a transaction for a client and says whether the sign-in still lives: one round trip for both."""


def upgrade() -> None:
    _identity()
    _device()
    _staff()
    _staff_client()
    _sign_in_session()
    _one_time_code()
    _sign_in_attempt()
    op.execute(_BEGIN)


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("phone", sa.String, nullable=False),
        sa.Column("last_signed_in_at", sa.DateTime(timezone=True)),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_identity_client_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_identity"),
        sa.UniqueConstraint("client_id", "phone", name="uq_identity_client_id_phone"),
    )
    protect("identity")


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("identity_id", sa.Uuid, nullable=False),
        sa.Column("key_digest", sa.LargeBinary, nullable=False),
        sa.Column("network_digest", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "identity_id"], ["identity.client_id", "identity.id"], name="fk_device_client_id_identity_id"
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_device"),
        sa.UniqueConstraint(
            "client_id", "identity_id", "key_digest", name="uq_device_client_id_identity_id_key_digest"
        ),
    )
    protect("device")


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("totp_last_step", sa.Integer),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
    )
    share("staff")


def _staff_client() -> None:
    op.create_table(
        "staff_client",
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("provider_id", sa.Uuid),
        sa.CheckConstraint(
            "role IN ('hr', 'agent', 'doctor', 'claims', 'finance', 'provider', 'admin')", name="ck_staff_client_role"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_staff_client_client_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_client_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "client_id", name="pk_staff_client"),
    )
    share("staff_client")


def _sign_in_session() -> None:
    op.create_table(
        "sign_in_session",
        sa.Column("identity_id", sa.Uuid),
        sa.Column("staff_id", sa.Uuid),
        sa.Column("device_id", sa.Uuid),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("end_reason", sa.String),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(identity_id IS NULL) <> (staff_id IS NULL)", name="ck_sign_in_session_one_person"),
        sa.ForeignKeyConstraint(
            ["client_id", "device_id"], ["device.client_id", "device.id"], name="fk_sign_in_session_client_id_device_id"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "identity_id"],
            ["identity.client_id", "identity.id"],
            name="fk_sign_in_session_client_id_identity_id",
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_sign_in_session_client_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sign_in_session_staff_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_sign_in_session"),
    )
    op.create_index("ix_sign_in_session_client_id_device_id", "sign_in_session", ["client_id", "device_id"])
    op.create_index("ix_sign_in_session_client_id_identity_id", "sign_in_session", ["client_id", "identity_id"])
    op.create_index("ix_sign_in_session_staff_id", "sign_in_session", ["staff_id"])
    protect("sign_in_session")


def _one_time_code() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("subject_digest", sa.LargeBinary, nullable=False),
        sa.Column("network_digest", sa.LargeBinary, nullable=False),
        sa.Column("code_digest", sa.LargeBinary, nullable=False),
        sa.Column("envelope", sa.LargeBinary),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("guesses_near", sa.Integer, nullable=False),
        sa.Column("guesses_far", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_one_time_code_client_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_one_time_code"),
    )
    op.create_index("ix_one_time_code_client_id_expires_at", "one_time_code", ["client_id", "expires_at"])
    op.create_index(
        "ix_one_time_code_client_id_purpose_subject_digest", "one_time_code", ["client_id", "purpose", "subject_digest"]
    )
    protect("one_time_code")


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("realm", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject_digest", sa.LargeBinary, nullable=False),
        sa.Column("network_digest", sa.LargeBinary, nullable=False),
        sa.Column("familiar", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_at", "sign_in_attempt", ["at"])
    op.create_index("ix_sign_in_attempt_network_digest_at", "sign_in_attempt", ["network_digest", "at"])
    op.create_index("ix_sign_in_attempt_realm_at", "sign_in_attempt", ["realm", "at"])
    op.create_index("ix_sign_in_attempt_subject_digest_at", "sign_in_attempt", ["subject_digest", "at"])
    share("sign_in_attempt")
