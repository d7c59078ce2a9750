"""The ledger, holds on a client's fund, payments."""

from alembic import op

from backend.migrations.funds import excess, functions, payments, tables

revision = "0032"
down_revision = "0031"

_FUNCTIONS = (
    functions.BALANCED,
    functions.UNTOUCHABLE,
    functions.SUMMED,
    functions.HELD,
    functions.GATE,
    functions.AVAILABLE,
    functions.HOLD_TO,
    functions.POST,
)
_TABLES = (
    "fund",
    "fund_balance",
    "ledger_entry",
    "ledger_line",
    "fund_hold_step",
    "fund_deposit",
    "fund_notice",
    "payee_account",
    "payment_run",
    "payment",
    "payable",
    "payment_item",
    "excess",
    "excess_item",
    "excess_instalment",
    "bank_statement",
    "bank_line",
)
"""In the order in which they can be made; taken away the other way round."""


def upgrade() -> None:
    tables.create_fund()
    tables.create_fund_balance()
    tables.create_ledger()
    tables.create_fund_hold_step()
    tables.create_fund_deposit()
    for function in _FUNCTIONS:
        op.execute(function)
    tables.guard()
    payments.create_fund_notice()
    payments.create_payee_account()
    payments.create_payment_run()
    payments.create_payment()
    payments.create_payable()
    payments.create_payment_item()
    excess.create_excess()
    excess.create_excess_parts()
    excess.create_bank_statement()


def downgrade() -> None:
    for function in ("ledger_post(uuid, jsonb)", "fund_hold_to(uuid, jsonb)", "fund_available(fund_balance)"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION fund_gate(uuid, text)")
    for table in reversed(_TABLES):
        op.drop_table(table)
    for function in ("ledger_balanced", "ledger_untouchable", "ledger_summed", "fund_held"):
        op.execute(f"DROP FUNCTION {function}()")
