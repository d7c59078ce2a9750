"""Tables of the audit domain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _audit_record()


def downgrade() -> None:
    raise NotImplementedError("a client's rows are not thrown away; restore a backup instead")


def _audit_record() -> None:
    op.create_table(
        "audit_record",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_role", sa.String, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("object_type", sa.String, nullable=False),
        sa.Column("object_id", sa.Uuid),
        sa.Column("member_id", sa.Uuid),
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_audit_record_client_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_audit_record"),
    )
    op.create_index("ix_audit_record_client_id_member_id_at", "audit_record", ["client_id", "member_id", "at", "id"])
    op.create_index("ix_audit_record_client_id_object_id", "audit_record", ["client_id", "object_id"])
    protect("audit_record", insert_only=True)
