"""Twilio's webhooks about calls. Every one answers TwiML, whatever happens behind it."""

from __future__ import annotations

from flask import Response, request
from flask.views import MethodView

from backend.api import Blueprint
from backend.clients import registry as clients
from backend.conversations import calls, inbound
from backend.conversations.signed import from_twilio
from backend.conversations.telephone import webhooks
from backend.conversations.telephone.desk_routes import blp as desk
from backend.conversations.telephone.resort import answers_always, as_twiml, last_resort
from backend.errors import NotFound
from backend.observability import WEBHOOKS
from backend.settings import Settings

blp = Blueprint("voice", __name__, url_prefix="/twilio/voice", description="Webhooks of calls, signed")
_SIGNED = "signed by Twilio with our account's token"


def _number() -> int:
    try:
        return int(request.args.get("turn", "1"))
    except ValueError:
        raise NotFound() from None


@blp.route("")
class IncomingCall(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    @answers_always
    def post(self) -> Response:
        """A call comes in: greeting and choice of language"""
        client = inbound.client_of_number("voice", request.form.get("To", ""))
        if client is None or not request.form.get("CallSid"):
            WEBHOOKS.labels("voice", "unknown").inc()
            return last_resort()
        WEBHOOKS.labels("voice", "new").inc()
        return as_twiml(calls.answer_call(client, request.form.to_dict()))


@blp.route("/turn")
class CallTurn(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    @answers_always
    def post(self) -> Response:
        """Keys, speech or silence of a call"""
        client = clients.client_by_slug(request.args.get("client", ""))
        return as_twiml(calls.continue_call(client, _number(), request.form.to_dict()))


@blp.route("/status")
class CallStatus(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """What became of a call"""
        client = inbound.client_of_number("voice", request.form.get("To", ""))
        if client is not None:
            calls.end_call(client, request.form.to_dict())
        return Response(status=204)


@blp.route("/fallback")
class CallFallback(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """What Twilio plays when another webhook failed: no database, no bot, a person"""
        return last_resort()


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The telephone's part of the HTTP surface."""
    return [blp, webhooks.blp, desk]
