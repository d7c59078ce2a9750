"""What is covered here and now, in reasons that can be said in plain words (S4-22, S1-17, S1-21, S1-22, S2-7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from backend.benefits.rules import BenefitGroup, CoPayment
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.providers.rules import Way, way_of_payment
from backend.visits.rules.attendance import Facility, treats

OutlookOnRemaining = Literal["hidden", "yes_no", "amount"]
"""What the contract lets a desk see of what is left: nothing, whether there is something, how much."""

_LETTER_GROUPS = frozenset({BenefitGroup.INPATIENT, BenefitGroup.MATERNITY})
_UPPER_TIERS = frozenset({"ppk2", "ppk3"})


class Standing(StrEnum):
    """How a benefit is paid at this desk."""

    CASHLESS = "cashless"
    REIMBURSED = "reimbursed"
    NOT_COVERED = "not_covered"


class Need(StrEnum):
    """What the desk must have before treatment."""

    REFERRAL = "referral"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Line:
    """A benefit of the plan with what the member has left; ``left`` and ``left_count`` are None without a limit."""

    code: str
    group: BenefitGroup
    name: str
    network_only: bool
    reimbursable: bool
    referral_required: bool
    approval_required: bool
    waiting_until: date | None = None
    co_payment: CoPayment | None = None
    deductible: Money | None = None
    left: Money | None = None
    left_count: int | None = None
    room_class: str | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """A benefit at this desk: how it is paid, what is needed first, and the sentences that say so."""

    line: Line
    standing: Standing
    needs: tuple[Need, ...]
    sentences: tuple[Refusal, ...]


def covered_here(lines: Sequence[Line], facility: Facility, on: date) -> list[Here]:
    """Every benefit that a facility of this kind can give, in the plan's own order."""
    return [_judged(line, facility, on) for line in lines if treats(facility.kind, line.group)]


def _judged(line: Line, facility: Facility, on: date) -> Here:
    closed = _closed(line, on)
    if closed is not None:
        return Here(line, Standing.NOT_COVERED, (), (closed,))
    standing, why = _payment(line, facility)
    if standing is Standing.NOT_COVERED:
        return Here(line, standing, (), why)
    needs = needs_of(line, facility)
    return Here(line, standing, needs, (*why, *(_NEEDED[need] for need in needs), *_shares(line)))


def _closed(line: Line, on: date) -> Refusal | None:
    if line.waiting_until is not None and on < line.waiting_until:
        return Refusal("visits.waiting", {"from_day": line.waiting_until})
    used_up = (line.left is not None and not line.left) or line.left_count == 0
    return Refusal("visits.used_up") if used_up else None


def _payment(line: Line, facility: Facility) -> tuple[Standing, tuple[Refusal, ...]]:
    """Cashless where the contract and its terminal allow it (S1-17, S1-22), else paid first and given back."""
    if way_of_payment(facility.standing, line.group) is Way.CASHLESS:
        return Standing.CASHLESS, ()
    if facility.in_network is False and line.network_only and line.group is not BenefitGroup.EMERGENCY:
        return Standing.NOT_COVERED, (Refusal("visits.network_only"),)
    if line.reimbursable:
        return Standing.REIMBURSED, (Refusal("visits.paid_first"),)
    return Standing.NOT_COVERED, (Refusal("visits.not_given_back"),)


def needs_of(line: Line, facility: Facility) -> tuple[Need, ...]:
    """A referral beyond the first tier (S0-28), a letter before inpatient care or where the plan wants one (S1-21)."""
    needs = []
    if line.referral_required and facility.standing.tier in _UPPER_TIERS and line.group is not BenefitGroup.EMERGENCY:
        needs.append(Need.REFERRAL)
    if line.approval_required or line.group in _LETTER_GROUPS:
        needs.append(Need.LETTER)
    return tuple(needs)


_NEEDED = {Need.REFERRAL: Refusal("visits.needs_referral"), Need.LETTER: Refusal("visits.needs_letter")}


def _shares(line: Line) -> tuple[Refusal, ...]:
    """What the patient pays at the desk: cash is taken for nothing else (S1-17)."""
    said = []
    if line.deductible is not None and line.deductible:
        said.append(Refusal("visits.deductible", {"amount": line.deductible}))
    if line.co_payment is not None and line.co_payment.percent:
        percent = f"{line.co_payment.percent.normalize():f}"
        if line.co_payment.cap is not None:
            said.append(Refusal("visits.co_payment_capped", {"percent": percent, "cap": line.co_payment.cap}))
        else:
            said.append(Refusal("visits.co_payment", {"percent": percent}))
    return tuple(said) or (Refusal("visits.no_share"),)


def shown_remaining(line: Line, outlook: OutlookOnRemaining) -> Refusal | None:
    """What the desk may say about what is left; None when the contract keeps it from the desk."""
    if outlook == "hidden":
        return None
    if line.left is None and line.left_count is None:
        return Refusal("visits.left_without_limit")
    if outlook == "yes_no":
        return Refusal("visits.left_something")
    if line.left is not None and line.left_count is not None:
        return Refusal("visits.left_both", {"amount": line.left, "count": line.left_count})
    if line.left is not None:
        return Refusal("visits.left_amount", {"amount": line.left})
    return Refusal("visits.left_count", {"count": line.left_count})
