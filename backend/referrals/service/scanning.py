"""A QR or a code in front of a desk, looked at before anything is used up."""

from __future__ import annotations

from typing import Any

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.errors import CareError, NotFound
from backend.kit.refusal import Refusal
from backend.referrals import codes, queries, rules
from backend.referrals.models import Referral
from backend.referrals.places import desk_of
from backend.referrals.service.patients import patient_of
from backend.referrals.service.steps import in_words, today_of


def scan(scope: Scope, qr: str) -> dict[str, Any]:
    """What a QR or a typed code is worth at this desk now; nothing is used up, the look is on record."""
    try:
        row = queries.shown_to_change(scope, codes.code_in(scope, qr))
        if row is None:
            raise NotFound("referrals.code_unknown")
    except CareError as problem:
        audit.record(scope, "refused", "referral_code", None, fields=[problem.reason])
        reason = problem.reason if problem.reason != NotFound.reason else "referrals.code_unknown"
        return _verdict(scope, None, Refusal(reason))
    audit.record_look(scope, "referral", row.id, member_id=row.member_id)
    return _verdict(scope, row, _problem(scope, row))


def _problem(scope: Scope, row: Referral) -> Refusal | None:
    today = today_of(scope)
    where = scope.actor.provider_id or row.accepted_by or row.to_provider_id
    if where is None:
        return None
    patient = patient_of(scope, row.member_id, today)
    before = [one.link for one in queries.path_to(scope, row)[:-1]]
    desk = desk_of(scope, where, patient.network, today)
    decided = rules.may_accept(row.link, desk, before, today, covered=patient.covered)
    return decided if isinstance(decided, Refusal) else None


def _verdict(scope: Scope, row: Referral | None, problem: Refusal | None) -> dict[str, Any]:
    figures = in_words(scope, problem.figures) if problem else {}
    return {
        "genuine": row is not None,
        "code": row.code if row else None,
        "usable": row is not None and problem is None,
        "reason": problem.reason if problem else None,
        "message": languages.message(problem.reason, scope.language, figures) if problem else None,
    }
