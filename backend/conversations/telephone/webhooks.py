"""Twilio's webhooks about the queue, the telephones of the helpline, and recordings."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from flask.views import MethodView

from backend.api import Blueprint
from backend.clients import registry as clients
from backend.clients.registry import ClientFacts
from backend.conversations.signed import from_twilio
from backend.conversations.telephone import agent_leg, recording, waiting
from backend.conversations.telephone.resort import answers_always, as_twiml
from backend.errors import NotFound

blp = Blueprint("telephone", __name__, url_prefix="/twilio/voice", description="Webhooks of queue and agents, signed")
_SIGNED = "signed by Twilio with our account's token"


def _client() -> ClientFacts:
    return clients.client_by_slug(request.args.get("client", ""))


def _id(name: str) -> UUID:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        raise NotFound() from None


@blp.route("/queue/wait")
class QueueWait(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    @answers_always
    def post(self) -> Response:
        """What a caller hears in the queue"""
        return as_twiml(waiting.in_queue(_client(), request.args.get("call", ""), request.form.to_dict()))


@blp.route("/queue/left")
class QueueLeft(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    @answers_always
    def post(self) -> Response:
        """A caller has left the queue"""
        token = request.args.get("call", "")
        return as_twiml(waiting.left(_client(), token, _id("queued"), request.form.to_dict()))


@blp.route("/rang")
class Rang(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    @answers_always
    def post(self) -> Response:
        """The number for the night was answered, or not"""
        token, number = request.args.get("call", ""), request.args.get("turn", "")
        return as_twiml(waiting.rang(_client(), token, number, request.form.to_dict()))


@blp.route("/agent")
class AgentPickedUp(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """A person of the helpline has picked up"""
        found = agent_leg.picked_up(_client(), request.args.get("kind", ""), _id("id"), request.form.to_dict())
        return as_twiml(found)


@blp.route("/agent/accept")
class AgentAccepts(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """A person of the helpline takes the call, or does not"""
        found = agent_leg.accepted(_client(), request.args.get("kind", ""), _id("id"), request.form.to_dict())
        return as_twiml(found)


@blp.route("/agent/done")
class AgentDone(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """The talk is over, or nobody was there"""
        found = agent_leg.done(_client(), request.args.get("kind", ""), _id("id"), request.form.to_dict())
        return as_twiml(found)


@blp.route("/agent/status")
class AgentStatus(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """What became of the call to a person of the helpline"""
        agent_leg.status(_client(), request.args.get("kind", ""), _id("id"), request.form.to_dict())
        return Response(status=204)


@blp.route("/recording")
class RecordingReady(MethodView):
    @blp.public(_SIGNED)
    @blp.doc(security=[{"twilio": []}])
    @from_twilio
    def post(self) -> Response:
        """A recording is ready to be fetched"""
        recording.ready(_client(), _id("call"), request.args.get("purpose", ""), request.form.to_dict())
        return Response(status=204)
