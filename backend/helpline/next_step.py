"""The doctor decides what is next, and it is begun at once where the doctor said enough (S0-26, S0-92).

It stands beside the service and not in it: telemedicine and referrals are written with the service's own cases.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.errors import Forbidden, RuleRefused
from backend.helpline import queries, service
from backend.helpline.models import HelplineCase
from backend.referrals import service as referrals
from backend.referrals.rules import Kind, Origin
from backend.telemedicine import service as telemedicine

WHOSE = "helpline.whose_case"


def decide(
    scope: Scope,
    case_id: UUID,
    outcome: str,
    note: str,
    *,
    specialty: str | None = None,
    diagnosis: str | None = None,
    complaint: str = "other",
) -> dict[str, Any]:
    """Keep the outcome and do what follows: a teleconsultation is asked for, a referral is written.

    What was begun is linked from the case for doctors. A case of nobody we know, and a referral without a specialty,
    are arranged by the helpline. Raises Forbidden, NotFound, RuleRefused ``helpline.whose_case``, those of a
    teleconsultation or a referral, and those of ``service.medical_outcome``.
    """
    if scope.actor.role is not Role.DOCTOR:
        raise Forbidden()
    case = queries.case(scope, case_id, lock=True)
    begun: dict[str, str] = {}
    if outcome == "teleconsultation" and case.member_id is not None:
        begun = _ask_for_a_doctor(scope, case, case.member_id, complaint)
    if outcome == "referral" and specialty is not None:
        begun = _refer(scope, case, specialty, diagnosis)
    return service.medical_outcome(scope, case_id, outcome, note, begun=begun)


def _ask_for_a_doctor(scope: Scope, case: HelplineCase, member_id: UUID, complaint: str) -> dict[str, str]:
    """In the member's language and where they write; danger was asked about in the conversation."""
    acting = Scope(
        scope.unit,
        scope.client_id,
        scope.actor,
        language=case.language,
        request_id=scope.request_id,
        channel=case.channel,
    )
    row = telemedicine.request(acting, member_id, complaint, {}, screened=True)
    return {"teleconsultation": row.number, "teleconsultation_id": str(row.id)}


def _refer(scope: Scope, case: HelplineCase, specialty: str, diagnosis: str | None) -> dict[str, str]:
    if case.member_id is None:
        raise RuleRefused(WHOSE)
    names = accounts.display_names(scope, [scope.actor.id] if scope.actor.id else [])
    written = referrals.issue(
        scope,
        referrals.NewReferral(
            member_id=case.member_id,
            kind=Kind.TIERED,
            specialty=specialty,
            diagnosis=diagnosis,
            origin=Origin.HELPLINE,
            source_id=case.id,
            doctor=next(iter(names.values()), None),
        ),
    )
    return {"referral": written.code}
