"""What a bill must be to be taken in, and what is noticed about it for whoever verifies it (S0-46, S1-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.guarantees.rules.letters import OPEN, PROMISING, LetterState
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.visits.rules.attendance import VisitState

VISIT_OPEN = "visits.bill_before_end"
VISIT_CANCELLED = "visits.bill_for_nothing"
WRONG_CURRENCY = "visits.bill_currency"
OUTSIDE_VISIT = "visits.bill_outside_visit"
NOTHING_BILLED = "visits.bill_is_zero"
WRONG_TOTAL = "visits.bill_total"
INVOICE_KNOWN = "visits.bill_invoice_known"
LIES_WITH_CLAIMS = "visits.bill_lies_with_claims"
NOT_SUBMITTED = "visits.bill_not_submitted"
PAPER_UNKNOWN = "visits.bill_paper_unknown"
LETTER_NOT_FINAL = "visits.bill_letter_not_final"
DIFFERS_FROM_LETTER = "visits.bill_differs_from_letter"

ABOVE_TARIFF = "above_tariff"
WITHOUT_TARIFF = "without_tariff"


class BillState(StrEnum):
    """How far a bill is: with claims, back at the facility, or taken over as a claim."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A position as the facility wrote it. ``agreed`` is the tariff of its day for one unit, where one is known."""

    service_on: date
    quantity: int
    unit: Money
    service_code: str | None = None
    room_class: str | None = None
    agreed: Money | None = None

    @property
    def amount(self) -> Money:
        """What the position asks for."""
        return self.unit.times(self.quantity)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A position as the facility writes it."""

    description: str
    billed: BilledLine
    tariff_version_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewBill:
    """A bill as the facility sends it."""

    invoice_number: str
    total: Money
    lines: Sequence[NewLine]
    document_ids: Sequence[UUID] = ()
    diagnoses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BilledVisit:
    """The visit a bill is for: how it stands and its days."""

    state: VisitState
    first_day: date
    last_day: date


def may_bill(visit: BilledVisit, lines: Sequence[BilledLine], total: Money, currency: str) -> Refusal | None:
    """Whether the bill can be for this visit at all. None means yes."""
    if visit.state is VisitState.OPEN:
        return Refusal(VISIT_OPEN)
    if visit.state is VisitState.CANCELLED:
        return Refusal(VISIT_CANCELLED)
    if total.currency != currency or any(line.unit.currency != currency for line in lines):
        return Refusal(WRONG_CURRENCY, {"currency": currency})
    if any(not visit.first_day <= line.service_on <= visit.last_day for line in lines):
        return Refusal(OUTSIDE_VISIT, {"first": visit.first_day, "last": visit.last_day})
    added = sum((line.amount for line in lines), Money.zero(currency))
    if not added:
        return Refusal(NOTHING_BILLED)
    return None if added == total else Refusal(WRONG_TOTAL, {"added": added, "total": total})


def may_replace(state: BillState) -> Refusal | None:
    """A bill is sent again only after it came back."""
    return None if state is BillState.RETURNED else Refusal(LIES_WITH_CLAIMS)


def may_decide(state: BillState) -> Refusal | None:
    """Claims decide what lies with them."""
    return None if state is BillState.SUBMITTED else Refusal(NOT_SUBMITTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth a look at a position (counted from one): it is noticed, never refused."""

    position: int
    reason: str
    difference: Money | None = None


def findings(lines: Sequence[BilledLine]) -> list[Finding]:
    """Positions above the agreed tariff with the difference, and those whose code no tariff knows."""
    found = []
    for position, line in enumerate(lines, start=1):
        if line.agreed is not None and line.unit > line.agreed:
            above = (line.unit - line.agreed).times(line.quantity)
            found.append(Finding(position, ABOVE_TARIFF, above))
        elif line.agreed is None and line.service_code is not None:
            found.append(Finding(position, WITHOUT_TARIFF))
    return found


def may_follow_letter(letter: LetterState, billed: Money | None, total: Money) -> Refusal | None:
    """May the bill of a stay be accepted, as its letter stands? ``billed`` is the bill that the final letter split.

    A letter that lapsed, was refused or withdrawn promises nothing; the bill stands by itself then.
    """
    if letter in OPEN | PROMISING:
        return Refusal(LETTER_NOT_FINAL)
    if billed is None or (billed.amount_minor, billed.currency) == (total.amount_minor, total.currency):
        return None
    return Refusal(DIFFERS_FROM_LETTER, {"total": total, "billed": billed})
