"""Tables of excess claims and of what the bank says."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.funds.columns import of_client, own
from backend.migrations.tenancy import protect


def create_excess() -> None:
    op.create_table(
        "excess",
        *own("excess"),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=True),
        sa.Column("dispute", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("stopped_card", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        of_client("excess", "payable_id", to="payable"),
        of_client("excess", "member_id", to="member"),
        sa.CheckConstraint("state IN ('open', 'disputed', 'settled', 'waived')", name=op.f("ck_excess_state")),
        sa.CheckConstraint(
            "amount_minor > 0 AND paid_minor BETWEEN 0 AND amount_minor", name=op.f("ck_excess_paid_at_most")
        ),
        sa.CheckConstraint("(state = 'disputed') = (days_left IS NOT NULL)", name=op.f("ck_excess_clock_waits")),
        sa.CheckConstraint("state <> 'settled' OR paid_minor = amount_minor", name=op.f("ck_excess_settled_in_full")),
        sa.UniqueConstraint("client_id", "payable_id", name=op.f("uq_excess_client_id_payable_id")),
    )
    op.create_index(op.f("ix_excess_client_id_member_id"), "excess", ["client_id", "member_id"])
    op.create_index(
        "ix_excess_clock",
        "excess",
        ["client_id", "due_on", "id"],
        postgresql_where=sa.text("state IN ('open', 'disputed')"),
    )
    protect("excess")


def create_excess_parts() -> None:
    op.create_table(
        "excess_item",
        *own("excess_item"),
        sa.Column("excess_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        of_client("excess_item", "excess_id", to="excess"),
        sa.UniqueConstraint(
            "client_id", "excess_id", "position", name=op.f("uq_excess_item_client_id_excess_id_position")
        ),
    )
    protect("excess_item", insert_only=True)
    op.create_table(
        "excess_instalment",
        *own("excess_instalment"),
        sa.Column("excess_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        of_client("excess_instalment", "excess_id", to="excess"),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_excess_instalment_some_amount")),
        sa.UniqueConstraint(
            "client_id", "excess_id", "due_on", name=op.f("uq_excess_instalment_client_id_excess_id_due_on")
        ),
    )
    protect("excess_instalment")


def create_bank_statement() -> None:
    op.create_table(
        "bank_statement",
        *own("bank_statement"),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("known_lines", sa.Integer(), nullable=False),
        sa.Column("closing_minor", sa.BigInteger(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        of_client("bank_statement", to="client"),
        sa.CheckConstraint("form IN ('csv', 'mt940', 'camt053')", name=op.f("ck_bank_statement_form")),
        sa.UniqueConstraint("client_id", "digest", name=op.f("uq_bank_statement_client_id_digest")),
    )
    op.create_index(
        op.f("ix_bank_statement_client_id_created_at_id"), "bank_statement", ["client_id", "created_at", "id"]
    )
    protect("bank_statement")
    op.create_table(
        "bank_line",
        *own("bank_line"),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=True),
        sa.Column("excess_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("proposals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        of_client("bank_line", "statement_id", to="bank_statement"),
        of_client("bank_line", "excess_id", to="excess"),
        of_client("bank_line", "payment_id", to="payment"),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_bank_line_decided_by")),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_bank_line_some_amount")),
        sa.CheckConstraint("state IN ('matched', 'review')", name=op.f("ck_bank_line_state")),
        sa.CheckConstraint("(state = 'matched') = (became IS NOT NULL)", name=op.f("ck_bank_line_became_what")),
        sa.UniqueConstraint("client_id", "fingerprint", name=op.f("uq_bank_line_client_id_fingerprint")),
    )
    op.create_index(
        op.f("ix_bank_line_client_id_state_booked_on_id"), "bank_line", ["client_id", "state", "booked_on", "id"]
    )
    protect("bank_line")
