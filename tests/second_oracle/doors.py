"""What stands against a whole line: then the plan pays nothing of it. One function is one sentence of a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from backend.adjudication.rules.facts import BenefitTerms, Bill, Cover, Item, Line
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.benefits.rules import BenefitGroup
from tests.second_oracle.nights import Slept, demanded_from_the_start

POISON_DAYS = 30
LEAST_DIOPTRES = Decimal("0.5")


@dataclass(frozen=True)
class Asked:
    """One line with everything a rule may ask about it."""

    line: Line
    bill: Bill
    cover: Cover
    benefit: BenefitTerms
    nights: Sequence[Slept]

    @property
    def inpatient(self) -> bool:
        """Whether the line falls under hospitalisation."""
        return self.benefit.group is BenefitGroup.INPATIENT

    @property
    def illness(self) -> str | None:
        """The diagnosis of the line, else that of the bill."""
        return self.line.diagnosis or self.bill.diagnosis


def closed_before_the_plan(line: Line, bill: Bill, cover: Cover) -> str | None:
    """What needs no look at a benefit: no cover, card, not medical, not in the plan."""
    if cover.since is None or bill.visit_on < cover.since:
        return "S0-9: not covered on that day"
    if line.item is Item.NON_MEDICAL:
        return non_medical()
    if bill.cashless and not cover.card_usable:
        return card_unusable()
    if line.benefit not in cover.benefits:
        return "S2-34: not in the plan"
    return None


def non_medical() -> str:
    """S1-13: "non-medical expenses (soap, tissue, laundry, ...)" are the participant's from the beginning."""
    return "S1-13: non-medical"


def card_unusable() -> str:
    """S1-78: "card will temporary unusable until the excess claim settlement": no service on a cashless basis."""
    return "S1-78: card unusable"


def closed(asked: Asked) -> str | None:
    """The first reason why the plan pays nothing of the line, or None."""
    for rule in RULES:
        reason = rule(asked)
        if reason is not None:
            return reason
    return None


def excluded(asked: Asked) -> str | None:
    """S2-34, S1-79: "Treatment is fall under policy exclusion", by what it is called or by its diagnosis."""
    for exclusion in asked.benefit.exclusions:
        by_illness = asked.illness is not None and any(asked.illness.startswith(one) for one in exclusion.conditions)
        if exclusion.code in asked.line.named or by_illness:
            return "S2-34: excluded"
    return None


def waiting(asked: Asked) -> str | None:
    """The plan's waiting days from the first day of cover, longer for some illnesses; an accident waits for nothing."""
    if asked.cover.terms.accident_waives_waiting and an_accident(asked.bill):
        return None
    longest = asked.benefit.waiting_days
    for wait in asked.benefit.waits:
        if asked.illness is not None and any(asked.illness.startswith(one) for one in wait.conditions):
            longest = max(longest, wait.days)
    since = asked.cover.since
    assert since is not None
    return "waiting period" if asked.bill.visit_on < since + timedelta(days=longest) else None


def an_accident(bill: Bill) -> bool:
    """S1-11: gas or poison "with the proviso that only accidental bodily injury that occurs within 30 days"."""
    told = bill.accident
    if told is None:
        return False
    return not told.inhaled_or_swallowed or told.hurt_on <= told.happened_on + timedelta(days=POISON_DAYS)


def too_short_a_stay(asked: Asked) -> str | None:
    """S1-61: "at least eight (8) hours ... Especially for surgery, this provision does not apply"."""
    operated = asked.bill.surgery or any(line.item is Item.SURGERY for line in asked.bill.lines)
    hours = asked.bill.hours
    short = hours is not None and hours < asked.cover.terms.minimum_stay_hours
    return "S1-61: stay too short" if asked.inpatient and short and not operated else None


def not_a_hospital(asked: Asked) -> str | None:
    """S1-6: "Not a place for recovery, or a vacation home, nursing homes, ..."."""
    return "S1-6: no hospital" if asked.inpatient and not asked.bill.place.hospital else None


def not_licensed(asked: Asked) -> str | None:
    """S1-8, S1-9: "has a valid license to practice"."""
    return None if asked.line.licensed else "S1-8: not licensed"


def abroad_is_paid_first(asked: Asked) -> str | None:
    """S1-62, S1-70: "Participants treated abroad ... must pay in advance"."""
    return "S1-62: abroad, paid first" if asked.bill.cashless and asked.bill.place.abroad else None


