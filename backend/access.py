"""Who acts, in which role, and what they may see: Actor and Scope.

A Scope is the first argument of every query and every service verb. It belongs to exactly one
client and carries the unit of work, so nothing can be asked without saying for whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from backend import database
from backend.database import ClosedUnit, UnitOfWork
from backend.errors import NotFound


class Role(StrEnum):
    """What a person is to the platform."""

    MEMBER = "member"
    HR = "hr"
    AGENT = "agent"
    DOCTOR = "doctor"
    CLAIMS = "claims"
    FINANCE = "finance"
    PROVIDER = "provider"
    ADMIN = "admin"
    SYSTEM = "system"


HELPLINE = (Role.AGENT, Role.DOCTOR)
STAFF = (Role.HR, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.FINANCE, Role.PROVIDER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or process behind a request.

    ``id`` is the identity of a member or the staff row; ``member_ids`` are the members one may act
    for (self, and dependants under age); ``provider_id`` is set for a front desk.
    """

    role: Role
    id: UUID | None = None
    member_ids: tuple[UUID, ...] = ()
    provider_id: UUID | None = None
    session_id: UUID | None = None

    @property
    def own_member_id(self) -> UUID | None:
        """The member who is signed in; dependants follow in ``member_ids``."""
        return self.member_ids[0] if self.member_ids else None


SYSTEM = Actor(Role.SYSTEM)


class Scope:
    """One client, one actor, one unit of work."""

    __slots__ = ("_language", "actor", "channel", "client_id", "request_id", "unit")

    def __init__(
        self,
        unit: UnitOfWork,
        client_id: UUID,
        actor: Actor,
        *,
        language: str | Callable[[], str] = "en",
        request_id: str = "",
        channel: str = "app",
    ) -> None:
        self.unit = unit
        self.client_id = client_id
        self.actor = actor
        self.request_id = request_id
        self.channel = channel
        self._language = language

    @property
    def session(self) -> Session:
        """The SQLAlchemy session of this unit of work."""
        return self.unit.session

    @property
    def language(self) -> str:
        """The reader's language: ``id``, ``en`` or ``pt``."""
        if not isinstance(self._language, str):
            self._language = self._language()
        return self._language

    def as_actor(self, actor: Actor) -> Scope:
        """The same transaction, acting as somebody else (the helpline acting for a verified member)."""
        return Scope(
            self.unit, self.client_id, actor, language=self._language, request_id=self.request_id, channel=self.channel
        )

    def speaking(self, language: str) -> Scope:
        """The same transaction and actor for a reader of another language."""
        return Scope(
            self.unit, self.client_id, self.actor, language=language, request_id=self.request_id, channel=self.channel
        )

    def for_helpline(self) -> Scope:
        """The same transaction, as the helpline that answers by itself."""
        return Scope(self.unit, self.client_id, SYSTEM, language=self._language, channel="helpline")

    def check_member(self, member_id: UUID) -> None:
        """Raises NotFound when a member asks about somebody they do not act for; staff pass here."""
        if self.actor.role is Role.MEMBER and member_id not in self.actor.member_ids:
            raise NotFound()


def looking_for(client_id: UUID) -> Scope:
    """A scope that reads and writes nothing: whoever asks the database in it raises NoTransaction."""
    return Scope(ClosedUnit(client_id), client_id, SYSTEM)


@contextmanager
def working_for(
    client_id: UUID, actor: Actor = SYSTEM, *, language: str = "en", channel: str = "system"
) -> Iterator[Scope]:
    """A scope outside a request (jobs, commands): commits at the end, rolls back on any error."""
    unit = database.current().unit(client_id)
    try:
        yield Scope(unit, client_id, actor, language=language, channel=channel)
        unit.commit()
    except BaseException:
        unit.rollback()
        raise
    finally:
        unit.close()
