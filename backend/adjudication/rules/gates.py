"""What stands against a whole line, asked in a fixed order; the first rule that says no gives the line to the member.

The order is from what concerns everything (no cover at all) to what concerns one medicine: a member reads the widest
reason. Each question is one function that answers a rule with its figures, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from backend.adjudication.rules.facts import Accident, BenefitTerms, Bill, Cover, Item, Line
from backend.adjudication.rules.glasses import glasses_refused
from backend.adjudication.rules.medicines import most_repeats, repeat_refused
from backend.adjudication.rules.trace import Rule
from backend.benefits.rules import BenefitGroup, is_excluded, waiting_until

POISON_DAYS = 30
"""Inhaled gas or swallowed poison counts as an accident when it hurts within so many days (S1-11)."""

_SPECTACLES = frozenset({Item.LENSES, Item.FRAME})
_MEDICINES = frozenset({Item.MEDICINE, Item.VITAMIN})


class Answer(NamedTuple):
    """A rule with the figures it looked at; ``stops`` is false for a note that something was lifted."""

    rule: Rule
    inputs: Mapping[str, Any]
    stops: bool = True


def bill_refused(bill: Bill, cover: Cover) -> Answer | None:
    """What stands against every line of the bill."""
    if cover.since is None or bill.visit_on < cover.since:
        return Answer(Rule.NO_COVER, {"on": bill.visit_on})
    if bill.cashless and not cover.card_usable:
        return Answer(Rule.CARD_UNUSABLE, {})
    if bill.cashless and bill.place.abroad:
        return Answer(Rule.ABROAD_PAY_FIRST, {})
    return None


def line_refused(line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms | None) -> tuple[Answer, ...]:
    """The notes on the way and, last, the answer that stops the line; nothing at all when it passes unremarked."""
    if line.item is Item.NON_MEDICAL:
        return (Answer(Rule.NON_MEDICAL, {}),)
    if benefit is None:
        return (Answer(Rule.NOT_IN_PLAN, {"benefit": line.benefit}),)
    notes: tuple[Answer, ...] = ()
    for ask in _QUESTIONS:
        answer = ask(line, bill, cover, benefit)
        if answer is not None:
            notes = (*notes, answer)
            if answer.stops:
                break
    return notes


def is_accident(accident: Accident | None) -> bool:
    """Whether what happened counts as an accident (S1-11)."""
    if accident is None:
        return False
    in_time = accident.hurt_on <= accident.happened_on + timedelta(days=POISON_DAYS)
    return in_time or not accident.inhaled_or_swallowed


def _excluded(line: Line, bill: Bill, _cover: Cover, benefit: BenefitTerms) -> Answer | None:
    condition = line.diagnosis or bill.diagnosis
    code = is_excluded(benefit.exclusions, condition, line.named) if benefit.exclusions else None
    return Answer(Rule.EXCLUDED, {"exclusion": code}) if code else None


def _waiting(line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms) -> Answer | None:
    if not benefit.waiting_days and not benefit.waits:
        return None
    assert cover.since is not None, "asked only of somebody who is covered"
    condition = line.diagnosis or bill.diagnosis
    until = waiting_until(cover.since, benefit.waiting_days, benefit.waits, condition)
    if until is None or bill.visit_on >= until:
        return None
    if cover.terms.accident_waives_waiting and is_accident(bill.accident):
        return Answer(Rule.WAIT_WAIVED, {"until": until}, stops=False)
    return Answer(Rule.WAITING, {"since": cover.since, "until": until, "on": bill.visit_on})


def _stay(_line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms) -> Answer | None:
    """What the notes for the inpatient benefit ask; maternity is a benefit of its own, with midwives (S1-42..S1-45)."""
    if benefit.group is not BenefitGroup.INPATIENT:
        return None
    if not bill.place.hospital:
        return Answer(Rule.NO_HOSPITAL, {})
    least = cover.terms.minimum_stay_hours
    if bill.hours is not None and bill.hours < least and not _operated(bill):
        return Answer(Rule.SHORT_STAY, {"hours": bill.hours, "least": least})
    return None


def _operated(bill: Bill) -> bool:
    """Whether there was surgery: somebody said so, or the bill asks for it."""
    return bill.surgery or any(line.item is Item.SURGERY for line in bill.lines)


def _licence(line: Line, _bill: Bill, _cover: Cover, _benefit: BenefitTerms) -> Answer | None:
    return None if line.licensed else Answer(Rule.NOT_LICENSED, {})


def _network(_line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms) -> Answer | None:
    if bill.emergency and cover.terms.emergency_bypasses_network:
        return None
    if benefit.network_only and not bill.place.in_network:
        return Answer(Rule.OUTSIDE_NETWORK, {})
    if not benefit.reimbursable and not bill.cashless:
        return Answer(Rule.NOT_REIMBURSED, {})
    return None


def _referral(_line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms) -> Answer | None:
    if not benefit.referral_required or bill.referral or bill.place.first_tier:
        return None
    if bill.emergency and cover.terms.emergency_bypasses_referral:
        return Answer(Rule.REFERRAL_BYPASSED, {}, stops=False)
    return Answer(Rule.NO_REFERRAL, {})


def _approval(line: Line, bill: Bill, cover: Cover, benefit: BenefitTerms) -> Answer | None:
    if line.item in _SPECTACLES or not benefit.approval_required or bill.approved:
        return None
    if bill.emergency and cover.terms.emergency_bypasses_approval:
        return None
    return Answer(Rule.NO_APPROVAL, {})


def _spectacles(line: Line, bill: Bill, cover: Cover, _benefit: BenefitTerms) -> Answer | None:
    if line.item not in _SPECTACLES:
        return None
    if bill.glasses is None:
        return Answer(Rule.GLASSES_NOT_PRESCRIBED, {})
    rule = glasses_refused(bill.glasses, child=cover.child)
    return Answer(rule, {"dioptre": bill.glasses.refraction.strength()}) if rule else None


def _medicine(line: Line, bill: Bill, cover: Cover, _benefit: BenefitTerms) -> Answer | None:
    if line.item not in _MEDICINES:
        return None
    if line.item is Item.VITAMIN and bill.cashless:
        return Answer(Rule.VITAMINS_IN_CASH, {})
    if bill.dispensing is None:
        return None
    rule = repeat_refused(bill.dispensing, bill.visit_on, cover.terms)
    return Answer(rule, _repeat_figures(bill.dispensing.number, bill.dispensing.first_on, cover)) if rule else None


def _repeat_figures(number: int, first_on: date, cover: Cover) -> Mapping[str, Any]:
    return {
        "number": number,
        "most": most_repeats(cover.terms),
        "last_on": first_on + timedelta(days=cover.terms.repeat_prescription_days),
    }


_QUESTIONS: tuple[Callable[[Line, Bill, Cover, BenefitTerms], Answer | None], ...] = (
    _excluded,
    _waiting,
    _stay,
    _licence,
    _network,
    _referral,
    _approval,
    _spectacles,
    _medicine,
)