def self_demand_is_paid_first(asked: Asked) -> str | None:
    """S1-70: "the participant must pay in advance the cost of treatment", unless the contract guarantees it."""
    stay = asked.bill.stay
    demanded = stay is not None and demanded_from_the_start(stay, asked.nights)
    agreed = asked.cover.terms.own_request_cashless
    return "S1-70: own demand, paid first" if asked.bill.cashless and demanded and not agreed else None


def in_need(asked: Asked) -> bool:
    """S1-10: "immediate healing treatments": the nearest hospital may be outside, if the contract lets it."""
    return asked.bill.emergency and asked.cover.terms.emergency_bypasses_network


def outside_the_network(asked: Asked) -> str | None:
    """S0-21: a benefit of the contracted network only."""
    if in_need(asked):
        return None
    outside = asked.benefit.network_only and not asked.bill.place.in_network
    return "S0-21: outside the network" if outside else None


def not_reimbursed(asked: Asked) -> str | None:
    """The plan says ``reimbursable: false``: such a benefit is only given without cash."""
    return None if asked.benefit.reimbursable or asked.bill.cashless or in_need(asked) else "not reimbursed"


def no_referral(asked: Asked) -> str | None:
    """S0-21, S0-29: beyond the first tier a referral leads; an emergency "bypasses the referral tiers" (S0-35)."""
    if not asked.benefit.referral_required or asked.bill.referral or asked.bill.place.first_tier:
        return None
    if asked.bill.emergency and asked.cover.terms.emergency_bypasses_referral:
        return None
    return "S0-21: no referral"


def no_approval(asked: Asked) -> str | None:
    """S2-36: what the plan wants authorised before; spectacles have an approval of their own (S1-24)."""
    at_once = asked.bill.emergency and asked.cover.terms.emergency_bypasses_approval
    if at_once or asked.line.item in {Item.LENSES, Item.FRAME}:
        return None
    return "S2-36: not approved" if asked.benefit.approval_required and not asked.bill.approved else None


def vitamins_in_cash(asked: Asked) -> str | None:
    """S1-72: "asked to pay in cash for the purchase of vitamins", claimable by reimbursement."""
    return "S1-72: vitamins in cash" if asked.line.item is Item.VITAMIN and asked.bill.cashless else None


def too_many_repeats(asked: Asked) -> str | None:
    """S1-73: "a maximum of two (2) times were made within 14 (fourteen) days from the first recipe"."""
    told, terms = asked.bill.dispensing, asked.cover.terms
    on_prescription = asked.line.item in {Item.MEDICINE, Item.VITAMIN}
    if not on_prescription or told is None or told.written_approval or told.number == 0:
        return None
    times = told.number if terms.repeat_prescription_counts == "repeats" else told.number + 1
    last: date = told.first_on + timedelta(days=terms.repeat_prescription_days)
    return "S1-73: iter" if times > terms.repeat_prescriptions or asked.bill.visit_on > last else None


def glasses(asked: Asked) -> str | None:
    """S1-23..S1-27, for lenses and frame alike: "coverage Glasses"."""
    told = asked.bill.glasses
    if asked.line.item not in {Item.LENSES, Item.FRAME}:
        return None
    if told is None or not told.prescribed:
        return "S1-23: no ophthalmologist recommended them"
    if asked.cover.child and not told.specialist_letter:
        return "S1-25: no letter for a child"
    if not asked.cover.child and not told.approved:
        return "S1-24: no prior approval"
    if too_weak(told.refraction):
        return "S1-26: under 0.5 dioptres"
    return "S1-27: unchanged" if unchanged(told) else None


def too_weak(eyes: Refraction) -> bool:
    """S1-26: "at least 0.5 diopters for minus/plus / cylindris"."""
    return abs(eyes.sphere) < LEAST_DIOPTRES and abs(eyes.cylinder) < LEAST_DIOPTRES


def unchanged(told: Glasses) -> bool:
    """S1-27: "only ... in case of changes in the size of refraction of the eye or other conditions"."""
    before, now = told.earlier, told.refraction
    same = before is not None and (before.sphere, before.cylinder) == (now.sphere, now.cylinder)
    return same and not told.other_conditions


RULES: tuple[Callable[[Asked], str | None], ...] = (
    abroad_is_paid_first,
    self_demand_is_paid_first,
    excluded,
    waiting,
    too_short_a_stay,
    not_a_hospital,
    not_licensed,
    outside_the_network,
    not_reimbursed,
    no_referral,
    no_approval,
    vitamins_in_cash,
    too_many_repeats,
    glasses,
)
