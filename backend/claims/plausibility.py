"""What is unlikely about a claim: flags with reasons for a person to look at, never a refusal (S2-38, S2-42, S2-43)."""

from __future__ import annotations

from typing import Any

from backend import diagnoses
from backend.access import Scope
from backend.claims import queries, rules
from backend.claims.models import Claim
from backend.diagnoses.rules import WRONG_SEX, implausible
from backend.members.queries import member


def unlikely(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The diagnoses that do not fit the patient's sex or age, and positions of more pieces than anybody needs."""
    patient = member(scope, claim.member_id)
    lines = queries.lines_of(scope, claim.id)
    found: list[dict[str, Any]] = []
    for code in dict.fromkeys(filter(None, (claim.diagnosis, *(line.diagnosis for line in lines)))):
        known = diagnoses.known(code)
        if known is None or claim.visit_on is None:
            continue
        for problem in implausible(known.limits, sex=patient.sex, born_on=patient.birth_date, on=claim.visit_on):
            reason = rules.UNLIKELY_SEX if problem == WRONG_SEX else rules.UNLIKELY_AGE
            found.append({"reason": reason, "diagnosis": code})
    for line in lines:
        if line.quantity > rules.MOST_PIECES:
            figures = {"position": line.position, "quantity": line.quantity, "most": rules.MOST_PIECES}
            found.append({"reason": rules.UNLIKELY_QUANTITY, **figures})
    return found
