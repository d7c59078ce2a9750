"""Funds of clients as tests need them."""

from __future__ import annotations

from itertools import count

from backend.access import Scope
from backend.funds import ledger, service
from backend.kit.money import Money

_serial = count(1)


def rupiah(amount: int) -> Money:
    """Whole rupiah."""
    return Money.of_major(amount, "IDR")


def make_fund(scope: Scope, *, yearly: Money | None = None, deposit: Money | None = None) -> None:
    """An open fund; with ``deposit`` that much arrived already."""
    service.open_fund(scope, yearly or rupiah(1_200_000_000), "Bank Mandiri", "1234567890", "Dana Kirana")
    if deposit is not None:
        make_deposit(scope, deposit)


def make_deposit(scope: Scope, amount: Money) -> None:
    """Money the client sent."""
    service.record_deposit(scope, amount, ledger.today_of(scope), f"TRX{next(_serial):06}")
