"""The positions of a claim's bill, replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from backend.access import Scope
from backend.claims.models import Claim, ClaimLine


def replace_positions(scope: Scope, claim: Claim, lines: Sequence[Mapping[str, Any]]) -> None:
    """Put ``lines`` in the place of all that were there; their order is their position, from 1."""
    scope.session.execute(
        delete(ClaimLine).where(ClaimLine.client_id == scope.client_id, ClaimLine.claim_id == claim.id)
    )
    for position, line in enumerate(lines, start=1):
        scope.session.add(
            ClaimLine(
                client_id=scope.client_id,
                claim_id=claim.id,
                position=position,
                description=line["description"],
                quantity=line["quantity"],
                amount_minor=line["amount_minor"],
                item="other",
                proposed_by_document_id=line.get("proposed_by_document_id"),
            )
        )
    scope.session.flush()
