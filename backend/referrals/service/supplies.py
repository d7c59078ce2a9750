"""Medicine of a stable chronic patient at the first tier: a month at a time, until the specialist's review."""

from __future__ import annotations

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.errors import RuleRefused
from backend.referrals import codes, queries, rules
from backend.referrals.models import ChronicSupply, Referral, StepKind
from backend.referrals.rules import Kind, State
from backend.referrals.service.steps import refuse, today_of, write_step


def record_supply(scope: Scope, code: str, days: int) -> Referral:
    """Note medicine for ``days`` handed out today under a back-referral.

    Raises NotFound, RuleRefused ``referrals.not_back``, ``referrals.not_accepted_yet`` and what ``may_dispense`` says.
    """
    row = queries.referral_to_change(scope, codes.code_in(scope, code))
    today, terms = today_of(scope), terms_on(scope, today_of(scope))
    if row.kind != Kind.BACK:
        raise RuleRefused("referrals.not_back")
    if row.state == State.ISSUED:
        raise RuleRefused("referrals.not_accepted_yet")
    held = [
        rules.Supply(one.dispensed_on, one.days) for one in queries.supplies_of(scope, row.member_id, row.valid_from)
    ]
    until = row.valid_until
    most = terms.chronic_supply_days
    refuse(scope, rules.may_dispense(held, days, today, most_days=most, review_until=until), row)
    scope.session.add(
        ChronicSupply(
            client_id=scope.client_id,
            member_id=row.member_id,
            referral_id=row.id,
            provider_id=scope.actor.provider_id,
            dispensed_on=today,
            days=days,
        )
    )
    write_step(scope, row, StepKind.SUPPLIED, today, days=days)
    return row
