"""Tables of a fund and its ledger."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.funds.columns import ACCOUNTS, listed, own
from backend.migrations.tenancy import APP_ROLE, protect


def create_fund() -> None:
    op.create_table(
        "fund",
        *own("fund"),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("basis_minor", sa.BigInteger(), nullable=False),
        sa.Column("target_minor", sa.BigInteger(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("account_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("account_ending", sa.String(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_fund_client_id")),
        sa.CheckConstraint("basis_minor >= 0 AND target_minor >= 0", name=op.f("ck_fund_not_negative")),
        sa.UniqueConstraint("client_id", name=op.f("uq_fund_client_id")),
    )
    protect("fund")


def create_fund_balance() -> None:
    op.create_table(
        "fund_balance",
        *own("fund_balance"),
        sa.Column("currency", sa.String(length=3), nullable=False),
        *(
            sa.Column(f"{name}_minor", sa.BigInteger(), nullable=False, server_default="0")
            for name in (*ACCOUNTS, "held")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_fund_balance_client_id")),
        sa.CheckConstraint("bank_minor >= 0", name=op.f("ck_fund_balance_bank_not_overdrawn")),
        sa.CheckConstraint("held_minor >= 0", name=op.f("ck_fund_balance_held_not_negative")),
        sa.UniqueConstraint("client_id", name=op.f("uq_fund_balance_client_id")),
    )
    # One row of a client is changed by every posting: room beside it keeps the new versions on its own page.
    op.execute("ALTER TABLE fund_balance SET (fillfactor = 20)")
    protect("fund_balance")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON fund_balance FROM {APP_ROLE}")


def create_ledger() -> None:
    op.create_table(
        "ledger_entry",
        *own("ledger_entry"),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("available_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_ledger_entry_client_id")),
        sa.ForeignKeyConstraint(
            ["client_id", "reverses_id"],
            ["ledger_entry.client_id", "ledger_entry.id"],
            name=op.f("fk_ledger_entry_client_id_reverses_id"),
        ),
        sa.CheckConstraint("line_count >= 2", name=op.f("ck_ledger_entry_two_sides")),
        sa.UniqueConstraint("client_id", "reverses_id", name=op.f("uq_ledger_entry_client_id_reverses_id")),
    )
    op.create_index(op.f("ix_ledger_entry_client_id_posted_on_id"), "ledger_entry", ["client_id", "posted_on", "id"])
    op.create_index(
        op.f("ix_ledger_entry_client_id_source_type_source_id"),
        "ledger_entry",
        ["client_id", "source_type", "source_id"],
    )
    op.create_table(
        "ledger_line",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "entry_id", "position", name=op.f("pk_ledger_line")),
        sa.ForeignKeyConstraint(
            ["client_id", "entry_id"],
            ["ledger_entry.client_id", "ledger_entry.id"],
            name=op.f("fk_ledger_line_client_id_entry_id"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_ledger_line_some_amount")),
        sa.CheckConstraint(f"account IN ({listed(ACCOUNTS)})", name=op.f("ck_ledger_line_account")),
    )
    protect("ledger_entry", insert_only=True)
    protect("ledger_line", insert_only=True)


def create_fund_hold_step() -> None:
    op.create_table(
        "fund_hold_step",
        *own("fund_hold_step"),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("asked_minor", sa.BigInteger(), nullable=False),
        sa.Column("funded", sa.Boolean(), nullable=False),
        sa.Column("available_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_fund_hold_step_client_id")),
        sa.ForeignKeyConstraint(
            ["client_id", "entry_id"],
            ["ledger_entry.client_id", "ledger_entry.id"],
            name=op.f("fk_fund_hold_step_client_id_entry_id"),
        ),
        sa.CheckConstraint("amount_minor >= 0 AND before_minor >= 0", name=op.f("ck_fund_hold_step_not_negative")),
        sa.CheckConstraint("kind IN ('hold', 'release', 'convert')", name=op.f("ck_fund_hold_step_kind")),
        sa.UniqueConstraint("client_id", "key", name=op.f("uq_fund_hold_step_client_id_key")),
    )
    op.create_index(
        op.f("ix_fund_hold_step_client_id_source_type_source_id_sequence"),
        "fund_hold_step",
        ["client_id", "source_type", "source_id", "sequence"],
    )
    protect("fund_hold_step", insert_only=True)
    op.execute(f"GRANT USAGE ON SEQUENCE fund_hold_step_sequence_seq TO {APP_ROLE}")


def create_fund_deposit() -> None:
    op.create_table(
        "fund_deposit",
        *own("fund_deposit"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("funded_minor", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id", "entry_id"],
            ["ledger_entry.client_id", "ledger_entry.id"],
            name=op.f("fk_fund_deposit_client_id_entry_id"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_fund_deposit_some_amount")),
        sa.UniqueConstraint("client_id", "reference", name=op.f("uq_fund_deposit_client_id_reference")),
    )
    op.create_index(
        op.f("ix_fund_deposit_client_id_received_on_id"), "fund_deposit", ["client_id", "received_on", "id"]
    )
    protect("fund_deposit", insert_only=True)


def guard() -> None:
    op.execute(
        "CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION ledger_balanced()"
    )
    op.execute(
        "CREATE TRIGGER ledger_line_summed AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS new_lines"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_summed()"
    )
    op.execute(
        "CREATE TRIGGER fund_hold_step_held AFTER INSERT ON fund_hold_step REFERENCING NEW TABLE AS new_steps"
        " FOR EACH STATEMENT EXECUTE FUNCTION fund_held()"
    )
    for table in ("ledger_entry", "ledger_line", "fund_hold_step"):
        op.execute(
            f"CREATE TRIGGER {table}_untouchable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_untouchable()"
        )
    op.execute(f"GRANT EXECUTE ON FUNCTION fund_gate(uuid, text) TO {APP_ROLE}")
