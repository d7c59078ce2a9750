"""The bill of a stay under a letter of guarantee: the letter's promise becomes what the hospital is paid (S0-47)."""

from __future__ import annotations

from backend.access import Scope
from backend.benefits import service as benefits
from backend.benefits.service import Ask
from backend.errors import RuleRefused
from backend.funds import service as funds
from backend.funds.rules.chart import Source
from backend.funds.rules.payments import Payee
from backend.funds.service import ExcessLine, Owed
from backend.guarantees import queries as guarantees
from backend.guarantees import service as letters
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.kit.money import Money
from backend.visits.models import ProviderBill, Visit
from backend.visits.rules.bills import may_follow_letter

SOURCE = "provider_bill"


def settle_under_letter(scope: Scope, bill: ProviderBill, visit: Visit) -> None:
    """Limits and fund pass from the letter to the bill, and the hospital is owed the plan's part and the advanced
    excess. A visit without a letter that was relied on is left alone.

    Raises RuleRefused ``visits.bill_letter_not_final``, ``visits.bill_differs_from_letter``,
    ``guarantees.handed_over``, ``funds.insufficient``.
    """
    letter = guarantees.letter_to_change(scope, visit.letter_id) if visit.letter_id else None
    if letter is None:
        return
    settled, total = letter.settled, Money(bill.total_minor, bill.currency)
    refusal = may_follow_letter(LetterState(letter.state), settled["billed"] if settled else None, total)
    if refusal is not None:
        raise RuleRefused.of(refusal)
    if settled is None:
        return
    key = f"{SOURCE}/{bill.id}/{letter.id}"
    benefits.lock_family(scope, letter.member_id)
    for part in letters.hand_over(scope, letter, key):
        about = (letter.member_id, part.benefit, part.amount, letter.admission_on, SOURCE, bill.id)
        ask = Ask(*about, count=part.count, case_key=part.case_key)
        benefits.consume_judged(scope, ask, f"{key}/{part.benefit}")
    _owe(scope, bill, visit, letter, settled)


def _owe(scope: Scope, bill: ProviderBill, visit: Visit, letter: GuaranteeLetter, settled: dict[str, Money]) -> None:
    """Excess cost lies in the hospital's hands already; what another payer bears it asks there."""
    plan, excess = settled["plan"], settled["claim"]
    if not plan + excess:
        return
    owed = Owed(
        source=Source(SOURCE, bill.id),
        payee=Payee.PROVIDER,
        payee_id=bill.provider_id,
        plan=plan,
        reference=bill.number,
        category=visit.benefit_group,
        excess=excess or None,
        member_id=letter.member_id,
        excess_items=tuple(ExcessLine(*position) for position in letters.asked_back(scope, letter)),
    )
    funds.owe(scope, owed)
