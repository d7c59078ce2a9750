"""What is unlikely about a claim: flags with reasons for a person to look at, never a refusal (S2-38, S2-42..S2-45)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from backend import diagnoses
from backend.access import Scope
from backend.adjudication import queries as prices
from backend.adjudication.queries import cover_of
from backend.claims import norms, rules
from backend.claims.bill import bill_of, positions
from backend.claims.models import Claim, ClaimLine
from backend.claims.norms import Position
from backend.claims.patterns import pattern_flags
from backend.diagnoses.rules import WRONG_SEX, implausible
from backend.members.models import Member
from backend.members.queries import member


def unlikely(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """What does not fit the patient, the illness, the usual quantities and prices, or what the provider's peers do."""
    patient = member(scope, claim.member_id)
    lines = positions(scope, claim)
    return [
        *_unlikely_diagnoses(claim, lines, patient),
        *_unlikely_positions(claim, lines, patient),
        *_dear_positions(scope, claim, lines),
        *pattern_flags(scope, claim),
    ]


def _unlikely_diagnoses(claim: Claim, lines: Sequence[ClaimLine], patient: Member) -> Iterator[dict[str, Any]]:
    """The diagnoses that do not fit the patient's sex or age."""
    for code in dict.fromkeys(filter(None, (claim.diagnosis, *(line.diagnosis for line in lines)))):
        known = diagnoses.known(code)
        if known is None or claim.visit_on is None:
            continue
        for problem in implausible(known.limits, sex=patient.sex, born_on=patient.birth_date, on=claim.visit_on):
            reason = rules.UNLIKELY_SEX if problem == WRONG_SEX else rules.UNLIKELY_AGE
            yield {"reason": reason, "diagnosis": code}


def _unlikely_positions(claim: Claim, lines: Sequence[ClaimLine], patient: Member) -> Iterator[dict[str, Any]]:
    """Services that do not fit the patient or the illness, and more of one position than anybody needs."""
    for line in lines:
        position = Position(
            line.position,
            line.description,
            line.item,
            claim.benefit_group,
            line.quantity,
            patient.sex,
            line.diagnosis or claim.diagnosis,
            _days_of_stay(claim),
        )
        for judge in (norms.against_patient, norms.against_diagnosis, norms.over_quantity):
            yield from (dict(flag) for flag in judge(position))
        if line.quantity > rules.MOST_PIECES:
            figures = {"position": line.position, "quantity": line.quantity, "most": rules.MOST_PIECES}
            yield {"reason": rules.UNLIKELY_QUANTITY, **figures}


def _days_of_stay(claim: Claim) -> int | None:
    """Nights of a stay; a stay of one day counts as one. None while nobody said when it ended."""
    if claim.visit_on is None or claim.discharge_on is None:
        return None
    return max(1, (claim.discharge_on - claim.visit_on).days)


def _dear_positions(scope: Scope, claim: Claim, lines: Sequence[ClaimLine]) -> Iterator[dict[str, Any]]:
    """Positions that cost more than was agreed with the provider or than the market's standard (S2-44)."""
    if claim.visit_on is None or not any(line.service_code for line in lines):
        return
    cover = cover_of(scope, claim.member_id, claim.visit_on)
    bill = prices.at_its_place(scope, bill_of(scope, claim, cover), cover)
    known = prices.tariffs_of(scope, bill)
    for line in bill.lines:
        price = known.get(line.service) if line.service else None
        if price is None or line.amount <= price.amount.times(line.quantity):
            continue
        usual = price.amount.times(line.quantity)
        yield {
            "reason": rules.ABOVE_AGREED if price.agreed else rules.ABOVE_MARKET,
            "position": int(line.key),
            "billed": line.amount.as_json(),
            "usual": usual.as_json(),
        }
