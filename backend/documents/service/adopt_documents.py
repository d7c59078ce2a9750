"""Papers that came before we knew whose they are: on WhatsApp a photo may arrive before its sender is proved."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from backend.access import Scope
from backend.documents.models import Document


def adopt(scope: Scope, document_ids: Sequence[UUID], member_id: UUID) -> None:
    """Let papers that are nobody's yet be the member's; one that is somebody's stays theirs."""
    scope.session.execute(
        update(Document)
        .where(Document.client_id == scope.client_id, Document.id.in_(document_ids), Document.member_id.is_(None))
        .values(member_id=member_id)
    )
