"""The trace of a judgement: every step names its rule, its figures and who pays what it takes away.

A rule's clause (rows of docs/requirements.md) and its arithmetic (a formula over the names of its inputs) are
constants of the rule, so a step costs one small object and a receipt can always show the whole sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from backend.kit.money import Money

VERSION = "2026.11.2"
"""Of the rules in this package: a judgement names it, and a change of any figure changes it."""


class Payer(StrEnum):
    """Who pays a part of a bill; ``provider`` is what nobody owes the provider: it is written off."""

    PLAN = "plan"
    OTHER = "other"
    MEMBER = "member"
    PROVIDER = "provider"


class Excess(StrEnum):
    """S1-13: a cost known at the desk and paid before leaving. S1-14: a claim found when the bill is analysed."""

    COST = "cost"
    CLAIM = "claim"


class Rule(StrEnum):
    """Every rule that can leave a step; the value is stable and names its sentence in ``messages``."""

    COVERED = "covered"
    PLACED_BY_WORDS = "placed_by_words"
    PLACED_BY_TIER = "placed_by_tier"
    PLACED_BY_REFERRAL = "placed_by_referral"
    PLACED_WITH_VISIT = "placed_with_visit"
    PLACED_BY_CHOICE = "placed_by_choice"
    NO_COVER = "no_cover"
    CARD_UNUSABLE = "card_unusable"
    NOT_IN_PLAN = "not_in_plan"
    NON_MEDICAL = "non_medical"
    EXCLUDED = "excluded"
    WAITING = "waiting"
    WAIT_WAIVED = "wait_waived"
    SHORT_STAY = "short_stay"
    NO_HOSPITAL = "no_hospital"
    NOT_LICENSED = "not_licensed"
    ABROAD_PAY_FIRST = "abroad_pay_first"
    OWN_REQUEST_PAY_FIRST = "own_request_pay_first"
    OUTSIDE_NETWORK = "outside_network"
    NOT_REIMBURSED = "not_reimbursed"
    NO_REFERRAL = "no_referral"
    REFERRAL_BYPASSED = "referral_bypassed"
    NO_APPROVAL = "no_approval"
    VITAMINS_IN_CASH = "vitamins_in_cash"
    TOO_MANY_REPEATS = "too_many_repeats"
    REPEAT_TOO_LATE = "repeat_too_late"
    GLASSES_NOT_PRESCRIBED = "glasses_not_prescribed"
    GLASSES_NOT_APPROVED = "glasses_not_approved"
    GLASSES_NO_CHILD_LETTER = "glasses_no_child_letter"
    GLASSES_TOO_WEAK = "glasses_too_weak"
    GLASSES_UNCHANGED = "glasses_unchanged"
    AGREED_TARIFF = "agreed_tariff"
    ABOVE_AGREED_TARIFF = "above_agreed_tariff"
    AUDITED = "audited"
    ABOVE_MARKET = "above_market"
    ABOVE_MARKET_ACCEPTED = "above_market_accepted"
    ROOM_ENTITLED = "room_entitled"
    ROOM_FULL = "room_full"
    ROOM_FULL_TOO_HIGH = "room_full_too_high"
    ROOM_FULL_TOO_LONG = "room_full_too_long"
    ROOM_REFUSED = "room_refused"
    ROOM_LOWER_REFUSED = "room_lower_refused"
    ROOM_TOLERATED_MEMBER = "room_tolerated_member"
    ROOM_TOLERATED_PLAN = "room_tolerated_plan"
    ROOM_ABOVE_TOLERANCE = "room_above_tolerance"
    ROOM_OWN_REQUEST = "room_own_request"
    ROOM_SHARE = "room_share"
    OWN_REQUEST_MAXIMUM = "own_request_maximum"
    DEDUCTIBLE = "deductible"
    CO_PAYMENT = "co_payment"
    CO_PAYMENT_WAIVED = "co_payment_waived"
    LIMIT_FITS = "limit_fits"
    OVER_LIMIT = "over_limit"
    OVER_COUNT = "over_count"
    OTHER_PAYER = "other_payer"
    NOT_CHARGEABLE = "not_chargeable"
    OTHER_PAYER_AFTER = "other_payer_after"
    PLAN_PAYS = "plan_pays"


class Law(NamedTuple):
    """What is constant about a rule: the rows it comes from, its sum, how a member's part is collected."""

    clause: str
    arithmetic: str = ""
    excess: Excess | None = None


