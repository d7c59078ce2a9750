"""The e-card, its loss and replacement, and its check at a desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask.views import MethodView

from backend.access import STAFF, Role, Scope
from backend.api import Blueprint, answer, language_of_request, signed_in_scope
from backend.clients.registry import client_by_id
from backend.errors import TooManyRequests
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.rate import RateLimit
from backend.members import card_qr, card_schemas
from backend.members.models import Card
from backend.members.service import cards, reading, verification

blp = Blueprint("cards", __name__, description="E-cards: shown, checked, lost, replaced")

_MEMBER = "/api/v1/members/<uuid:member_id>/card"
_HOLDERS = (Role.MEMBER, Role.HR, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
_KEEPERS = (Role.HR, Role.ADMIN)
_STRANGERS = RateLimit(30, seconds=60)
"""Checks without a sign-in, by address and process."""


@blp.route(_MEMBER)
class OneCard(MethodView):
    """A member's card."""

    @blp.access(*_HOLDERS)
    @blp.response(200, card_schemas.CardSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """The e-card with its signed QR."""
        return answer(cards.card_json(scope, member_id))

    @blp.access(*_KEEPERS)
    @blp.idempotent
    @blp.response(201, card_schemas.NewCardSchema)
    def post(self, scope: Scope, member_id: UUID) -> Response:
        """Issue a card to a member whose last one has ended."""
        return answer(_shown(scope, cards.issue_card(scope, member_id)), 201)


@blp.route(f"{_MEMBER}.png")
class CardPng(MethodView):
    """The card as a picture."""

    @blp.access(*_HOLDERS)
    @blp.arguments(card_schemas.ImageQuerySchema, location="query")
    @blp.response(200, content_type="image/png")
    def get(self, scope: Scope, query: dict[str, Any], member_id: UUID) -> Response:
        """The front of the card, 1348 × 850 pixels, round corners."""
        drawn = cards.card_image(scope, member_id, "png", query.get("language", scope.language))
        return _private(drawn, "image/png")


@blp.route(f"{_MEMBER}.pdf")
class CardPdf(MethodView):
    """The card to print."""

    @blp.access(*_HOLDERS)
    @blp.arguments(card_schemas.ImageQuerySchema, location="query")
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, query: dict[str, Any], member_id: UUID) -> Response:
        """An A4 page with the card at true size."""
        drawn = cards.card_image(scope, member_id, "pdf", query.get("language", scope.language))
        return _private(drawn, "application/pdf")


@blp.route(f"{_MEMBER}/loss")
class CardLoss(MethodView):
    """A lost card."""

    @blp.access(Role.MEMBER, Role.HR, Role.AGENT, Role.ADMIN)
    @blp.arguments(card_schemas.LossSchema)
    @blp.response(200, card_schemas.LossReportSchema)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Report the card lost, stolen or damaged; reporting twice answers the same."""
        return answer(cards.report_card_loss(scope, member_id, data["reason"]))


@blp.route(f"{_MEMBER}/replacement")
class CardReplacement(MethodView):
    """The card in place of a lost one."""

    @blp.access(*_KEEPERS)
    @blp.idempotent
    @blp.response(201, card_schemas.NewCardSchema)
    def post(self, scope: Scope, member_id: UUID) -> Response:
        """Request and issue the new card; it carries the contract's fee."""
        return answer(_shown(scope, cards.replace_card(scope, member_id)), 201)


@blp.route(f"{_MEMBER}/suspension")
class CardSuspension(MethodView):
    """A card that is stopped for a while."""

    @blp.access(*_KEEPERS)
    @blp.arguments(card_schemas.SuspensionSchema)
    @blp.response(200, card_schemas.NewCardSchema)
    def put(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Stop the card, or let it work again."""
        return answer(_shown(scope, cards.suspend_card(scope, member_id, suspended=data["suspended"])))


@blp.route("/api/v1/cards/lost")
class LostCards(MethodView):
    """HR's list of lost cards."""

    @blp.access(*_KEEPERS)
    @blp.response(200, card_schemas.LostCardsSchema)
    def get(self, scope: Scope) -> Response:
        """Lost cards that wait for a replacement, the oldest report first."""
        return answer(reading.lost_cards(scope))


@blp.route("/api/v1/cards/verify")
class CardCheck(MethodView):
    """A QR at a desk."""

    @blp.public("whoever holds our public keys may ask whether a card still counts; only staff learn whose it is")
    @blp.arguments(card_schemas.QrSchema)
    @blp.response(200, card_schemas.VerdictSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """Is this card genuine and valid? Signed-in staff also learn whose it is and for what."""
        return answer(verification.check_card(_desk(), data["qr"], language_of_request()))


@blp.route("/.well-known/careline-card-keys.json")
class CardKeys(MethodView):
    """The public keys of the cards."""

    @blp.public("a desk verifies cards with these keys without a connection")
    @blp.response(200, card_schemas.KeySetSchema)
    def get(self) -> Response:
        """Public keys that verify a card's QR offline."""
        response = answer(card_qr.public_keys(g.settings.card_keys))
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def _desk() -> Scope | None:
    """The scope of staff at a desk; strangers and members get none and are counted."""
    if "Authorization" in request.headers:
        scope = signed_in_scope(frozenset(Role))
        if scope.actor.role in STAFF:
            return scope
    wait = _STRANGERS.wait(request.remote_addr or "", clock.now())
    if wait:
        raise TooManyRequests(retry_after_seconds=wait)
    return None


def _shown(scope: Scope, card: Card) -> dict[str, Any]:
    currency = client_by_id(scope.client_id).currency
    fee = Money(card.fee_minor, currency) if card.fee_minor is not None else None
    return {"id": card.id, "card_number": card.number, "status": card.status, "fee": fee}


def _private(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-store"
    return response
