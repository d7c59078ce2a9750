"""Finds the thread of an address or a member, and joins threads once a link is proved."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text, update

from backend.access import Scope
from backend.conversations import queries
from backend.conversations.models import (
    Call,
    Callback,
    ContactIdentifier,
    Conversation,
    Message,
    QueuedCall,
    Verification,
    Voicemail,
)
from backend.helpline import service as helpline
from backend.kit import clock

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


def of_address(
    scope: Scope, channel: str, address: Mapping[str, str], language: str
) -> tuple[Conversation, ContactIdentifier]:
    """The thread of whoever writes from ``address`` (kind → value); a stranger gets a new one.

    A WhatsApp number may be hidden behind a user name, so any known kind leads to the thread and kinds seen
    for the first time are remembered beside it.
    """
    _lock(scope, f"{channel}:{sorted(address.values())[0]}")
    known = {kind: queries.identifier(scope, channel, kind, value) for kind, value in address.items()}
    first = next((row for row in known.values() if row is not None), None)
    thread = queries.conversation(scope, first.conversation_id) if first else _new(scope, channel, language)
    for kind, value in address.items():
        row = known[kind]
        if row is None:
            row = ContactIdentifier(
                client_id=scope.client_id, conversation_id=thread.id, channel=channel, kind=kind, value=value
            )
            scope.session.add(row)
        row.last_seen_at = clock.now()
        first = first or row
    scope.session.flush()
    if first is None:
        raise ValueError("an address has at least one kind")
    return thread, first


def of_member(scope: Scope, member_id: UUID, language: str) -> Conversation:
    """The thread of a member who is signed in, held until the end of the transaction: one message after the other."""
    found = queries.conversation_of_member(scope, member_id, lock=True)
    if found is None:
        _lock(scope, f"member:{member_id}")
        found = queries.conversation_of_member(scope, member_id, lock=True)
    if found is None:
        found = _new(scope, "app", language)
        found.member_id = member_id
        scope.session.flush()
    return found


def link(scope: Scope, thread: Conversation, identifier: ContactIdentifier, member_id: UUID) -> Conversation:
    """Join an address to a member whose identity was just proved; returns the thread that goes on.

    The member's earlier thread flows into the present one. When the present thread already belongs to
    another person (two people share a telephone), the address moves to the thread of the one who proved it,
    so that neither reads the other's words.
    """
    _lock(scope, f"member:{member_id}")
    earlier = queries.conversation_of_member(scope, member_id)
    if thread.member_id not in {None, member_id}:
        own = earlier or _new(scope, identifier.channel, thread.language)
        own.member_id = member_id
        own.channel = identifier.channel
        own.last_inbound_at = thread.last_inbound_at
        identifier.conversation_id = own.id
        scope.session.flush()
        return own
    if earlier is not None and earlier.id != thread.id:
        _absorb(scope, thread, earlier)
    thread.member_id = member_id
    helpline.recognise(scope, thread.id, member_id)
    scope.session.flush()
    return thread


def _absorb(scope: Scope, thread: Conversation, earlier: Conversation) -> None:
    for table in (Message, ContactIdentifier, Call, Verification, QueuedCall, Callback, Voicemail):
        scope.session.execute(
            update(table)
            .where(table.client_id == scope.client_id, table.conversation_id == earlier.id)
            .values(conversation_id=thread.id)
        )
    helpline.move_cases(scope, earlier.id, thread.id)
    earlier.merged_into_id = thread.id
    scope.session.flush()


def _new(scope: Scope, channel: str, language: str) -> Conversation:
    row = Conversation(client_id=scope.client_id, channel=channel, language=language)
    scope.session.add(row)
    scope.session.flush()
    return row


def _lock(scope: Scope, key: str) -> None:
    scope.session.execute(_ONE_AT_A_TIME, {"key": f"{scope.client_id}:{key}"})
