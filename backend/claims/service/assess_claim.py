"""What an analyst reads from the papers so that the rules can decide: diagnosis, circumstances, what each line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.claims import plausibility, queries, rules
from backend.claims.circumstances import latest_today
from backend.claims.history import check_status
from backend.claims.models import Claim, ClaimStatus
from backend.claims.positions import replace_positions
from backend.claims.suspicion import flags_of
from backend.claims.told import plain
from backend.errors import NotFound, RuleRefused

_WITH_US = frozenset({ClaimStatus.SUBMITTED, ClaimStatus.COMPLETE, ClaimStatus.IN_REVIEW, ClaimStatus.APPEALED})
_CODES = ("benefit_code", "item", "service_code", "diagnosis", "accepted_minor", "finding")
_CORRECTED = ("visit_on", "invoice_number", "claimed_minor", "diagnosis")


def assess_claim(scope: Scope, claim_id: UUID, told: Mapping[str, Any]) -> Claim:
    """Take over what is named and leave the rest: facts of the bill, ``diagnosis``, circumstances; None forgets.

    ``positions`` replace those of the bill; ``lines`` say what each position is. Raises NotFound, also for a position
    that is not there, Conflict for a claim that is decided or not with us, RuleRefused for an impossible day.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, _WITH_US)
    named = dict(told)
    lines: Sequence[Mapping[str, Any]] = named.pop("lines", ())
    positions: Sequence[Mapping[str, Any]] | None = named.pop("positions", None)
    for fact in _CORRECTED:
        if fact in named:
            setattr(claim, fact, named.pop(fact))
    refusal = rules.check_dates(claim.visit_on, claim.discharge_on, latest_today())
    if refusal:
        raise RuleRefused.of(refusal)
    if positions is not None:
        replace_positions(scope, claim, positions)
    kept = {**claim.assessment, **plain(named)}
    claim.assessment = {name: value for name, value in kept.items() if value is not None}
    _say_what_each_is(scope, claim, lines)
    scope.session.flush()
    claim.flags = [*flags_of(scope, claim), *plausibility.unlikely(scope, claim)]
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=sorted(told))
    return claim


def _say_what_each_is(scope: Scope, claim: Claim, lines: Sequence[Mapping[str, Any]]) -> None:
    rows = {row.position: row for row in queries.lines_of(scope, claim.id)}
    for line in lines:
        row = rows.get(line["position"])
        if row is None:
            raise NotFound()
        for code in _CODES:
            if code in line:
                setattr(row, code, line[code])
