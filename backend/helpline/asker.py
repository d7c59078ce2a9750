"""Who asks and what comes back: the seam between the conversations and the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope
from backend.branding.loader import Brand
from backend.clients.registry import ClientFacts
from backend.helpline import rules, service
from backend.helpline.catalogue import Reply
from backend.helpline.models import Desk, HelplineCase, Priority


@dataclass(frozen=True, slots=True)
class Asker:
    """The person in a thread. ``member_id`` is set only while their identity is proved on this channel.

    ``state`` is what the thread remembers (keys in the answers that use them), read only here.
    """

    conversation_id: UUID
    client: ClientFacts
    brand: Brand
    language: str
    channel: str
    member_id: UUID | None
    state: Mapping[str, Any] = field(default_factory=dict)
    heard: Callable[[], str] = str
    """Gives the person's last words, for the few answers that look for a name in them."""

    def proved(self) -> UUID:
        """The proved member; personal answers are never asked without one."""
        if self.member_id is None:
            raise ValueError("nobody is verified")
        return self.member_id

    def acting(self, scope: Scope) -> Scope:
        """The same transaction, in the name and language of the proved member."""
        return self._seen_by(scope, Actor(Role.MEMBER, member_ids=(self.proved(),)))

    def speaking(self, scope: Scope) -> Scope:
        """The same transaction in the language of the thread."""
        return self._seen_by(scope, scope.actor)

    def _seen_by(self, scope: Scope, actor: Actor) -> Scope:
        return Scope(
            scope.unit,
            scope.client_id,
            actor,
            language=self.language,
            request_id=scope.request_id,
            channel=self.channel,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say, which of the bot's slots change, and what the thread should remember."""

    replies: tuple[Reply, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, reply_id: str, **args: Any) -> Answer:
        """A single reply."""
        return cls((Reply(reply_id, args),))


def last_said_to(state: Mapping[str, Any], member_id: UUID | None) -> list[dict[str, Any]]:
    """The replies to say again. What a proved member was told is not repeated to somebody who is not proved: a thread
    goes on from channel to channel, a proof does not.
    """
    said_to = state.get("last_to")
    return list(state.get("last") or []) if said_to in {None, str(member_id)} else []


AnswerTo = Callable[[Scope, Asker, Mapping[str, Any]], Answer]
"""One topic: the scope, who asks, the bot's slots."""


def case_for(
    scope: Scope,
    asker: Asker,
    reason: str,
    priority: str = Priority.NORMAL,
    summary: str = "",
    *,
    desk: str = Desk.HELPLINE,
) -> HelplineCase:
    """A case for a person, opened in the asker's name, with what they have filled in.

    A place that was shared to find a clinic is not where an emergency is, so an urgent case begins without one.
    """
    caller = service.Caller(asker.member_id, asker.language, asker.channel)
    filled = rules.handed_over(asker.state)
    if priority == Priority.URGENT:
        filled.pop("location", None)
    return service.open_case(
        scope, asker.conversation_id, reason, priority, summary, caller=caller, desk=desk, filled=filled
    )
