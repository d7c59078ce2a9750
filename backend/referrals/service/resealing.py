"""After a rotation of the master key: diagnoses and reasons under the newest one."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.referrals import queries, sealing


def reseal_referrals(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """Seal the next ``limit`` diagnoses anew; returns where to go on and how many were under an older key."""
    batch, changed = queries.sealed_referrals(scope, after, limit), 0
    for row in batch:
        cipher = sealing.resealed("referral", row.id, row.diagnosis_cipher or b"")
        if cipher is not None:
            row.diagnosis_cipher, changed = cipher, changed + 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed


def reseal_requests(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """The same for what members wrote in their requests."""
    batch, changed = queries.sealed_requests(scope, after, limit), 0
    for row in batch:
        cipher = sealing.resealed("referral_request", row.id, row.reason_cipher or b"")
        if cipher is not None:
            row.reason_cipher, changed = cipher, changed + 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed
