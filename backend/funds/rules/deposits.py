"""How large the deposit is and when it has to be topped up."""

from __future__ import annotations

from dataclasses import dataclass

from backend.clients.rules import Terms
from backend.kit.money import Money

ALREADY_OPEN = "funds.already_open"
NOT_OPEN = "funds.not_open"
RECEIPT_KNOWN = "funds.receipt_known"
OTHER_CURRENCY = "funds.other_currency"
STILL_PROMISED = "funds.still_promised"
NOTHING_LEFT = "funds.nothing_left"
MONTH_AHEAD = "funds.month_ahead"

_MONTHS, _OF = 3, 12


def required_deposit(yearly: Money) -> Money:
    """Three twelfths of a year's claims or of the year's health budget (S0-43, S0-44)."""
    return yearly.share(_MONTHS, _OF)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a fund stands. ``paid_from`` is what the bank still holds of the client's own, ``available`` the same less
    what is owed and promised; ``funded`` is what was there after the latest deposit, ``initial`` the first deposit.
    """

    paid_from: Money
    available: Money
    funded: Money
    initial: Money


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of ``base`` is gone, by what was paid and by what was paid, owed or promised; per cent, rounded down."""

    base: Money
    paid: Money
    committed: Money
    paid_percent: int
    committed_percent: int


def usage(standing: Standing, terms: Terms) -> Usage:
    """The share of the deposit that has been used, by the contract's reading of what it is a share of (S0-49)."""
    base = standing.initial if terms.top_up_basis == "initial" else standing.funded
    paid, committed = base - standing.paid_from, base - standing.available
    return Usage(base, paid, committed, _percent(paid, base), _percent(committed, base))


def _percent(part: Money, whole: Money) -> int:
    if whole.amount_minor <= 0:
        return 0
    return max(part.amount_minor, 0) * 100 // whole.amount_minor


def notices_due(used: Usage, terms: Terms) -> tuple[str, ...]:
    """Which top-up notices are due (S0-49): ``promised`` once promises use half of it, ``paid`` once payments have."""
    due = []
    if used.committed_percent >= terms.top_up_percent:
        due.append("promised")
    if used.paid_percent >= terms.top_up_percent:
        due.append("paid")
    return tuple(due)


def top_up_amount(standing: Standing, target: Money) -> Money:
    """What brings the free money back to the deposit that was agreed; nothing when it is there."""
    missing = target - standing.available
    return missing if missing.amount_minor > 0 else Money.zero(target.currency)


def leftover_shares(leftover: Money, terms: Terms) -> tuple[Money, Money]:
    """What is left at the end, shared between the employer and us (S0-50: 70 to 30, by default 70 to the employer)."""
    employer = leftover.percent(terms.employer_profit_share_percent)
    return employer, leftover - employer
