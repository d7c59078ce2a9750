"""What an analyst reads from the papers so that the rules can decide: diagnosis, circumstances, what each line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.claims import plausibility, queries
from backend.claims.history import check_status
from backend.claims.models import Claim, ClaimStatus
from backend.claims.suspicion import flags_of
from backend.errors import NotFound

_WITH_US = frozenset({ClaimStatus.SUBMITTED, ClaimStatus.COMPLETE, ClaimStatus.IN_REVIEW, ClaimStatus.APPEALED})
_CODES = ("benefit_code", "item", "service_code", "diagnosis", "accepted_minor", "finding")


def assess_claim(scope: Scope, claim_id: UUID, told: Mapping[str, Any]) -> Claim:
    """Take over what is named and leave the rest: ``diagnosis``, circumstances, ``lines`` by their position.

    Raises NotFound, also for a position that is not there, and Conflict for a claim that is decided or not with us.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, _WITH_US)
    named = dict(told)
    lines: Sequence[Mapping[str, Any]] = named.pop("lines", ())
    if "diagnosis" in named:
        claim.diagnosis = named.pop("diagnosis")
    claim.assessment = {**claim.assessment, **named}
    rows = {row.position: row for row in queries.lines_of(scope, claim.id)}
    for line in lines:
        row = rows.get(line["position"])
        if row is None:
            raise NotFound()
        for code in _CODES:
            if code in line:
                setattr(row, code, line[code])
    scope.session.flush()
    claim.flags = [*flags_of(scope, claim), *plausibility.unlikely(scope, claim)]
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["assessment"])
    return claim
