"""Ground: the client of a transaction, idempotency records, the job queue."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from backend.migrations.tenancy import APP_ROLE, protect

revision = "0001"
down_revision = None


def upgrade() -> None:
    for extension in ("pg_trgm", "btree_gist", "unaccent"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.execute(
        "CREATE FUNCTION current_client() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS "
        "$$ SELECT nullif(current_setting('app.client_id', true), '')::uuid $$"
    )
    # The accounts migration replaces it with one that also refuses an ended sign-in.
    op.execute(
        "CREATE FUNCTION app_begin(p_client uuid, p_session uuid) RETURNS boolean LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM set_config('app.client_id', p_client::text, true); RETURN true; END $$"
    )
    op.create_table(
        "idempotency_record",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_key", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("answer", sa.LargeBinary),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_idempotency_record"),
        sa.UniqueConstraint("client_id", "actor_key", "key", name="uq_idempotency_record_client_id_actor_key_key"),
    )
    protect("idempotency_record")
    # Through the driver's own cursor: the schema's text has percent signs that are no placeholders.
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(SchemaManager.get_schema())
    op.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    op.execute(f"REVOKE ALL ON alembic_version FROM {APP_ROLE}")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP_ROLE}")


def downgrade() -> None:
    raise NotImplementedError("the ground is not taken away; restore a backup instead")
