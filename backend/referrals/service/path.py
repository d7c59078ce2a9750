"""The member's path: the chain step by step, where one is, and every way that leads on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.members import queries as members
from backend.referrals import codes, queries
from backend.referrals.models import Referral
from backend.referrals.places import first_tier_of
from backend.referrals.rules.path import Move, Option, options, where_now
from backend.referrals.service.patients import patient_of
from backend.referrals.service.reading import shown_referral
from backend.referrals.service.steps import today_of
from backend.referrals.vocabulary import specialty_name


def path_answer(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """Where a member is and may go, with the codes and QRs a desk asks for: kept by the app for when it is offline.

    Raises NotFound.
    """
    person = members.member(scope, member_id)
    today = today_of(scope)
    rows = queries.all_of(scope, person.id)
    audit.record_look(scope, "referral", None, member_id=person.id)
    places = [place for row in rows for place in (row.from_provider_id, row.to_provider_id, row.accepted_by)]
    facilities, names = queries.provider_names(scope, places), {person.id: person.full_name}
    by_code = {row.code: row for row in rows}
    links = [row.link for row in rows]
    now, first = where_now(links), first_tier_of(scope, person.id, today)
    return {
        "member_id": person.id,
        "as_of": clock.now(),
        "needs_referrals": patient_of(scope, person.id, today).has_tiers,
        "first_tier": {"id": first.id, "name": first.name} if first else None,
        "here": _here(scope, by_code[now.code], facilities) if now else None,
        "options": [_option(scope, one, by_code, facilities, person.full_name) for one in options(links, today)],
        "chains": _chains(scope, rows, names, facilities),
    }


def _here(scope: Scope, row: Referral, facilities: dict[UUID, str]) -> dict[str, Any]:
    return {
        "code": row.code,
        "facility": facilities.get(row.accepted_by) if row.accepted_by else None,
        "tier": row.to_tier,
        "specialty_name": specialty_name(row.specialty, scope.language),
        "since": row.last_visit_on,
    }


def _option(
    scope: Scope, one: Option, by_code: dict[str, Referral], facilities: dict[UUID, str], patient: str
) -> dict[str, Any]:
    facility = facilities.get(one.facility) if one.facility else None
    client = client_by_id(scope.client_id)
    qr = None if one.move is Move.RETURN else codes.qr_of(by_code[one.code], client, patient, facility)
    return {
        "move": one.move,
        "code": one.code,
        "kind": one.kind,
        "tier": one.tier,
        "specialty": one.specialty,
        "specialty_name": specialty_name(one.specialty, scope.language),
        "facility": facility,
        "facility_id": one.facility,
        "until": one.until,
        "visits_left": one.visits_left,
        "qr": qr,
    }


def _chains(
    scope: Scope, rows: list[Referral], names: dict[UUID, str], facilities: dict[UUID, str]
) -> list[dict[str, Any]]:
    """The newest chain first, its referrals in the order in which they followed."""
    chains: dict[UUID, list[Referral]] = {}
    for row in rows:
        chains.setdefault(row.chain_id, []).insert(0, row)
    return [
        {"id": chain_id, "referrals": [shown_referral(scope, row, names, facilities) for row in chain]}
        for chain_id, chain in chains.items()
    ]
