"""What a desk learns of whoever stands there: who, whether covered, and what here and now (S4-22, S1-17, S2-7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits import rules as benefit_rules
from backend.benefits import stored
from backend.benefits.queries import Balance, Cover
from backend.benefits.rules import Basis, BenefitGroup
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.languages import FALLBACK
from backend.members import queries as members
from backend.members.service import cover_state
from backend.providers import queries as providers
from backend.visits import queries
from backend.visits.rules import attendance, eligibility
from backend.visits.rules.attendance import Facility
from backend.visits.rules.eligibility import Here, Line
from backend.visits.sentences import sentence
from backend.visits.service.identify import Asked, Person, facility_of, identify, note_refusal


def check_eligibility(scope: Scope, asked: Asked) -> dict[str, Any]:
    """Who it is, whether the plan covers them at this facility today, and every benefit in sentences.

    A code that does not count answers with its reason and nothing personal, and leaves an audit row. Raises
    Forbidden ``visits.no_facility``, TooManyRequests for numbers of nobody.
    """
    facility_id = facility_of(scope)
    person = identify(scope, asked)
    verdict = _NOTHING | {"shown": person.shown, "as_of": clock.now(), "client": person.client}
    if person.member is None or person.problem is not None:
        return verdict | _said(scope, Refusal(person.problem or attendance.NOT_RECOGNISED))
    return verdict | _told(scope, person, facility_id)


_NOTHING: dict[str, Any] = {
    "eligible": False,
    "member": None,
    "card_number": None,
    "plan": None,
    "valid_until": None,
    "facility": None,
    "benefits": [],
    "open_visit_id": None,
}


def _told(scope: Scope, person: Person, facility_id: UUID) -> dict[str, Any]:
    assert person.member is not None
    member, today = person.member, today_of(scope)
    audit.record(scope, "read", "benefits", None, member_id=member.id)
    state = cover_state(scope, member.id, today)
    facility = facility_on(scope, facility_id, member.id, today)
    uncovered = None if state.is_covered else Refusal(attendance.NOT_COVERED, {"on": today})
    problem = uncovered or attendance.may_treat(facility)
    if problem is not None:
        note_refusal(scope, "member", problem.reason, member.id, member)
    here = benefits_here(scope, member.id, facility, today) if state.is_covered else []
    going_on = queries.open_visit_of(scope, member.id, facility_id)
    plan = members.plan_facts(scope, state.plan_id, scope.language) if state.plan_id else None
    return {
        "eligible": problem is None,
        **_said(scope, problem),
        "client": client_by_id(scope.client_id).slug,
        "member": {
            "id": member.id,
            "name": member.full_name,
            "member_number": member.number,
            "relationship": member.relationship,
            "birth_date": member.birth_date,
            "sex": member.sex,
        },
        "card_number": person.card.number if person.card else None,
        "plan": {"code": plan["code"], "name": plan["name"]} if plan else None,
        "valid_until": state.valid_until,
        "facility": {
            "in_network": facility.in_network,
            "cashless": facility.standing.cashless,
            "terminal": facility.standing.edc_available,
            "tier": facility.standing.tier,
        },
        "benefits": [_shown(scope, one, terms_on(scope, today).remaining_at_desk) for one in here],
        "open_visit_id": going_on.id if going_on else None,
    }


def today_of(scope: Scope) -> date:
    """The date at the client's seat."""
    return clock.today(client_by_id(scope.client_id).timezone)


def facility_on(scope: Scope, facility_id: UUID, member_id: UUID, on: date) -> Facility:
    """The facility as the member's plan sees it on a day."""
    cover = benefits.cover_on(scope, member_id, on)
    network = cover.plan.network if cover else None
    kind = providers.provider(scope, facility_id).kind
    return Facility(kind, providers.network_standing(scope, facility_id, network, on))


def benefits_here(scope: Scope, member_id: UUID, facility: Facility, on: date) -> list[Here]:
    """The plan's benefits as this facility can give them today."""
    cover = benefits.cover_on(scope, member_id, on)
    if cover is None:
        return []
    lines = [_line(scope, balance, cover) for balance in benefits.balances(scope, member_id, on)]
    return eligibility.covered_here(lines, facility, on)


def _line(scope: Scope, balance: Balance, cover: Cover) -> Line:
    row, currency = balance.benefit, cover.plan.currency
    amounts = [state.left.amount for state in _lasting(balance) if state.left.amount is not None]
    counts = [state.left.count for state in _lasting(balance) if state.left.count is not None]
    deductible = row.deductible["amount_minor"] if row.deductible else None
    return Line(
        code=row.code,
        group=BenefitGroup(row.benefit_group),
        name=row.names.get(scope.language) or row.names[FALLBACK],
        network_only=row.network_only,
        reimbursable=row.reimbursable,
        referral_required=row.referral_required,
        approval_required=row.approval_required,
        waiting_until=benefit_rules.waiting_until(cover.covered_since, row.waiting_days),
        co_payment=stored.co_payment_of(row, currency),
        deductible=Money(deductible, currency) if deductible is not None else None,
        left=min(amounts, key=lambda money: money.amount_minor) if amounts else None,
        left_count=min(counts) if counts else None,
        room_class=row.room_class,
    )


def _lasting(balance: Balance) -> Sequence[benefits.LimitState]:
    """Limits that earlier treatment eats into; those per visit or day begin afresh."""
    return [state for state in balance.limits if state.limit.basis in {Basis.YEAR, Basis.LIFETIME}]


def _shown(scope: Scope, here: Here, outlook: eligibility.OutlookOnRemaining) -> dict[str, Any]:
    remaining = eligibility.shown_remaining(here.line, outlook)
    return {
        "code": here.line.code,
        "group": here.line.group,
        "name": here.line.name,
        "standing": here.standing,
        "needs": list(here.needs),
        "sentences": [sentence(scope.language, one) for one in here.sentences],
        "remaining": sentence(scope.language, remaining) if remaining else None,
        "room_class": here.line.room_class,
    }


def _said(scope: Scope, problem: Refusal | None) -> dict[str, Any]:
    said = problem or Refusal("visits.eligible")
    return {"reason": problem.reason if problem else None, "message": sentence(scope.language, said)}
