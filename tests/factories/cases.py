"""Threads and cases as the desk finds them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations.models import Conversation, Message
from backend.helpline import service
from backend.helpline.models import HelplineCase
from backend.helpline.service import Caller
from backend.kit import clock
from tests.factories.claims import Household


def make_thread(scope: Scope, member_id: UUID | None = None, **facts: Any) -> Conversation:
    """A thread on WhatsApp, in English, somebody's when ``member_id`` is given."""
    values: dict[str, Any] = {"language": "en", "channel": "whatsapp", "last_inbound_at": clock.now()}
    row = Conversation(client_id=scope.client_id, member_id=member_id, **(values | facts))
    scope.session.add(row)
    scope.session.flush()
    return row


def make_message(scope: Scope, thread_id: UUID, text: str = "Hello", **facts: Any) -> Message:
    """A message of the member unless told otherwise."""
    values: dict[str, Any] = {"direction": "in", "author": "member", "channel": "whatsapp", "language": "en"}
    row = Message(client_id=scope.client_id, conversation_id=thread_id, text=text, **(values | facts))
    scope.session.add(row)
    scope.session.flush()
    return row


def make_messages(scope: Scope, thread_id: UUID, count: int, since: datetime) -> None:
    """Many messages, one a second, in turns from both sides."""
    for number in range(count):
        agent = {"direction": "out", "author": "agent"} if number % 2 else {}
        make_message(scope, thread_id, f"message {number}", created_at=since + timedelta(seconds=number), **agent)


def make_case(
    household: Household, *, words: str = "I need a person", verified: bool = True, reason: str = "person", **facts: Any
) -> HelplineCase:
    """A case of the employee's own thread, opened the way the bot opens it; further facts go to ``open_case``."""
    own = household.employee_id if verified else None
    language = facts.pop("language", "en")
    with working_for(household.client.id, channel="whatsapp") as scope:
        thread = make_thread(scope, language=language)
        make_message(scope, thread.id, words, language=language)
        caller = Caller(own, language, "whatsapp")
        return service.open_case(scope, thread.id, reason, caller=caller, **facts)
