"""What opens the door for a visit: the referral that is accepted for it, the letter that pays for it (S0-28, S1-21)."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.guarantees import queries as guarantees
from backend.referrals import service as referrals
from backend.visits import queries
from backend.visits.models import Visit
from backend.visits.rules import attendance
from backend.visits.rules.attendance import VisitState


def take_referral(scope: Scope, visit_id: UUID, code: str) -> Visit:
    """Accept the referral of the visit's patient, typed or scanned, and keep its code with the visit.

    Raises NotFound, RuleRefused ``visits.ended``, ``visits.another_patient`` (nothing is used up then), and what
    ``referrals.service.accept`` raises.
    """
    visit = _going_on(scope, visit_id)
    accepted = referrals.accept(scope, code)
    _same_patient(visit, accepted.member_id)
    visit.referral_code = accepted.code
    return _noted(scope, visit, "referral_code")


def attach_letter(scope: Scope, visit_id: UUID, letter_id: UUID) -> Visit:
    """Keep with the visit the letter that was asked for it.

    Raises NotFound, RuleRefused ``visits.ended``, ``visits.another_patient``.
    """
    visit = _going_on(scope, visit_id)
    _same_patient(visit, guarantees.letter(scope, letter_id).member_id)
    visit.letter_id = letter_id
    return _noted(scope, visit, "letter_id")


def _going_on(scope: Scope, visit_id: UUID) -> Visit:
    visit = queries.visit_to_change(scope, visit_id)
    refusal = attendance.may_end(VisitState(visit.state))
    if refusal is not None:
        raise RuleRefused.of(refusal)
    return visit


def _same_patient(visit: Visit, member_id: UUID) -> None:
    if member_id != visit.member_id:
        raise RuleRefused(attendance.ANOTHER_PATIENT)


def _noted(scope: Scope, visit: Visit, field: str) -> Visit:
    scope.session.flush()
    audit.record(scope, "update", "visit", visit.id, member_id=visit.member_id, fields=[field])
    return visit
