"""Where a provider stands for a plan on a day: in its network, without cash, or why not (S0-22, S1-15, S1-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.benefits.rules import BenefitGroup
from backend.kit.refusal import Refusal

NOT_IN_NETWORK = "providers.not_in_network"
NO_NETWORK = "providers.no_network"
CONTRACT_ENDED = "providers.contract_ended"
NOT_YET = "providers.not_yet_in_network"
SUSPENDED = "providers.suspended"
CLOSED = "providers.closed"

_NEEDS_TERMINAL = (BenefitGroup.OUTPATIENT, BenefitGroup.DENTAL)


class Way(StrEnum):
    """Who pays at the counter: the plan, or the member who claims it back."""

    CASHLESS = "cashless"
    REIMBURSEMENT = "reimbursement"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract with a provider; both days belong to it, an open end means until further notice."""

    id: UUID
    number: str
    valid_from: date
    valid_until: date | None
    cashless: bool
    edc_available: bool
    suspended_from: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it is agreed and not suspended on a day."""
        return self.problem(on) is None

    def problem(self, on: date) -> Refusal | None:
        """Why it does not hold on a day."""
        if on < self.valid_from:
            return Refusal(NOT_YET, {"from_day": self.valid_from})
        if self.valid_until is not None and on > self.valid_until:
            return Refusal(CONTRACT_ENDED, {"last_day": self.valid_until})
        if self.suspended_from is not None and on >= self.suspended_from:
            return Refusal(SUSPENDED, {"from_day": self.suspended_from})
        return None


@dataclass(frozen=True, slots=True)
class Membership:
    """A provider's time in a network, with the agreement behind it where there is one."""

    valid_from: date
    valid_until: date | None
    cashless: bool
    agreement: Agreement | None = None

    def problem(self, on: date) -> Refusal | None:
        """Why it does not count on a day."""
        if on < self.valid_from:
            return Refusal(NOT_YET, {"from_day": self.valid_from})
        if self.valid_until is not None and on > self.valid_until:
            return Refusal(CONTRACT_ENDED, {"last_day": self.valid_until})
        return self.agreement.problem(on) if self.agreement else None


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer: ``problem`` says why a provider is not in the network, and is None when it is."""

    in_network: bool
    cashless: bool
    edc_available: bool
    tier: str | None
    contract: Agreement | None
    problem: Refusal | None


def standing(
    network: str | None, tier: str | None, memberships: list[Membership], on: date, *, open_: bool
) -> Standing:
    """Where a provider stands in ``network`` on a day; the membership that counts then, else the latest's reason.

    A plan without a network (indemnity) lets its members go anywhere and pays afterwards.
    """
    refusal = Refusal(NO_NETWORK) if network is None else None if open_ else Refusal(CLOSED)
    if refusal is not None:
        return _outside(tier, refusal)
    counting = next((one for one in memberships if one.problem(on) is None), None)
    if counting is None:
        latest = max(memberships, key=lambda one: one.valid_from, default=None)
        return _outside(tier, (latest and latest.problem(on)) or Refusal(NOT_IN_NETWORK))
    agreed = counting.agreement
    cashless = counting.cashless and (agreed is None or agreed.cashless)
    return Standing(True, cashless, cashless and (agreed is None or agreed.edc_available), tier, agreed, None)


def _outside(tier: str | None, refusal: Refusal) -> Standing:
    return Standing(in_network=False, cashless=False, edc_available=False, tier=tier, contract=None, problem=refusal)


def way_of_payment(where: Standing, group: BenefitGroup) -> Way:
    """Cashless in the network; outpatient and dental care without the TPA's terminal is claimed back (S1-22)."""
    if not where.cashless or (group in _NEEDS_TERMINAL and not where.edc_available):
        return Way.REIMBURSEMENT
    return Way.CASHLESS