_ALL = "{open}"
_DIFFERENCE = "{actual} - {covered}"

LAWS: Mapping[Rule, Law] = {
    Rule.COVERED: Law("S0-9"),
    Rule.PLACED_BY_WORDS: Law("S2-35, S2-38"),
    Rule.PLACED_BY_TIER: Law("S0-21, S2-35"),
    Rule.PLACED_BY_REFERRAL: Law("S0-21, S2-35"),
    Rule.PLACED_WITH_VISIT: Law("S2-35, S2-38"),
    Rule.PLACED_BY_CHOICE: Law("S2-35, S2-37"),
    Rule.NO_COVER: Law("S0-9", _ALL, Excess.CLAIM),
    Rule.CARD_UNUSABLE: Law("S1-78", _ALL, Excess.COST),
    Rule.NOT_IN_PLAN: Law("S2-34, S1-28", _ALL, Excess.CLAIM),
    Rule.NON_MEDICAL: Law("S1-13, S1-75", _ALL, Excess.COST),
    Rule.EXCLUDED: Law("S2-34, S1-79", _ALL, Excess.CLAIM),
    Rule.WAITING: Law("S2-34", _ALL, Excess.CLAIM),
    Rule.WAIT_WAIVED: Law("S1-11"),
    Rule.SHORT_STAY: Law("S1-61", _ALL, Excess.CLAIM),
    Rule.NO_HOSPITAL: Law("S1-6", _ALL, Excess.CLAIM),
    Rule.NOT_LICENSED: Law("S1-8, S1-9", _ALL, Excess.CLAIM),
    Rule.ABROAD_PAY_FIRST: Law("S1-62, S1-70", _ALL, Excess.COST),
    Rule.OWN_REQUEST_PAY_FIRST: Law("S1-70", _ALL, Excess.COST),
    Rule.OUTSIDE_NETWORK: Law("S0-22, S1-15", _ALL, Excess.CLAIM),
    Rule.NOT_REIMBURSED: Law("S1-19", _ALL, Excess.CLAIM),
    Rule.NO_REFERRAL: Law("S0-21, S0-28", _ALL, Excess.CLAIM),
    Rule.REFERRAL_BYPASSED: Law("S0-35, S1-10"),
    Rule.NO_APPROVAL: Law("S2-36", _ALL, Excess.CLAIM),
    Rule.VITAMINS_IN_CASH: Law("S1-72", _ALL, Excess.COST),
    Rule.TOO_MANY_REPEATS: Law("S1-73", _ALL, Excess.CLAIM),
    Rule.REPEAT_TOO_LATE: Law("S1-73", _ALL, Excess.CLAIM),
    Rule.GLASSES_NOT_PRESCRIBED: Law("S1-23", _ALL, Excess.CLAIM),
    Rule.GLASSES_NOT_APPROVED: Law("S1-24", _ALL, Excess.CLAIM),
    Rule.GLASSES_NO_CHILD_LETTER: Law("S1-25", _ALL, Excess.CLAIM),
    Rule.GLASSES_TOO_WEAK: Law("S1-26", _ALL, Excess.CLAIM),
    Rule.GLASSES_UNCHANGED: Law("S1-27", _ALL, Excess.CLAIM),
    Rule.AGREED_TARIFF: Law("S0-23, S2-44"),
    Rule.ABOVE_AGREED_TARIFF: Law("S0-23, S2-44", "{billed} - {quantity} × {tariff}"),
    Rule.AUDITED: Law("S2-41, S2-42, S2-43, S2-45", "{open} - {accepted}", Excess.CLAIM),
    Rule.ABOVE_MARKET: Law("S2-44", "{billed} - {quantity} × {tariff}", Excess.CLAIM),
    Rule.ABOVE_MARKET_ACCEPTED: Law("S2-44", "{billed} - {quantity} × {tariff}"),
    Rule.ROOM_ENTITLED: Law("S1-63"),
    Rule.ROOM_FULL: Law("S1-63"),
    Rule.ROOM_FULL_TOO_HIGH: Law("S1-63", _DIFFERENCE, Excess.COST),
    Rule.ROOM_FULL_TOO_LONG: Law("S1-64", _DIFFERENCE, Excess.COST),
    Rule.ROOM_REFUSED: Law("S1-65", _DIFFERENCE, Excess.COST),
    Rule.ROOM_LOWER_REFUSED: Law("S1-66", _DIFFERENCE, Excess.COST),
    Rule.ROOM_TOLERATED_MEMBER: Law("S1-67, S1-68", _DIFFERENCE, Excess.COST),
    Rule.ROOM_TOLERATED_PLAN: Law("S1-67, S1-68"),
    Rule.ROOM_ABOVE_TOLERANCE: Law("S1-67, S1-69", _DIFFERENCE, Excess.COST),
    Rule.ROOM_OWN_REQUEST: Law("S1-70", _DIFFERENCE, Excess.COST),
    Rule.ROOM_SHARE: Law("S1-65, S1-70", "{open} - {open} × {entitled} ÷ {actual}", Excess.COST),
    Rule.OWN_REQUEST_MAXIMUM: Law("S1-71", "{open} - ({maximum} - {already})", Excess.CLAIM),
    Rule.DEDUCTIBLE: Law("S2-1", "min({open}, {deductible} - {already})", Excess.COST),
    Rule.CO_PAYMENT: Law("S2-1", "{open} × {percent} %", Excess.COST),
    Rule.CO_PAYMENT_WAIVED: Law("S2-1, S1-10"),
    Rule.LIMIT_FITS: Law("S2-35", "{limit} - {already}"),
    Rule.OVER_LIMIT: Law("S2-35", "{open} - ({limit} - {already})", Excess.CLAIM),
    Rule.OVER_COUNT: Law("S2-35", "{open} - {open} × {left} ÷ {asked}", Excess.CLAIM),
    Rule.OTHER_PAYER: Law("S4-5, S4-7, S4-8", "{of_member} + {of_plan}"),
    Rule.NOT_CHARGEABLE: Law("S4-8"),
    Rule.OTHER_PAYER_AFTER: Law("S4-6, S4-8"),
    Rule.PLAN_PAYS: Law("S0-47"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a rule did: ``moved`` went to ``payer``, ``result`` stays open. A step without a payer moved nothing."""

    rule: Rule
    inputs: Mapping[str, Any]
    moved: Money
    result: Money
    payer: Payer | None = None

    @property
    def clause(self) -> str:
        """The rows of docs/requirements.md that the rule stands for."""
        return LAWS[self.rule].clause

    @property
    def arithmetic(self) -> str:
        """The sum as a formula over the names of ``inputs``; empty when there is nothing to reckon."""
        return LAWS[self.rule].arithmetic

    @property
    def excess(self) -> Excess | None:
        """How the member's part is collected; None when the member pays nothing by this step."""
        return LAWS[self.rule].excess if self.payer is Payer.MEMBER else None


def reason_asked_back(steps: Iterable[Step]) -> str:
    """The rule by which most of what is asked back later became the member's (S1-14); ``excess`` where none says."""
    later = [step for step in steps if step.excess is Excess.CLAIM]
    return max(later, key=lambda step: step.moved.amount_minor).rule.value if later else "excess"
