"""Tables of the members domain; no member is enrolled twice for the same day; the card as one read.

``enrolment.plan_id`` gets its foreign key in 0006, after the plans.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import APP_ROLE, protect

revision = "0005"
down_revision = "0004"

MEMBER_CARD = """
CREATE FUNCTION api_member_card(p_client uuid, p_session uuid, p_member uuid, p_language text, p_today date)
RETURNS TABLE (outcome text, body text, qr_signed_at timestamptz) LANGUAGE plpgsql AS $$
DECLARE
    who member;
    held card;
    cover enrolment;
    chosen record;
    covered boolean;
    shown text;
BEGIN
    IF NOT app_begin(p_client, p_session) THEN
        RETURN QUERY SELECT 'session_ended', NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT * INTO who FROM member WHERE client_id = p_client AND id = p_member;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT * INTO held FROM card
     WHERE client_id = p_client AND member_id = p_member ORDER BY created_at DESC LIMIT 1;
    SELECT * INTO cover FROM enrolment
     WHERE client_id = p_client AND member_id = p_member
     ORDER BY (starts_on <= p_today) DESC, abs(p_today - starts_on) LIMIT 1;
    SELECT code, coalesce(names ->> p_language, names ->> 'en') AS name INTO chosen FROM plan
     WHERE client_id = p_client AND id = cover.plan_id;
    covered := cover.starts_on <= p_today
        AND p_today <= coalesce(least(cover.ends_on, who.left_on), 'infinity');
    shown := CASE
        WHEN held.id IS NULL OR cover.id IS NULL THEN 'none'
        WHEN held.status IN ('lost', 'ended') THEN held.status
        WHEN covered THEN held.status
        WHEN cover.starts_on > p_today THEN 'none'
        ELSE 'ended' END;
    RETURN QUERY SELECT 'ok', json_build_object(
        'member_id', who.id, 'member_number', who.number, 'card_number', held.number,
        'name', who.full_name, 'relationship', who.relationship, 'birth_date', who.birth_date,
        'plan', CASE WHEN cover.id IS NOT NULL THEN json_build_object('code', chosen.code, 'name', chosen.name) END,
        'status', shown, 'valid_from', cover.starts_on,
        'valid_until', least(cover.ends_on, who.left_on),
        'qr', CASE WHEN shown = 'active' THEN held.qr_payload END,
        'qr_expires_at', CASE WHEN shown = 'active' THEN held.qr_expires_at END)::text,
        CASE WHEN shown = 'active' THEN coalesce(held.qr_signed_at, 'epoch') END;
