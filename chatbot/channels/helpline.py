"""Custom Rasa channel: a message with its channel and facts in, reply ids out.

Rasa's own REST channel is open to anybody who reaches the port and calls every output channel
`collector`; this one asks for the shared secret and keeps the channel's name.
"""

import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import SlotSet, UserUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

SECRET_HEADER = "X-Helpline-Secret"  # noqa: S105 - the name of a header
SECRET_VARIABLE = "CARELINE_BOT_SECRET"  # noqa: S105 - the name of a variable

LONGEST_SESSION = 60
"""Turns after which a new session begins, outside of forms. Rasa reads and writes the whole session at every turn:
after sixty turns one takes twice its time, and every other conversation waits for it."""

_NEW_SESSION = "/session_start"


class HelplineOutput(CollectingOutputChannel):
    """Collects the replies of one turn under the name of the channel that the person uses."""

    def __init__(self, channel: str) -> None:
        """Remember the channel: `whatsapp`, `voice` or `app`."""
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """Return the channel's name, which Rasa writes into the conversation."""
        return self._channel


def _slot_changes(facts: dict[str, Any], tracker: Any) -> list[SlotSet]:
    """Say which slots the backend's facts change; a fact without a slot of that name is ignored."""
    return [
        SlotSet(name, value)
        for name, value in facts.items()
        if name in tracker.slots and tracker.get_slot(name) != value
    ]


def _is_long(tracker: Any) -> bool:
    """Whether the session is long enough for a new one; a form keeps its session, slots go on in the new one."""
    said = sum(isinstance(event, UserUttered) for event in tracker.events)
    return said >= LONGEST_SESSION and tracker.active_loop_name is None


def _replies(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message["custom"] for message in messages if message.get("custom")]


async def _take_turn(agent: Any, turn: dict[str, Any]) -> dict[str, Any]:
    """Set the backend's facts as slots, let Rasa take the turn, and sum up what came of it."""
    out = HelplineOutput(turn["channel"])
    metadata = turn.get("metadata") or {}
    message = UserMessage(turn["message"], out, turn["sender"], input_channel=turn["channel"], metadata=metadata)
    async with agent.lock_store.lock(turn["sender"]):
        tracker = await agent.processor.fetch_tracker_and_update_session(turn["sender"], out, metadata)
        if _is_long(tracker):
            fresh = UserMessage(_NEW_SESSION, out, turn["sender"], input_channel=turn["channel"], metadata=metadata)
            await agent.processor.handle_message(fresh)
            tracker = await agent.processor.get_tracker(turn["sender"])
        changes = _slot_changes(metadata.get("slots") or {}, tracker)
        if changes:
            tracker.update_with_events(changes, agent.domain)
            await agent.processor.save_tracker(tracker)
        await agent.processor.handle_message(message)
        tracker = await agent.processor.get_tracker(turn["sender"])
    understood = tracker.latest_message
    return {
        "replies": _replies(out.messages),
        "intent": understood.intent.get("name"),
        "confidence": understood.intent.get("confidence"),
        "form": tracker.active_loop_name,
        "asked": tracker.get_slot("requested_slot"),
    }


class HelplineInput(InputChannel):
    """`POST /webhooks/helpline/webhook`, for the backend alone."""

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "helpline"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Declare the two routes; without a configured secret every turn is refused."""
        secret = os.environ.get(SECRET_VARIABLE, "")
        routes = Blueprint("helpline_webhook", __name__)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get(SECRET_HEADER, "")
            if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
                return response.json({"reason": "bot.wrong_secret"}, status=403)
            turn = request.json
            if not isinstance(turn, dict) or not {"sender", "message", "channel"} <= turn.keys():
                return response.json({"reason": "bot.incomplete_turn"}, status=422)
            return response.json(await _take_turn(request.app.ctx.agent, turn))

        return routes
