"""Visits, bills of providers, keys of hospital systems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.tenancy import protect

revision = "0036"
down_revision = "0035"

_GROUPS = (
    "'inpatient', 'outpatient', 'dental', 'maternity', 'optical', 'pharmacy', "
    "'medical_checkup', 'emergency', 'ambulance', 'guarantee'"
)


def upgrade() -> None:
    _visit()
    _provider_bill()
    _provider_bill_line()
    _provider_bill_document()
    _provider_bill_event()
    _api_key()


def downgrade() -> None:
    for table in (
        "api_key",
        "provider_bill_event",
        "provider_bill_document",
        "provider_bill_line",
        "provider_bill",
        "visit",
    ):
        op.drop_table(table)


def _own(table: str) -> list[sa.schema.SchemaItem]:
    """What every row of a client begins with."""
    return [
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
    ]


def _of(table: str, column: str, target: str, **more: str) -> sa.ForeignKeyConstraint:
    """Points at a row of the same client."""
    name = op.f(f"fk_{table}_client_id_{column}")
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        [f"{target}.client_id", f"{target}.id"],
        name=name,
        **more,  # type: ignore[arg-type]
    )


def _provider(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f(f"fk_{table}_provider_id"))


def _visit() -> None:
    op.create_table(
        "visit",
        *_own("visit"),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_group", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("referral_code", sa.String(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'closed', 'cancelled')", name=op.f("ck_visit_state")),
        sa.CheckConstraint("shown IN ('card_qr', 'card_number', 'nothing')", name=op.f("ck_visit_shown")),
        sa.CheckConstraint(f"benefit_group IN ({_GROUPS})", name=op.f("ck_visit_benefit_group")),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_visit_ended_when")),
        sa.CheckConstraint("ended_at >= opened_at", name=op.f("ck_visit_ends_after_start")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_visit_client_id_number")),
        _of("visit", "member_id", "member"),
        _of("visit", "letter_id", "guarantee_letter"),
        _provider("visit"),
    )
    for column in ("provider_id", "member_id"):
        op.create_index(
            op.f(f"ix_visit_client_id_{column}_created_at_id"), "visit", ["client_id", column, "created_at", "id"]
        )
    op.create_index(
        "uq_visit_open",
        "visit",
        ["client_id", "member_id", "provider_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    protect("visit")


def _provider_bill() -> None:
    op.create_table(
        "provider_bill",
        *_own("provider_bill"),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("diagnoses", postgresql.JSONB(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('submitted', 'returned', 'accepted')", name=op.f("ck_provider_bill_state")),
        sa.CheckConstraint("total_minor > 0", name=op.f("ck_provider_bill_total_positive")),
        sa.CheckConstraint(
            "state <> 'returned' OR return_reason IS NOT NULL", name=op.f("ck_provider_bill_returned_why")
        ),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_provider_bill_client_id_number")),
        sa.UniqueConstraint("client_id", "visit_id", name=op.f("uq_provider_bill_client_id_visit_id")),
        sa.UniqueConstraint(
            "client_id",
            "provider_id",
            "invoice_number",
            name=op.f("uq_provider_bill_client_id_provider_id_invoice_number"),
        ),
        _of("provider_bill", "visit_id", "visit"),
        _of("provider_bill", "member_id", "member"),
        _provider("provider_bill"),
    )
    for columns in (("provider_id", "created_at", "id"), ("state", "submitted_at", "id"), ("member_id",)):
        name = op.f("ix_provider_bill_client_id_" + "_".join(columns))
        op.create_index(name, "provider_bill", ["client_id", *columns])
    protect("provider_bill")


def _provider_bill_line() -> None:
    op.create_table(
        "provider_bill_line",
        *_own("provider_bill_line"),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=True),
        sa.Column("room_class", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("service_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("agreed_minor", sa.BigInteger(), nullable=True),
        sa.Column("tariff_version_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0 AND unit_minor >= 0 AND agreed_minor >= 0", name=op.f("ck_provider_bill_line_figures")
        ),
        sa.UniqueConstraint(
            "client_id", "bill_id", "position", name=op.f("uq_provider_bill_line_client_id_bill_id_position")
        ),
        _of("provider_bill_line", "bill_id", "provider_bill"),
        sa.ForeignKeyConstraint(
            ["tariff_version_id"], ["tariff_version.id"], name=op.f("fk_provider_bill_line_tariff_version_id")
        ),
    )
    op.create_index(op.f("ix_provider_bill_line_tariff_version_id"), "provider_bill_line", ["tariff_version_id"])
    protect("provider_bill_line")


def _provider_bill_document() -> None:
    op.create_table(
        "provider_bill_document",
        *_own("provider_bill_document"),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint(
            "client_id", "bill_id", "document_id", name=op.f("uq_provider_bill_document_client_id_bill_id_document_id")
        ),
        _of("provider_bill_document", "bill_id", "provider_bill"),
        _of("provider_bill_document", "document_id", "document", ondelete="CASCADE"),
    )
    op.create_index(
        op.f("ix_provider_bill_document_client_id_document_id"), "provider_bill_document", ["client_id", "document_id"]
    )
    protect("provider_bill_document")


def _provider_bill_event() -> None:
    op.create_table(
        "provider_bill_event",
        *_own("provider_bill_event"),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        _of("provider_bill_event", "bill_id", "provider_bill"),
    )
    op.create_index(
        op.f("ix_provider_bill_event_client_id_bill_id_created_at"),
        "provider_bill_event",
        ["client_id", "bill_id", "created_at"],
    )
    protect("provider_bill_event", insert_only=True)


def _api_key() -> None:
    op.create_table(
        "api_key",
        *_own("api_key"),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(secret_digest) = 32", name=op.f("ck_api_key_digest")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_api_key_client_id")),
        _provider("api_key"),
    )
    op.create_index(op.f("ix_api_key_client_id_provider_id"), "api_key", ["client_id", "provider_id"])
    protect("api_key")
