"""A claim as a bill that can be judged: its lines, where and when, and what an analyst read from the papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import queries as judging
from backend.adjudication.rules import Bill, Cover, Item, Line, Place
from backend.claims import queries
from backend.claims import told as read_from_papers
from backend.claims.models import Claim, ClaimLine
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.referrals.service import covers_visit

SOURCE = "claim"
WHOLE = "whole"
"""The key of the one line of a claim whose positions nobody entered."""
_ITEM_OF_GROUP = {"pharmacy": Item.MEDICINE, "optical": Item.LENSES}
_COUNTED = frozenset({Item.ROOM, Item.INTENSIVE_CARE, Item.FRAME, Item.LENSES})


def bill_of(scope: Scope, claim: Claim, cover: Cover) -> Bill:
    """The bill of a complete claim; lines that nobody coded fall under the only benefit of the claim's group."""
    assert claim.visit_on is not None, "a complete claim has its day"
    told: dict[str, Any] = claim.assessment
    return Bill(
        member_id=claim.member_id,
        source_type=SOURCE,
        source_id=claim.id,
        visit_on=claim.visit_on,
        currency=claim.currency,
        lines=tuple(_lines(scope, claim, cover)),
        place=Place(provider_id=claim.provider_id, in_network=claim.provider_id is not None, region=claim.place_region),
        cashless=is_cashless(claim),
        emergency=told.get("emergency", claim.benefit_group == "emergency"),
        surgery=told.get("surgery", False),
        hours=told.get("hours", _hours(claim)),
        accident=read_from_papers.accident_of(told),
        diagnosis=claim.diagnosis,
        referral=told.get("referral", _referred(scope, claim)),
        approved=told.get("approved", False),
        room_class=told.get("room_class"),
        stay=read_from_papers.stay_of(told, claim.currency),
        dispensing=read_from_papers.dispensing_of(told),
        glasses=read_from_papers.glasses_of(told),
        other=read_from_papers.other_payer_of(told, claim.currency),
        case_key=_case_of(scope, claim, claim.visit_on, cover.terms.disability_rejoin_days),
    )


def is_cashless(claim: Claim) -> bool:
    """Whether the provider was not paid and bills us; that takes a provider of the registry."""
    return claim.provider_id is not None and bool(claim.assessment.get("cashless", False))


def descriptions(scope: Scope, claim: Claim) -> dict[str, str]:
    """What the member called each line, by its key."""
    lines = queries.lines_of(scope, claim.id)
    named = {str(line.position): line.description for line in lines}
    return named or {WHOLE: claim.provider_name or claim.number}


def uncoded(bill: Bill, cover: Cover) -> int:
    """How many lines stand under no benefit of the plan; what is not medical needs none."""
    return sum(line.benefit not in cover.benefits and line.item is not Item.NON_MEDICAL for line in bill.lines)


def _lines(scope: Scope, claim: Claim, cover: Cover) -> Sequence[Line]:
    of_group = [code for code, benefit in cover.benefits.items() if benefit.group == claim.benefit_group]
    only = of_group[0] if len(of_group) == 1 else ""
    rows = queries.lines_of(scope, claim.id)
    if not rows:
        assert claim.claimed_minor is not None, "a complete claim has its amount"
        item = _ITEM_OF_GROUP.get(claim.benefit_group, Item.OTHER)
        return [Line(WHOLE, only, Money(claim.claimed_minor, claim.currency), item)]
    return [_line(row, claim, only) for row in rows]


def _line(row: ClaimLine, claim: Claim, only: str) -> Line:
    item = Item(row.item)
    if item is Item.OTHER:
        item = _ITEM_OF_GROUP.get(claim.benefit_group, Item.OTHER)
    return Line(
        key=str(row.position),
        benefit=row.benefit_code or only,
        amount=Money(row.amount_minor, claim.currency),
        item=item,
        quantity=row.quantity,
        count=row.quantity if item in _COUNTED else None,
        service=row.service_code,
        diagnosis=row.diagnosis,
        accepted=None if row.accepted_minor is None else Money(row.accepted_minor, claim.currency),
        finding=row.finding or "",
    )


def _hours(claim: Claim) -> int | None:
    """The length of a stay by its days; unknown when it began and ended on one."""
    if claim.discharge_on is None or claim.visit_on is None or claim.discharge_on == claim.visit_on:
        return None
    return (claim.discharge_on - claim.visit_on).days * 24


def _referred(scope: Scope, claim: Claim) -> bool:
    """Whether a referral holds for the visit; a place outside the registry has none."""
    if claim.provider_id is None or claim.visit_on is None:
        return False
    return not isinstance(covers_visit(scope, claim.member_id, claim.provider_id, claim.visit_on), Refusal)


def _case_of(scope: Scope, claim: Claim, on: date, days: int) -> str | None:
    """The case of the illness: the running one within the rejoin days, else a new one; the key names no illness."""
    if claim.diagnosis is None:
        return None
    illness = _sealed(claim.member_id, claim.diagnosis)
    known = judging.case_within(scope, claim.member_id, illness, on, days)
    return known or f"{illness}/{on:%Y%m%d}"


def _sealed(member_id: UUID, diagnosis: str) -> str:
    return sha256(f"{member_id}:{diagnosis[:3]}".encode()).hexdigest()[:16]
