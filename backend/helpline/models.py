"""Cases: what a person of the helpline has to do for somebody, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Priority(StrEnum):
    """How long a case may wait."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class HelplineCase(OfClient, Base):
    """One matter for a person; named with its domain because CASE is a word of SQL.

    ``rank`` is the priority as a number (0 first), so that the queue is read from its index.
    """

    __tablename__ = "helpline_case"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "conversation_id"], ["conversation.client_id", "conversation.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint("state IN ('open', 'taken', 'closed')", name="state"),
        CheckConstraint("priority IN ('urgent', 'high', 'normal')", name="priority"),
        Index("ix_helpline_case_queue", "client_id", "state", "rank", "created_at"),
        Index("ix_helpline_case_conversation", "client_id", "conversation_id"),
        Index("ix_helpline_case_member", "client_id", "member_id"),
    )

    number: Mapped[str]
    conversation_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    reason: Mapped[str]
    priority: Mapped[str]
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(default=CaseState.OPEN)
    summary: Mapped[str]
    language: Mapped[str]
    channel: Mapped[str]
    assigned_to: Mapped[UUID | None]
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class CaseEvent(OfClient, Base):
    """One step in the life of a case: opened, joined, taken, replied, noted, closed."""

    __tablename__ = "case_event"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"]),
        Index("ix_case_event_case", "client_id", "case_id", "created_at"),
    )

    case_id: Mapped[UUID]
    kind: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    text: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
