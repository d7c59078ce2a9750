"""What happened to a request, and the files it leaves: the steps everybody can read, the name of a copy."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.privacy.models import PrivacyRequest, PrivacyStep


def note_step(scope: Scope, request: PrivacyRequest, kind: str) -> None:
    """Add a step of the scope's actor to the history of a request."""
    row = PrivacyStep(
        client_id=scope.client_id,
        request_id=request.id,
        kind=kind,
        actor_role=scope.actor.role.value,
        actor_id=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()


def copy_name(client_id: UUID, request_id: UUID) -> str:
    """Where a copy of somebody's data lies in the object store; the name says nothing about them."""
    return f"{client_id}/copies/{request_id.hex}.zip"
