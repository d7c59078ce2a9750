"""What a decision leaves behind: somebody is owed an amount, by a day that was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.errors import Conflict
from backend.funds import ledger, queries
from backend.funds.agreement import agreement_of
from backend.funds.models import Payable, PayableState, Payee
from backend.funds.rules.chart import Account, Source, claim_approved
from backend.funds.rules.payments import ALREADY_PAID
from backend.funds.service.excess import ExcessLine, ask_for, withdraw
from backend.funds.service.posting import Converted, post, reverse
from backend.kit.money import Money

ACCOUNT_OF = {
    Payee.PROVIDER: Account.PAYABLE_PROVIDER,
    Payee.MEMBER: Account.PAYABLE_MEMBER,
    Payee.CLIENT: Account.PAYABLE_CLIENT,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What was approved, once for each ``source`` and payee.

    ``plan`` is the plan's part and ``excess`` what the member owes for a cashless bill; the provider gets both and the
    excess is asked back. ``payee_id`` is a provider or the employee, ``member_id`` the patient, ``reference`` the
    number people know (of the claim, of the bill), ``category`` the benefit group. Without ``settle_by`` the
    contract's working days count from today (S1-29).
    """

    source: Source
    payee: Payee
    payee_id: UUID
    plan: Money
    reference: str
    category: str
    excess: Money | None = None
    member_id: UUID | None = None
    claim_id: UUID | None = None
    settle_by: date | None = None
    excess_items: tuple[ExcessLine, ...] = ()
    """Which positions the excess is made of; it is one position when nobody says."""

    @property
    def amount(self) -> Money:
        """What the payee gets."""
        return self.plan + self.excess if self.excess else self.plan


def owe(scope: Scope, owed: Owed, *, converts: Converted | None = None) -> Payable:
    """Post an approved amount and let it wait for a payment run (S0-47); asked for twice it is owed once.

    ``converts`` names the hold that this uses up. Raises RuleRefused ``funds.insufficient``; Conflict
    ``funds.entry_differs`` when the same source was approved with other figures (take that back first).
    """
    agreed = agreement_of(scope)
    # What was taken back before may be approved anew, with the same figures or others.
    before = queries.times_taken_back(scope, owed.source, owed.payee, owed.payee_id)
    named = (owed.source.type, owed.source.id, owed.payee, owed.payee_id, before)
    entry_id = ledger.entry_id_of(scope, "owe", *named)
    zero = Money.zero(owed.plan.currency)
    lines = claim_approved(
        owed.plan, owed.excess or zero, ACCOUNT_OF[owed.payee], owed.payee_id, owed.member_id or owed.payee_id
    )
    posted = post(scope, entry_id, lines, "claim_approved", owed.source, converts=converts)
    known = queries.payable_of_entry(scope, entry_id) if posted.repeated else None
    if known is not None:
        return known
    payable = Payable(
        client_id=scope.client_id,
        payee=owed.payee.value,
        payee_id=owed.payee_id,
        member_id=owed.member_id,
        claim_id=owed.claim_id,
        source_type=owed.source.type,
        source_id=owed.source.id,
        reference=owed.reference,
        category=owed.category,
        amount_minor=owed.amount.amount_minor,
        plan_minor=owed.plan.amount_minor,
        currency=owed.plan.currency,
        approved_on=agreed.today,
        settle_by=owed.settle_by or agreed.settle_by(),
        entry_id=entry_id,
    )
    scope.session.add(payable)
    scope.session.flush()
    if owed.excess:
        ask_for(scope, payable, owed.member_id or owed.payee_id, owed.excess, owed.excess_items)
    return payable


def take_back(scope: Scope, payable_id: UUID, reason: str) -> Payable:
    """A decision was wrong: what is not paid yet is no longer owed.

    Raises NotFound, Conflict ``funds.already_paid``.
    """
    payable = queries.payable(scope, payable_id)
    if payable.state == PayableState.REVERSED:
        return payable
    if payable.state != PayableState.OPEN:
        raise Conflict(ALREADY_PAID)
    withdraw(scope, payable.id)
    reverse(scope, payable.entry_id, reason)
    payable.state = PayableState.REVERSED
    scope.session.flush()
    return payable
