"""What is answered about referrals: to whom, and without what is not theirs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend import diagnoses
from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit.pages import Cursor, page_of
from backend.referrals import codes, queries, sealing
from backend.referrals.models import Referral, ReferralRequest, ReferralStep, RequestState
from backend.referrals.rules import State
from backend.referrals.service.steps import today_of
from backend.referrals.vocabulary import SPECIALTIES, condition_name, conditions, specialty_name

_MEDICAL = (
    "code",
    "specialty",
    "specialty_name",
    "diagnosis",
    "condition",
    "condition_name",
    "doctor",
    "certified_by",
    "certified_on",
    "review_on",
    "from_provider",
    "to_provider",
    "accepted_by",
    "end_reason",
    "earlier_code",
    "qr",
)
"""What tells an illness, or opens a door: an employer sees that there is a referral and until when, not for what."""


def referral_answer(scope: Scope, code: str) -> dict[str, Any]:
    """One referral with its steps and, while it opens a door, its QR; raises NotFound."""
    row = queries.referral(scope, codes.code_in(scope, code))
    audit.record_look(scope, "referral", row.id, member_id=row.member_id)
    earlier = queries.by_id(scope, row.earlier_id) if row.earlier_id and scope.actor.role is not Role.PROVIDER else None
    names = _names(scope, [row])
    shown = shown_referral(scope, row, *names)
    facility = names[1].get(row.to_provider_id or row.accepted_by)  # type: ignore[arg-type]
    in_force = row.link.at(today_of(scope)) in {State.ISSUED, State.ACCEPTED}
    qr = codes.qr_of(row, client_by_id(scope.client_id), names[0][row.member_id], facility) if in_force else None
    steps = queries.steps_of(scope, [row.id])
    more = {"qr": qr, "earlier_code": earlier.code if earlier else None, "steps": [_step(one) for one in steps]}
    return _for_reader(scope, shown | more)


def list_referrals(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of referrals, the newest first; raises NotFound for somebody else's, BadCursor."""
    wanted = State(state) if state else None
    found = queries.referrals_of(scope, member_id, state=wanted, after=Cursor.after(cursor), limit=limit + 1)
    rows, following = page_of(found, limit)
    audit.record_listing(scope, "referral", [row.member_id for row in rows])
    names = _names(scope, rows)
    items = [_for_reader(scope, shown_referral(scope, row, *names)) for row in rows]
    return {"items": items, "next_cursor": following}


def list_requests(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of what was asked for; raises NotFound, BadCursor."""
    wanted = RequestState(state) if state else None
    found = queries.requests_of(scope, member_id, state=wanted, after=Cursor.after(cursor), limit=limit + 1)
    rows, following = page_of(found, limit)
    audit.record_listing(scope, "referral_request", [row.member_id for row in rows])
    return {"items": [_request(scope, row) for row in rows], "next_cursor": following}


def request_answer(scope: Scope, request_id: UUID) -> dict[str, Any]:
    """One request; raises NotFound."""
    row = queries.request(scope, request_id)
    audit.record_look(scope, "referral_request", row.id, member_id=row.member_id)
    return _request(scope, row)


def vocabulary(scope: Scope) -> dict[str, Any]:
    """Specialties, and the illnesses of the back-referral programme of today, in the reader's words."""
    today = today_of(scope)
    return {
        "specialties": [{"code": code, "name": specialty_name(code, scope.language)} for code in SPECIALTIES],
        "conditions": [
            {"code": one.code, "name": condition_name(one.code, scope.language)}
            for one in conditions()
            if one.holds_on(today)
        ],
    }


def shown_referral(
    scope: Scope, row: Referral, members: Mapping[UUID, str], facilities: Mapping[UUID, str]
) -> dict[str, Any]:
    """A referral as its patient and those who treat them read it."""
    link = row.link
    return {
        "id": row.id,
        "code": row.code,
        "member_id": row.member_id,
        "member_name": members[row.member_id],
        "chain_id": row.chain_id,
        "kind": row.kind,
        "origin": row.origin,
        "state": link.at(today_of(scope)),
        "emergency": row.emergency,
        "specialty": row.specialty,
        "specialty_name": specialty_name(row.specialty, scope.language),
        "diagnosis": _diagnosis(scope, row),
        "from_tier": row.from_tier,
        "from_provider": _facility(row.from_provider_id, facilities),
        "to_tier": row.to_tier,
        "to_provider": _facility(row.to_provider_id, facilities),
        "accepted_by": _facility(row.accepted_by, facilities),
        "accepted_at": row.accepted_at,
        "doctor": row.doctor,
        "issued_at": row.created_at,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "visits_allowed": row.visits_allowed,
        "visits_left": link.visits_left,
        "last_visit_on": row.last_visit_on,
        "return_until": row.return_until,
        "condition": row.condition,
        "condition_name": condition_name(row.condition, scope.language) if row.condition else None,
        "certified_by": row.certified_by,
        "certified_on": row.certified_on,
        "review_on": row.review_on,
        "end_reason": row.end_reason,
    }


def _names(scope: Scope, rows: Sequence[Referral]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    places = [place for row in rows for place in (row.from_provider_id, row.to_provider_id, row.accepted_by)]
    return queries.member_names(scope, {row.member_id for row in rows}), queries.provider_names(scope, places)


def _for_reader(scope: Scope, shown: dict[str, Any]) -> dict[str, Any]:
    if scope.actor.role is not Role.HR:
        return shown
    return {name: None if name in _MEDICAL else value for name, value in shown.items()}


def _diagnosis(scope: Scope, row: Referral) -> dict[str, str] | None:
    if scope.actor.role is Role.HR:
        return None
    code = sealing.unseal("referral", row.id, row.diagnosis_cipher)
    known = diagnoses.known(code) if code else None
    return {"code": known.code, "title": known.title(scope.language)} if known else None


def _facility(provider_id: UUID | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    return {"id": provider_id, "name": names[provider_id]} if provider_id else None


def _step(row: ReferralStep) -> dict[str, Any]:
    return {"kind": row.kind, "at": row.created_at, "by": row.actor_role, "figures": row.figures}


def _request(scope: Scope, row: ReferralRequest) -> dict[str, Any]:
    named = row.specialty in SPECIALTIES
    facilities = queries.provider_names(scope, [row.provider_id])
    made = queries.by_id(scope, row.referral_id) if row.referral_id else None
    if made and scope.actor.role is Role.PROVIDER and made.from_provider_id != scope.actor.provider_id:
        made = None  # A code opens a door: only who wrote it reads it.
    return {
        "id": row.id,
        "member_id": row.member_id,
        "member_name": queries.member_names(scope, [row.member_id])[row.member_id],
        "kind": row.kind,
        "specialty": row.specialty if named else None,
        "specialty_name": specialty_name(row.specialty, scope.language) if named else None,
        "reason": sealing.unseal("referral_request", row.id, row.reason_cipher),
        "state": row.state,
        "provider": _facility(row.provider_id, facilities),
        "claim_id": row.claim_id,
        "code": made.code if made else None,
        "note": row.note,
        "asked_at": row.created_at,
        "decided_at": row.decided_at,
    }
