"""What the bot's actions ask the backend: an action's name, the thread, the slots; back come reply ids.

On the inner network and with a secret of its own. The bot learns reply ids and arguments, never a phone number.
"""

from __future__ import annotations

import hmac
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import g, request
from flask.views import MethodView

from backend.api import Blueprint, Schema, answer, open_scope
from backend.conversations import answering
from backend.conversations.talk import as_json, open_talk
from backend.errors import Forbidden, InvalidShape
from backend.helpline.rules import filled_after
from backend.settings import Settings

blp = Blueprint("actions", __name__, url_prefix="/internal/helpline", description="For the bot's actions only")
_SECRET_HEADER = "X-Careline-Actions-Secret"  # noqa: S105 - the name of a header


class Asked(Schema):
    """A thread as the bot names it (client:conversation:channel:call) and its slots."""

    conversation = ma.fields.String(required=True)
    slots = ma.fields.Dict(load_default=dict)


class Answered(Schema):
    """What to say and which slots change."""

    replies = ma.fields.List(ma.fields.Dict(), required=True)
    slots = ma.fields.Dict(required=True)


def _check_secret() -> None:
    given = request.headers.get(_SECRET_HEADER, "")
    known: str = g.settings.actions_secret
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        raise Forbidden()


def _names_of(conversation: str) -> tuple[UUID, UUID, str, str]:
    try:
        client, thread, channel, session_key = conversation.split(":", 3)
        return UUID(client), UUID(thread), channel, session_key
    except ValueError as error:
        raise InvalidShape() from error


def _answered(name: str, data: dict[str, Any]) -> dict[str, Any]:
    client_id, thread_id, channel, session_key = _names_of(data["conversation"])
    talk = open_talk(open_scope(client_id, channel=channel), thread_id, channel, session_key)
    before = talk.state.get("filled") or {} if talk.state.get("form") else {}
    made = answering.answer(talk, name, data["slots"])
    talk.remember(filled=filled_after(before, data["slots"], made.slots) or None)
    return {"replies": as_json(made.replies), "slots": dict(made.slots)}


@blp.route("/actions/<name>")
class Action(MethodView):
    @blp.public("only with the secret of the bot's actions, on the inner network")
    @blp.arguments(Asked)
    @blp.response(200, Answered)
    def post(self, data: dict[str, Any], name: str) -> Any:
        """Answer one topic for a thread"""
        _check_secret()
        return answer(_answered(name, data))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The inner routes."""
    return [blp]
