"""Where messages come in: Twilio's webhooks, the app's chat, the image of a card for the vendor."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer, open_scope
from backend.clients import registry as clients
from backend.conversations import action_routes, card_links, inbound, service, simulator, voice_routes
from backend.conversations.schemas import SaidSchema, ThreadQuery, ThreadSchema, TurnSchema
from backend.conversations.signed import from_twilio
from backend.errors import NotFound
from backend.idempotency import HEADER
from backend.members import service as members
from backend.observability import WEBHOOKS
from backend.settings import Settings

chat = Blueprint("conversations", __name__, url_prefix="/api/v1/conversations", description="The chat of the app")
twilio = Blueprint("twilio", __name__, url_prefix="/twilio", description="Webhooks of Twilio, signed")
media = Blueprint("media", __name__, url_prefix="/media", description="Short-lived links for vendors")

_SIGNED = "signed by Twilio with our account's token"
_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def _done() -> Response:
    return Response(_NOTHING_TO_SAY, mimetype="text/xml")


@chat.route("/messages")
class Messages(MethodView):
    @chat.access(Role.MEMBER)
    @chat.repeatable("Makes a retry safe: the same key and words give the same message and answer.")
    @chat.arguments(SaidSchema)
    @chat.response(201, TurnSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Any:
        """Write to the helpline and read its answer."""
        return answer(service.say(scope, data.pop("text"), key=request.headers.get(HEADER), **data), 201)

    @chat.access(Role.MEMBER)
    @chat.arguments(ThreadQuery, location="query")
    @chat.response(200, ThreadSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Any:
        """The member's thread over all channels, oldest first."""
        return answer(service.page(scope, query["after"], query["limit"]))


@twilio.route("/messages")
class InboundMessages(MethodView):
    @twilio.public(_SIGNED)
    @twilio.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """One WhatsApp message: kept, enqueued, answered by a job"""
        client = inbound.client_of_number("whatsapp", request.form.get("To", ""))
        if client is None or not request.form.get("MessageSid"):
            WEBHOOKS.labels("messages", "unknown").inc()
            return _done()
        new = service.receive_message(open_scope(client.id, channel="whatsapp"), request.form.to_dict())
        WEBHOOKS.labels("messages", "new" if new else "repeated").inc()
        return _done()


@twilio.route("/messages/status")
class MessageStatus(MethodView):
    @twilio.public(_SIGNED)
    @twilio.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """What became of an outgoing message"""
        try:
            client = clients.client_by_slug(request.args.get("client", ""))
        except NotFound:
            WEBHOOKS.labels("messages/status", "unknown").inc()
            return Response(status=204)
        reference = request.args.get("reference", "")
        service.receive_status(open_scope(client.id, channel="whatsapp"), reference, request.form.to_dict())
        WEBHOOKS.labels("messages/status", "new").inc()
        return Response(status=204)


@media.route("/cards/<token>.png")
class CardImage(MethodView):
    @media.public("a link that we signed, good for a quarter of an hour")
    @media.response(200, {"type": "string", "format": "binary"}, content_type="image/png")
    def get(self, token: str) -> Response:
        """The image of a card, for the vendor that delivers it"""
        client_id, member_id, language = card_links.read(token)
        image = members.card_image(open_scope(client_id), member_id, "png", language)
        return Response(image, mimetype="image/png", headers={"Cache-Control": "private, no-store"})


def blueprints(settings: Settings) -> list[Blueprint]:
    """The conversations' part of the HTTP surface."""
    parts = (voice_routes, action_routes, simulator)
    return [chat, twilio, media, *(blueprint for part in parts for blueprint in part.blueprints(settings))]
