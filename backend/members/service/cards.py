"""A card's life: issued, shown, suspended, lost, replaced; and its QR checked at a desk."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from backend import database, languages
from backend.access import Scope
from backend.api import dump_json
from backend.audit import service as audit
from backend.branding import loader as branding
from backend.branding.vocabulary import own_words
from backend.clients import queries as clients
from backend.clients.registry import ClientFacts, client_by_id
from backend.errors import Conflict, NotFound, RuleRefused, Unauthorized
from backend.integrations import registry
from backend.jobs import enqueue
from backend.kit import clock
from backend.kit.money import Money
from backend.members import card_image as drawing
from backend.members import card_qr, queries, tasks
from backend.members.card_image import CardFace
from backend.members.models import Card, CardStatus
from backend.members.rules import cover, numbers
from backend.members.rules.cover import CoverState
from backend.notifications import service as notifications

_HOT = "SELECT outcome, body, qr_signed_at FROM api_member_card(%s, %s, %s, %s, %s)"


def cover_state(scope: Scope, member_id: UUID, on: date) -> CoverState:
    """Is the member covered on a day, by which plan, from when until when; raises NotFound."""
    member = queries.member(scope, member_id)
    return cover.cover_state(queries.periods_of(scope, member_id), member.left_on, on)


def issue_card(scope: Scope, member_id: UUID) -> Card:
    """A member's first card, or a new one after the last has ended; raises NotFound, Conflict ``cards.in_use``."""
    queries.member(scope, member_id)
    if queries.card_in_use(scope, member_id) is not None:
        raise Conflict("cards.in_use")
    return _new_card(scope, member_id)


def card_json(scope: Scope, member_id: UUID) -> bytes:
    """The card as the API answers it, read in one round trip; raises NotFound, Unauthorized.

    The QR is signed once and kept; only when half of its life is used does a read sign it anew.
    """
    scope.check_member(member_id)
    client = client_by_id(scope.client_id)
    now = clock.now()
    arguments = _arguments(scope, client, member_id)
    body, signed_at = _found(database.current().read(_HOT, arguments))
    if signed_at is not None and not signed_at <= now < signed_at + card_qr.LIFE / 2:
        body = _with_fresh_qr(scope, client, member_id, now)
    audit.record_look(scope, "card", None, member_id=member_id)
    return b"".join([body[:-1].encode(), _shared_part(scope, client), b',"as_of":', dump_json(now), b"}"])


def _arguments(scope: Scope, client: ClientFacts, member_id: UUID) -> tuple[Any, ...]:
    return (scope.client_id, scope.actor.session_id, member_id, scope.language, clock.today(client.timezone))


def _found(row: Any) -> tuple[str, datetime | None]:
    outcome, body, signed_at = row
    if outcome == "session_ended":
        raise Unauthorized("access.session_ended")
    if outcome == "not_found":
        raise NotFound()
    return body, signed_at


def _with_fresh_qr(scope: Scope, client: ClientFacts, member_id: UUID, now: datetime) -> str:
    """Sign within the scope's transaction and read the card there, because nothing is committed yet."""
    card = queries.card_in_use(scope, member_id)
    if card is not None and (card.qr_signed_at is None or not card.qr_signed_at <= now < _stale_at(card)):
        _sign(scope, client, card, now)
    cursor = scope.unit.raw().execute(_HOT, _arguments(scope, client, member_id))
    return _found(cursor.fetchone())[0]


def _stale_at(card: Card) -> datetime:
    return (card.qr_signed_at or clock.now()) + card_qr.LIFE / 2


def _sign(scope: Scope, client: ClientFacts, card: Card, now: datetime) -> None:
    member = queries.member(scope, card.member_id)
    state = cover.cover_state(queries.periods_of(scope, member.id), member.left_on, clock.today(client.timezone))
    signed_at = now.replace(microsecond=0)
    claims = card_qr.CardClaims(
        client=client.slug,
        member_number=member.number,
        card_number=card.number,
        name=member.full_name,
        plan=queries.plan_code(scope, state.plan_id) if state.plan_id else "",
        signed_at=signed_at,
        expires_at=signed_at + card_qr.LIFE,
    )
    card.qr_payload = card_qr.sign(registry.current().settings.card_key, claims)
    card.qr_signed_at, card.qr_expires_at = claims.signed_at, claims.expires_at
    scope.session.flush()


_KEEP_SHARED = timedelta(seconds=60)
_shared: dict[tuple[UUID, date], tuple[datetime, bytes]] = {}
"""What is the same on every card of a client on a day; asked of the contract once a minute."""


def _shared_part(scope: Scope, client: ClientFacts) -> bytes:
    now, today = clock.now(), clock.today(client.timezone)
    made_at, part = _shared.get((client.id, today), (None, b""))
    if made_at is None or not timedelta(0) <= now - made_at < _KEEP_SHARED:
        brand = branding.brand_for(client)
        facts = {
            "client": {"slug": client.slug, "name": client.name},
            "replacement_fee": _fee(scope, client, today),
            "hotline": {"voice": brand.hotline.voice, "whatsapp": brand.hotline.whatsapp},
        }
        part = b"," + dump_json(facts)[1:-1]
        if len(_shared) > 1000:
            _shared.clear()
        _shared[(client.id, today)] = (now, part)
    return part


def _fee(scope: Scope, client: ClientFacts, on: date) -> Money:
    return Money(clients.terms_on(scope, on).card_replacement_fee_minor, client.currency)


