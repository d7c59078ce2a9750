"""Where Twilio finds us about one call. Addresses name calls by tokens and ids that say nothing."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from backend.clients.registry import ClientFacts
from backend.conversations.models import Call
from backend.integrations import registry

_RETRIED = "#rc=2&rp=ct,rt,5xx"
"""Asks Twilio to try a callback again after timeouts and 5xx too; the fragment is no part of the signature."""


def turn(client: ClientFacts, number: int) -> str:
    """Keys and speech of step ``number``; Twilio says which call."""
    return _address("turn", client=client.slug, turn=str(number))


def wait(client: ClientFacts, call: Call) -> str:
    """What is heard in the queue."""
    return _address("queue/wait", client=client.slug, call=call.token)


def left(client: ClientFacts, call: Call, queued_id: UUID) -> str:
    """The call has left the queue."""
    return _address("queue/left", client=client.slug, call=call.token, queued=str(queued_id))


def rang(client: ClientFacts, call: Call, number: int) -> str:
    """The number for the night, rung after input ``number``, was answered or not."""
    return _address("rang", client=client.slug, call=call.token, turn=str(number))


def recorded(client: ClientFacts, call_id: UUID, purpose: str) -> str:
    """A recording is ready."""
    return _address("recording", client=client.slug, call=str(call_id), purpose=purpose) + _RETRIED


def agent(client: ClientFacts, kind: str, row_id: UUID) -> str:
    """The telephone of a person of the helpline was picked up, for a ``call`` or a ``callback``."""
    return _address("agent", client=client.slug, kind=kind, id=str(row_id))


def agent_accepts(client: ClientFacts, kind: str, row_id: UUID) -> str:
    """The person pressed a key."""
    return _address("agent/accept", client=client.slug, kind=kind, id=str(row_id))


def agent_done(client: ClientFacts, kind: str, row_id: UUID) -> str:
    """What came of joining them."""
    return _address("agent/done", client=client.slug, kind=kind, id=str(row_id))


def agent_status(client: ClientFacts, kind: str, row_id: UUID) -> str:
    """What became of the call to the person."""
    return _address("agent/status", client=client.slug, kind=kind, id=str(row_id)) + _RETRIED


def _address(path: str, **query: str) -> str:
    return f"{registry.current().settings.public_url}/twilio/voice/{path}?{urlencode(query)}"
