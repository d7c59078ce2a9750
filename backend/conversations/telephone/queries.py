"""Every SELECT of calls between the bot and a person."""

from __future__ import annotations

from sqlalchemy import select

from backend.access import Scope
from backend.conversations.telephone.models import QueuedCall


def waiting_calls(scope: Scope, desk: str | None = None) -> list[QueuedCall]:
    """Calls nobody has answered yet, in the order they are taken: emergencies first, then who waits longest."""
    query = select(QueuedCall).where(
        QueuedCall.client_id == scope.client_id, QueuedCall.left_at.is_(None), QueuedCall.answered_at.is_(None)
    )
    if desk is not None:
        query = query.where(QueuedCall.desk == desk)
    return list(scope.session.scalars(query.order_by(QueuedCall.rank, QueuedCall.entered_at, QueuedCall.id)))
