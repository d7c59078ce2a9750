"""Tables of the funds domain: the fund and its ledger, payments, what the bank says, excess."""

from backend.funds.models.excess import (
    BankLine,
    BankStatement,
    Excess,
    ExcessInstalment,
    ExcessItem,
    ExcessState,
)
from backend.funds.models.ledger import Fund, FundBalance, FundDeposit, FundHoldStep, LedgerEntry, LedgerLine
from backend.funds.models.payments import (
    Destination,
    FundNotice,
    Payable,
    PayableState,
    Payee,
    PayeeAccount,
    Payment,
    PaymentItem,
    PaymentRun,
    PaymentState,
    RunKind,
    RunState,
)

__all__ = [
    "BankLine",
    "BankStatement",
    "Destination",
    "Excess",
    "ExcessInstalment",
    "ExcessItem",
    "ExcessState",
    "Fund",
    "FundBalance",
    "FundDeposit",
    "FundHoldStep",
    "FundNotice",
    "LedgerEntry",
    "LedgerLine",
    "Payable",
    "PayableState",
    "Payee",
    "PayeeAccount",
    "Payment",
    "PaymentItem",
    "PaymentRun",
    "PaymentState",
    "RunKind",
    "RunState",
]
