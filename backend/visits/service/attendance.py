"""A visit: opened when the patient is greeted, closed when they go (S2-10)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits.rules import BenefitGroup
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.reference_numbers import Kind, new_number
from backend.kit.refusal import Refusal
from backend.members.models import Member
from backend.members.service import cover_state
from backend.visits import queries
from backend.visits.models import Visit
from backend.visits.rules import attendance
from backend.visits.rules.attendance import VisitState
from backend.visits.service.eligibility import facility_on, today_of
from backend.visits.service.identify import Asked, Person, facility_of, identify, note_refusal

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Reception:
    """What the desk says about a visit that begins."""

    benefit_group: BenefitGroup
    emergency: bool = False


def open_visit(scope: Scope, asked: Asked, reception: Reception) -> Visit:
    """The visit of whoever stands at the desk; one that is open here already comes back.

    Raises Forbidden ``visits.no_facility``, RuleRefused with the reason why the card or number does not count, like
    ``attendance.may_open``; what was refused leaves its audit row.
    """
    facility_id = facility_of(scope)
    person = identify(scope, asked)
    if person.member is None or person.problem is not None:
        raise RuleRefused(person.problem or attendance.NOT_RECOGNISED, keeps_changes=True)
    queries.lock_member(scope, person.member.id)
    known = queries.open_visit_of(scope, person.member.id, facility_id)
    if known is not None:
        audit.record(scope, "read", "visit", known.id, member_id=known.member_id)
        return known
    _refuse(scope, _problem(scope, person.member, facility_id, reception), person.member)
    return _begin(scope, person.member.id, person, facility_id, reception)


def _problem(scope: Scope, member: Member, facility_id: UUID, reception: Reception) -> Refusal | None:
    today = today_of(scope)
    facility = facility_on(scope, facility_id, member.id, today)
    covered = cover_state(scope, member.id, today).is_covered
    return attendance.may_open(
        facility, reception.benefit_group, covered=covered, on=today, emergency=reception.emergency
    )


def _begin(scope: Scope, member_id: UUID, person: Person, facility_id: UUID, reception: Reception) -> Visit:
    visit = Visit(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope),
        member_id=member_id,
        provider_id=facility_id,
        benefit_group=reception.benefit_group,
        state=VisitState.OPEN,
        shown=person.shown,
        emergency=reception.emergency,
        opened_at=clock.now(),
        opened_by=scope.actor.id,
    )
    scope.session.add(visit)
    scope.session.flush()
    audit.record(scope, "create", "visit", visit.id, member_id=member_id)
    return visit


def close_visit(scope: Scope, visit_id: UUID) -> Visit:
    """The patient goes; closing twice is closing once. Raises NotFound, RuleRefused ``visits.ended`` when cancelled."""
    return _end(scope, visit_id, VisitState.CLOSED, None)


def cancel_visit(scope: Scope, visit_id: UUID, reason: str) -> Visit:
    """The patient left untreated, or it was the wrong person. Raises NotFound, RuleRefused ``visits.ended``."""
    return _end(scope, visit_id, VisitState.CANCELLED, reason)


def _end(scope: Scope, visit_id: UUID, state: VisitState, reason: str | None) -> Visit:
    visit = queries.visit_to_change(scope, visit_id)
    if visit.state == state:
        return visit
    refusal = attendance.may_end(VisitState(visit.state))
    if refusal is not None:
        raise RuleRefused.of(refusal)
    visit.state, visit.end_reason = state, reason
    visit.ended_at, visit.ended_by = clock.now(), scope.actor.id
    scope.session.flush()
    audit.record(scope, "update", "visit", visit.id, member_id=visit.member_id, fields=["state"])
    return visit


def _refuse(scope: Scope, refusal: Refusal | None, member: Member) -> None:
    if refusal is not None:
        note_refusal(scope, "visit", refusal.reason, None, member)
        raise RuleRefused(refusal.reason, refusal.figures, keeps_changes=True)


def _free_number(scope: Scope) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.VISIT, today_of(scope).year)
        if not queries.visit_number_is_taken(scope, number):
            return number
    raise Conflict()
