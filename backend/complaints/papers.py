"""Photos and PDFs that go with a complaint; the files themselves belong to documents."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from backend.access import Role, Scope
from backend.complaints import queries
from backend.complaints.models import Complaint, ComplaintDocument
from backend.documents.service.open_document import check_usable
from backend.errors import NotFound


def attach(scope: Scope, complaint: Complaint, document_ids: Sequence[UUID]) -> int:
    """Put documents beside a complaint; one that is there already stays once. How many are new.

    Raises NotFound for a document that is not the actor's or, for staff, another member's; Conflict for a refused one.
    """
    if not document_ids:
        return 0
    found = check_usable(scope, document_ids)
    if scope.actor.role is not Role.MEMBER and any(
        paper.member_id not in {None, complaint.member_id} for paper in found
    ):
        raise NotFound()
    known = {row.document_id for row in queries.papers_of(scope, complaint.id)}
    fresh = [each for each in dict.fromkeys(document_ids) if each not in known]
    scope.session.add_all(
        ComplaintDocument(client_id=scope.client_id, complaint_id=complaint.id, document_id=each) for each in fresh
    )
    scope.session.flush()
    return len(fresh)
