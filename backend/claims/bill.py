"""A claim as a bill that can be judged: its lines, where and when, and what an analyst read from the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backend.access import Scope
from backend.adjudication import queries as judging
from backend.adjudication.rules import Bill, Cover, Item, Line, Place
from backend.claims import queries
from backend.claims import told as read_from_papers
from backend.claims.models import Claim, ClaimLine
from backend.claims.placing import Offer, Visit, place, place_whole
from backend.claims.placing import Place as BenefitPlace
from backend.claims.service_words import Reading, read
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.providers import queries as provider_queries
from backend.providers.rules import Tier
from backend.referrals.service import covers_visit

SOURCE = "claim"
WHOLE = "whole"
"""The key of the one line of a claim whose positions nobody entered."""
_ITEM_OF_GROUP = {"pharmacy": Item.MEDICINE, "optical": Item.LENSES}
_COUNTED = frozenset({Item.ROOM, Item.INTENSIVE_CARE, Item.FRAME, Item.LENSES})


def bill_of(scope: Scope, claim: Claim, cover: Cover) -> Bill:
    """The bill of a complete claim; lines that nobody coded are placed by their words."""
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
        case_key=judging.case_of(
            scope, claim.member_id, claim.diagnosis, claim.visit_on, cover.terms.disability_rejoin_days
        ),
    )


def is_cashless(claim: Claim) -> bool:
    """Whether the provider was not paid and bills us; that takes a provider of the registry."""
    return claim.provider_id is not None and bool(claim.assessment.get("cashless", False))


def descriptions(scope: Scope, claim: Claim) -> dict[str, str]:
    """What the bill or the member called each line, by its key."""
    named = {str(line.position): line.description for line in positions(scope, claim)}
    return named or {WHOLE: claim.provider_name or claim.number}


def positions(scope: Scope, claim: Claim) -> Sequence[ClaimLine]:
    """The lines that somebody entered; else those that were surely read on one paper and add up to what is claimed."""
    entered = queries.lines_of(scope, claim.id)
    if entered or claim.claimed_minor is None:
        return entered
    for paper in queries.readings_of(scope, claim.id):
        lines = paper.get("lines") or ()
        sure = lines and not any(line["doubtful"] or line["amount"]["currency"] != claim.currency for line in lines)
        if sure and sum(line["amount"]["amount_minor"] for line in lines) == claim.claimed_minor:
            return [_as_position(claim, number, line) for number, line in enumerate(lines, start=1)]
    return ()


def _as_position(claim: Claim, number: int, line: Mapping[str, Any]) -> ClaimLine:
    """A line as it was read; it is kept with the judgement, not among what people entered."""
    return ClaimLine(
        client_id=claim.client_id,
        claim_id=claim.id,
        position=number,
        description=line["text"],
        quantity=line["quantity"],
        amount_minor=line["amount"]["amount_minor"],
        item="other",
    )


def places_of(scope: Scope, claim: Claim, cover: Cover, *, unasked: bool = False) -> list[BenefitPlace]:
    """Where each position belongs by its words, the place, the referral and the member's choice; one for a whole bill.

    ``unasked`` leaves the choice out: what would be open without it.
    """
    rows = positions(scope, claim)
    visit = _visit(scope, claim, cover, None if unasked else claim.chosen_benefit)
    if not rows:
        return [place_whole(_reading(claim, claim.provider_name or ""), visit)]
    return place([_reading(claim, row.description) for row in rows], visit)


def _visit(scope: Scope, claim: Claim, cover: Cover, chosen: str | None) -> Visit:
    offers = tuple(Offer(one.code, one.group.value, one.services) for one in cover.benefits.values())
    several = sum(offer.group == claim.benefit_group for offer in offers) > 1
    if claim.provider_id is None or claim.visit_on is None or not several:
        return Visit(claim.benefit_group, offers, chosen=chosen)
    standing = provider_queries.network_standing(scope, claim.provider_id, cover.network, claim.visit_on)
    first = standing.tier == Tier.FIRST
    referred = not first and _referred(scope, claim)
    return Visit(claim.benefit_group, offers, first_tier=first, referred=referred, chosen=chosen)


def _reading(claim: Claim, text: str) -> Reading | None:
    return read(text, claim.visit_on) if claim.visit_on is not None else None


def uncoded(bill: Bill, cover: Cover) -> int:
    """How many lines stand under no benefit of the plan; what is not medical needs none."""
    return sum(line.benefit not in cover.benefits and line.item is not Item.NON_MEDICAL for line in bill.lines)


def _lines(scope: Scope, claim: Claim, cover: Cover) -> Sequence[Line]:
    rows, places = positions(scope, claim), places_of(scope, claim, cover)
    item_of_group = _ITEM_OF_GROUP.get(claim.benefit_group, Item.OTHER)
    if not rows:
        assert claim.claimed_minor is not None, "a complete claim has its amount"
        whole, amount = places[0], Money(claim.claimed_minor, claim.currency)
        return [Line(WHOLE, whole.benefit, amount, item_of_group, placing=whole.how)]
    return [
        _line(row, claim, place, _reading(claim, row.description), item_of_group)
        for row, place in zip(rows, places, strict=True)
    ]


def _line(row: ClaimLine, claim: Claim, place: BenefitPlace, reading: Reading | None, usual: Item) -> Line:
    item = Item(row.item)
    if item is Item.OTHER:
        item = Item(reading.item) if reading is not None and reading.item else usual
    return Line(
        key=str(row.position),
        benefit=row.benefit_code or place.benefit,
        amount=Money(row.amount_minor, claim.currency),
        item=item,
        quantity=row.quantity,
        count=row.quantity if item in _COUNTED else None,
        service=row.service_code,
        diagnosis=row.diagnosis,
        named=reading.named if reading is not None else frozenset(),
        accepted=None if row.accepted_minor is None else Money(row.accepted_minor, claim.currency),
        finding=row.finding or "",
        placing=None if row.benefit_code else place.how,
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