def card_image(scope: Scope, member_id: UUID, form: drawing.Format, language: str) -> bytes:
    """The card drawn as ``png`` or ``pdf`` in a language; raises NotFound, RuleRefused ``cards.none``."""
    scope.check_member(member_id)
    client = client_by_id(scope.client_id)
    speaking = Scope(scope.unit, scope.client_id, scope.actor, language=language, request_id=scope.request_id)
    card = json.loads(_with_fresh_qr(speaking, client, member_id, clock.now()))
    if card["card_number"] is None or card["plan"] is None:
        raise RuleRefused("cards.none")
    audit.record_look(scope, "card", None, member_id=member_id)
    face = CardFace(
        name=card["name"],
        relationship=card["relationship"],
        birth_date=date.fromisoformat(card["birth_date"]),
        member_number=card["member_number"],
        card_number=card["card_number"],
        plan=card["plan"]["name"],
        status=card["status"],
        valid_until=date.fromisoformat(card["valid_until"]) if card["valid_until"] else None,
        qr=card["qr"],
        qr_expires_at=datetime.fromisoformat(card["qr_expires_at"]) if card["qr"] else None,
    )
    return drawing.draw(face, branding.brand_for(client), language, form, client.timezone)


def report_card_loss(scope: Scope, member_id: UUID, reason: str) -> dict[str, Any]:
    """A card is lost, stolen or damaged: refused at every desk from now on, HR is told (S1-59, S1-60).

    Reporting it again answers the same. Raises NotFound, RuleRefused ``cards.none`` when there is no card.
    """
    member = queries.member(scope, member_id)
    client = client_by_id(scope.client_id)
    card = queries.card_in_use(scope, member_id)
    if card is not None:
        card.status, card.reported_at, card.loss_reason = CardStatus.LOST.value, clock.now(), reason
        card.qr_payload = card.qr_signed_at = card.qr_expires_at = None
        scope.session.flush()
        audit.record(scope, "update", "card", card.id, member_id=member.id, fields=["status"])
        notifications.notify(scope, "card_lost", member.id, {"card_ending": card.number[-4:]})
        enqueue(scope, tasks.tell_hr_of_lost_card, client_id=str(scope.client_id), card_id=str(card.id))
    else:
        card = queries.card_of(scope, member_id)
        if card is None or card.status != CardStatus.LOST.value:
            raise RuleRefused("cards.none")
    return _loss_report(scope, client, card)


def _loss_report(scope: Scope, client: ClientFacts, card: Card) -> dict[str, Any]:
    brand = branding.brand_for(client)
    return {
        "card_number": card.number,
        "status": card.status,
        "reason": card.loss_reason,
        "reported_at": card.reported_at,
        "replacement": {
            "state": "requested",
            "through": "hr",
            "fee": _fee(scope, client, clock.today(client.timezone)),
        },
        "meanwhile": _without_card(scope, client),
        "card_desk": {"phone": brand.card_desk.phone, "hours": brand.card_desk.hours},
    }


def _without_card(scope: Scope, client: ClientFacts) -> list[str]:
    """What to do until there is a card again: inpatient (S1-55), outpatient (S1-58)."""
    terms = clients.terms_on(scope, clock.today(client.timezone))
    outpatient = "cards.outpatient_through_hr" if terms.papers_through_hr else "cards.outpatient_without_card"
    reword = own_words(branding.brand_for(client).glossary)
    reasons = ("cards.inpatient_without_card", outpatient)
    return [languages.message(reason, scope.language, reword=reword) for reason in reasons]


def replace_card(scope: Scope, member_id: UUID) -> Card:
    """HR asks for a new card in place of the lost one; it carries the contract's fee (S1-60).

    Raises NotFound, RuleRefused ``cards.not_lost``.
    """
    member = queries.member(scope, member_id)
    lost = queries.card_of(scope, member_id)
    if lost is None or lost.status != CardStatus.LOST.value:
        raise RuleRefused("cards.not_lost")
    client = client_by_id(scope.client_id)
    fee = _fee(scope, client, clock.today(client.timezone))
    card = _new_card(scope, member.id, replaces_id=lost.id, fee_minor=fee.amount_minor)
    notifications.notify(scope, "card_replaced", member.id, {"card_ending": card.number[-4:]})
    return card


def suspend_card(scope: Scope, member_id: UUID, *, suspended: bool) -> Card:
    """Stop a card for a while, or let it work again; raises NotFound, RuleRefused ``cards.none``."""
    queries.member(scope, member_id)
    card = queries.card_in_use(scope, member_id)
    if card is None:
        raise RuleRefused("cards.none")
    card.status = CardStatus.SUSPENDED.value if suspended else CardStatus.ACTIVE.value
    scope.session.flush()
    audit.record(scope, "update", "card", card.id, member_id=member_id, fields=["status"])
    return card


def _new_card(scope: Scope, member_id: UUID, **facts: Any) -> Card:
    serial = scope.session.execute(text("SELECT nextval('card_number_seq')")).scalar_one()
    card = Card(
        client_id=scope.client_id,
        member_id=member_id,
        number=numbers.card_number(serial),
        status=CardStatus.ACTIVE.value,
        issued_on=clock.today(client_by_id(scope.client_id).timezone),
        **facts,
    )
    scope.session.add(card)
    scope.session.flush()
    audit.record(scope, "create", "card", card.id, member_id=member_id)
    return card
