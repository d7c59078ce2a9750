"""Tables of a client's money. What is posted or promised is only ever added; the database keeps the sums itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.funds.rules.chart import OWED, Account


def one_of(column: str, values: type) -> str:
    """A check that a column holds one of an enum's words."""
    listed = ", ".join(f"'{value}'" for value in values)  # type: ignore[attr-defined]
    return f"{column} IN ({listed})"


def _minor() -> Mapped[int]:
    return mapped_column(BigInteger, server_default="0")


class Fund(OfClient, Base):
    """A client's deposit on its dedicated bank account (S0-42). Without this row nothing is refused for want of money.

    ``basis_minor`` is the yearly amount the deposit was worked out from, ``target_minor`` the deposit itself.
    """

    __tablename__ = "fund"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id"),
        CheckConstraint("basis_minor >= 0 AND target_minor >= 0", name="not_negative"),
    )

    currency: Mapped[str] = mapped_column(String(3))
    opened_on: Mapped[date]
    basis_minor: Mapped[int] = mapped_column(BigInteger)
    target_minor: Mapped[int] = mapped_column(BigInteger)
    bank: Mapped[str]
    account_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    account_ending: Mapped[str]
    holder_name: Mapped[str]


class FundBalance(OfClient, Base):
    """The sums of the ledger and of what is promised, one row of a client; only the database's own triggers write it.

    Debits are positive: the bank stands above zero, a debt below.
    """

    __tablename__ = "fund_balance"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id"),
        CheckConstraint("bank_minor >= 0", name="bank_not_overdrawn"),
        CheckConstraint("held_minor >= 0", name="held_not_negative"),
    )

    currency: Mapped[str] = mapped_column(String(3))
    bank_minor: Mapped[int] = _minor()
    deposit_minor: Mapped[int] = _minor()
    payable_provider_minor: Mapped[int] = _minor()
    payable_member_minor: Mapped[int] = _minor()
    payable_client_minor: Mapped[int] = _minor()
    profit_share_minor: Mapped[int] = _minor()
    suspense_minor: Mapped[int] = _minor()
    receivable_excess_minor: Mapped[int] = _minor()
    receivable_fee_minor: Mapped[int] = _minor()
    fee_income_minor: Mapped[int] = _minor()
    tax_payable_minor: Mapped[int] = _minor()
    held_minor: Mapped[int] = _minor()

    @property
    def owed_minor(self) -> int:
        """What lies on the account and is somebody's already, as a positive amount."""
        return -sum(getattr(self, f"{account}_minor") for account in OWED)

    @property
    def available_minor(self) -> int:
        """Bank less what is owed less what is promised: what the fund could still give."""
        return self.bank_minor - self.owed_minor - self.held_minor


class LedgerEntry(OfClient, Base):
    """One event of money with two sides at least. A mistake is put right by an entry that reverses it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        ForeignKeyConstraint(["client_id", "reverses_id"], ["ledger_entry.client_id", "ledger_entry.id"]),
        CheckConstraint("line_count >= 2", name="two_sides"),
        UniqueConstraint("client_id", "reverses_id"),
        Index(None, "client_id", "posted_on", "id"),
        Index(None, "client_id", "source_type", "source_id"),
    )

    posted_on: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str]
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    reverses_id: Mapped[UUID | None]
    line_count: Mapped[int]
    digest: Mapped[str]
    """Of everything that makes the same entry the same."""
    available_minor: Mapped[int] = mapped_column(BigInteger)
    """What the fund could still give after it."""
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]


class LedgerLine(Base):
    """One side of an entry: debits positive, credits negative; the lines of an entry add up to nothing."""

    __tablename__ = "ledger_line"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "entry_id"], ["ledger_entry.client_id", "ledger_entry.id"]),
        CheckConstraint("amount_minor <> 0", name="some_amount"),
        CheckConstraint(one_of("account", Account), name="account"),
    )

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[str]
    subject_id: Mapped[UUID | None]
    """Whose: the member, the provider."""
    amount_minor: Mapped[int] = mapped_column(BigInteger)


class FundHoldStep(OfClient, Base):
    """A change of what is promised for one source (a letter of guarantee); the newest step says how much it is now."""

    __tablename__ = "fund_hold_step"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        ForeignKeyConstraint(["client_id", "entry_id"], ["ledger_entry.client_id", "ledger_entry.id"]),
        CheckConstraint("amount_minor >= 0 AND before_minor >= 0", name="not_negative"),
        CheckConstraint("kind IN ('hold', 'release', 'convert')", name="kind"),
        UniqueConstraint("client_id", "key"),
        Index(None, "client_id", "source_type", "source_id", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    key: Mapped[str]
    kind: Mapped[str]
    before_minor: Mapped[int] = mapped_column(BigInteger)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    asked_minor: Mapped[int] = mapped_column(BigInteger)
    funded: Mapped[bool]
    """Whether the fund covered it then. Without a fund nothing does, and nothing is refused."""
    available_minor: Mapped[int] = mapped_column(BigInteger)
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    entry_id: Mapped[UUID | None]
    """The entry that a converted hold became."""


class FundDeposit(OfClient, Base):
    """Money the client sent for its fund, with the bank's reference: the same receipt is never recorded twice."""

    __tablename__ = "fund_deposit"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "entry_id"], ["ledger_entry.client_id", "ledger_entry.id"]),
        CheckConstraint("amount_minor > 0", name="some_amount"),
        UniqueConstraint("client_id", "reference"),
        Index(None, "client_id", "received_on", "id"),
    )

    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    received_on: Mapped[date]
    reference: Mapped[str]
    funded_minor: Mapped[int] = mapped_column(BigInteger)
    """What the bank account held of the client's own right after it: what half used is half of."""
    entry_id: Mapped[UUID]
    recorded_by: Mapped[UUID | None]
