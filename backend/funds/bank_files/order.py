"""A payment run as a bank is told of it, apart from how the file writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class AccountNamed:
    """An account with its number in the clear: it lives no longer than the file is being written."""

    holder_name: str
    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class OrderedTransfer:
    """One transfer; ``about`` are the claim and bill numbers it pays, nothing else about anybody."""

    reference: str
    to: AccountNamed
    amount: Money
    rail: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Everything of one run."""

    number: str
    made_at: datetime
    pay_on: date
    source: AccountNamed
    transfers: tuple[OrderedTransfer, ...]

    @property
    def total(self) -> Money:
        """The control sum."""
        return sum(
            (transfer.amount for transfer in self.transfers[1:]),
            start=self.transfers[0].amount,
        )
