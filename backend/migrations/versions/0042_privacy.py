"""What people ask about their own data, and the one way to take words out of records that only grow."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import APP_ROLE, protect

revision = "0042"
down_revision = "0041"

_ERASE_WORDS = """
CREATE FUNCTION erase_words(p_client uuid, p_request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person uuid;
BEGIN
    -- The application may only add to these tables. Words go from them for an erasure that a person decided,
    -- of the person who asked for it, and for nobody else.
    SELECT member_id INTO person FROM privacy_request
     WHERE client_id = p_client AND id = p_request AND kind = 'erasure' AND state = 'approved';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no erasure was approved';
    END IF;
    UPDATE case_event AS e SET text = NULL, facts = '{}'
      FROM helpline_case AS c
     WHERE e.client_id = p_client AND c.client_id = p_client AND c.id = e.case_id
       AND (c.member_id = person OR c.conversation_id IN (
            WITH RECURSIVE thread AS (
                SELECT id FROM conversation WHERE client_id = p_client AND member_id = person
                UNION
                SELECT o.id FROM conversation AS o JOIN thread AS t ON o.merged_into_id = t.id
                 WHERE o.client_id = p_client)
            SELECT id FROM thread) AND c.member_id IS NULL);
    UPDATE complaint_step AS s SET note = NULL, figures = '{}'
      FROM complaint AS c
     WHERE s.client_id = p_client AND c.client_id = p_client AND c.id = s.complaint_id AND c.member_id = person;
END $$
"""


def upgrade() -> None:
    _request()
    _step()
    _file()
    op.add_column(
        "notification_preference",
        sa.Column("unwanted", postgresql.JSONB(), nullable=False, server_default=sa.text("'{}'::jsonb")),
    )
    op.alter_column("notification_preference", "unwanted", server_default=None)
    op.execute(_ERASE_WORDS)
    op.execute("REVOKE ALL ON FUNCTION erase_words(uuid, uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION erase_words(uuid, uuid) TO {APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION erase_words")
    op.drop_column("notification_preference", "unwanted")
    for table in ("file_to_erase", "privacy_step", "privacy_request"):
        op.drop_table(table)


def _request() -> None:
    moment = sa.DateTime(timezone=True)
    _table(
        "privacy_request",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("erased_at", moment, nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.Column("kept", postgresql.JSONB(), nullable=False),
        sa.Column("zip_bytes", sa.Integer(), nullable=True),
        sa.Column("available_until", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('export', 'erasure')", name=op.f("ck_privacy_request_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'making', 'ready', 'expired', 'approved', 'done', 'refused', 'withdrawn')",
            name=op.f("ck_privacy_request_state"),
        ),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_privacy_request_decided")),
        sa.CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name=op.f("ck_privacy_request_refusal")),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_privacy_request_client_id_member_id"),
        ),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_privacy_request_client_id_number")),
    )
    op.create_index(
        "uq_privacy_request_waiting",
        "privacy_request",
        ["client_id", "member_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'making', 'approved')"),
    )
    op.create_index(
        "ix_privacy_request_client_id_member_id", "privacy_request", ["client_id", "member_id", "created_at"]
    )
    op.create_index("ix_privacy_request_client_id_state_due_at", "privacy_request", ["client_id", "state", "due_at"])


def _step() -> None:
    _table(
        "privacy_step",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        _of_request("privacy_step"),
        insert_only=True,
    )
    op.create_index("ix_privacy_step_client_id_request_id", "privacy_step", ["client_id", "request_id", "created_at"])


def _file() -> None:
    _table(
        "file_to_erase",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        _of_request("file_to_erase"),
        sa.UniqueConstraint(
            "client_id", "request_id", "place", name=op.f("uq_file_to_erase_client_id_request_id_place")
        ),
    )


def _of_request(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", "request_id"],
        ["privacy_request.client_id", "privacy_request.id"],
        name=op.f(f"fk_{table}_client_id_request_id"),
    )


def _table(name: str, *rest: sa.schema.SchemaItem, insert_only: bool = False) -> None:
    op.create_table(
        name,
        *rest,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{name}")),
    )
    protect(name, insert_only=insert_only)
