"""A thread with everything one turn needs to know about it, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.branding.loader import Brand, brand_for
from backend.clients import registry
from backend.clients.registry import ClientFacts
from backend.conversations import queries
from backend.conversations.models import ContactIdentifier, Conversation
from backend.helpline import queries as cases
from backend.helpline.asker import Asker
from backend.helpline.catalogue import Reply
from backend.helpline.models import HelplineCase
from backend.kit import clock

AFTER_PROOF = "after_proof"
"""In a thread's state: what to answer once the person is proved."""


@dataclass(slots=True)
class Talk:
    """One turn on one channel. ``session_key`` is the call on the telephone, empty elsewhere."""

    scope: Scope
    client: ClientFacts
    brand: Brand
    thread: Conversation
    channel: str
    session_key: str
    member_id: UUID | None
    now: datetime
    is_free: bool = False
    """Nobody of the helpline has the thread; False when that is not known."""
    _identifiers: list[ContactIdentifier] | None = None

    @property
    def language(self) -> str:
        """The language of the thread."""
        return self.thread.language

    @property
    def place(self) -> str:
        """Where this turn is heard: the call, or the written channel."""
        return self.session_key or self.channel

    @property
    def identifiers(self) -> list[ContactIdentifier]:
        """The addresses of this thread on this channel; read only by what asks for a proof."""
        if self._identifiers is None:
            self._identifiers = queries.identifiers(self.scope, self.thread.id, self.channel)
        return self._identifiers

    @property
    def state(self) -> dict[str, Any]:
        """What the thread remembers; changed only through ``remember``."""
        return self.thread.state

    def remember(self, **changes: Any) -> None:
        """Keep facts for the turns to come; None forgets one."""
        kept = {**self.thread.state, **changes}
        self.thread.state = {name: value for name, value in kept.items() if value is not None}

    def taken_case(self) -> HelplineCase | None:
        """The case that a person of the helpline is working on in this thread."""
        return None if self.is_free else cases.taken_case_of(self.scope, self.thread.id)

    def asker(self) -> Asker:
        """The person as the answers see them."""
        return Asker(
            conversation_id=self.thread.id,
            client=self.client,
            brand=self.brand,
            language=self.language,
            channel=self.channel,
            member_id=self.member_id,
            state=self.thread.state,
            heard=lambda: queries.last_heard(self.scope, self.thread.id),
        )


def open_talk(scope: Scope, conversation_id: UUID, channel: str, session_key: str = "") -> Talk:
    """Load a thread for one turn; raises NotFound.

    In the app the sign-in has proved who speaks; elsewhere a proof of this channel has to hold still.
    """
    talk = talk_in(scope, queries.conversation(scope, conversation_id), channel, session_key)
    talk.member_id = _proved_member(talk)
    return talk


def talk_in(scope: Scope, thread: Conversation, channel: str, session_key: str = "") -> Talk:
    """A turn in a thread that is at hand; who speaks is not looked up."""
    client = registry.client_by_id(scope.client_id)
    return Talk(
        scope=scope,
        client=client,
        brand=brand_for(client),
        thread=thread,
        channel=channel,
        session_key=session_key,
        member_id=None,
        now=clock.now(),
    )


def _proved_member(talk: Talk) -> UUID | None:
    if talk.channel == "app":
        return talk.thread.member_id
    found = queries.proof(talk.scope, talk.thread.id, talk.channel, talk.session_key, talk.now)
    return found.member_id if found else None


def as_json(replies: tuple[Reply, ...] | list[Reply]) -> list[dict[str, Any]]:
    """Replies as the thread keeps them."""
    return [{"reply": reply.id, "args": dict(reply.args)} for reply in replies]


def from_json(kept: list[dict[str, Any]]) -> list[Reply]:
    """Back from ``as_json``."""
    return [Reply(item["reply"], item["args"]) for item in kept]