END $$
"""


def _columns(*own: sa.Column) -> list[sa.Column]:
    return [
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *own,
    ]


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column], [f"{target}.client_id", f"{target}.id"], name=f"fk_{table}_client_id_{column}"
    )


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), unique=unique)


def _members() -> None:
    op.create_table(
        "member",
        *_columns(
            sa.Column("number", sa.String, nullable=False),
            sa.Column("employee_id", sa.Uuid),
            sa.Column("relationship", sa.String, nullable=False),
            sa.Column("full_name", sa.String, nullable=False),
            sa.Column("birth_date", sa.Date, nullable=False),
            sa.Column("sex", sa.String, nullable=False),
            sa.Column("phone", sa.String),
            sa.Column("email", sa.String),
            sa.Column("language", sa.String, nullable=False),
            sa.Column("employee_number", sa.String),
            sa.Column("national_id_cipher", sa.LargeBinary),
            sa.Column("national_id_fingerprint", sa.LargeBinary),
            sa.Column("left_on", sa.Date),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_member"),
        sa.UniqueConstraint("client_id", "number", name="uq_member_client_id_number"),
        _of("member", "employee_id", "member"),
        _one_of("member", "relationship", "employee", "spouse", "child"),
        sa.CheckConstraint(
            "(relationship = 'employee') = (employee_id IS NULL)", name="ck_member_dependant_has_employee"
        ),
        _one_of("member", "sex", "male", "female"),
    )
    for columns in (["employee_id"], ["phone"], ["national_id_fingerprint"], ["created_at", "id"]):
        _index("member", "client_id", *columns)
    op.create_index(
        "uq_member_employee_number",
        "member",
        ["client_id", "employee_number"],
        unique=True,
        postgresql_where=sa.text("employee_id IS NULL"),
    )


def _enrolments() -> None:
    op.create_table(
        "enrolment",
        *_columns(
            sa.Column("member_id", sa.Uuid, nullable=False),
            sa.Column("plan_id", sa.Uuid, nullable=False),
            sa.Column("starts_on", sa.Date, nullable=False),
            sa.Column("ends_on", sa.Date),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_enrolment"),
        _of("enrolment", "member_id", "member"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_enrolment_ends_after_start"),
        postgresql.ExcludeConstraint(
            ("client_id", "="),
            ("member_id", "="),
            (sa.text("daterange(starts_on, ends_on, '[]'::text)"), "&&"),
            using="gist",
            name="ex_enrolment_no_overlap",
        ),
    )
    _index("enrolment", "client_id", "member_id", "starts_on")
    _index("enrolment", "client_id", "plan_id")
    op.create_table(
        "enrolment_request",
        *_columns(
            sa.Column("employee_id", sa.Uuid, nullable=False),
            sa.Column("relationship", sa.String, nullable=False),
            sa.Column("full_name", sa.String, nullable=False),
            sa.Column("birth_date", sa.Date, nullable=False),
            sa.Column("sex", sa.String, nullable=False),
            sa.Column("status", sa.String, nullable=False),
            sa.Column("decided_by", sa.Uuid),
            sa.Column("decided_at", sa.DateTime(timezone=True)),
            sa.Column("note", sa.String),
            sa.Column("created_member_id", sa.Uuid),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_enrolment_request"),
        _of("enrolment_request", "employee_id", "member"),
        _of("enrolment_request", "created_member_id", "member"),
        _one_of("enrolment_request", "status", "requested", "accepted", "refused"),
    )
    _index("enrolment_request", "client_id", "status", "created_at")
    _index("enrolment_request", "client_id", "employee_id")


def _consents() -> None:
    op.create_table(
        "consent",
        *_columns(
            sa.Column("member_id", sa.Uuid, nullable=False),
            sa.Column("purpose", sa.String, nullable=False),
            sa.Column("wording", sa.String, nullable=False),
            sa.Column("language", sa.String, nullable=False),
            sa.Column("channel", sa.String, nullable=False),
            sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_consent"),
        _of("consent", "member_id", "member"),
    )
    op.create_index(
        "uq_consent_current",
        "consent",
        ["client_id", "member_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _cards() -> None:
    op.create_table(
        "card",
        *_columns(
            sa.Column("member_id", sa.Uuid, nullable=False),
            sa.Column("number", sa.String, nullable=False),
            sa.Column("status", sa.String, nullable=False),
            sa.Column("issued_on", sa.Date, nullable=False),
            sa.Column("ended_on", sa.Date),
            sa.Column("replaces_id", sa.Uuid),
            sa.Column("fee_minor", sa.BigInteger),
            sa.Column("reported_at", sa.DateTime(timezone=True)),
            sa.Column("loss_reason", sa.String),
            sa.Column("qr_payload", sa.String),
            sa.Column("qr_signed_at", sa.DateTime(timezone=True)),
            sa.Column("qr_expires_at", sa.DateTime(timezone=True)),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_card"),
        sa.UniqueConstraint("client_id", "number", name="uq_card_client_id_number"),
        _of("card", "member_id", "member"),
        _of("card", "replaces_id", "card"),
        _one_of("card", "status", "active", "suspended", "lost", "ended"),
    )
    _index("card", "client_id", "member_id", "created_at")
    _index("card", "client_id", "replaces_id", unique=True)
    op.create_index(
        "uq_card_in_use",
        "card",
        ["client_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('active', 'suspended')"),
    )


def _imports() -> None:
    op.create_table(
        "census_import",
        *_columns(
            sa.Column("filename", sa.String, nullable=False),
            sa.Column("file_format", sa.String, nullable=False),
            sa.Column("digest", sa.LargeBinary, nullable=False),
            sa.Column("content", sa.LargeBinary),
            sa.Column("state", sa.String, nullable=False),
            sa.Column("uploaded_by", sa.Uuid),
            sa.Column("effective_on", sa.Date, nullable=False),
            sa.Column("columns", postgresql.JSONB, nullable=False),
            sa.Column("counts", postgresql.JSONB, nullable=False),
            sa.Column("total_rows", sa.Integer, nullable=False),
            sa.Column("done_rows", sa.Integer, nullable=False),
            sa.Column("refusal", postgresql.JSONB),
            sa.Column("applied_at", sa.DateTime(timezone=True)),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_census_import"),
        _one_of("census_import", "state", "uploaded", "checked", "applying", "applied", "refused"),
    )
    _index("census_import", "client_id", "created_at")
    _index("census_import", "client_id", "digest")
    op.create_table(
        "census_row",
        *_columns(
            sa.Column("import_id", sa.Uuid, nullable=False),
            sa.Column("line", sa.Integer, nullable=False),
            sa.Column("outcome", sa.String, nullable=False),
            sa.Column("employee_number", sa.String),
            sa.Column("problems", postgresql.JSONB, nullable=False),
            sa.Column("member_id", sa.Uuid),
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_census_row"),
        sa.UniqueConstraint("client_id", "import_id", "line", name="uq_census_row_client_id_import_id_line"),
        _of("census_row", "import_id", "census_import"),
        _one_of("census_row", "outcome", "new", "changed", "unchanged", "refused"),
    )
    _index("census_row", "client_id", "import_id", "outcome", "line")


def upgrade() -> None:
    for make in (_members, _enrolments, _consents, _cards, _imports):
        make()
    tables = ("member", "enrolment", "enrolment_request", "consent", "card", "census_import", "census_row")
    for table in tables:
        protect(table)
    for sequence in ("member_number_seq", "card_number_seq"):
        op.execute(f"CREATE SEQUENCE {sequence}")
        op.execute(f"GRANT USAGE ON SEQUENCE {sequence} TO {APP_ROLE}")
    op.execute(MEMBER_CARD)


def downgrade() -> None:
    raise NotImplementedError("members are not taken away; restore a backup instead")
