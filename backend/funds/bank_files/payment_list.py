"""A payment run as a table: for banks without ISO 20022, and for whoever pays by hand."""

from __future__ import annotations

from backend.funds.bank_files.banks import bank_named
from backend.funds.bank_files.order import PaymentOrder
from backend.kit import spreadsheet

HEADER = (
    "reference",
    "pay_on",
    "holder_name",
    "bank",
    "bank_code",
    "account_number",
    "amount",
    "currency",
    "rail",
    "about",
)


def written(order: PaymentOrder) -> str:
    """Comma-separated, a line for each transfer; account numbers keep their leading zeros as text."""
    return spreadsheet.written(
        HEADER,
        (
            (
                transfer.reference,
                order.pay_on.isoformat(),
                transfer.to.holder_name,
                transfer.to.bank,
                bank_named(transfer.to.bank).code or "",
                transfer.to.number,
                str(transfer.amount.major()),
                transfer.amount.currency,
                transfer.rail,
                " ".join(transfer.about),
            )
            for transfer in order.transfers
        ),
    )
