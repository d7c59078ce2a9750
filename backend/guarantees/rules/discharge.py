"""The end of a stay: who pays what, what is collected at the desk, and when the patient may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backend.kit.deadlines import calendar_days_after
from backend.kit.money import Money
from backend.kit.refusal import Refusal

LEFT_BEFORE_ADMISSION = "guarantees.left_before_admission"
EXCESS_UNPAID = "guarantees.excess_unpaid"
EXCESS_TOO_MUCH = "guarantees.excess_too_much"
ALREADY_LEFT = "guarantees.already_left"
NOT_ADMITTED = "guarantees.not_admitted"
ALREADY_ADMITTED = "guarantees.already_admitted"
_SECONDS_OF_AN_HOUR = 3600
_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Split:
    """Who pays what of the bill. ``cost`` is the member's part that is known and paid at the desk (S1-13), ``claim``
    the part that is charged afterwards (S1-18); ``provider`` is what nobody owes the hospital."""

    billed: Money
    plan: Money
    other: Money
    cost: Money
    claim: Money
    provider: Money

    def __post_init__(self) -> None:
        if self.plan + self.other + self.cost + self.claim + self.provider != self.billed:
            raise ValueError("the parts of a bill are the bill")

    @property
    def member(self) -> Money:
        """What the member bears in all."""
        return self.cost + self.claim


def may_be_admitted(admitted_at: datetime | None) -> Refusal | None:
    """A letter brings one patient into one bed once."""
    return Refusal(ALREADY_ADMITTED, {"admitted_at": admitted_at}) if admitted_at is not None else None


def hours_of_stay(admitted_at: datetime | None, left_at: datetime) -> int | Refusal:
    """Whole hours from the bed to the door (S1-61)."""
    if admitted_at is None:
        return Refusal(NOT_ADMITTED)
    if left_at < admitted_at:
        return Refusal(LEFT_BEFORE_ADMISSION, {"admitted_at": admitted_at})
    return int((left_at - admitted_at).total_seconds()) // _SECONDS_OF_AN_HOUR


def days_of_stay(hours: int) -> int:
    """Nights of twenty-four hours that were begun, as the rules of rooms count them; at least one."""
    return max(-(-hours // _HOURS_OF_A_DAY), 1)


def goes_beyond(split: Split, promised: Money) -> bool:
    """Does the plan's part of the bill exceed what the letter promised, so that somebody has to look at it?"""
    return split.plan > promised


def may_collect(due: Money, collected: Money, amount: Money) -> Refusal | None:
    """Is this payment at the desk one of the excess cost? Not more than is due (S1-74)."""
    still = due - collected
    return Refusal(EXCESS_TOO_MUCH, {"due": still, "paid": amount}) if amount > still else None


def may_leave(due: Money, collected: Money, left_at: datetime | None) -> Refusal | None:
    """Excess cost is paid in full before the patient leaves the hospital (S1-74)."""
    if left_at is not None:
        return Refusal(ALREADY_LEFT, {"left_at": left_at})
    return Refusal(EXCESS_UNPAID, {"due": due - collected}) if collected < due else None


def claim_due_on(discharged_on: date, days: int) -> date:
    """Until when what was found afterwards is paid by the policyholder (S1-18)."""
    return calendar_days_after(discharged_on, days)
