"""Tables of what is owed and how it is paid."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.migrations.funds.columns import listed, of_client, own
from backend.migrations.tenancy import protect

_DESTINATIONS = ("provider", "member", "company")


def create_fund_notice() -> None:
    op.create_table(
        "fund_notice",
        *own("fund_notice"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        of_client("fund_notice", to="client"),
        sa.UniqueConstraint("client_id", "kind", "about", name=op.f("uq_fund_notice_client_id_kind_about")),
    )
    protect("fund_notice", insert_only=True)


def create_payee_account() -> None:
    op.create_table(
        "payee_account",
        *own("payee_account"),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        of_client("payee_account", to="client"),
        sa.ForeignKeyConstraint(["given_by"], ["staff.id"], name=op.f("fk_payee_account_given_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"], name=op.f("fk_payee_account_confirmed_by")),
        sa.CheckConstraint("payee IN ('provider', 'company')", name=op.f("ck_payee_account_payee")),
        sa.CheckConstraint("confirmed_by <> given_by", name=op.f("ck_payee_account_two_people")),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_payee_account_confirmed_when")
        ),
    )
    op.create_index(
        op.f("ix_payee_account_client_id_payee_id_created_at"), "payee_account", ["client_id", "payee_id", "created_at"]
    )
    protect("payee_account")


def create_payment_run() -> None:
    op.create_table(
        "payment_run",
        *own("payment_run"),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("left_out", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        of_client("payment_run", to="client"),
        sa.ForeignKeyConstraint(["prepared_by"], ["staff.id"], name=op.f("fk_payment_run_prepared_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_payment_run_approved_by")),
        sa.CheckConstraint("kind IN ('scheduled', 'on_demand')", name=op.f("ck_payment_run_kind")),
        sa.CheckConstraint(
            "state IN ('prepared', 'approved', 'sent', 'settled', 'cancelled')", name=op.f("ck_payment_run_state")
        ),
        sa.CheckConstraint("approved_by <> prepared_by", name=op.f("ck_payment_run_two_people")),
        sa.CheckConstraint(
            "state IN ('prepared', 'cancelled') OR approved_at IS NOT NULL", name=op.f("ck_payment_run_approved_when")
        ),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_payment_run_client_id_number")),
    )
    op.create_index(op.f("ix_payment_run_client_id_created_at_id"), "payment_run", ["client_id", "created_at", "id"])
    protect("payment_run")


def create_payment() -> None:
    op.create_table(
        "payment",
        *own("payment"),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        of_client("payment", "run_id", to="payment_run"),
        sa.CheckConstraint(f"destination IN ({listed(_DESTINATIONS)})", name=op.f("ck_payment_destination")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_some_amount")),
        sa.CheckConstraint("state IN ('planned', 'sent', 'paid', 'failed', 'dropped')", name=op.f("ck_payment_state")),
        sa.CheckConstraint("state <> 'paid' OR paid_on IS NOT NULL", name=op.f("ck_payment_paid_when")),
        sa.CheckConstraint("state <> 'failed' OR failure IS NOT NULL", name=op.f("ck_payment_failed_why")),
        sa.UniqueConstraint("client_id", "reference", name=op.f("uq_payment_client_id_reference")),
    )
    op.create_index(op.f("ix_payment_client_id_run_id"), "payment", ["client_id", "run_id"])
    protect("payment")


def create_payable() -> None:
    op.create_table(
        "payable",
        *own("payable"),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("plan_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("settle_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        of_client("payable", "member_id", to="member"),
        of_client("payable", "claim_id", to="claim"),
        of_client("payable", "payment_id", to="payment"),
        of_client("payable", "entry_id", to="ledger_entry"),
        sa.CheckConstraint("payee IN ('provider', 'member', 'client')", name=op.f("ck_payable_payee")),
        sa.CheckConstraint("state IN ('open', 'in_run', 'paid', 'reversed')", name=op.f("ck_payable_state")),
        sa.CheckConstraint("amount_minor > 0 AND plan_minor <= amount_minor", name=op.f("ck_payable_some_amount")),
        sa.CheckConstraint("state <> 'in_run' OR payment_id IS NOT NULL", name=op.f("ck_payable_in_which_run")),
        sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_payable_paid_when")),
        sa.UniqueConstraint("client_id", "entry_id", name=op.f("uq_payable_client_id_entry_id")),
    )
    op.create_index(
        "ix_payable_waiting",
        "payable",
        ["client_id", "settle_by", "id"],
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_payable_client_id_payment_id"), "payable", ["client_id", "payment_id"])
    op.create_index(op.f("ix_payable_client_id_claim_id"), "payable", ["client_id", "claim_id"])
    op.create_index(op.f("ix_payable_client_id_member_id"), "payable", ["client_id", "member_id"])
    op.create_index(op.f("ix_payable_client_id_approved_on"), "payable", ["client_id", "approved_on"])
    op.create_index(
        op.f("ix_payable_client_id_source_type_source_id"), "payable", ["client_id", "source_type", "source_id"]
    )
    protect("payable")


def create_payment_item() -> None:
    op.create_table(
        "payment_item",
        *own("payment_item"),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        of_client("payment_item", "payment_id", to="payment"),
        of_client("payment_item", "payable_id", to="payable"),
        sa.UniqueConstraint(
            "client_id", "payment_id", "payable_id", name=op.f("uq_payment_item_client_id_payment_id_payable_id")
        ),
    )
    op.create_index(op.f("ix_payment_item_client_id_payable_id"), "payment_item", ["client_id", "payable_id"])
    protect("payment_item", insert_only=True)
