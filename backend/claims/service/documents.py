"""One paper at a time: a cut connection costs one photo, never the claim."""

from __future__ import annotations

from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.claims import queries
from backend.claims.circumstances import refresh
from backend.claims.history import MEMBERS_TURN, check_status
from backend.claims.models import Claim, ClaimDocument, ClaimStatus
from backend.documents.service.open_document import check_usable
from backend.errors import NotFound

MAY_ATTACH = {*MEMBERS_TURN, ClaimStatus.SUBMITTED, ClaimStatus.APPEALED}
"""A forgotten paper may follow while nobody has looked, and new ones come with an appeal; none is taken back then."""


def add_document(scope: Scope, claim_id: UUID, document_id: UUID, requirement: str) -> Claim:
    """Let a document stand for a requirement; the same again changes nothing.

    Raises NotFound for a claim or document that is not the actor's, Conflict when the document was refused or
    the claim is closed to changes.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, MAY_ATTACH)
    check_usable(scope, [document_id])
    known = queries.rows_of_document(scope, claim.id, document_id)
    if requirement not in {row.requirement for row in known}:
        scope.session.add(
            ClaimDocument(
                client_id=scope.client_id, claim_id=claim.id, document_id=document_id, requirement=requirement
            )
        )
        scope.session.flush()
        refresh(scope, claim)
        _leave_trace(scope, claim)
    return claim


def remove_document(scope: Scope, claim_id: UUID, document_id: UUID) -> Claim:
    """Take a document off a claim, whatever it stood for; the file itself stays.

    Raises NotFound when it was not attached, Conflict when the claim lies with us.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, MEMBERS_TURN)
    attached = queries.rows_of_document(scope, claim.id, document_id)
    if not attached:
        raise NotFound()
    for row in attached:
        scope.session.delete(row)
    scope.session.flush()
    refresh(scope, claim)
    _leave_trace(scope, claim)
    return claim


def _leave_trace(scope: Scope, claim: Claim) -> None:
    if scope.actor.role is not Role.MEMBER:
        audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["documents"])
