"""Who a case is about: identity, card, benefits, what is going on. Contact data is masked until it is needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.queries import Balance
from backend.claims import queries as claims
from backend.clients.registry import client_by_id
from backend.complaints import queries as complaints
from backend.errors import RuleRefused
from backend.guarantees import queries as letters
from backend.helpline import queries
from backend.helpline.service.steps import write_step
from backend.kit import clock, phone
from backend.kit.money import Money
from backend.members import identity
from backend.members import queries as members
from backend.members.models import Member
from backend.members.service import cover_state
from backend.referrals import queries as referrals

_LATEST = 5
_NOBODY: dict[str, Any] = {
    "member": None,
    "card": None,
    "benefits": [],
    "claims": [],
    "referrals": [],
    "guarantee_letters": [],
    "complaints": [],
}
NO_MEMBER, NOT_ON_FILE = "helpline.no_member", "helpline.not_on_file"


def member_panel(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """What stands beside the thread; all empty while nobody is verified. The look is recorded. Raises NotFound."""
    case = queries.case(scope, case_id)
    if case.member_id is None:
        return _NOBODY
    person = members.member(scope, case.member_id)
    audit.record_look(scope, "member", person.id, member_id=person.id)
    card = members.card_of(scope, person.id)
    today = clock.today(client_by_id(scope.client_id).timezone)
    return {
        "member": _shown(person) | {"status": cover_state(scope, person.id, today).state},
        "card": {"status": card.status, "ending": card.number[-4:]} if card else None,
        "benefits": [_balance(scope, one) for one in benefits.balances(scope, person.id, today)],
        "claims": _claims(scope, person.id),
        "referrals": _referrals(scope, person.id),
        "guarantee_letters": _letters(scope, person.id),
        "complaints": _complaints(scope, person.id),
    }


def reveal(scope: Scope, case_id: UUID, field: str, why: str) -> dict[str, Any]:
    """The whole ``phone`` or ``national_id`` of the member; who asked and why stays in the case and in the record.

    Raises NotFound, RuleRefused ``helpline.no_member``, ``helpline.not_on_file``.
    """
    case = queries.case(scope, case_id)
    if case.member_id is None:
        raise RuleRefused(NO_MEMBER)
    person = members.member(scope, case.member_id)
    value = _plain(person, field)
    if value is None:
        raise RuleRefused(NOT_ON_FILE)
    audit.record(scope, "revealed", "member", person.id, member_id=person.id, fields=[field])
    write_step(scope, case, "revealed", why, {"field": field}, is_work=False)
    return {"value": value}


def _plain(person: Member, field: str) -> str | None:
    if field == "phone":
        return person.phone
    return identity.unsealed(person.id, person.national_id_cipher) if person.national_id_cipher else None


def _shown(person: Member) -> dict[str, Any]:
    national_id = _plain(person, "national_id")
    return {
        "id": person.id,
        "name": person.full_name,
        "member_number": person.number,
        "birth_date": person.birth_date,
        "relationship": person.relationship,
        "language": person.language,
        "phone_masked": phone.masked(person.phone) if person.phone else None,
        "national_id_masked": f"••• {national_id[-3:]}" if national_id else None,
    }


def _balance(scope: Scope, balance: Balance) -> dict[str, Any]:
    names = balance.benefit.names
    return {
        "code": balance.benefit.code,
        "group": balance.benefit.benefit_group,
        "name": names.get(scope.language) or names.get("en") or balance.benefit.code,
        "referral_required": balance.benefit.referral_required,
        "limits": [
            {
                "basis": state.limit.basis,
                "shared_by": state.limit.shared_by,
                "limit": state.limit.amount,
                "count": state.limit.count,
                "remaining": state.left.amount,
                "remaining_count": state.left.count,
            }
            for state in balance.limits
        ],
        "remaining": next((state.left.amount for state in balance.limits if state.left.amount is not None), None),
        "remaining_count": next((state.left.count for state in balance.limits if state.left.count is not None), None),
    }


def _claims(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "id": claim.id,
            "number": claim.number,
            "benefit": claim.benefit_group,
            "status": claim.status,
            "visit_on": claim.visit_on,
            "provider_name": claim.provider_name,
            "claimed": None if claim.claimed_minor is None else Money(claim.claimed_minor, claim.currency),
        }
        for claim in claims.claims_of(scope, member_id, limit=_LATEST)
    ]


def _referrals(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    """Where to and until when; what for stays with who treats."""
    rows = referrals.all_of(scope, member_id)[:_LATEST]
    names = referrals.provider_names(scope, [row.to_provider_id for row in rows])
    return [
        {
            "id": row.id,
            "code": row.code,
            "kind": row.kind,
            "specialty": row.specialty,
            "state": row.state,
            "provider_name": names.get(row.to_provider_id) if row.to_provider_id else None,
            "valid_until": row.valid_until,
        }
        for row in rows
    ]


def _letters(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "id": letter.id,
            "number": letter.number,
            "state": letter.standing.at(clock.now()),
            "provider_name": letter.provider_name,
            "admission_on": letter.admission_on,
            "valid_until": letter.valid_until,
        }
        for letter in letters.letters_of(scope, member_id, limit=_LATEST)
    ]


def _complaints(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "id": complaint.id,
            "number": complaint.number,
            "category": complaint.category,
            "status": complaint.status,
            "resolve_by": complaint.resolve_by,
        }
        for complaint in complaints.complaints_of(scope, member_id, limit=_LATEST)
    ]
