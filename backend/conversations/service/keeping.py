"""A message of the app into its thread, durable before anybody answers it: one statement, one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.api import dump_json
from backend.conversations.models import Conversation, Message
from backend.errors import Conflict, InvalidShape, Unauthorized
from backend.gathering import row_of
from backend.idempotency import HEADER, MAX_LENGTH
from backend.kit import clock, ids

_SAY = "SELECT alive, is_new, said_row, talk_row, is_taken FROM api_say(%s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Told:
    """What a member writes: words, or the choice under a button, and the names of what is sent with it."""

    text: str
    payload: str | None
    document_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in its thread, both as they lie in the database and in no session.

    ``is_new`` is False when the same was said before with the same key, ``is_taken`` tells that a person of the
    helpline has the thread.
    """

    message: Message
    thread: Conversation
    is_new: bool
    is_taken: bool


def keep(scope: Scope, member_id: UUID, told: Told, key: str | None) -> Kept:
    """Keep what a signed-in member writes, in a transaction of its own: the bot's actions must find it.

    Raises Unauthorized when the sign-in has ended, Conflict ``request.idempotency_mismatch`` when ``key`` came with
    other words, InvalidShape when it is too long.
    """
    if key and len(key) > MAX_LENGTH:
        raise InvalidShape(figures={HEADER: ["too long"]})
    row = _row(scope, member_id, told, key)
    arguments = (scope.client_id, scope.actor.session_id, member_id, scope.language, dump_json(row).decode())
    with working_for(scope.client_id) as own:
        alive, is_new, said, thread, is_taken = own.unit.call(_SAY, arguments) or (False, False, None, None, False)
    if not alive:
        raise Unauthorized("access.session_ended")
    if not is_new and (said["text"], said["payload"], said["media"]) != (row["text"], row["payload"], row["media"]):
        raise Conflict("request.idempotency_mismatch")
    ours = said["id"] == str(row["id"])  # sent again after a lost connection, it is in its own way
    return Kept(row_of(Message, said), row_of(Conversation, thread), is_new or ours, is_taken)


def _row(scope: Scope, member_id: UUID, told: Told, key: str | None) -> dict[str, Any]:
    return {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": clock.now(),
        "conversation_id": ids.new_id(),  # of the thread, should this be its first message
        "direction": "in",
        "author": "member",
        "channel": "app",
        "language": scope.language,
        "text": told.text,
        "payload": told.payload,
        "args": {},
        "buttons": [],
        "media": [{"document_id": document_id} for document_id in told.document_ids],
        "vendor_id": f"app:{member_id}:{key or ids.new_id()}",
    }
