"""What a desk learns from a card's QR: everybody whether it is genuine, staff of the client whose it is."""

from __future__ import annotations

from typing import Any

from backend import languages
from backend.access import Scope, working_for
from backend.audit import service as audit
from backend.clients.registry import ClientFacts, client_by_id, client_by_slug
from backend.errors import NotFound
from backend.integrations import registry
from backend.kit import clock
from backend.members import card_qr, queries
from backend.members.card_qr import CardClaims
from backend.members.models import Card, CardStatus, Member
from backend.members.rules import cover

REVOKED = {
    CardStatus.LOST.value: "cards.lost",
    CardStatus.SUSPENDED.value: "cards.suspended",
    CardStatus.ENDED.value: "cards.ended",
}
NOT_COVERED = "cards.not_covered"
OTHER_CLIENT = "cards.other_client"


def check_card(scope: Scope | None, qr: str, language: str) -> dict[str, Any]:
    """The verdict on a QR. ``scope`` is that of staff at a desk, None for anybody else.

    ``genuine`` is the signature; ``valid`` means genuine, in time, not revoked and covered today;
    ``reason`` says what is wrong. Without a scope, or for another client's card, nothing personal is told.
    """
    now = clock.now()
    reading = card_qr.read(registry.current().settings.card_keys, qr, now)
    verdict: dict[str, Any] = {"genuine": reading.claims is not None, "valid": False, "reason": reading.problem}
    if reading.claims is not None:
        _look_up(verdict, scope, reading.claims)
    verdict["valid"] = verdict["genuine"] and verdict["reason"] is None
    verdict["message"] = languages.message(verdict["reason"] or "cards.valid", language)
    return verdict | {"as_of": now}


def _look_up(verdict: dict[str, Any], scope: Scope | None, claims: CardClaims) -> None:
    verdict |= {"signed_at": claims.signed_at, "expires_at": claims.expires_at}
    try:
        client = client_by_slug(claims.client)
    except NotFound:
        verdict |= {"genuine": False, "reason": card_qr.FOREIGN}
        return
    if scope is not None and client.id == scope.client_id:
        _judge(verdict, scope, client, claims, told=True)
        return
    with working_for(client.id) as inside:
        _judge(verdict, inside, client, claims, told=False)
    if scope is not None:
        verdict["reason"] = OTHER_CLIENT


def _judge(verdict: dict[str, Any], scope: Scope, client: ClientFacts, claims: CardClaims, *, told: bool) -> None:
    card = queries.card_by_number(scope, claims.card_number)
    if card is None:
        verdict |= {"genuine": False, "reason": card_qr.FOREIGN}
        return
    member = queries.member(scope, card.member_id)
    today = clock.today(client.timezone)
    state = cover.cover_state(queries.periods_of(scope, member.id), member.left_on, today)
    problem = REVOKED.get(card.status) or (None if state.is_covered else NOT_COVERED)
    verdict["reason"] = problem or verdict["reason"]
    if told:
        verdict |= _told(scope, card, member, state)
        audit.record(scope, "read", "card", card.id, member_id=member.id)


def _told(scope: Scope, card: Card, member: Member, state: cover.CoverState) -> dict[str, Any]:
    plan = queries.plan_facts(scope, state.plan_id, scope.language) if state.plan_id else None
    client = client_by_id(scope.client_id)
    return {
        "client": {"slug": client.slug, "name": client.name},
        "member": {
            "id": member.id,
            "name": member.full_name,
            "member_number": member.number,
            "relationship": member.relationship,
            "birth_date": member.birth_date,
            "sex": member.sex,
        },
        "card_number": card.number,
        "status": card.status,
        "covered": state.is_covered,
        "valid_from": state.valid_from,
        "valid_until": state.valid_until,
        "plan": {"code": plan["code"], "name": plan["name"]} if plan else None,
        "eligible_for": plan["benefits"] if plan and state.is_covered else [],
    }
