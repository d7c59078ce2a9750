"""How a claim's row and its history move together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from backend.access import Scope
from backend.claims.models import Claim, ClaimEvent, ClaimStatus
from backend.claims.rules import WRONG_STATUS
from backend.errors import Conflict

MEMBERS_TURN = frozenset({ClaimStatus.DRAFT, ClaimStatus.RETURNED, ClaimStatus.REFUSED})
"""The member may still change facts and papers; otherwise the claim lies with us."""


def move(
    scope: Scope,
    claim: Claim,
    status: ClaimStatus,
    *,
    reason: str | None = None,
    note: str | None = None,
    missing: Sequence[str] = (),
) -> None:
    """Put the claim into ``status`` and add the step, with who took it and why."""
    claim.status = status
    scope.session.add(
        ClaimEvent(
            client_id=scope.client_id,
            claim_id=claim.id,
            status=status,
            actor_role=scope.actor.role.value,
            actor_id=scope.actor.id,
            reason=reason,
            note=note,
            missing=list(missing),
        )
    )
    scope.session.flush()


def check_status(claim: Claim, allowed: Collection[ClaimStatus]) -> None:
    """Raises Conflict ``claims.wrong_status`` unless the claim is in one of the ``allowed`` states."""
    if claim.status not in allowed:
        raise Conflict(WRONG_STATUS, {"status": claim.status})
